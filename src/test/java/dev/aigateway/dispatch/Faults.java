package dev.aigateway.dispatch;

import dev.aigateway.conversation.GatewayError;
import dev.aigateway.conversation.GatewayError.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;

/** The weather of a simulation: what is wrong with which provider or key, and when. The same for the same seed. */
final class Faults {
    private static final long HOUR = Duration.ofHours(1).toMillis();

    private final Map<String, List<Spell>> spells = new HashMap<>();

    enum Trouble {
        DOWN,
        BURST,
        SLOW,
        REFUSED,
        LIMITED,
        LIMITED_WITH_WISH
    }

    private record Spell(long begin, long end, Trouble trouble) {}

    Faults(long start, int providers, int keys, Random random) {
        for (int p = 0; p < providers; p++) {
            addSpells("p" + p, start, 240_000, 60_000, random, Trouble.DOWN, Trouble.BURST, Trouble.SLOW);
            for (int k = 0; k < keys; k++) {
                addSpells(
                        "p" + p + "/" + k,
                        start,
                        400_000,
                        45_000,
                        random,
                        Trouble.REFUSED,
                        Trouble.LIMITED,
                        Trouble.LIMITED_WITH_WISH,
                        Trouble.LIMITED_WITH_WISH);
            }
        }
        // One outage of everybody.
        long outage = start + HOUR / 3;
        for (int p = 0; p < providers; p++) {
            Trouble trouble = p % 2 == 0 ? Trouble.DOWN : Trouble.BURST;
            Objects.requireNonNull(spells.get("p" + p)).addFirst(new Spell(outage, outage + 90_000, trouble));
        }
    }

    private void addSpells(String who, long start, long pause, long length, Random random, Trouble... kinds) {
        List<Spell> own = spells.computeIfAbsent(who, ignored -> new ArrayList<>());
        long at = start + random.nextLong(pause);
        while (at < start + HOUR) {
            long end = at + random.nextLong(length) + 1;
            own.add(new Spell(at, end, kinds[random.nextInt(kinds.length)]));
            at = end + random.nextLong(2 * pause);
        }
    }

    /** @param who a provider, or a provider and the place of its key */
    Optional<Trouble> of(String who, long now) {
        for (Spell spell : spells.getOrDefault(who, List.of())) {
            if (spell.begin() <= now && now < spell.end()) {
                return Optional.of(spell.trouble());
            }
        }
        return Optional.empty();
    }

    /** What an attempt fails with; empty when it is answered. */
    Optional<UpstreamFailure> failure(String provider, int key, long now, Random random) {
        Optional<UpstreamFailure> ofProvider = of(provider, now).flatMap(trouble -> failure(trouble, random));
        return ofProvider.isPresent()
                ? ofProvider
                : of(provider + "/" + key, now).flatMap(trouble -> failure(trouble, random));
    }

    private static Optional<UpstreamFailure> failure(Trouble trouble, Random random) {
        GatewayError limit = GatewayError.of(Kind.RATE_LIMIT, "slow down");
        return switch (trouble) {
            case DOWN -> Optional.of(UpstreamFailure.silence(GatewayError.of(Kind.BAD_GATEWAY, "refused")));
            case BURST ->
                random.nextInt(10) < 7
                        ? Optional.of(new UpstreamFailure(GatewayError.of(Kind.OVERLOADED, "busy")))
                        : Optional.empty();
            case SLOW -> Optional.empty();
            case REFUSED -> Optional.of(new UpstreamFailure(GatewayError.of(Kind.AUTHENTICATION, "no")));
            case LIMITED -> Optional.of(new UpstreamFailure(limit));
            case LIMITED_WITH_WISH ->
                Optional.of(new UpstreamFailure(limit.withRetryAfter(Duration.ofSeconds(random.nextInt(1, 40)))));
        };
    }
}
