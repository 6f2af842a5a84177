package dev.aigateway.config;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Which way requests leave for an upstream (behaviour reference, 11.2). Immutable. */
public sealed interface ProxyConfig {
    ProxyConfig DIRECT = new Direct();

    /** The proxy for a target; empty when it is reached directly. */
    Optional<Server> toward(boolean tls, String host, int port);

    /** No proxy, whatever the environment says. */
    record Direct() implements ProxyConfig {
        @Override
        public Optional<Server> toward(boolean tls, String host, int port) {
            return Optional.empty();
        }
    }

    /** How a proxy is spoken to. A target's name is always resolved by the proxy. */
    enum Scheme {
        HTTP,
        /** HTTP over TLS to the proxy itself. */
        HTTPS,
        SOCKS5
    }

    /** One proxy for everything. */
    record Server(Scheme scheme, String host, int port, Optional<String> user, Optional<Secret> password)
            implements ProxyConfig {
        @Override
        public Optional<Server> toward(boolean tls, String targetHost, int targetPort) {
            return Optional.of(this);
        }
    }

    /**
     * What {@code HTTP_PROXY}, {@code HTTPS_PROXY} and {@code NO_PROXY} said when the configuration was read.
     *
     * @param exceptions host names in lower case without a leading dot, which stand for all below them too, each perhaps
     *     with a port; {@code *} stands for every host
     */
    record ByTarget(Optional<Server> plain, Optional<Server> secure, List<String> exceptions) implements ProxyConfig {
        public ByTarget {
            exceptions = List.copyOf(exceptions);
        }

        @Override
        public Optional<Server> toward(boolean tls, String host, int port) {
            String name = host.toLowerCase(Locale.ROOT);
            boolean excepted = exceptions.stream()
                    .anyMatch(entry -> entry.equals("*") || covers(entry, name) || covers(entry, name + ":" + port));
            return excepted ? Optional.empty() : tls ? secure : plain;
        }

        private static boolean covers(String entry, String name) {
            return name.equals(entry) || name.endsWith("." + entry);
        }
    }
}
