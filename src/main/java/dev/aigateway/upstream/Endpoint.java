package dev.aigateway.upstream;

import dev.aigateway.config.ProviderConfig;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Where a provider takes requests of a dialect, and how it wants to be authenticated there. */
final class Endpoint {
    private static final String ANTHROPIC_VERSION = "2023-06-01";

    private Endpoint() {}

    /** Everything of a request but its body. */
    static RequestOptions options(UpstreamCall call) {
        ProviderConfig provider = call.provider();
        RequestOptions options = at(provider.endpoint(path(call)))
                .putHeader("content-type", "application/json")
                .putHeader("accept", call.stream() ? "text/event-stream" : "application/json");
        authenticate(call, options);
        call.forwarded().forEach(options::putHeader);
        provider.link().headers().forEach(options::putHeader);
        return options;
    }

    /** The same for a request that is forwarded as it is; those who serve such take their key as OpenAI does. */
    static RequestOptions options(ForwardCall call) {
        RequestOptions options = at(call.provider().endpoint(call.path()));
        call.query().ifPresent(query -> options.setURI(options.getURI() + "?" + query));
        call.headers().forEach(options::putHeader);
        call.key().ifPresent(key -> options.putHeader("authorization", "Bearer " + key.reveal()));
        call.provider().link().headers().forEach(options::putHeader);
        return options;
    }

    private static RequestOptions at(URI uri) {
        boolean tls = "https".equalsIgnoreCase(uri.getScheme());
        return new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setHost(uri.getHost())
                .setPort(uri.getPort() < 0 ? (tls ? 443 : 80) : uri.getPort())
                .setSsl(tls)
                .setURI(uri.getRawPath() + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery()))
                .setFollowRedirects(false);
    }

    private static String path(UpstreamCall call) {
        boolean count = call.operation() == Operation.COUNT_TOKENS;
        return switch (call.dialect()) {
            case CHAT -> "v1/chat/completions";
            case MESSAGES -> count ? "v1/messages/count_tokens" : "v1/messages";
            case COMPLETIONS -> "v1/completions";
            case RESPONSES -> count ? "v1/responses/input_tokens" : "v1/responses";
            case GEMINI -> "v1beta/models/" + escaped(call.model()) + ":" + geminiMethod(call);
        };
    }

    private static String geminiMethod(UpstreamCall call) {
        return switch (call.operation()) {
            case COUNT_TOKENS -> "countTokens";
            case GENERATE -> call.stream() ? "streamGenerateContent?alt=sse" : "generateContent";
        };
    }

    private static String escaped(String model) {
        return URLEncoder.encode(model, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static void authenticate(UpstreamCall call, RequestOptions options) {
        switch (call.dialect()) {
            case CHAT, COMPLETIONS, RESPONSES ->
                call.key().ifPresent(key -> options.putHeader("authorization", "Bearer " + key.reveal()));
            case MESSAGES -> {
                call.key().ifPresent(key -> options.putHeader("x-api-key", key.reveal()));
                options.putHeader("anthropic-version", ANTHROPIC_VERSION);
            }
            case GEMINI -> call.key().ifPresent(key -> options.putHeader("x-goog-api-key", key.reveal()));
        }
    }
}
