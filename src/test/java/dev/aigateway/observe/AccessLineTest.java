package dev.aigateway.observe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aigateway.conversation.Usage;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class AccessLineTest {
    @Test
    void text_ofAnAnsweredRequest_tellsWhatItCost() {
        assertThat(text(line("gpt-4o", Optional.of("openai/gpt-4o"), true)))
                .isEqualTo(
                        "req1 10.0.0.1 POST /v1/chat/completions chat gpt-4o -> openai/gpt-4o stream 200 ok key=1 attempts=2"
                                + " first=5ms 17ms in=70 out=5 bytes=99");
    }

    @Test
    void text_ofARequestThatWentNowhere_saysSo() {
        assertThat(text(line("x", Optional.empty(), false))).contains("x -> - 200");
    }

    @Test
    void text_modelWithLineBreaks_staysOneLine() {
        String forged = "x\r\nreq2 chat gpt-4o -> openai/gpt-4o 200 ok\u2028\u0085\u001b[31m";
        assertThat(text(line(forged, Optional.of("p/" + forged), false)))
                .matches("[\\x20-\\x7e]*")
                .contains(" chat x??req2?chat?gpt-4o?->?openai/gpt-4o?200?ok")
                .endsWith(" 200 ok key=1 attempts=2 first=5ms 17ms in=70 out=5 bytes=99");
    }

    @Test
    void text_longModel_isCut() {
        assertThat(text(line("x".repeat(10_000), Optional.empty(), false))).hasSizeLessThan(300);
    }

    @Test
    void text_ofARequestForNoModel_hasNothingOfOne() {
        AccessLine line = new AccessLine(
                new ClientCall("req1", "-", "GET", "/v1/a b\nreq2"),
                401,
                "refused",
                1,
                0,
                Optional.empty(),
                OptionalInt.empty(),
                OptionalLong.empty());
        assertThat(line.text()).isEqualTo("req1 - GET /v1/a?b?req2 401 refused 1ms bytes=0");
        assertThat(line.fields().values())
                .containsOnlyKeys(
                        "request_id", "client", "method", "path", "status", "outcome", "duration_ms", "bytes");
    }

    private static String text(RequestLine line) {
        return new AccessLine(
                        new ClientCall("req1", "10.0.0.1", "POST", "/v1/chat/completions"),
                        200,
                        "ok",
                        17,
                        99,
                        Optional.of(line),
                        OptionalInt.of(1),
                        OptionalLong.of(5))
                .text();
    }

    private static RequestLine line(String model, Optional<String> target, boolean stream) {
        Usage usage = new Usage(
                OptionalLong.of(70),
                OptionalLong.empty(),
                OptionalLong.empty(),
                OptionalLong.of(5),
                OptionalLong.empty());
        return new RequestLine("req1", "chat", model, target, stream, 200, "ok", 2, 17, usage);
    }
}
