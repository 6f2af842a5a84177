package dev.aigateway.routing;

import dev.aigateway.config.ProviderConfig;
import dev.aigateway.config.ProviderType;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Looks for those who serve a name as it stands: all the rules that do not replace it. Immutable; one for each kind of
 * request.
 *
 * @param able who can do what is asked
 */
record Search(Market market, Predicate<ProviderConfig> able) {
    /** Saves looking at every key when nobody is to be left out. */
    static final Predicate<ProviderConfig> EVERYBODY = provider -> true;

    /** Those who list the name, or whom it points at. */
    Found owners(String name) {
        List<Offer> listed = among(market.listed(name));
        if (!listed.isEmpty()) {
            return new Found(Step.of(Rule.LISTED, name), List.of(listed));
        }
        int comma = name.indexOf(',');
        if (comma >= 0) {
            return atProvider(Rule.NAMED_PROVIDER, name, comma);
        }
        Found prefixed = atPrefix(name);
        if (prefixed.isServed()) {
            return prefixed;
        }
        Found named = atPath(name);
        if (named.isServed()) {
            return named;
        }
        return prefixed.isExplicit() ? prefixed : byPattern(name).orElse(named);
    }

    /** Those who list nothing and so take any name. */
    Found takers(String name) {
        List<List<Offer>> tiers = takers(market.takingAny(), name);
        return tiers.isEmpty() ? Found.nobody(name) : new Found(Step.of(Rule.ANY, name), tiers);
    }

    /** A provider that does not exist is nobody; no model has a comma in its name unless it is listed so. */
    private Found atProvider(Rule rule, String name, int separator) {
        String provider = name.substring(0, separator);
        List<Bidder> bidders = market.provider(provider).orElse(List.of());
        return at(rule, name, separator + 1, provider, bidders);
    }

    /** A slash is common in names of models, so only that of a known provider says anything. */
    private Found atPath(String name) {
        int slash = name.indexOf('/');
        return slash > 0 && market.provider(name.substring(0, slash)).isPresent()
                ? atProvider(Rule.PROVIDER_PATH, name, slash)
                : Found.nobody(name);
    }

    /** The longest prefix that finds somebody. */
    private Found atPrefix(String name) {
        Found found = Found.nobody(name);
        for (int end = Math.min(name.length(), market.longestPrefix()); end > 0 && !found.isServed(); end--) {
            if (name.charAt(end - 1) == '/') {
                String prefix = name.substring(0, end);
                Optional<List<Bidder>> bidders = market.prefix(prefix);
                if (bidders.isPresent()) {
                    found = at(Rule.PREFIX, name, end, prefix, bidders.get());
                }
            }
        }
        return found;
    }

    private Found at(Rule rule, String name, int begin, String by, List<Bidder> bidders) {
        String rest = name.substring(begin);
        return new Found(new Step(rule, name, rest, by), within(bidders, rest));
    }

    /** Among those whom the client means, who lists a name comes before who takes any as well. */
    private List<List<Offer>> within(List<Bidder> bidders, String name) {
        List<Offer> listed = among(Market.offers(bidders, menu -> menu.byName(name)));
        if (!listed.isEmpty()) {
            return List.of(listed);
        }
        List<Offer> patterned = among(Market.offers(bidders, menu -> menu.byPattern(name)));
        return patterned.isEmpty() ? takers(bidders, name) : List.of(patterned);
    }

    private Optional<Found> byPattern(String name) {
        List<Offer> offers = among(Market.offers(market.withPatterns(), menu -> menu.byPattern(name)));
        return offers.isEmpty()
                ? Optional.empty()
                : Optional.of(new Found(Step.of(Rule.PATTERN, name), List.of(offers)));
    }

    /** Those of the name's family are the likeliest to have it. */
    private List<List<Offer>> takers(List<Bidder> bidders, String name) {
        List<Offer> offers = among(Market.offers(bidders, menu -> menu.any(name)));
        Optional<Family> family = Family.of(name);
        if (family.isEmpty()) {
            return offers.isEmpty() ? List.of() : List.of(offers);
        }
        List<Offer> kin = only(offers, offer -> family.get().includes(type(offer)));
        List<Offer> others = only(offers, offer -> !family.get().includes(type(offer)));
        return Stream.of(kin, others).filter(tier -> !tier.isEmpty()).toList();
    }

    private static List<Offer> only(List<Offer> offers, Predicate<Offer> keep) {
        return offers.stream().filter(keep).toList();
    }

    private static ProviderType type(Offer offer) {
        return offer.candidates().getFirst().provider().type();
    }

    private List<Offer> among(List<Offer> offers) {
        return able == EVERYBODY
                ? offers
                : offers.stream()
                        .map(offer -> offer.among(able))
                        .flatMap(Optional::stream)
                        .toList();
    }
}
