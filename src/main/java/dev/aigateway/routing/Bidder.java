package dev.aigateway.routing;

import dev.aigateway.config.KeyConfig;
import dev.aigateway.config.ModelsConfig;
import dev.aigateway.config.ProviderConfig;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** A provider with those of its keys that come into question. Immutable. */
record Bidder(ProviderConfig provider, List<KeyView> keys) {
    Bidder {
        keys = List.copyOf(keys);
    }

    /** With all keys, whether they may be used or not. Those that see the same models share one menu. */
    static Bidder of(ProviderConfig provider, boolean forcePrefix) {
        Map<ModelsConfig, Menu> menus = new HashMap<>();
        Function<ProviderConfig, Menu> menu =
                settings -> menus.computeIfAbsent(settings.models(), models -> new Menu(models, forcePrefix));
        if (provider.keys().isEmpty()) {
            return new Bidder(provider, List.of(KeyView.keyless(provider, menu.apply(provider))));
        }
        List<KeyView> keys = new ArrayList<>();
        for (KeyConfig key : provider.keys()) {
            keys.add(KeyView.of(key, menu.apply(key.settings())));
        }
        return new Bidder(provider, keys);
    }

    /** Whether the operator lets the key be used. */
    /** The keys that the configuration lets be used. */
    Stream<KeyView> enabled() {
        return keys.stream().filter(this::isEnabled);
    }

    boolean isEnabled(KeyView view) {
        return !provider.disabled()
                && provider.key(view.index()).filter(KeyConfig::disabled).isEmpty();
    }

    Bidder only(Predicate<KeyView> keep) {
        return new Bidder(provider, keys.stream().filter(keep).toList());
    }

    /** @param ids what a key with this menu asks the upstream for; nothing when it does not serve the model */
    Optional<Offer> offer(Function<Menu, List<String>> ids) {
        List<Candidate> candidates = new ArrayList<>(keys.size());
        List<String> found = List.of();
        for (int i = 0; i < keys.size(); i++) {
            Menu menu = keys.get(i).menu();
            boolean same = i > 0 && menu == keys.get(i - 1).menu();
            found = same ? found : ids.apply(menu);
            for (String id : found) {
                candidates.add(keys.get(i).candidate(id));
            }
        }
        return candidates.isEmpty()
                ? Optional.empty()
                : Optional.of(new Offer(provider.name(), provider.share(), candidates));
    }
}
