package dev.aigateway.config;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * Where configuration comes from.
 *
 * @param properties system properties: flags become {@code ai-proxy.*} among them
 * @param directory the working directory, where {@code .env} and {@code application.yaml} are looked for
 */
public record Sources(Map<String, String> properties, Map<String, String> environment, Path directory) {
    static final String PROPERTY_PREFIX = "ai-proxy.";

    public Sources {
        properties = Map.copyOf(properties);
        environment = Map.copyOf(environment);
    }

    /** Those of this process. */
    public static Sources ofProcess() {
        Map<String, String> properties = new HashMap<>();
        System.getProperties().stringPropertyNames().forEach(name -> {
            String value = System.getProperty(name);
            if (value != null) {
                properties.put(name, value);
            }
        });
        return ofProcess(properties);
    }

    static Sources ofProcess(Map<String, String> properties) {
        return new Sources(properties, System.getenv(), Path.of(""));
    }
}
