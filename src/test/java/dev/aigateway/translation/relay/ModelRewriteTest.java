package dev.aigateway.translation.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aigateway.conversation.Dialect;
import dev.aigateway.sse.SseParser;
import dev.aigateway.sse.SseWriter;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelRewriteTest {
    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {
                "CHAT|{\"a\":1.0, \"model\" : \"up\"}|{\"a\":1.0, \"model\" : \"mine\"}",
                "COMPLETIONS|{\"model\":\"up\"}|{\"model\":\"mine\"}",
                "RESPONSES|{\"model\":\"up\"}|{\"model\":\"mine\"}",
                "MESSAGES|{\"model\":\"up\",\"x\":{\"model\":\"y\"}}|{\"model\":\"mine\",\"x\":{\"model\":\"y\"}}",
                "GEMINI|{\"modelVersion\":\"up\",\"model\":\"y\"}|{\"modelVersion\":\"mine\",\"model\":\"y\"}",
                "CHAT|{\"x\":{\"model\":\"up\"}}|{\"x\":{\"model\":\"up\"}}"
            })
    void wholeAnswer_showsTheClientsName_andIsElseTheSame(Dialect dialect, String answer, String shown) {
        byte[] body = new ModelRewrite(dialect, "mine").body(answer.getBytes(StandardCharsets.UTF_8));
        assertThat(body).asString(StandardCharsets.UTF_8).isEqualTo(shown);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {
                "CHAT|{\"model\": \"up\" }|{\"model\": \"mine\" }",
                "MESSAGES|{\"message\":{\"model\":\"up\"}}|{\"message\":{\"model\":\"mine\"}}",
                "RESPONSES|{\"response\":{\"model\":\"up\"}}|{\"response\":{\"model\":\"mine\"}}",
                "GEMINI|{\"modelVersion\":\"up\"}|{\"modelVersion\":\"mine\"}",
                "MESSAGES|{\"model\":\"up\"}|{\"model\":\"up\"}",
                "CHAT|[DONE]|[DONE]"
            })
    void event_showsTheClientsName_andIsElseTheSame(Dialect dialect, String data, String shown) {
        assertThat(written(dialect, "id: 7\ndata: " + data + "\n\n")).isEqualTo("id: 7\ndata: " + shown + "\n\n");
    }

    @Test
    void eventOfSeveralLines_isLeftAlone() {
        String event = "data: {\"model\":\ndata: \"up\"}\n\n";
        assertThat(written(Dialect.CHAT, event)).isEqualTo(event);
    }

    private static String written(Dialect dialect, String events) {
        ModelRewrite rewrite = new ModelRewrite(dialect, "mine");
        SseWriter out = new SseWriter();
        new SseParser(1024).feed(events.getBytes(StandardCharsets.UTF_8), event -> {
            if (!rewrite.write(event, out)) {
                out.raw(event.raw());
            }
        });
        return new String(out.drain(), StandardCharsets.UTF_8);
    }
}
