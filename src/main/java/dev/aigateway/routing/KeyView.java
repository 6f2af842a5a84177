package dev.aigateway.routing;

import dev.aigateway.config.KeyConfig;
import dev.aigateway.config.ProviderConfig;
import dev.aigateway.config.Secret;
import dev.aigateway.routing.state.KeyId;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A provider as one of its keys sees it, or as it is when it needs none.
 *
 * @param plain whether models are found here without the prefix
 */
record KeyView(ProviderConfig settings, Optional<Secret> key, int index, KeyId id, Menu menu, boolean plain) {
    static KeyView of(KeyConfig key, int index, boolean forcePrefix) {
        return of(key.settings(), Optional.of(key.secret()), index, forcePrefix);
    }

    static KeyView keyless(ProviderConfig provider, boolean forcePrefix) {
        return of(provider, Optional.empty(), 0, forcePrefix);
    }

    private static KeyView of(ProviderConfig settings, Optional<Secret> key, int index, boolean forcePrefix) {
        Menu menu = new Menu(settings.models());
        boolean plain = !forcePrefix || menu.prefix().isEmpty();
        return new KeyView(settings, key, index, KeyId.of(settings.name(), key), menu, plain);
    }

    Candidate candidate(String model) {
        return new Candidate(settings, key, index, id, model);
    }

    /** All the full names under which the menu's names are found, the one with the prefix first. */
    Set<String> fullNames(Set<String> names) {
        Set<String> full = new LinkedHashSet<>();
        for (String name : names) {
            full.add(menu.prefix() + name);
            if (plain) {
                full.add(name);
            }
        }
        return full;
    }

    /** A listed name that happens to begin like the prefix means itself. */
    List<String> byFullName(String name) {
        List<String> ids = plain ? menu.byName(name) : List.of();
        return ids.isEmpty() && name.startsWith(menu.prefix()) ? menu.byName(bare(name)) : ids;
    }

    /** The name without the prefix, should it have one although it need not. */
    String bare(String name) {
        boolean prefixed = name.startsWith(menu.prefix()) && menu.byName(name).isEmpty();
        return prefixed ? name.substring(menu.prefix().length()) : name;
    }
}
