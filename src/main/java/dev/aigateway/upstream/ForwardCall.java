package dev.aigateway.upstream;

import dev.aigateway.config.ProviderConfig;
import dev.aigateway.config.Secret;
import java.util.Map;
import java.util.Optional;

/**
 * A request that is forwarded to a provider as it is.
 *
 * @param key the credential, for this provider's host only
 * @param path with its version segment, such as {@code v1/embeddings}
 * @param query as the client wrote it
 * @param headers of the client; none that authenticates it
 */
public record ForwardCall(
        ProviderConfig provider,
        Optional<Secret> key,
        String path,
        Optional<String> query,
        Map<String, String> headers,
        RequestBody body) {}
