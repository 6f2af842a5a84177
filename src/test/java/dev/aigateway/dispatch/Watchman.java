package dev.aigateway.dispatch;

import dev.aigateway.config.GatewayConfig;
import dev.aigateway.conversation.GatewayError;
import dev.aigateway.routing.Candidate;
import dev.aigateway.routing.state.Breaker;
import dev.aigateway.routing.state.Breaker.Admission;
import dev.aigateway.routing.state.Cooldown;
import dev.aigateway.routing.state.SharedState;
import dev.aigateway.routing.state.Subject;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;

/** Sees every attempt of a simulation and keeps its own books, against which the routing is held. */
final class Watchman {
    private static final long MINUTE = 60_000;
    /** What a retry budget has saved at most, and what time adds in a minute. */
    private static final int RESERVE = 100 + 60;

    private final GatewayConfig config;
    private final SharedState state;
    private final Faults faults;
    private final LongSupplier clock;
    private final Cooldown cooldown;
    private final Breaker breaker;
    private final List<String> violations = new ArrayList<>();
    private final Map<String, Long> sparedUntil = new HashMap<>();
    private final Map<Subject, Try> probing = new HashMap<>();
    private final Map<String, Deque<Long>> touches = new HashMap<>();
    private final Map<String, Deque<Long>> repetitions = new HashMap<>();
    private final Map<String, Candidate> candidates = new HashMap<>();
    private int allRepetitions;
    private int allProbes;

    Watchman(GatewayConfig config, SharedState state, Faults faults, LongSupplier clock) {
        this.config = config;
        this.state = state;
        this.faults = faults;
        this.clock = clock;
        this.cooldown = new Cooldown(config.cooldown(), state);
        this.breaker = new Breaker(config.breaker(), state);
    }

    List<String> violations() {
        return violations;
    }

    int repetitions() {
        return allRepetitions;
    }

    int probes() {
        return allProbes;
    }

    Request request() {
        return new Request();
    }

    private void violated(String what) {
        if (violations.size() < 20) {
            violations.add("at " + clock.getAsLong() + ": " + what);
        }
    }

    private static String name(Candidate candidate) {
        return candidate.provider().name() + "/" + candidate.keyIndex();
    }

    /** One client's request. */
    final class Request {
        private final long began = clock.getAsLong();
        private final Set<String> tried = new HashSet<>();
        private final Set<String> touched = new HashSet<>();
        private final Set<String> troubled = new HashSet<>();

        Try tries(Candidate candidate) {
            long now = clock.getAsLong();
            String provider = candidate.provider().name();
            candidates.put(name(candidate), candidate);
            tried.add(name(candidate));
            if (touched.add(provider)) {
                touches.computeIfAbsent(provider, ignored -> new ArrayDeque<>()).add(now);
            }
            if (troubled.contains(provider)) {
                allRepetitions++;
                checkBudget(provider, now);
            }
            if (now < sparedUntil.getOrDefault(name(candidate), 0L)
                    || cooldown.freeAt(candidate.id(), candidate.model(), now) > now) {
                violated(name(candidate) + " is used while it is spared");
            }
            return new Try(this, candidate);
        }

        private void checkBudget(String provider, long now) {
            Deque<Long> repeated = repetitions.computeIfAbsent(provider, ignored -> new ArrayDeque<>());
            repeated.add(now);
            int requests = lately(touches.getOrDefault(provider, new ArrayDeque<>()), now);
            if (lately(repeated, now) > requests * config.retry().budgetPercent() / 100 + RESERVE) {
                violated(provider + " is asked too often");
            }
        }

        private int lately(Deque<Long> times, long now) {
            while (!times.isEmpty() && times.getFirst() <= now - MINUTE) {
                times.removeFirst();
            }
            return times.size();
        }

        /** Whoever has not been tried could not have served it. */
        void gaveUp() {
            long now = clock.getAsLong();
            if (now - began > config.retry().deadline().toMillis()) {
                return;
            }
            for (Candidate candidate : candidates.values()) {
                String provider = candidate.provider().name();
                boolean unasked = !tried.contains(name(candidate)) && !troubled.contains(provider);
                // Whether the narrow one had a place is not known here.
                if (unasked && !provider.equals(Simulation.NARROW) && couldServe(candidate, now)) {
                    violated(name(candidate) + " was not asked");
                }
            }
        }
    }

    private boolean couldServe(Candidate candidate, long now) {
        String provider = candidate.provider().name();
        return faults.of(provider, now).isEmpty()
                && faults.of(name(candidate), now).isEmpty()
                && cooldown.freeAt(candidate.id(), candidate.model(), now) <= now
                && breakers(candidate).stream()
                        .noneMatch(subject -> breaker.admission(subject, now, true) == Admission.NONE);
    }

    private static List<Subject> breakers(Candidate candidate) {
        String provider = candidate.provider().name();
        return List.of(Subject.provider(provider), Subject.provider(provider, candidate.model()));
    }

    /** One attempt. */
    final class Try {
        private final Request request;
        private final Candidate candidate;

        Try(Request request, Candidate candidate) {
            this.request = request;
            this.candidate = candidate;
            for (Subject subject : breakers(candidate)) {
                if (state.of(subject).failures() >= config.breaker().failures()) {
                    allProbes++;
                    if (probing.put(subject, this) != null) {
                        violated(subject + " is probed twice at once");
                    }
                }
            }
        }

        void answered() {
            over();
        }

        void over() {
            probing.values().removeIf(probe -> probe == this);
        }

        void failed(GatewayError error) {
            long now = clock.getAsLong();
            over();
            switch (error.kind()) {
                case AUTHENTICATION -> spared(now, config.cooldown().refused());
                case RATE_LIMIT -> error.retryAfter().ifPresent(wish -> spared(now, shorter(wish)));
                default -> request.troubled.add(candidate.provider().name());
            }
        }

        private Duration shorter(Duration wish) {
            Duration longest = config.cooldown().longest();
            return wish.compareTo(longest) < 0 ? wish : longest;
        }

        private void spared(long now, Duration length) {
            sparedUntil.merge(name(candidate), now + length.toMillis(), Math::max);
        }
    }
}
