package dev.aigateway.config;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What the configuration tells Quarkus itself: where to listen, and the settings below {@code quarkus} in the file. Says
 * where to listen even by default, because Quarkus keeps what it saw during the build as its own default.
 */
record FrameworkSettings(String host, int port, Node framework) {
    Map<String, String> toProperties() {
        Map<String, String> properties = new LinkedHashMap<>();
        flatten(ConfigFile.FRAMEWORK_KEY, framework, properties);
        properties.put("ai-proxy.host", host);
        properties.put("ai-proxy.port", Integer.toString(port));
        return properties;
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
