package dev.aigateway.routing;

import dev.aigateway.config.GatewayConfig;
import dev.aigateway.config.KeyConfig;
import dev.aigateway.config.ProviderConfig;
import dev.aigateway.routing.state.Breaker;
import dev.aigateway.routing.state.KeyId;
import dev.aigateway.routing.state.ProviderRecord;
import dev.aigateway.routing.state.SharedState;
import dev.aigateway.routing.state.Standing;
import dev.aigateway.routing.state.Subject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The providers of one configuration as they fare at one moment, for people. Changes nothing. */
final class Overview {
    /** What stands for all models of a provider that lists none. */
    private static final String ANY_MODEL = "";

    private final GatewayConfig config;
    private final ModelIndex index;
    private final Watch watch;
    private final Map<Subject, Standing> state;
    private final long now;

    Overview(GatewayConfig config, ModelIndex index, Watch watch, SharedState state) {
        this.config = config;
        this.index = index;
        this.watch = watch;
        this.state = state.all();
        this.now = watch.now();
    }

    List<ProviderStanding> standings() {
        return config.providers().stream().map(this::standing).toList();
    }

    private ProviderStanding standing(ProviderConfig provider) {
        ProviderRecord record = watch.ledger().of(provider.name());
        return new ProviderStanding(
                provider.name(),
                provider.type().label(),
                provider.disabled(),
                watch.switches().isOff(provider.name()),
                reason(provider),
                record.running(),
                record.capacity().waiting(),
                Tally.of(record.counters()),
                Timing.of(record.firstByte(), now),
                Timing.of(record.duration(), now),
                breakers(provider.name()),
                keys(provider));
    }

    private List<BreakerView> breakers(String provider) {
        Stream<BreakerView> ofModels = state.keySet().stream()
                .filter(subject -> subject.provider().equals(provider)
                        && subject.key().isEmpty()
                        && !subject.model().isEmpty())
                .sorted(Comparator.comparing(Subject::model))
                .map(this::breaker)
                .filter(breaker -> breaker.phase() != Breaker.Phase.CLOSED);
        return Stream.concat(Stream.of(breaker(Subject.provider(provider))), ofModels)
                .toList();
    }

    private BreakerView breaker(Subject subject) {
        Standing standing = state.getOrDefault(subject, Standing.GOOD);
        Breaker.Phase phase = watch.breaker().phase(subject, now);
        boolean closed = phase == Breaker.Phase.CLOSED;
        return new BreakerView(
                subject.model().isEmpty() ? Optional.empty() : Optional.of(subject.model()),
                phase,
                standing.failures(),
                closed ? 0 : standing.until(),
                standing.cause());
    }

    private List<KeyStanding> keys(ProviderConfig provider) {
        Bidder bidder = bidder(provider);
        return bidder.keys().stream().map(key -> standing(bidder, key)).toList();
    }

    private KeyStanding standing(Bidder bidder, KeyView key) {
        boolean enabled = bidder.isEnabled(key);
        return new KeyStanding(
                key.index(),
                bidder.provider().key(key.index()).flatMap(KeyConfig::name),
                !enabled,
                watch.switches().isOff(key.switchId()),
                enabled && offered(key).anyMatch(candidate -> watch.isUsable(candidate, now)),
                Tally.of(watch.ledger().of(bidder.provider().name()).counters(key.id())),
                cooldowns(key.id()));
    }

    private List<Sparing> cooldowns(KeyId key) {
        return state.entrySet().stream()
                .filter(entry -> entry.getKey().isOf(key) && entry.getValue().isSpared(now))
                .map(entry -> Sparing.of(
                        entry.getKey().model(),
                        entry.getValue().cause(),
                        entry.getValue().until(),
                        now))
                .sorted(Comparator.comparing(sparing -> sparing.model().orElse("")))
                .toList();
    }

    /** Empty when something of the provider may be used. */
    String reason(ProviderConfig provider) {
        if (provider.disabled()) {
            return provider.lacksKeys() ? "no key that can be used" : "disabled";
        }
        List<KeyView> enabled = enabled(provider);
        if (enabled.isEmpty()) {
            return "all keys disabled";
        }
        if (enabled.stream().map(key -> key.candidate(ANY_MODEL)).allMatch(watch::isOff)) {
            return "switched off";
        }
        boolean usable =
                enabled.stream().flatMap(Overview::offered).anyMatch(candidate -> watch.isUsable(candidate, now));
        return usable ? "" : why(provider);
    }

