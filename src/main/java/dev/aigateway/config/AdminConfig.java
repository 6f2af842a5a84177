package dev.aigateway.config;

import java.util.List;

/**
 * Who may see and change how the gateway runs.
 *
 * @param keys that operators must present; none of them serves models, and without any nobody is let in
 * @param allowRemote whether operators may come from other machines
 */
public record AdminConfig(List<Secret> keys, boolean allowRemote) {
    public static final AdminConfig DEFAULT = new AdminConfig(List.of(), false);

    public AdminConfig {
        keys = List.copyOf(keys);
    }

    public boolean isClosed() {
        return keys.isEmpty();
    }
}
