package dev.aigateway.config;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What the configuration tells Quarkus itself: where to listen, and the settings below {@code quarkus} in the file. Says
 * where to listen even by default, because Quarkus keeps what it saw during the build as its own default.
 *
 * @param tlsAsked whether HTTPS is wanted; if its settings are no good, Quarkus must not start with HTTP instead
 */
record FrameworkSettings(String host, int port, ServerConfig server, boolean tlsAsked, Node framework) {
    private static final String TLS = "quarkus.tls.gateway.";

    Map<String, String> toProperties() {
        Map<String, String> properties = new LinkedHashMap<>(flat(framework));
        properties.put("ai-proxy.host", host);
        properties.put("ai-proxy.port", Integer.toString(port));
        properties.put("ai-proxy.shutdown-timeout", server.shutdownTimeout().toMillis() + "ms");
        if (tlsAsked) {
            properties.put("quarkus.http.insecure-requests", "disabled");
        }
        server.tls().ifPresent(tls -> tls(tls, properties));
        return properties;
    }

    /** The settings below {@code quarkus}, as properties. */
    static Map<String, String> flat(Node framework) {
        Map<String, String> properties = new LinkedHashMap<>();
        flatten(ConfigFile.FRAMEWORK_KEY, framework, properties);
        return properties;
    }

    /** HTTPS takes the place of HTTP, at the same port. */
    private void tls(TlsConfig tls, Map<String, String> properties) {
        properties.put("quarkus.http.tls-configuration-name", "gateway");
        properties.put("quarkus.http.ssl-port", Integer.toString(port));
        properties.put(TLS + "key-store.pem.gateway.cert", tls.cert().toString());
        properties.put(TLS + "key-store.pem.gateway.key", tls.key().toString());
        properties.put(TLS + "protocols", "TLSv1.3,TLSv1.2");
        properties.put(TLS + "reload-period", tls.reloadPeriod().toString());
        tls.clientCa().ifPresent(file -> properties.put(TLS + "trust-store.pem.certs[0]", file.toString()));
    }

    private static void flatten(String name, Node node, Map<String, String> properties) {
        switch (node) {
            case Node.Text text -> properties.put(name, text.text());
            case Node.Keys keys ->
                keys.keys().forEach((key, value) -> flatten(name + "." + quoted(key), value, properties));
            case Node.Items items -> {
                for (int i = 0; i < items.items().size(); i++) {
                    flatten(name + "[" + i + "]", items.items().get(i), properties);
                }
            }
            case Node.Unset ignored -> {}
            case Node.Nothing ignored -> {}
            case Node.Variables ignored -> {}
        }
    }

    private static String quoted(String key) {
        return key.contains(".") && !key.startsWith("\"") ? '"' + key + '"' : key;
    }
}
