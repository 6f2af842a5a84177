package dev.aigateway.translation.responses;

import static dev.aigateway.translation.responses.Fixtures.DIALECT;
import static dev.aigateway.translation.responses.Fixtures.json;
import static dev.aigateway.translation.responses.Fixtures.usage;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aigateway.conversation.GatewayError;
import dev.aigateway.conversation.GatewayError.Kind;
import dev.aigateway.sse.ByteSlice;
import dev.aigateway.sse.SseEvent;
import dev.aigateway.sse.SseWriter;
import dev.aigateway.translation.StreamWatch;
import dev.aigateway.translation.StreamWatch.Meaning;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The express lane and what the dialect writes without knowing the stream. */
class ResponsesWatchTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '~',
            value = {
                "{'type':'response.created','response':{'id':'r'}}; PREAMBLE",
                "{'type':'response.in_progress'}; PREAMBLE",
                "{'type':'response.output_item.added','item':{'type':'message'}}; PREAMBLE",
                "{'type':'response.content_part.added'}; PREAMBLE",
                "{'type':'keepalive','sequence_number':1}; PREAMBLE",
                "{'type':'codex.rate_limits'}; PREAMBLE",
                "[DONE]; PREAMBLE",
                "{'type':'response.output_text.delta','delta':'x'}; CONTENT",
                "{'type':'response.function_call_arguments.delta'}; CONTENT",
                "{'type':'response.output_item.done'}; CONTENT",
                "{'response':{},'type':'response.completed'}; END",
                "{'type':'response.incomplete','response':{}}; END",
                "{'type':'response.failed','response':{'error':{'code':'server_error','message':'x'}}}; FAILURE",
                "{'type':'error','message':'x'}; FAILURE",
                "{'type':'response.comp; FAILURE"
            })
    void event_ofEveryType_meansWhatItSays(String data, Meaning meaning) {
        assertThat(DIALECT.newWatch().watch(event(data))).isEqualTo(meaning);
    }

    @Test
    void completed_withUsage_isCounted() {
        StreamWatch watch = DIALECT.newWatch();
        watch.watch(
                event(
                        "{'type':'response.completed','response':{'usage':{'input_tokens':10,'input_tokens_details':"
                                + "{'cached_tokens':4,'cache_write_tokens':3},'output_tokens':9,'output_tokens_details':{'reasoning_tokens':2}}}}"));
        assertThat(watch.usage()).isEqualTo(usage(10, 4, 3, 9, 2));
        assertThat(watch.mayEnd()).isFalse();
        assertThat(watch.failure()).isEmpty();
    }

    @Test
    void failure_keepsItsKind() {
        StreamWatch watch = DIALECT.newWatch();
        watch.watch(event(
                "{'type':'response.failed','response':{'error':{'code':'rate_limit_exceeded','message':'slow'}}}"));
        assertThat(watch.failure()).map(GatewayError::kind).contains(Kind.RATE_LIMIT);
    }

    @Test
    void failure_ofAForwardedStream_isAResponseThatFailed() {
        SseWriter out = new SseWriter();
        DIALECT.writeFailure(GatewayError.of(Kind.BAD_GATEWAY, "cut"), "req-1", out);
        assertThat(written(out))
                .isEqualTo("event: response.failed\ndata: "
                        + json(
                                "{'type':'response.failed','response':{'id':'resp_req-1','object':'response','status':'failed',"
                                        + "'error':{'code':'server_error','message':'cut'},'output':[]}}")
                        + "\n\n");
    }

    @Test
    void keepalive_ofAForwardedStream_isAnEvent() {
        SseWriter out = new SseWriter();
        DIALECT.writeKeepalive(out);
        assertThat(written(out)).isEqualTo("event: keepalive\ndata: {\"type\":\"keepalive\"}\n\n");
    }

    @ParameterizedTest
    @CsvSource({"BILLING, 429, insufficient_quota", "OVERLOADED, 503, overloaded", "BAD_GATEWAY, 502, upstream_error"})
    void error_asAWhole_isOpenAis(Kind kind, int status, String code) {
        GatewayError error = GatewayError.of(kind, "x");
        assertThat(DIALECT.status(error)).isEqualTo(status);
        assertThat(new String(DIALECT.writeError(error, "req-1"), StandardCharsets.UTF_8))
                .contains("\"message\":\"x\"")
                .contains("\"code\":\"" + code + "\"");
        assertThat(DIALECT.readError(status, DIALECT.writeError(error, "req-1")).message())
                .isEqualTo("x");
    }

    private static String written(SseWriter out) {
        return new String(out.drain(), StandardCharsets.UTF_8);
    }

    private static SseEvent event(String quoted) {
        ByteSlice data = ByteSlice.of(json(quoted).getBytes(StandardCharsets.UTF_8));
        return new SseEvent("", data, data);
    }
}
