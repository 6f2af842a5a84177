package dev.aigateway.dispatch;

import dev.aigateway.config.EndpointConfig;
import dev.aigateway.config.ProviderConfig;
import dev.aigateway.config.Secret;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpMethod;
import java.util.Optional;

/**
 * A client's request that goes through as it is.
 *
 * @param client who asks, and by what id
 * @param provider whose key the request gets; empty where the client brings what it needs
 * @param key that one; empty when it needs none or takes that of its callers
 * @param path with its version segment, percent-encoded
 * @param query as the client wrote it, without our key
 * @param headers of the client, none that must stay here
 * @param body empty when there is none
 */
public record TransparentRequest(
        ClientRequest client,
        EndpointConfig target,
        Optional<ProviderConfig> provider,
        Optional<Secret> key,
        HttpMethod method,
        String path,
        Optional<String> query,
        MultiMap headers,
        Optional<Upload> body) {}
