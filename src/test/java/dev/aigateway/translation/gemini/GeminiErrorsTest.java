package dev.aigateway.translation.gemini;

import static dev.aigateway.translation.gemini.GeminiTestData.GEMINI;
import static dev.aigateway.translation.gemini.GeminiTestData.bytes;
import static dev.aigateway.translation.gemini.GeminiTestData.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aigateway.conversation.GatewayError;
import dev.aigateway.conversation.GatewayError.Kind;
import dev.aigateway.conversation.Usage;
import dev.aigateway.sse.SseParser;
import dev.aigateway.sse.SseWriter;
import dev.aigateway.translation.StreamWatch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Errors of both sides, and the watch over forwarded streams. */
class GeminiErrorsTest {
    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "BAD_REQUEST,400,INVALID_ARGUMENT",
        "CONTEXT_TOO_LONG,400,INVALID_ARGUMENT",
        "CONTENT_BLOCKED,400,INVALID_ARGUMENT",
        "TOO_LARGE,413,INVALID_ARGUMENT",
        "UNPROCESSABLE,422,INVALID_ARGUMENT",
        "AUTHENTICATION,401,UNAUTHENTICATED",
        "BILLING,429,RESOURCE_EXHAUSTED",
        "RATE_LIMIT,429,RESOURCE_EXHAUSTED",
        "PERMISSION,403,PERMISSION_DENIED",
        "NOT_FOUND,404,NOT_FOUND",
        "MODEL_NOT_FOUND,404,NOT_FOUND",
        "METHOD_NOT_ALLOWED,405,UNIMPLEMENTED",
        "CONFLICT,409,ABORTED",
        "CLIENT_CLOSED,499,CANCELLED",
        "INTERNAL,500,INTERNAL",
        "BAD_GATEWAY,502,UNAVAILABLE",
        "OVERLOADED,503,UNAVAILABLE",
        "TIMEOUT,504,DEADLINE_EXCEEDED"
    })
    void writeError_kind_hasGooglesWord(Kind kind, int status, String word) {
        GatewayError error = GatewayError.of(kind, "m");

        assertThat(GEMINI.status(error)).isEqualTo(status);
        assertThat(text(GEMINI.writeError(error, "r")))
                .isEqualTo("{\"error\":{\"code\":" + status + ",\"message\":\"m\",\"status\":\"" + word + "\"}}");
    }

    @Test
    void writeError_fieldAndWait_areDetails() {
        GatewayError error = GatewayError.badField("contents", "bad").withRetryAfter(Duration.ofMillis(34_070));

        assertThat(text(GEMINI.writeError(error, "r")))
                .isEqualTo("{\"error\":{\"code\":400,\"message\":\"contents: bad\",\"status\":\"INVALID_ARGUMENT\","
                        + "\"details\":[{\"@type\":\"type.googleapis.com/google.rpc.BadRequest\",\"fieldViolations\":"
                        + "[{\"field\":\"contents\",\"description\":\"contents: bad\"}]},"
                        + "{\"@type\":\"type.googleapis.com/google.rpc.RetryInfo\",\"retryDelay\":\"35s\"}]}}");
    }

    @Test
    void writeFailure_error_isAnEvent() {
        SseWriter out = new SseWriter();

        GEMINI.writeFailure(GatewayError.of(Kind.TIMEOUT, "m"), "r", out);

        assertThat(text(out.drain()))
                .isEqualTo(
                        "data: {\"error\":{\"code\":504,\"message\":\"m\",\"status\":\"DEADLINE_EXCEEDED\"}}\r\n\r\n");
    }

    /** The first row is E15. */
    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
        429 | {"error":{"code":429,"message":"quota","status":"RESOURCE_EXHAUSTED","details":[{"@type":"type.googleapis.com/google.rpc.RetryInfo","retryDelay":"34.07s"}]}} | RATE_LIMIT | quota | PT34.07S
        429 | [{"error":{"code":429,"message":"quota","details":[{"retryDelay":"7s"}]}}]                        | RATE_LIMIT       | quota | PT7S
        429 | {"error":{"message":"quota","details":[{"retryDelay":"soon"}]}}                                   | RATE_LIMIT       | quota | -
        400 | {"error":{"code":400,"message":"no key","status":"INVALID_ARGUMENT","details":[{"reason":"API_KEY_INVALID"}]}} | AUTHENTICATION | no key | -
        400 | {"error":{"message":"The input token count (9) exceeds the maximum"}}                             | CONTEXT_TOO_LONG | The input token count (9) exceeds the maximum | -
        404 | {"error":{"message":"models/x is not found","status":"NOT_FOUND"}}                                | NOT_FOUND        | models/x is not found | -
        503 | {"error":{"message":"The model is overloaded.","status":"UNAVAILABLE"}}                           | OVERLOADED       | The model is overloaded. | -
        502 | <html>                                                                                            | BAD_GATEWAY      | The provider answered with status 502 and no message. | -
        """)
    void readError_body_tellsKindAndWait(int status, String body, Kind kind, String message, Duration wait) {
        GatewayError error = GEMINI.readError(status, bytes(body));

        assertThat(error.kind()).isEqualTo(kind);
        assertThat(error.status()).isEqualTo(status);
        assertThat(error.message()).isEqualTo(message);
        assertThat(error.retryAfter()).isEqualTo(Optional.ofNullable(wait));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        {"candidates":[{"content":{"parts":[{"text":"a"}]}}]}                    | CONTENT  | false
        {"candidates":[{"content":{"parts":[{"text":"","thought":true}]}}]}      | PREAMBLE | false
        {"candidates":[{"content":{"parts":[{"text":"","thoughtSignature":"x"}]}}]} | CONTENT | false
        {"candidates":[{"content":{"parts":[{"functionCall":{"name":"f"}}]}}]}   | CONTENT  | false
        {"candidates":[{"content":{"role":"model"}}]}                            | PREAMBLE | false
        {"candidates":[{"finishReason":"STOP"}]}                                 | CONTENT  | true
        {"candidates":[]}                                                        | PREAMBLE | false
        {"promptFeedback":{"blockReason":"SAFETY"}}                              | PREAMBLE | true
        {"candidates":[{"finishReason":"SAFETY"}]}                               | PREAMBLE | true
        {"promptFeedback":{"safetyRatings":[]}}                                  | PREAMBLE | false
        {"error":{"code":503,"message":"m"}}                                     | FAILURE  | false
        {"candidates":                                                           | FAILURE  | false
        """)
    void watch_chunk_tellsItsMeaning(String chunk, StreamWatch.Meaning meaning, boolean mayEnd) {
        StreamWatch watch = GEMINI.newWatch();

        assertThat(watched(watch, "data: " + chunk + "\r\n\r\n")).containsExactly(meaning);
        assertThat(watch.mayEnd()).isEqualTo(mayEnd);
        assertThat(watch.failure().isPresent()).isEqualTo(meaning == StreamWatch.Meaning.FAILURE);
    }

    @Test
    void watch_stream_collectsUsage() {
        StreamWatch watch = GEMINI.newWatch();

        watched(
                watch,
                ": hi\n\ndata: {\"usageMetadata\":{\"promptTokenCount\":9,\"candidatesTokenCount\":2}}\n\n"
                        + "data: {\"usageMetadata\":{\"candidatesTokenCount\":30,\"thoughtsTokenCount\":70}}\n\n"
                        + "data: {\"candidates\":[{\"finishReason\":\"STOP\"}]}\n\n");

        assertThat(watch.usage())
                .isEqualTo(new Usage(
                        OptionalLong.of(9),
                        OptionalLong.empty(),
                        OptionalLong.empty(),
                        OptionalLong.of(100),
                        OptionalLong.of(70)));
    }

    @Test
    void watch_error_isReadLikeOneOfTheDecoder() {
        StreamWatch watch = GEMINI.newWatch();

        watched(
                watch,
                "data: {\"error\":{\"code\":429,\"message\":\"m\",\"details\":[{\"retryDelay\":\"1.5s\"}]}}\n\n");

        assertThat(watch.failure())
                .contains(new GatewayError(
                        Kind.RATE_LIMIT,
                        429,
                        "m",
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(Duration.ofMillis(1500))));
    }

    private static List<StreamWatch.Meaning> watched(StreamWatch watch, String stream) {
        List<StreamWatch.Meaning> meanings = new ArrayList<>();
        new SseParser(1000).feed(bytes(stream), event -> meanings.add(watch.watch(event)));
        return meanings;
    }
}
