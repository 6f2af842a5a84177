package dev.aigateway.translation.splice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import dev.aigateway.conversation.Dialect;
import dev.aigateway.conversation.GatewayException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EnvelopeTest {
    @Test
    void withModel_otherModel_changesNothingButItsValue() {
        String body =
                "{ \"x\":1.0, \"model\" : \"mini\", \"messages\":[{\"n\":12345678901234567890}],\"stream\":true }";
        Envelope envelope = scan(body);
        assertThat(envelope.model()).contains("mini");
        assertThat(envelope.stream()).isTrue();
        assertThat(text(envelope.withModel("gpt-4.1-mini"))).isEqualTo(body.replace("\"mini\"", "\"gpt-4.1-mini\""));
    }

    @Test
    void withModel_sameModel_isTheVeryBody() {
        Envelope envelope = scan("{\"model\":\"m\",\"messages\":[1]}");
        assertThat(envelope.withModel("m")).isSameAs(envelope.body());
    }

    @Test
    void withModel_bodyNamesNone_insertsIt() {
        Envelope envelope = scan("{\"messages\":[1]}");
        assertThat(envelope.model()).isEmpty();
        assertThat(text(envelope.withModel("m\"x"))).isEqualTo("{\"model\":\"m\\\"x\",\"messages\":[1]}");
    }

    @Test
    void withModel_modelIsNull_replacesIt() {
        Envelope envelope = scan("{\"model\":null,\"messages\":[1]}");
        assertThat(envelope.model()).isEmpty();
        assertThat(text(envelope.withModel("m"))).isEqualTo("{\"model\":\"m\",\"messages\":[1]}");
    }

    @Test
    void scan_escapedModelName_isDecoded() {
        assertThat(scan("{\"model\":\"a\\u002fb\",\"messages\":[1]}").model()).contains("a/b");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"messages\":[1],\"model\":7}|model: must be a string",
                "{\"messages\":[1],\"model\":\" \"}|model: must not be empty",
                "{\"messages\":[1],\"model\":\"a\",\"model\":\"b\"}|model: must be given only once",
                "{\"model\":\"a\"}|messages: is required and must not be empty",
                "{\"model\":\"a\",\"messages\":[ ]}|messages: is required and must not be empty",
                "{\"model\":\"a\",\"messages\":\"hi\"}|messages: must be an array",
                "{\"model\":\"a\",\"messages\":[1],\"stream\":1}|stream: must be true or false",
                "[1]|The request body is not a JSON object: at byte 0: expected a JSON object",
                "{\"model\":\"a\"|The request body is not a JSON object: at byte 12: expected ',' or '}', but the document ends"
            })
    void scan_badBody_namesTheFault(String body, String message) {
        assertThatThrownBy(() -> scan(body)).isInstanceOfSatisfying(GatewayException.class, e -> {
            assertThat(e.error().status()).isEqualTo(400);
            assertThat(e.error().message()).isEqualTo(message);
        });
    }

    @Test
    void scan_oneMegabyte_allocatesNextToNothing() {
        byte[] body = ("{\"model\":\"m\",\"messages\":["
                        + "{\"role\":\"user\",\"content\":\"0123456789\"},".repeat(30_000) + "{}]}")
                .getBytes(StandardCharsets.UTF_8);
        assertThat(body.length).isGreaterThan(1_000_000);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        Envelope.scan(Dialect.CHAT, body);
        long before = threads.getThreadAllocatedBytes(Thread.currentThread().threadId());
        Envelope envelope = Envelope.scan(Dialect.CHAT, body);
        byte[] forwarded = envelope.withModel("m");
        long allocated = threads.getThreadAllocatedBytes(Thread.currentThread().threadId()) - before;
        assertThat(forwarded).isSameAs(body);
        assertThat(allocated).isLessThan(32 * 1024);
    }

    private static Envelope scan(String body) {
        return Envelope.scan(Dialect.CHAT, body.getBytes(StandardCharsets.UTF_8));
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
