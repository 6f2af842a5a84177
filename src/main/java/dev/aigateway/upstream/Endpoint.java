package dev.aigateway.upstream;

import dev.aigateway.config.LinkConfig;
import dev.aigateway.config.ProviderConfig;
import dev.aigateway.config.Secret;
import dev.aigateway.conversation.Dialect;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Where a provider takes requests of a dialect, and how it wants to be authenticated there. */
final class Endpoint {
    private static final String ANTHROPIC_VERSION = "2023-06-01";
    private static final String GEMINI_MODELS = "v1beta/models";
    private static final String BETA = "anthropic-beta";
    /** What the access tokens of Anthropic's logins begin with (reference of logins, section 4.3). */
    private static final String ACCESS_TOKEN = "sk-ant-oat";

    private static final String LOGIN_FEATURE = "oauth-2025-04-20";

    private Endpoint() {}

    /** Everything of a request but its body. */
    static RequestOptions options(UpstreamCall call) {
        ProviderConfig provider = call.provider();
        RequestOptions options = at(provider.endpoint(path(call)))
                .setMethod(call.operation() == Operation.LIST_MODELS ? HttpMethod.GET : HttpMethod.POST)
                .putHeader("content-type", "application/json")
                .putHeader("accept", call.stream() ? "text/event-stream" : "application/json");
        call.forwarded().forEach((name, value) -> {
            if (HeaderGate.ofDialect(call.dialect())
                    .passes(name, provider.link().rules())) {
                options.putHeader(name, value);
            }
        });
        call.worn().forEach(options::putHeader);
        authenticate(call.dialect(), call.key(), options);
        configured(provider.link(), options);
        return options;
    }

    /** The same for a request that is forwarded as it is; those who serve such take their key as OpenAI does. */
    static RequestOptions options(ForwardCall call) {
        RequestOptions options = at(call.provider().endpoint(call.path()));
        call.query().ifPresent(query -> options.setURI(options.getURI() + "?" + query));
        call.headers().forEach((name, value) -> {
            if (HeaderGate.OF_FORWARDED.passes(name, call.provider().link().rules())) {
                options.putHeader(name, value);
            }
        });
        call.key().ifPresent(key -> options.putHeader("authorization", "Bearer " + key.reveal()));
        configured(call.provider().link(), options);
        return options;
    }

    /** The same for a request that goes through as it is, whatever it is. */
    static RequestOptions options(TransparentCall call) {
        String path = call.target().pathAt(call.path());
        RequestOptions options = at(call.target().targetBase())
                .setMethod(call.method())
                .setURI(path + call.query().map(query -> "?" + query).orElse(""));
        call.headers().forEach(options::addHeader);
        call.provider().ifPresent(credential -> credential.present(options));
        configured(call.target().link(), options);
        return options;
    }

    /** What the configuration sets takes the place of everything else, but features of a client's are not lost. */
    private static void configured(LinkConfig link, RequestOptions options) {
        link.headers().forEach((name, value) -> {
            if (name.equalsIgnoreCase(BETA)) {
                addFeatures(value, options);
            } else {
                options.putHeader(name, value);
            }
        });
    }

    private static void addFeatures(String features, RequestOptions options) {
        List<String> before =
                options.getHeaders() == null ? List.of() : options.getHeaders().getAll(BETA);
        options.putHeader(BETA, before.isEmpty() ? features : merged(before, features));
    }

    private static String merged(List<String> before, String value) {
        return Stream.concat(before.stream(), Stream.of(value))
                .flatMap(list -> Arrays.stream(list.split(",")))
                .map(String::trim)
                .filter(feature -> !feature.isEmpty())
                .distinct()
                .collect(Collectors.joining(","));
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
        return switch (call.operation()) {
            case GENERATE -> generating(call);
            case COUNT_TOKENS -> counting(call);
            case LIST_MODELS -> call.dialect() == Dialect.GEMINI ? GEMINI_MODELS : "v1/models";
        };
    }

    private static String generating(UpstreamCall call) {
        return switch (call.dialect()) {
            case CHAT -> "v1/chat/completions";
            case MESSAGES -> "v1/messages";
            case COMPLETIONS -> "v1/completions";
            case RESPONSES -> "v1/responses";
            case GEMINI -> gemini(call, call.stream() ? "streamGenerateContent?alt=sse" : "generateContent");
        };
    }

    private static String counting(UpstreamCall call) {
        return switch (call.dialect()) {
            case MESSAGES -> "v1/messages/count_tokens";
            case RESPONSES -> "v1/responses/input_tokens";
            case GEMINI -> gemini(call, "countTokens");
            case CHAT, COMPLETIONS -> throw new IllegalArgumentException("these dialects count no tokens");
        };
    }

    private static String gemini(UpstreamCall call, String method) {
        return GEMINI_MODELS + "/" + escaped(call.model()) + ":" + method;
    }

    private static String escaped(String model) {
        return URLEncoder.encode(model, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** To be called when the client's headers are there: some of them say more than ours, and none takes the place of the key. */
    static void authenticate(Dialect dialect, Optional<Secret> credential, RequestOptions options) {
        switch (dialect) {
            case CHAT, COMPLETIONS, RESPONSES ->
                credential.ifPresent(key -> options.putHeader("authorization", "Bearer " + key.reveal()));
            case MESSAGES -> {
                credential.ifPresent(key -> presentToAnthropic(key.reveal(), options));
                if (options.getHeaders() == null || !options.getHeaders().contains("anthropic-version")) {
                    options.putHeader("anthropic-version", ANTHROPIC_VERSION);
                }
            }
            case GEMINI -> credential.ifPresent(key -> options.putHeader("x-goog-api-key", key.reveal()));
        }
    }

    /** The access token of a login is no API key, and is taken with the feature alone that is there for it. */
    private static void presentToAnthropic(String key, RequestOptions options) {
        if (key.startsWith(ACCESS_TOKEN)) {
            options.putHeader("authorization", "Bearer " + key);
            addFeatures(LOGIN_FEATURE, options);
        } else {
            options.putHeader("x-api-key", key);
        }
    }
}
