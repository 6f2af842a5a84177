package dev.aigateway.config;

import io.smallrye.config.ConfigSourceContext;
import io.smallrye.config.ConfigSourceFactory;
import io.smallrye.config.PropertiesConfigSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.spi.ConfigSource;

/**
 * Tells Quarkus what our configuration says about its own settings. It stands above the environment, because it has
 * looked there already and knows which variables are not meant for us. Never fails: {@link ConfigLoader} reports what is
 * wrong.
 */
public final class GatewayConfigSource implements ConfigSourceFactory {
    private static final String NAME = "ai-gateway configuration";
    private static final int ENVIRONMENT_ORDINAL = 300;
    private static final int ORDINAL = 350;

    @Override
    public Iterable<ConfigSource> getConfigSources(ConfigSourceContext context) {
        Sources sources = Sources.ofProcess(propertiesOf(context.getConfigSources()));
        Map<String, String> properties = ConfigLoader.frameworkSettings(sources).toProperties();
        return List.of(new PropertiesConfigSource(properties, NAME, ORDINAL));
    }

    /** System properties, and what outranks the environment beside them, such as the settings of a test. */
    static Map<String, String> propertiesOf(Iterable<ConfigSource> sources) {
        Map<String, String> properties = new HashMap<>();
        for (ConfigSource source : highestFirst(sources)) {
            for (String name : source.getPropertyNames()) {
                String value = source.getValue(name);
                if (value != null) {
                    properties.putIfAbsent(name, value);
                }
            }
        }
        return properties;
    }

    private static List<ConfigSource> highestFirst(Iterable<ConfigSource> sources) {
        List<ConfigSource> chosen = new ArrayList<>();
        for (ConfigSource source : sources) {
            if (source.getOrdinal() > ENVIRONMENT_ORDINAL && !source.getName().contains(NAME)) {
                chosen.add(source);
            }
        }
        chosen.sort(Comparator.comparingInt(ConfigSource::getOrdinal).reversed());
        return chosen;
    }
}
