package dev.aigateway.dispatch;

import dev.aigateway.config.Service;
import java.util.Optional;

/**
 * A client's request that is forwarded as it is.
 *
 * @param client model and, unless it is an upload, the body
 * @param path with its version segment, such as {@code v1/embeddings}
 * @param query as the client wrote it, without its key
 * @param upload the body where it is streamed through
 */
public record ForwardRequest(
        ClientRequest client, Service service, String path, Optional<String> query, Optional<Upload> upload) {}
