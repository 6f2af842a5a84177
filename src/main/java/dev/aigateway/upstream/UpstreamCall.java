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
 * @param forwarded client headers that the provider may see, as far as its rules let them through
 * @param worn headers that the gateway puts on instead
 */
public record UpstreamCall(
        ProviderConfig provider,
        Optional<Secret> key,
        Dialect dialect,
        String model,
        Operation operation,
        boolean stream,
        Buffer body,
        Map<String, String> forwarded,
        Map<String, String> worn) {
    public UpstreamCall(
            ProviderConfig provider,
            Optional<Secret> key,
            Dialect dialect,
            String model,
            Operation operation,
            boolean stream,
            Buffer body,
            Map<String, String> forwarded) {
        this(provider, key, dialect, model, operation, stream, body, forwarded, Map.of());
    }

    /** The same call with another body. */
    public UpstreamCall withBody(Buffer other) {
        return new UpstreamCall(provider, key, dialect, model, operation, stream, other, forwarded, worn);
    }
}
