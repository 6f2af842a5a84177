package dev.aigateway.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aigateway.config.Configurations;
import dev.aigateway.config.ProviderConfig;
import dev.aigateway.config.Secret;
import dev.aigateway.conversation.Dialect;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.RequestOptions;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** X-12 and G-06. */
class EndpointTest {
    @ParameterizedTest
    @CsvSource({
        "CHAT, GENERATE, false, /v1/chat/completions, authorization, Bearer sk-1",
        "COMPLETIONS, GENERATE, false, /v1/completions, authorization, Bearer sk-1",
        "RESPONSES, GENERATE, true, /v1/responses, authorization, Bearer sk-1",
        "RESPONSES, COUNT_TOKENS, false, /v1/responses/input_tokens, authorization, Bearer sk-1",
        "MESSAGES, GENERATE, false, /v1/messages, x-api-key, sk-1",
        "MESSAGES, COUNT_TOKENS, false, /v1/messages/count_tokens, x-api-key, sk-1",
        "GEMINI, GENERATE, false, /v1beta/models/m%20x%2F1:generateContent, x-goog-api-key, sk-1",
        "GEMINI, GENERATE, true, /v1beta/models/m%20x%2F1:streamGenerateContent?alt=sse, x-goog-api-key, sk-1",
        "GEMINI, COUNT_TOKENS, false, /v1beta/models/m%20x%2F1:countTokens, x-goog-api-key, sk-1"
    })
    void dialect_hasItsPathAndItsKeyHeader(
            Dialect dialect, Operation operation, boolean stream, String uri, String header, String value) {
        RequestOptions options = options("http://localhost:1234", dialect, operation, stream, Map.of());
        assertThat(options.getURI()).isEqualTo(uri);
        assertThat(options.getHeaders().get(header)).isEqualTo(value);
        assertThat(options.getHeaders().get("accept")).isEqualTo(stream ? "text/event-stream" : "application/json");
        assertThat(options.getFollowRedirects()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "https://localhost, true, 443",
        "HTTPS://localhost, true, 443",
        "https://localhost:8443, true, 8443",
        "http://localhost, false, 80"
    })
    void scheme_decidesOnTls_howeverItIsSpelled(String base, boolean tls, int port) {
        RequestOptions options = options(base, Dialect.CHAT, Operation.GENERATE, false, Map.of());
        assertThat(options.isSsl()).isEqualTo(tls);
        assertThat(options.getPort()).isEqualTo(port);
    }

    @Test
    void headers_ofTheClient_winOverOurs_andThoseOfTheConfigurationOverBoth() {
        RequestOptions options = options(
                "http://localhost",
                Dialect.MESSAGES,
                Operation.GENERATE,
                false,
                Map.of("anthropic-version", "v2", "x-team", "client"));
        assertThat(options.getHeaders().getAll("anthropic-version")).containsExactly("v2");
        assertThat(options.getHeaders().getAll("x-team")).containsExactly("configured");
    }

    private static RequestOptions options(
            String base, Dialect dialect, Operation operation, boolean stream, Map<String, String> forwarded) {
        ProviderConfig provider = Configurations.provider(
                "type: openai, base-url: '%s', headers: { x-team: configured }".formatted(base));
        return Endpoint.options(new UpstreamCall(
                provider,
                Optional.of(Secret.of("sk-1")),
                dialect,
                "m x/1",
                operation,
                stream,
                Buffer.buffer(),
                forwarded));
    }
}