    /** Whether a request that finds nobody to ask would try somebody all the same, to see whether he is back. */
    boolean mayProbe() {
        return config.providers().stream()
                .flatMap(provider -> enabled(provider).stream())
                .flatMap(Overview::offered)
                .anyMatch(candidate -> !watch.isOff(candidate) && watch.probeAt(candidate, now) <= now);
    }

    private String why(ProviderConfig provider) {
        boolean givenUp =
                watch.breaker().admission(Subject.provider(provider.name()), now, false) == Breaker.Admission.NONE;
        return givenUp ? "given up after failures" : "left alone after failures";
    }

    private List<KeyView> enabled(ProviderConfig provider) {
        return bidder(provider).enabled().toList();
    }

    private Bidder bidder(ProviderConfig provider) {
        return index.bidder(provider.name()).orElseThrow();
    }

    /** All that a key can be asked for; where that is open, one model stands for those that nobody has named. */
    private static Stream<Candidate> offered(KeyView key) {
        Stream<String> others = key.menu().isOpen() ? Stream.of(ANY_MODEL) : Stream.empty();
        return Stream.concat(key.menu().ids().stream(), others).map(key::candidate);
    }

    /** Those who would be tried of one tier, by the words of a selection that is never used. */
    Route.Stage stage(Tier tier, List<Candidate> order) {
        return new Route.Stage(
                tier.model(),
                tier.strategy(),
                tier.keys(),
                order.stream().map(this::choice).toList());
    }

    private Route.Choice choice(Candidate candidate) {
        Optional<String> name = config.providers().stream()
                .filter(provider -> provider.name().equals(candidate.provider().name()))
                .findFirst()
                .flatMap(provider -> provider.key(candidate.keyIndex()))
                .flatMap(KeyConfig::name);
        String obstacle = obstacle(candidate);
        long until = watch.freeAt(candidate, now);
        Optional<Sparing> spared = until > now && !obstacle.isEmpty()
                ? Optional.of(Sparing.of("", watch.cause(candidate, now), until, now))
                : Optional.empty();
        return new Route.Choice(
                candidate.provider().name(),
                candidate.keyIndex(),
                name,
                candidate.model(),
                obstacle,
                spared,
                candidate.provider().link().callersKey());
    }

    private String obstacle(Candidate candidate) {
        if (watch.isOff(candidate)) {
            return "switched off";
        }
        if (watch.isSpared(candidate, now)) {
            return "cooldown";
        }
        return watch.admits(candidate, now, false) ? "" : "breaker open";
    }

    /** Models that no usable key of a provider can be asked for until some time has passed. */
    List<UnavailableModel> unavailable() {
        List<UnavailableModel> unavailable = new ArrayList<>();
        for (ProviderConfig provider : config.providers()) {
            for (String model : known(provider)) {
                List<Candidate> asked = enabled(provider).stream()
                        .filter(key -> key.menu().isOpen() || key.menu().ids().contains(model))
                        .map(key -> key.candidate(model))
                        .filter(candidate -> !watch.isOff(candidate))
                        .toList();
                boolean nobody =
                        !asked.isEmpty() && asked.stream().noneMatch(candidate -> watch.isUsable(candidate, now));
                if (nobody) {
                    long free = asked.stream()
                            .mapToLong(candidate -> watch.freeAt(candidate, now))
                            .min()
                            .orElse(now);
                    unavailable.add(new UnavailableModel(provider.name(), model, free - now));
                }
            }
        }
        unavailable.sort(Comparator.comparing(UnavailableModel::provider).thenComparing(UnavailableModel::model));
        return unavailable;
    }

    /** Those that are listed, and those that have failed. */
    private Set<String> known(ProviderConfig provider) {
        Set<String> known = new LinkedHashSet<>();
        enabled(provider).forEach(key -> known.addAll(key.menu().ids()));
        state.keySet().stream()
                .filter(subject -> subject.provider().equals(provider.name()))
                .map(Subject::model)
                .forEach(known::add);
        known.remove(ANY_MODEL);
        return known;
    }
}
