package dev.aigateway.routing;

import java.util.List;
import java.util.Optional;

/**
 * Keeps the key that a client brought from more than one host: of the providers that take it, those at the host of the
 * first one remain. The client cannot have meant it for others.
 */
final class CallersHost {
    private CallersHost() {}

    static List<Tier> only(List<Tier> tiers) {
        Optional<String> host = tiers.stream()
                .flatMap(tier -> tier.offers().stream())
                .flatMap(offer -> offer.candidates().stream())
                .filter(CallersHost::takesIt)
                .map(CallersHost::host)
                .findFirst();
        return host.map(first -> tiers.stream().map(tier -> only(tier, first)).toList())
                .orElse(tiers);
    }

    private static Tier only(Tier tier, String host) {
        List<Offer> offers = tier.offers().stream()
                .filter(offer -> offer.candidates().stream()
                        .allMatch(candidate ->
                                !takesIt(candidate) || host(candidate).equals(host)))
                .toList();
        return new Tier(tier.model(), tier.scope(), tier.strategy(), tier.keys(), offers);
    }

    private static boolean takesIt(Candidate candidate) {
        return candidate.provider().link().callersKey();
    }

    private static String host(Candidate candidate) {
        return candidate.provider().baseUrl().getRawAuthority();
    }
}
