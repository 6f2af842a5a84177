package dev.aigateway.routing;

import dev.aigateway.config.CurrentConfig;
import dev.aigateway.config.GatewayConfig;
import dev.aigateway.config.KeyConfig;
import dev.aigateway.config.ProviderConfig;
import dev.aigateway.config.RoutingConfig;
import dev.aigateway.config.RoutingStrategy;
import dev.aigateway.config.ShareConfig;
import dev.aigateway.routing.state.Capacity;
import dev.aigateway.routing.state.KeyId;
import dev.aigateway.routing.state.Records;
import dev.aigateway.routing.state.SharedState;
import dev.aigateway.routing.strategy.Rankings;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/**
 * All providers with their keys: who serves a model, and who of them may be asked now. What it knows of names belongs to
 * one configuration and is replaced with it; what it knows of how providers and keys fare outlives it.
 *
 * <p>Safe for concurrent use.
 */
@Singleton
public class ProviderPool {
    private static final String NO_MODEL = "";

    private final SharedState state;
    private final Records records;
    private final Rankings rankings;
    private final LongSupplier clock;
    private volatile Table table;

    /** @param takesCallersKeys whether some provider is asked with the key of whoever asks */
    private record Table(GatewayConfig config, ModelIndex index, Watch watch, boolean takesCallersKeys) {}

    @Inject
    public ProviderPool(CurrentConfig config, SharedState state) {
        this(
                config,
                state,
                System::currentTimeMillis,
                () -> ThreadLocalRandom.current().nextDouble());
    }

    /**
     * @param clock milliseconds since the epoch
     * @param random gives numbers in [0, 1)
     */
    public ProviderPool(CurrentConfig config, SharedState state, LongSupplier clock, DoubleSupplier random) {
        this.state = state;
        this.clock = clock;
        this.records = new Records(clock);
        this.rankings = new Rankings(random);
        this.table = table(config.get());
        config.follow(next -> {
            if (next != table.config()) {
                table = table(next);
            }
            limit(next);
        });
    }

    private void limit(GatewayConfig config) {
        for (ProviderConfig provider : config.providers()) {
            Map<KeyId, ShareConfig> keys = new HashMap<>();
            for (KeyConfig key : provider.keys()) {
                keys.put(
                        KeyId.of(provider.name(), Optional.of(key.secret())),
                        key.settings().share());
            }
            records.of(provider.name()).capacity().limit(new Capacity.Limits(provider.share(), keys));
        }
    }

    private Table table(GatewayConfig config) {
        boolean takesCallersKeys =
                config.providers().stream().anyMatch(provider -> provider.link().callersKey());
        return new Table(config, new ModelIndex(config), new Watch(config, state, records, clock), takesCallersKeys);
    }

    /** Who may serve a request, one after the other. */
    public Selection select(RouteQuery query) {
        Table now = table;
        return new Selection(
                tiers(now, query, able(now, query)),
                now.watch(),
                rankings,
                query,
                now.config().routing().lastResort(),
                true);
    }

    /** The same for what is no request for an answer: takes nobody's turn, and a place, but is not counted. */
    public Selection selectAside(RouteQuery query) {
        Table now = table;
        return new Selection(tiers(now, query, able(now, query)), now.watch(), rankings.preview(), query, false, false);
    }

    /** A provider has been asked, not by a request, whether it is there. */
    public void checked(String provider, boolean there) {
        table.watch().checked(provider, there);
    }

    /** Whether there would be somebody if the client had brought a key of its own. */
    public boolean wantsCallersKey(RouteQuery query) {
        return query.callersKey().isEmpty()
                && !table.index().resolve(query.model(), query.able()).tiers().isEmpty();
    }

    private static List<Tier> tiers(Table now, RouteQuery query, Predicate<ProviderConfig> able) {
        List<Tier> tiers = new ArrayList<>();
        Resolution resolution = addTiers(now, query.model(), query, able, tiers);
        RoutingConfig routing = now.config().routing();
        if (!routing.fallbacks().isEmpty()) {
            for (String model : fallbacks(routing, query.model(), resolution.model())) {
                addTiers(now, model, query, able, tiers);
            }
        }
        return now.takesCallersKeys() ? CallersHost.only(tiers) : tiers;
    }

    private static Resolution addTiers(
            Table now, String model, RouteQuery query, Predicate<ProviderConfig> able, List<Tier> tiers) {
        RoutingConfig routing = now.config().routing();
        Resolution resolution = now.index().resolve(model, able);
        RoutingStrategy strategy = routing.strategyFor(model);
        // Only listed names: a client could make up any number of others.
        String scope = resolution.rule() == Rule.LISTED ? resolution.model() : "*";
        for (List<Offer> offers : resolution.tiers()) {
            tiers.add(new Tier(
                    model,
                    scope,
                    strategy,
                    routing.keys(),
                    now.takesCallersKeys() ? withCallersKey(offers, query) : offers));
        }
        return resolution;
    }

