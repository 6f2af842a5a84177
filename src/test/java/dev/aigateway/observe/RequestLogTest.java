package dev.aigateway.observe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aigateway.conversation.Usage;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class RequestLogTest {
    @Test
    void text_ofAnAnsweredRequest_tellsWhatItCost() {
        assertThat(RequestLog.text(line("gpt-4o", Optional.of("openai/gpt-4o"), true)))
                .isEqualTo("req1 chat gpt-4o -> openai/gpt-4o stream 200 ok attempts=2 17ms in=70 out=5");
    }

    @Test
    void text_ofARequestThatWentNowhere_saysSo() {
        assertThat(RequestLog.text(line("x", Optional.empty(), false))).contains("x -> - 200");
    }

    @Test
    void text_modelWithLineBreaks_staysOneLine() {
        String forged = "x\r\nreq2 chat gpt-4o -> openai/gpt-4o 200 ok\u2028\u0085\u001b[31m";
        assertThat(RequestLog.text(line(forged, Optional.of("p/" + forged), false)))
                .matches("[\\x20-\\x7e]*")
                .startsWith("req1 chat x??req2?chat?gpt-4o?->?openai/gpt-4o?200?ok")
                .endsWith(" 200 ok attempts=2 17ms in=70 out=5");
    }

    @Test
    void text_longModel_isCut() {
        assertThat(RequestLog.text(line("x".repeat(10_000), Optional.empty(), false)))
                .hasSizeLessThan(256);
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
