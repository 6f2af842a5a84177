package dev.aigateway.upstream;

import dev.aigateway.config.ProviderConfig;
import dev.aigateway.config.Secret;
import dev.aigateway.conversation.Dialect;
import io.vertx.core.buffer.Buffer;
import java.util.Map;
import java.util.Optional;

/**
 * One call to a provider.
 *
 * @param key the credential, for this provider's host only
 * @param dialect the dialect of {@code body} and of the answer
 * @param model the provider's id of the model
 * @param operation what is asked of the provider
 * @param stream whether a stream is asked for
 * @param forwarded client headers that belong to the dialect, such as {@code anthropic-beta}
 */
public record UpstreamCall(
        ProviderConfig provider,
        Optional<Secret> key,
        Dialect dialect,
        String model,
        Operation operation,
        boolean stream,
        Buffer body,
        Map<String, String> forwarded) {
    /** The same call with another body. */
    public UpstreamCall withBody(Buffer other) {
        return new UpstreamCall(provider, key, dialect, model, operation, stream, other, forwarded);
    }
}
