package dev.aigateway.translation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aigateway.conversation.GatewayError;
import dev.aigateway.conversation.GatewayError.Kind;
import dev.aigateway.translation.chat.ChatDialect;
import dev.aigateway.translation.messages.MessagesDialect;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Errors between Chat and Messages: section 15 of the translation reference. */
class ErrorsTest {
    private static final ChatDialect CHAT = new ChatDialect();
    private static final MessagesDialect MESSAGES = new MessagesDialect();

    @ParameterizedTest(name = "15.2: {0}")
    @CsvSource(
            nullValues = "null",
            value = {
                "BAD_REQUEST, 400, invalid_request_error, null, 400, invalid_request_error",
                "CONTEXT_TOO_LONG, 400, invalid_request_error, context_length_exceeded, 400, invalid_request_error",
                "AUTHENTICATION, 401, authentication_error, invalid_api_key, 401, authentication_error",
                "BILLING, 429, insufficient_quota, insufficient_quota, 402, billing_error",
                "PERMISSION, 403, permission_error, null, 403, permission_error",
                "NOT_FOUND, 404, invalid_request_error, null, 404, not_found_error",
                "MODEL_NOT_FOUND, 404, invalid_request_error, model_not_found, 404, not_found_error",
                "CONFLICT, 409, conflict_error, null, 409, conflict_error",
                "TOO_LARGE, 413, invalid_request_error, request_too_large, 413, request_too_large",
                "UNPROCESSABLE, 422, invalid_request_error, null, 400, invalid_request_error",
                "RATE_LIMIT, 429, rate_limit_error, rate_limit_exceeded, 429, rate_limit_error",
                "INTERNAL, 500, server_error, null, 500, api_error",
                "BAD_GATEWAY, 502, server_error, upstream_error, 502, api_error",
                "OVERLOADED, 503, server_error, overloaded, 529, overloaded_error",
                "TIMEOUT, 504, server_error, timeout, 504, timeout_error",
                "CONTENT_BLOCKED, 400, invalid_request_error, content_filter, 400, invalid_request_error"
            })
    void kind_isRenderedInBothDialects(
            Kind kind, int chatStatus, String chatType, String chatCode, int messagesStatus, String messagesType) {
        GatewayError error = GatewayError.of(kind, "Words");
        assertThat(CHAT.status(error)).isEqualTo(chatStatus);
        assertThat(MESSAGES.status(error)).isEqualTo(messagesStatus);
        String code = chatCode == null ? "null" : "'" + chatCode + "'";
        assertJson(
                CHAT.writeError(error, "req1"),
                "{'error':{'message':'Words','type':'" + chatType + "','param':null,'code':" + code + "}}");
        String words = kind == Kind.CONTEXT_TOO_LONG ? "prompt is too long: Words" : "Words";
        assertJson(
                MESSAGES.writeError(error, "req1"),
                "{'type':'error','error':{'type':'" + messagesType + "','message':'" + words
                        + "'},'request_id':'req1'}");
    }

    @ParameterizedTest(name = "15: upstream {0} {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "400|{'error':{'message':'m','type':'invalid_request_error','param':'p'}}|BAD_REQUEST|400",
                "400|{'type':'error','error':{'type':'invalid_request_error','message':'prompt is too long: 9 tokens > 8 maximum'}}|CONTEXT_TOO_LONG|400",
                "400|{'error':{'message':'m','code':'context_length_exceeded'}}|CONTEXT_TOO_LONG|400",
                "400|{'error':{'message':'m','code':'content_filter'}}|CONTENT_BLOCKED|400",
                "401|{'type':'error','error':{'type':'authentication_error','message':'m'}}|AUTHENTICATION|401",
                "402|{'type':'error','error':{'type':'billing_error','message':'m'}}|BILLING|402",
                "403|{'type':'error','error':{'type':'permission_error','message':'m'}}|PERMISSION|403",
                "404|{'error':{'message':'m','code':'model_not_found'}}|MODEL_NOT_FOUND|404",
                "404|{'type':'error','error':{'type':'not_found_error','message':'m'}}|NOT_FOUND|404",
                "413|{'type':'error','error':{'type':'request_too_large','message':'m'}}|TOO_LARGE|413",
                "429|{'error':{'message':'m','type':'insufficient_quota'}}|BILLING|429",
                "429|{'type':'error','error':{'type':'rate_limit_error','message':'m'}}|RATE_LIMIT|429",
                "500|{'type':'error','error':{'type':'api_error','message':'m'}}|INTERNAL|500",
                "503|upstream connect error|OVERLOADED|503",
                "529|{'type':'error','error':{'type':'overloaded_error','message':'m'}}|OVERLOADED|529",
                "504|<html>Gateway Timeout</html>|TIMEOUT|504"
            })
    void upstreamError_isClassified(int status, String body, Kind kind, int kept) {
        byte[] bytes = body.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
        for (UpstreamDialect upstream : new UpstreamDialect[] {CHAT, MESSAGES}) {
            GatewayError error = upstream.readError(status, bytes);
            assertThat(error.kind()).isEqualTo(kind);
            assertThat(error.status()).isEqualTo(kept);
            assertThat(error.message()).isNotBlank();
        }
    }

    @ParameterizedTest(name = "E14: {0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "Incorrect API key provided: sk-abcdef123456.",
                "invalid x-api-key sk-ant-api03-abcdef",
                "bad header Bearer abcdefghijkl",
                "see https://host/v1?key=AIzaSyabcdefgh"
            })
    void upstreamError_keepsNoKey(String message) {
        byte[] body = Json.bytes(Json.object().set("error", Json.object().put("message", message)));
        String shown = CHAT.readError(401, body).message();
        assertThat(shown).contains("***").doesNotContain("abcdef");
    }

    @ParameterizedTest(name = "15.2: {0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "This model's maximum context length is 128000 tokens. However, your messages resulted in 130000 tokens.|prompt is too long: 130000 tokens > 128000 maximum",
                "maximum context length is 8,192 tokens, you asked for 9,000 tokens|prompt is too long: 9000 tokens > 8192 maximum",
                "prompt is too long: 9 tokens > 8 maximum|prompt is too long: 9 tokens > 8 maximum",
                "context window exceeded|prompt is too long: context window exceeded",
                "limit of 5 tokens|prompt is too long: limit of 5 tokens",
                "99999999999999999999999 tokens of 88888888888888888888888 tokens|prompt is too long: 99999999999999999999999 tokens of 88888888888888888888888 tokens"
            })
    void contextError_saysWhatClaudeCodeLooksFor(String message, String shown) {
        GatewayError error = GatewayError.of(Kind.CONTEXT_TOO_LONG, message);
        assertThat(Json.parse(MESSAGES.writeError(error, "r"))
                        .orElseThrow()
                        .at("/error/message")
                        .textValue())
                .isEqualTo(shown);
    }

    private static void assertJson(byte[] actual, String expected) {
        assertThat(Json.parse(actual).orElseThrow()).isEqualTo(RequestCase.json(expected));
    }
}
