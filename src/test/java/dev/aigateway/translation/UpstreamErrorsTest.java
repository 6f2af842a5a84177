package dev.aigateway.translation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aigateway.conversation.GatewayError;
import dev.aigateway.conversation.GatewayError.Kind;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Errors as upstreams and the proxies before them spell them: sections 15.2 and 15.3. */
class UpstreamErrorsTest {
    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "400|{'error':{'message':'m'}}|m",
                "400|{'error':'m'}|m",
                "400|{'message':'m'}|m",
                "400|{'detail':'m'}|m",
                "422|{'detail':[{'loc':['body'],'msg':'m'}]}|m",
                "400|{'type':'about:blank','title':'m'}|m",
                "400|[{'error':{'message':'m'}}]|m",
                "400|{'error':{'message':'{\\'error\\':{\\'message\\':\\'m\\'}}'}}|m",
                "400|{'error':{'message':'{\\'other\\':1}'}}|{'other':1}",
                "400|{'error':{'message':' '}}|The provider answered with status 400 and no message.",
                "400|{'error':{}}|The provider answered with status 400 and no message.",
                "400|[]|The provider answered with status 400 and no message.",
                "400|<html>m</html>|The provider answered with status 400 and no message.",
                "400|``|The provider answered with status 400 and no message."
            })
    void message_isFoundWhereverItStands(int status, String body, String message) {
        GatewayError error = read(status, body);
        assertThat(error.message()).isEqualTo(message.replace('\'', '"'));
        assertThat(error.status()).isEqualTo(status);
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "400|'code':'context_length_exceeded'|CONTEXT_TOO_LONG|400",
                "400|'type':'exceed_context_size_error'|CONTEXT_TOO_LONG|400",
                "400|'code':'content_policy_violation'|CONTENT_BLOCKED|400",
                "400|'status':'INVALID_ARGUMENT'|BAD_REQUEST|400",
                "400|'code':'invalid_api_key'|AUTHENTICATION|400",
                "400|'type':'rate_limit_error'|BAD_REQUEST|400",
                "404|'code':'model_not_found'|MODEL_NOT_FOUND|404",
                "404|'type':'whatever'|NOT_FOUND|404",
                "429|'type':'tokens'|RATE_LIMIT|429",
                "429|'code':'insufficient_quota'|BILLING|429",
                "429|'type':'invalid_request_error'|RATE_LIMIT|429",
                "503|'status':'UNAVAILABLE'|OVERLOADED|503",
                "529|'type':'overloaded_error'|OVERLOADED|529",
                "502|'type':'overloaded_error'|OVERLOADED|503",
                "502|'code':'server_is_overloaded'|OVERLOADED|503",
                "503|'code':'slow_down'|OVERLOADED|503",
                "502|'type':'rate_limit_error'|RATE_LIMIT|429",
                "502|'type':'usage_limit_reached'|RATE_LIMIT|429",
                "502|'type':'permission_error'|PERMISSION|403",
                "502|'type':'not_found_error'|NOT_FOUND|404",
                "502|'type':'request_too_large'|TOO_LARGE|413",
                "502|'status':'DEADLINE_EXCEEDED'|TIMEOUT|504",
                "502|'status':'UNAUTHENTICATED'|AUTHENTICATION|401",
                "502|'type':'server_error'|BAD_GATEWAY|502"
            })
    void words_tellTheKind_whereTheStatusAllowsIt(int status, String words, Kind kind, int told) {
        GatewayError error = read(status, "{'error':{'message':'m'," + words + "}}");
        assertThat(error.kind()).isEqualTo(kind);
        assertThat(error.status()).isEqualTo(told);
    }

    @ParameterizedTest
    @CsvSource({
        "400, prompt is too long: 9 tokens, CONTEXT_TOO_LONG",
        "413, The maximum context length is 9, CONTEXT_TOO_LONG",
        "400, The input token count (9) exceeds the maximum, CONTEXT_TOO_LONG",
        "502, exceeds the context window, CONTEXT_TOO_LONG",
        "400, input length and `max_tokens` exceed context limit: 9 + 9 > 10, CONTEXT_TOO_LONG",
        "400, the request exceeds the available context size. try increasing it, CONTEXT_TOO_LONG",
        "400, Input is too long for requested model., CONTEXT_TOO_LONG",
        "400, Input is too long for this field, BAD_REQUEST",
        "429, exceeds the context window, RATE_LIMIT"
    })
    void message_tellsOfATooLongPrompt(int status, String message, Kind kind) {
        assertThat(read(status, "{'error':{'message':\"" + message + "\"}}").kind())
                .isEqualTo(kind);
    }

    @ParameterizedTest
    @CsvSource({
        "Incorrect API key provided: sk-abc123def456., Incorrect API key provided: ***",
        "key AIzaSyA1234567 is bad, key *** is bad",
        "sent 'Bearer abcdefghijkl', sent '***'",
        "GET https://x/?alt=sse&key=secret1 failed, GET https://x/?alt=sse&key=*** failed",
        "no sk-ant-AAAABBBB+TAIL54/x= here, no *** here",
        "task-force stays, task-force stays"
    })
    void keys_areNotShown(String message, String shown) {
        assertThat(UpstreamErrors.clean(message)).isEqualTo(shown);
    }

    @Test
    void longMessage_isCut_andDetailsAreKept() {
        GatewayError error =
                read(400, "{'error':{'message':'" + "x".repeat(9000) + "','code':'c1','param':'messages[0]'}}");
        assertThat(error.message()).hasSize(4097).endsWith("x…");
        assertThat(error.code()).contains("c1");
        assertThat(error.param()).contains("messages[0]");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "['body','stream_options']|stream_options",
                "['body','messages',0,'role']|messages.0.role",
                "['body']|",
                "['query','x']|",
                "7|"
            })
    void field_isFoundWhereFastApiNamesIt(String place, String param) {
        GatewayError error = read(422, "{'detail':[{'loc':" + place + ",'msg':'m'}]}");
        assertThat(error.param()).isEqualTo(Optional.ofNullable(param));
    }

    private static GatewayError read(int status, String body) {
        return UpstreamErrors.read(status, body.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }
}
