package dev.aigateway.api;

import dev.aigateway.config.EndpointConfig;
import dev.aigateway.config.GatewayConfig;
import dev.aigateway.config.ProviderConfig;
import dev.aigateway.routing.Candidate;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a request goes that goes through as it is.
 *
 * @param target empty when there is no such endpoint
 * @param provider whose key it gets
 * @param name of the endpoint, as the client wrote it
 * @param path at the upstream, with its version segment
 */
record TransparentPath(Optional<EndpointConfig> target, Optional<ProviderConfig> provider, String name, String path) {
    private static final Pattern NAMED = Pattern.compile("/([^/]+)/(v1(?:beta)?(?:/.*)?)");
    private static final Pattern STEPS = Pattern.compile("/(?:\\.|%2[eE]){1,2}(?:/|$)");
    private static final Pattern PREFIXES_OF_OTHERS = Pattern.compile("v1(?:beta)?|q");

    /** What the resources of this package serve; the others below {@code /v1} may go to a provider. */
    private static final Pattern SERVED =
            Pattern.compile("/v1/(?:chat/completions|completions|messages(?:/count_tokens)?"
                    + "|responses(?:/.*)?|models(?:/.*)?|embeddings|images/(?:generations|edits|variations)"
                    + "|audio/(?:speech|transcriptions|translations)|moderations|rerank)/?");

    /**
     * Empty when it is none of our business.
     *
     * @param normal the path as routing sees it
     * @param raw the path as the client wrote it
     */
    static Optional<TransparentPath> of(String normal, @Nullable String raw, GatewayConfig config) {
        if (normal.startsWith("/v1/")) {
            return config.network()
                    .passthroughProvider()
                    .filter(name -> !SERVED.matcher(normal).matches())
                    .map(name -> toProvider(name, written(normal, raw, "").substring(1), config));
        }
        if (config.network().endpoints().isEmpty()) {
            return Optional.empty();
        }
        Matcher named = NAMED.matcher(normal);
        if (!named.matches() || PREFIXES_OF_OTHERS.matcher(named.group(1)).matches()) {
            return Optional.empty();
        }
        String name = named.group(1);
        return Optional.of(new TransparentPath(
                config.network().endpoint(name),
                Optional.empty(),
                name,
                written(normal, raw, "/" + name).substring(name.length() + 2)));
    }

    static boolean isServed(String path) {
        return SERVED.matcher(path).matches();
    }

    private static TransparentPath toProvider(String name, String path, GatewayConfig config) {
        ProviderConfig provider = config.providers().stream()
                .filter(candidate -> candidate.name().equals(name))
                .findFirst()
                .orElseThrow();
        return new TransparentPath(Optional.of(endpoint(name, provider)), Optional.of(provider), name, path);
    }

    private static EndpointConfig endpoint(String name, ProviderConfig provider) {
        return new EndpointConfig(name, provider.baseUrl(), provider.link());
    }

    /**
     * The target, where there is one.
     *
     * @param asked with whose key; each may have settings of its own
     */
    EndpointConfig targetOf(Optional<Candidate> asked) {
        return asked.map(candidate -> endpoint(name, candidate.provider())).orElseGet(target::orElseThrow);
    }

    /** The client's own spelling, unless it was another path altogether. */
    private static String written(String normal, @Nullable String raw, String prefix) {
        boolean usable = raw != null
                && raw.startsWith(prefix + "/v1")
                && !STEPS.matcher(raw).find();
        return usable ? Objects.requireNonNull(raw) : normal;
    }
}
