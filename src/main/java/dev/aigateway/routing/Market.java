package dev.aigateway.routing;

import dev.aigateway.config.GatewayConfig;
import dev.aigateway.config.ProviderConfig;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Everybody who may serve something, by the ways in which a name can point at them. A provider that is disabled makes no
 * offer, but its name and prefix still mean it and nobody else. Immutable once built.
 */
final class Market {
    private final Map<String, Bidder> all = new LinkedHashMap<>();
    private final List<Bidder> enabled = new ArrayList<>();
    private final Map<String, List<Offer>> listed = new HashMap<>();
    private final Map<String, List<Bidder>> byProvider = new HashMap<>();
    private final Map<String, List<Bidder>> byPrefix = new HashMap<>();
    private final List<Bidder> withPatterns;
    private final List<Bidder> takingAny;
    private final int longestPrefix;

    Market(GatewayConfig config) {
        for (ProviderConfig provider : config.providers()) {
            Bidder bidder = Bidder.of(provider, config.routing().forceModelPrefix());
            all.put(provider.name(), bidder);
            Bidder usable = bidder.only(bidder::isEnabled);
            enabled.add(usable);
            byProvider.put(provider.name(), List.of(usable));
            bidder.keys().forEach(key -> addPrefix(key.menu().prefix(), usable));
            listNames(usable);
        }
        withPatterns = narrowed(key -> key.menu().hasPlainPatterns());
        takingAny = narrowed(key -> key.menu().takesAnyPlain());
        longestPrefix =
                byPrefix.keySet().stream().mapToInt(String::length).max().orElse(0);
    }

    /** Each of a provider's keys may have a prefix of its own; those that share one belong together. */
    private void addPrefix(String prefix, Bidder bidder) {
        if (prefix.isEmpty()) {
            return;
        }
        List<Bidder> sharing = byPrefix.computeIfAbsent(prefix, absent -> new ArrayList<>());
        if (sharing.isEmpty() || sharing.getLast().provider() != bidder.provider()) {
            sharing.add(bidder.only(key -> key.menu().prefix().equals(prefix)));
        }
    }

    private void listNames(Bidder bidder) {
        Set<String> names = new LinkedHashSet<>();
        bidder.keys().forEach(key -> names.addAll(key.menu().names()));
        for (String name : names) {
            bidder.offer(menu -> menu.byFullName(name))
                    .ifPresent(offer -> listed.computeIfAbsent(name, absent -> new ArrayList<>())
                            .add(offer));
        }
    }

    private List<Bidder> narrowed(Predicate<KeyView> keep) {
        return enabled.stream()
                .map(bidder -> bidder.only(keep))
                .filter(bidder -> !bidder.keys().isEmpty())
                .toList();
    }

    /** With all keys, whether they may be used or not; empty for a provider that is not in the configuration. */
    Optional<Bidder> bidder(String provider) {
        return Optional.ofNullable(all.get(provider));
    }

    /** The names that clients are told of, as configured. */
    Set<String> shownNames() {
        Set<String> names = new LinkedHashSet<>();
        shownByProvider().values().forEach(names::addAll);
        return names;
    }

    /** The same of each provider. */
    Map<String, Set<String>> shownByProvider() {
        Map<String, Set<String>> names = new LinkedHashMap<>();
        for (Bidder bidder : enabled) {
            Set<String> shown = new LinkedHashSet<>();
            bidder.keys().forEach(key -> shown.addAll(key.menu().shown()));
            names.put(bidder.provider().name(), shown);
        }
        return names;
    }

    List<Offer> listed(String name) {
        return listed.getOrDefault(name, List.of());
    }

    /** Empty when there is no such provider, a list without keys when there is but it may not be used. */
    Optional<List<Bidder>> provider(String name) {
        return Optional.ofNullable(byProvider.get(name));
    }

    Optional<List<Bidder>> prefix(String prefix) {
        return Optional.ofNullable(byPrefix.get(prefix));
    }

    /** No name needs to be searched for a prefix further than this. */
    int longestPrefix() {
        return longestPrefix;
    }

    List<Bidder> withPatterns() {
        return withPatterns;
    }

    List<Bidder> takingAny() {
        return takingAny;
    }

    static List<Offer> offers(List<Bidder> bidders, Function<Menu, List<String>> ids) {
        List<Offer> offers = new ArrayList<>(bidders.size());
        for (Bidder bidder : bidders) {
            bidder.offer(ids).ifPresent(offers::add);
        }
        return offers;
    }
}
