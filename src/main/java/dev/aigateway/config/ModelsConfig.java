package dev.aigateway.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a provider serves, and under which names.
 *
 * @param listed empty means that any model may be asked of it; ids and aliases may be patterns
 * @param excluded patterns of models that it does not serve, listed or not
 * @param mapping its own ids for names that clients use
 * @param prefix what a client's name for a model begins with when this provider is meant, such as {@code teamA/}
 */
public record ModelsConfig(
        List<ModelConfig> listed, List<Glob> excluded, Map<String, String> mapping, Optional<String> prefix) {
    public static final ModelsConfig ANY = new ModelsConfig(List.of(), List.of(), Map.of(), Optional.empty());

    public ModelsConfig {
        listed = List.copyOf(listed);
        excluded = List.copyOf(excluded);
        mapping = Collections.unmodifiableMap(new LinkedHashMap<>(mapping));
    }

    public static ModelsConfig of(ModelConfig... listed) {
        return new ModelsConfig(List.of(listed), List.of(), Map.of(), Optional.empty());
    }
}
