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

    /** Anthropic prefers an API key where there is one, and takes no login without its feature. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "                                  | GENERATE     | oauth-2025-04-20",
                "                                  | COUNT_TOKENS | oauth-2025-04-20",
                "                                  | LIST_MODELS  | oauth-2025-04-20",
                "b-2, a-1                          | GENERATE     | b-2,a-1,oauth-2025-04-20",
                "b-2,oauth-2025-04-20 , a-1, b-2   | GENERATE     | b-2,oauth-2025-04-20,a-1"
            })
    void accessTokenOfAnthropic_isABearer_withItsFeatureOnce(String client, Operation operation, String features) {
        UpstreamCall call = new UpstreamCall(
                Configurations.provider("type: anthropic, base-url: 'http://localhost', headers: { x-team: t }"),
                Optional.of(Secret.of("sk-ant-oat01-x")),
                Dialect.MESSAGES,
                "m",
                operation,
                false,
                Buffer.buffer(),
                client == null ? Map.of() : Map.of("anthropic-beta", client));
        RequestOptions options = Endpoint.options(call);
        assertThat(options.getHeaders().getAll("authorization")).containsExactly("Bearer sk-ant-oat01-x");
        assertThat(options.getHeaders().contains("x-api-key")).isFalse();
        assertThat(options.getHeaders().getAll("anthropic-beta")).containsExactly(features);
        assertThat(options.getHeaders().get("anthropic-version")).isEqualTo("2023-06-01");
    }

    @Test
    void accessTokenOfAnthropic_keepsItsFeature_whateverIsWornConfiguredOrDenied() {
        ProviderConfig provider = Configurations.provider("type: anthropic, base-url: 'http://localhost',"
                + " headers: { Anthropic-Beta: 'c-3,b-2' }, deny-headers: [ anthropic-beta ]");
        RequestOptions options = Endpoint.options(new UpstreamCall(
                provider,
                Optional.of(Secret.of("sk-ant-oat01-x")),
                Dialect.MESSAGES,
                "m",
                Operation.GENERATE,
                false,
                Buffer.buffer(),
                Map.of("anthropic-beta", "a-1"),
                Map.of("anthropic-beta", "b-2")));
        assertThat(options.getHeaders().getAll("anthropic-beta")).containsExactly("b-2,oauth-2025-04-20,c-3");
    }

    /** A request that goes through as it is may have the header several times. */
    @Test
    void accessTokenOfAnthropic_goesThroughAsABearer_too() {
        RequestOptions options = new RequestOptions()
                .addHeader("anthropic-beta", "b-2")
                .addHeader("anthropic-beta", "a-1")
                .addHeader("anthropic-version", "v2");
        new TransparentCall.Credential(
                        Configurations.provider("type: anthropic"), Optional.of(Secret.of("sk-ant-oat01-x")))
                .present(options);
        assertThat(options.getHeaders().getAll("anthropic-beta")).containsExactly("b-2,a-1,oauth-2025-04-20");
        assertThat(options.getHeaders().getAll("anthropic-version")).containsExactly("v2");
        assertThat(options.getHeaders().get("authorization")).isEqualTo("Bearer sk-ant-oat01-x");
        assertThat(options.getHeaders().contains("x-api-key")).isFalse();
    }

    @Test
    void apiKeyOfAnthropic_isNoBearer_andAddsNoFeature() {
        RequestOptions options = options(
                "http://localhost", Dialect.MESSAGES, Operation.GENERATE, false, Map.of("anthropic-beta", "a-1,a-1"));
        assertThat(options.getHeaders().contains("authorization")).isFalse();
        assertThat(options.getHeaders().getAll("anthropic-beta")).containsExactly("a-1,a-1");
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
