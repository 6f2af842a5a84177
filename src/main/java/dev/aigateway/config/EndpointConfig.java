package dev.aigateway.config;

import java.net.URI;

/**
 * An upstream behind a name in the path, to which everything goes as it is.
 *
 * @param targetBase without a trailing slash
 */
public record EndpointConfig(String name, URI targetBase, LinkConfig link) {
    /**
     * The path at the upstream.
     *
     * @param path with its version segment, such as {@code v1/files}, percent-encoded; the version of the base, if it has
     *     one, takes its place
     */
    public String pathAt(String path) {
        return BaseUrl.path(targetBase, path);
    }
}
