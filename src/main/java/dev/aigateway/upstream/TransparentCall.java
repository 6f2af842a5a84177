package dev.aigateway.upstream;

import dev.aigateway.config.EndpointConfig;
import dev.aigateway.config.ProviderConfig;
import dev.aigateway.config.Secret;
import dev.aigateway.conversation.Dialect;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.util.Optional;

/**
 * A request that goes through as it is.
 *
 * @param provider whose key it gets; empty where the client brings what it needs
 * @param path with its version segment, percent-encoded
 * @param query as the client wrote it
 * @param headers of the client, none that must stay here
 */
public record TransparentCall(
        EndpointConfig target,
        Optional<Credential> provider,
        HttpMethod method,
        String path,
        Optional<String> query,
        MultiMap headers,
        RequestBody body) {

    /** @param key for this provider's host only */
    public record Credential(ProviderConfig provider, Optional<Secret> key) {
        void present(RequestOptions options) {
            Endpoint.authenticate(provider.type().dialect().orElse(Dialect.CHAT), key, options);
        }
    }
}
