package dev.aigateway.routing.strategy;

import dev.aigateway.config.RoutingStrategy;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;

/**
 * Puts contenders in the order in which they are tried (behaviour reference, section 7). Turns are counted once per request
 * and among those that can serve it at the moment, so that neither fail-over nor a provider in trouble distorts the
 * shares. Safe for concurrent use.
 */
public final class Rankings {
    private final SmoothWeights turns;
    private final DoubleSupplier random;
    private final boolean preview;

    /** @param random gives numbers in [0, 1) */
    public Rankings(DoubleSupplier random) {
        this(new SmoothWeights(), random, false);
    }

    private Rankings(SmoothWeights turns, DoubleSupplier random, boolean preview) {
        this.turns = turns;
        this.random = random;
        this.preview = preview;
    }

    /** The same rankings without taking a turn, in the order of the configuration where chance or the client decides. */
    public Rankings preview() {
        return new Rankings(turns, random, true);
    }

    /**
     * @param scope among whom turns are counted; one of few, never a client's own words
     * @param affinity what the requests of one conversation have in common
     */
    public <T> List<Contender<T>> rank(
            RoutingStrategy strategy, String scope, List<Contender<T>> contenders, LongSupplier affinity) {
        if (contenders.size() < 2) {
            return contenders;
        }
        return preview ? foreseen(strategy, scope, contenders) : ranked(strategy, scope, contenders, affinity);
    }

    private <T> List<Contender<T>> foreseen(RoutingStrategy strategy, String scope, List<Contender<T>> contenders) {
        return switch (strategy) {
            case RANDOM, SESSION -> contenders;
            case ROUND_ROBIN -> turns.peek(scope, contenders, one -> 1);
            case WEIGHTED -> turns.peek(scope, contenders, one -> one.share().weight());
            case FILL_FIRST, FAILOVER, LEAST_LATENCY -> ranked(strategy, scope, contenders, () -> 0);
        };
    }

    private <T> List<Contender<T>> ranked(
            RoutingStrategy strategy, String scope, List<Contender<T>> contenders, LongSupplier affinity) {
        return switch (strategy) {
            case FILL_FIRST -> contenders;
            case FAILOVER ->
                sorted(contenders, Comparator.comparingInt(one -> one.share().priority()));
            case ROUND_ROBIN -> turns.rank(scope, contenders, one -> 1);
            case WEIGHTED -> turns.rank(scope, contenders, one -> one.share().weight());
            case RANDOM -> byKey(contenders, one -> chance(one, random.getAsDouble()));
            case LEAST_LATENCY -> byKey(contenders, one -> one.latency().getAsDouble());
            case SESSION -> {
                long conversation = affinity.getAsLong();
                yield byKey(contenders, one -> chance(one, Rendezvous.fraction(conversation, one.id())));
            }
        };
    }

    /** The lowest of these belongs to each contender in proportion to its weight, if the fractions are evenly spread. */
    private static double chance(Contender<?> contender, double fraction) {
        return -Math.log1p(-fraction) / contender.share().weight();
    }

    private static <T> List<Contender<T>> sorted(
            List<Contender<T>> contenders, Comparator<? super Contender<T>> order) {
        List<Contender<T>> sorted = new ArrayList<>(contenders);
        sorted.sort(order);
        return sorted;
    }

    private interface SortKey<T> {
        double of(Contender<T> contender);
    }

    /** Each key is worked out once: it may be drawn by chance. */
    private static <T> List<Contender<T>> byKey(List<Contender<T>> contenders, SortKey<T> key) {
        record Keyed<T>(Contender<T> contender, double key) {}
        List<Keyed<T>> keyed = new ArrayList<>(contenders.size());
        for (Contender<T> one : contenders) {
            keyed.add(new Keyed<>(one, key.of(one)));
        }
        keyed.sort(Comparator.comparingDouble(Keyed::key));
        List<Contender<T>> sorted = new ArrayList<>(keyed.size());
        for (Keyed<T> one : keyed) {
            sorted.add(one.contender);
        }
        return sorted;
    }
}
