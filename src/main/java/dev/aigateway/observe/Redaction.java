package dev.aigateway.observe;

import dev.aigateway.config.CloakConfig;
import dev.aigateway.config.Derived;
import dev.aigateway.config.GatewayConfig;
import dev.aigateway.config.KeyConfig;
import dev.aigateway.config.LinkConfig;
import dev.aigateway.config.ProviderConfig;
import dev.aigateway.config.ProxyConfig;
import dev.aigateway.config.Secret;
import dev.aigateway.conversation.GatewayError;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Takes secrets out of text that others wrote, such as a provider's error that repeats the key. What is configured is known
 * by its value, what else looks like a key by its form. Made when a configuration first needs it, which is after failures
 * and for debugging only; immutable. Behaviour reference: sections 11.6, 14, row 226.
 */
public final class Redaction {
    private static final String MASK = "***";

    /** What is shorter is no secret, and words of ordinary text would be lost. */
    private static final int SHORTEST = 6;

    private static final Pattern LOOKS_LIKE_A_KEY = Pattern.compile(
            "\\b(?:(?:sk|pk|rk|gsk|xai|ghp)[-_]|AIza|eyJ)[-_.A-Za-z0-9]{8,}"
                    + "|(?i:(?<=bearer\\s{1,4})[^\\s\"'\\\\,]+)"
                    + "|(?i:(?<=[?&;\\s\"]key=)[^&;\\s\"'\\\\]+)"
                    + "|(?i:(?<=\"(?:api[-_]?key|x-api-key|access[-_]?token|authorization|password|secret)\"\\s{0,4}:\\s{0,4}\")[^\"\\\\]+)");

    private static final Derived<Redaction> LATEST = new Derived<>(Redaction::made);

    private final List<String> secrets;

    private Redaction(Stream<String> secrets) {
        this.secrets = secrets.filter(secret -> secret.length() >= SHORTEST)
                .distinct()
                // A key may hold another one.
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList();
    }

    /** Of access keys, operators' keys, providers' keys, proxies' passwords, and the values of headers that are set. */
    public static Redaction of(GatewayConfig config) {
        return LATEST.of(config);
    }

    private static Redaction made(GatewayConfig config) {
        Stream<String> ours = Stream.of(config.accessKeys(), config.admin().keys())
                .flatMap(Collection::stream)
                .map(Secret::reveal);
        Stream<String> theirs = config.providers().stream().flatMap(Redaction::secrets);
        Stream<String> endpoints =
                config.network().endpoints().values().stream().flatMap(endpoint -> secrets(endpoint.link()));
        return new Redaction(Stream.of(ours, theirs, endpoints).flatMap(all -> all));
    }

    private static Stream<String> secrets(ProviderConfig provider) {
        Stream<String> keys = provider.keys().stream().map(KeyConfig::secret).map(Secret::reveal);
        Stream<ProviderConfig> views =
                Stream.concat(Stream.of(provider), provider.keys().stream().map(KeyConfig::settings));
        return Stream.concat(keys, views.flatMap(Redaction::headers));
    }

    private static Stream<String> headers(ProviderConfig provider) {
        Stream<String> cloaked = provider.tuning().cloak().map(CloakConfig::headers).map(Map::values).stream()
                .flatMap(Collection::stream);
        return Stream.concat(secrets(provider.link()), cloaked);
    }

    private static Stream<String> secrets(LinkConfig link) {
        return Stream.concat(link.headers().values().stream(), password(link.proxy()));
    }

    private static Stream<String> password(ProxyConfig proxy) {
        return switch (proxy) {
            case ProxyConfig.Direct() -> Stream.empty();
            case ProxyConfig.Server server -> server.password().map(Secret::reveal).stream();
            case ProxyConfig.ByTarget(var plain, var secure, var exceptions) ->
                Stream.of(plain, secure).flatMap(Optional::stream).flatMap(Redaction::password);
        };
    }

    /** Without what is configured as a secret. */
    public String configured(String text) {
        String masked = text;
        for (String secret : secrets) {
            masked = masked.replace(secret, MASK);
        }
        return masked;
    }

    /** Without anything that is or might be a secret; for text that is meant for the log. */
    public String everything(String text) {
        return LOOKS_LIKE_A_KEY.matcher(configured(text)).replaceAll(MASK);
    }

    /** An error that may be told. */
    public GatewayError of(GatewayError error) {
        return new GatewayError(
                error.kind(),
                error.status(),
                configured(error.message()),
                error.code().map(this::configured),
                error.param().map(this::configured),
                error.retryAfter());
    }
}