    private static Predicate<ProviderConfig> able(Table now, RouteQuery query) {
        return now.takesCallersKeys() ? query.able().and(provider -> canAuthenticate(provider, query)) : query.able();
    }

    private static boolean canAuthenticate(ProviderConfig provider, RouteQuery query) {
        return !provider.link().callersKey() || query.callersKey().isPresent();
    }

    /** Each caller's key is one of its own, so that nobody is spared for another one's. */
    private static List<Offer> withCallersKey(List<Offer> offers, RouteQuery query) {
        if (query.callersKey().isEmpty()) {
            return offers;
        }
        return offers.stream()
                .map(offer -> new Offer(
                        offer.provider(),
                        offer.share(),
                        offer.candidates().stream()
                                .map(candidate -> candidate.provider().link().callersKey()
                                        ? candidate.withKey(query.callersKey().get())
                                        : candidate)
                                .toList()))
                .toList();
    }

    /** The models that stand in for one, nearest first, each once. */
    private static Set<String> fallbacks(RoutingConfig routing, String asked, String meant) {
        Set<String> models = new LinkedHashSet<>();
        Deque<String> open = new ArrayDeque<>(List.of(asked, meant));
        while (!open.isEmpty()) {
            for (String next : routing.fallbacks().getOrDefault(open.removeFirst(), List.of())) {
                if (models.add(next)) {
                    open.addLast(next);
                }
            }
        }
        models.remove(asked);
        return models;
    }

    /** The models that clients can ask for by name, in the order of the configuration. */
    public List<ServedModel> models() {
        return table.index().models();
    }

    /** The models of each provider, in every form that clients may use. */
    public List<ServedModel> modelsByProvider() {
        return table.index().modelsByProvider();
    }

    /** What would become of a request for a model now, with a key of the caller's where that counts; takes nobody's turn. */
    public Route explain(String model) {
        Table now = table;
        RouteQuery query = RouteQuery.of(model);
        List<Tier> tiers = tiers(now, query, query.able());
        Selection never = new Selection(
                tiers,
                now.watch(),
                rankings.preview(),
                query,
                now.config().routing().lastResort(),
                false);
        Overview overview = overview(now);
        return new Route(
                now.index().resolve(model),
                tiers.stream()
                        .map(tier -> overview.stage(tier, never.order(tier)))
                        .toList());
    }

    /** How all providers fare, in the order of the configuration. */
    public List<ProviderStanding> standings() {
        return overview(table).standings();
    }

    /** Why nothing of a provider may be used now, for each provider by name; empty for one that may. */
    public Map<String, String> obstacles() {
        Table now = table;
        Overview overview = overview(now);
        Map<String, String> obstacles = new LinkedHashMap<>();
        now.config().providers().forEach(provider -> obstacles.put(provider.name(), overview.reason(provider)));
        return obstacles;
    }

    /** Whether a request that finds nobody to ask would try somebody all the same, to see whether he is back. */
    public boolean mayProbe() {
        return overview(table).mayProbe();
    }

    public List<UnavailableModel> unavailable() {
        return overview(table).unavailable();
    }

    /**
     * Whom to ask for what is no model's affair, whether he is spared or not: always the first key that may be used, since
     * what one key has uploaded another may not find. Empty when the provider, or each of its keys, is switched off by the
     * file or by an operator.
     */
    public Optional<Candidate> first(ProviderConfig provider) {
        Table now = table;
        return now.index().bidder(provider.name()).stream()
                .flatMap(Bidder::enabled)
                .map(key -> key.candidate(NO_MODEL))
                .filter(candidate -> !now.watch().isOff(candidate))
                .findFirst();
    }

    public Controls controls() {
        Table now = table;
        return new Controls(now.config(), now.index(), state, records.switches());
    }

    private Overview overview(Table now) {
        return new Overview(now.config(), now.index(), now.watch(), state);
    }

    /** How many attempts there were, at providers that are gone as well. */
    public long attempts() {
        return records.names().stream()
                .mapToLong(name -> tally(name).attempts())
                .sum();
    }

    public Tally tally(String provider) {
        return Tally.of(records.of(provider).counters());
    }

    public Timing firstByte(String provider) {
        return Timing.of(records.of(provider).firstByte(), clock.getAsLong());
    }

    public Timing duration(String provider) {
        return Timing.of(records.of(provider).duration(), clock.getAsLong());
    }

    public long running(String provider) {
        return records.of(provider).running();
    }

    public int waiting(String provider) {
        return records.of(provider).capacity().waiting();
    }
}
