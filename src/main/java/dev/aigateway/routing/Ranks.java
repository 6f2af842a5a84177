package dev.aigateway.routing;

import dev.aigateway.routing.state.Subject;
import dev.aigateway.routing.strategy.Contender;
import dev.aigateway.routing.strategy.Rankings;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * In what order one request tries providers and their keys: by strategy those that may be used now, then the others as
 * configured. Asked for the first time, an order takes its turn; from then on it stays, so that a request takes each turn
 * once, however long it searches.
 *
 * <p>One per request, on its event loop.
 */
final class Ranks {
    private final Watch watch;
    private final Rankings rankings;
    private final RouteQuery query;
    private final Map<Tier, List<Offer>> offers = new IdentityHashMap<>(2);
    private final Map<Offer, List<Candidate>> keys = new IdentityHashMap<>(2);

    Ranks(Watch watch, Rankings rankings, RouteQuery query) {
        this.watch = watch;
        this.rankings = rankings;
        this.query = query;
    }

    /** Those of a tier who keep what the request continues: whatever the order, they come before the others. */
    List<Candidate> keepers(Tier among) {
        return query.keeper().map(keeper -> keepers(among, keeper)).orElse(List.of());
    }

    private static List<Candidate> keepers(Tier among, Subject keeper) {
        return among.offers().stream()
                .flatMap(offer -> offer.candidates().stream())
                .filter(candidate -> keeper.isOf(candidate.switchId()))
                .sorted(Comparator.comparing(candidate -> !candidate.model().equals(keeper.model())))
                .toList();
    }

    List<Offer> offers(Tier among) {
        return among.offers().size() == 1 ? among.offers() : offers.computeIfAbsent(among, this::rankOffers);
    }

    List<Candidate> keys(Tier among, Offer offer) {
        return offer.candidates().size() == 1
                ? offer.candidates()
                : keys.computeIfAbsent(offer, ignored -> rankKeys(among, offer));
    }

    private List<Offer> rankOffers(Tier among) {
        long now = watch.now();
        List<Offer> others = new ArrayList<>();
        List<Contender<Offer>> contenders = new ArrayList<>(among.offers().size());
        for (Offer offer : among.offers()) {
            if (watch.isUsable(offer, now)) {
                contenders.add(new Contender<>(
                        offer,
                        offer.provider(),
                        offer.share(),
                        () -> watch.ledger().latency(offer.candidates().getFirst(), query.stream(), now)));
            } else {
                others.add(offer);
            }
        }
        return joined(rankings.rank(among.strategy(), among.scope(), contenders, query.affinity()), others);
    }

    private List<Candidate> rankKeys(Tier among, Offer offer) {
        long now = watch.now();
        boolean pool = offer.isPool();
        List<Candidate> others = new ArrayList<>();
        List<Contender<Candidate>> contenders =
                new ArrayList<>(offer.candidates().size());
        for (Candidate candidate : offer.candidates()) {
            if (watch.isUsable(candidate, now)) {
                contenders.add(new Contender<>(
                        candidate,
                        pool
                                ? candidate.id().fingerprint() + " " + candidate.model()
                                : candidate.id().fingerprint(),
                        candidate.provider().share(),
                        () -> watch.ledger().latency(candidate, query.stream(), now)));
            } else {
                others.add(candidate);
            }
        }
        return joined(
                rankings.rank(among.keys(), among.scope() + " " + offer.provider(), contenders, query.affinity()),
                others);
    }

    private static <T> List<T> joined(List<Contender<T>> ranked, List<T> others) {
        List<T> order = new ArrayList<>(ranked.size() + others.size());
        for (Contender<T> contender : ranked) {
            order.add(contender.what());
        }
        order.addAll(others);
        return order;
    }
}
