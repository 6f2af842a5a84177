package dev.aigateway.dispatch;

import dev.aigateway.config.Configurations;
import dev.aigateway.config.CurrentConfig;
import dev.aigateway.config.GatewayConfig;
import dev.aigateway.conversation.Dialect;
import dev.aigateway.conversation.GatewayError;
import dev.aigateway.conversation.GatewayError.Kind;
import dev.aigateway.routing.Candidate;
import dev.aigateway.routing.Next;
import dev.aigateway.routing.ProviderPool;
import dev.aigateway.routing.RouteQuery;
import dev.aigateway.routing.Selection;
import dev.aigateway.routing.VirtualTime;
import dev.aigateway.routing.state.LocalState;
import dev.aigateway.translation.splice.Envelope;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.subscription.Cancellable;
import io.smallrye.mutiny.subscription.MultiEmitter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** Clients, providers and the real routing between them, in virtual time. Deterministic for a seed. */
final class Simulation {
    static final int PROVIDERS = 4;
    static final int KEYS = 5;
    /** The one provider that takes only so many requests at once. */
    static final String NARROW = "p3";

    private static final int PLACES = 6;

    private final Random random;
    private final VirtualTime time = new VirtualTime();
    private final LocalState state = new LocalState();
    private final GatewayConfig config;
    private final ProviderPool pool;
    private final Faults faults;
    private final Watchman watchman;
    private int requests;
    private int served;
    private long history;

    Simulation(long seed, String strategy) {
        this.random = new Random(seed);
        this.config = Configurations.of(configuration(strategy));
        this.pool = new ProviderPool(new CurrentConfig(config), state, time, random::nextDouble);
        this.faults = new Faults(time.getAsLong(), PROVIDERS, KEYS, random);
        this.watchman = new Watchman(config, state, faults, time);
    }

    private static String configuration(String strategy) {
        StringBuilder yaml = new StringBuilder("""
                routing: { strategy: %s }
                cooldown: { rate-limit: 20s, server-error: 5s, network: 5s, refused: 60s, longest: 30s }
                breaker: { failures: 3, duration: 60s, probe-interval: 5s }
                queue: { size: 20, timeout: 2s }
                providers:
                """.formatted(strategy));
        for (int p = 0; p < PROVIDERS; p++) {
            yaml.append("  - { name: p%d, type: openai, base-url: \"http://localhost\", weight: %d, api-keys: [ "
                    .formatted(p, p + 1));
            for (int k = 0; k < KEYS; k++) {
                yaml.append(k == 0 ? "" : ", ").append("p%dk%d".formatted(p, k));
            }
            boolean narrow = NARROW.equals("p" + p);
            yaml.append(" ], models: [ m")
                    .append(narrow ? ", narrow ], max-concurrent: " + PLACES : " ]")
                    .append(" }\n");
        }
        return yaml.toString();
    }

    void run(Duration length) {
        arrive(time.getAsLong() + length.toMillis());
        time.run();
    }

    /** Twenty a second, whatever happens to them. */
    private void arrive(long end) {
        long next = Math.round(-50 * Math.log(1 - random.nextDouble()));
        if (time.getAsLong() + next < end) {
            time.after(Duration.ofMillis(next), () -> {
                request();
                arrive(end);
            });
        }
    }

    private void request() {
        int number = requests++;
        long conversation = random.nextInt(500);
        Exchange exchange = new Exchange(
                new ClientRequest(
                        "r" + number,
                        "open",
                        Dialect.CHAT,
                        "m",
                        new Envelope(new byte[0], Optional.of("m"), true, Optional.empty()),
                        Map.of()),
                config);
        Watchman.Request watched = watchman.request();
        Selection selection = pool.select(RouteQuery.of("m", () -> conversation));
        Cancellable client = new AttemptLoop<>(
                        exchange,
                        selection,
                        time,
                        time,
                        config.retry(),
                        new Backoff(config.retry(), random::nextDouble),
                        false,
                        (lease, replaceable) -> attempt(exchange, watched, lease.candidate()))
                .run()
                .subscribe()
                .with(item -> {}, failure -> lost(watched), () -> done(number));
        if (random.nextInt(100) < 3) {
            time.after(Duration.ofMillis(random.nextInt(4000)), client::cancel);
        }
    }

    private void done(int number) {
        served++;
        note(number);
    }

    private void lost(Watchman.Request request) {
        note(-1);
        request.gaveUp();
    }

    private void note(long what) {
        history = 31 * history + time.getAsLong() + what;
    }

    private Multi<String> attempt(Exchange exchange, Watchman.Request request, Candidate candidate) {
        note(candidate.label().hashCode() + candidate.keyIndex());
        Watchman.Try watched = request.tries(candidate);
        String provider = candidate.provider().name();
        boolean slow = faults.of(provider, time.getAsLong()).equals(Optional.of(Faults.Trouble.SLOW));
        Duration wait = Duration.ofMillis(slow ? random.nextInt(3000, 15_000) : random.nextInt(5, 300));
        return Multi.createFrom()
                .<String>emitter(emitter -> emitter.onTermination(
                        time.after(wait, () -> reply(exchange, watched, candidate, emitter))::run))
                .onTermination()
                .invoke(watched::over);
    }

    private void reply(
            Exchange exchange, Watchman.Try watched, Candidate candidate, MultiEmitter<? super String> emitter) {
        String provider = candidate.provider().name();
        Optional<UpstreamFailure> failure = faults.failure(provider, candidate.keyIndex(), time.getAsLong(), random);
        if (failure.isPresent()) {
            watched.failed(failure.get().error());
            emitter.fail(failure.get());
            return;
        }
        watched.answered();
        emitter.emit("begun");
        boolean breaks = faults.of(provider, time.getAsLong()).isPresent() && random.nextInt(10) == 0;
        emitter.onTermination(time.after(Duration.ofMillis(random.nextInt(100, 1500)), () -> {
            if (breaks) {
                exchange.failed(GatewayError.of(Kind.BAD_GATEWAY, "broke off"));
            }
            emitter.complete();
        })::run);
    }

    List<String> violations() {
        return watchman.violations();
    }

    int requests() {
        return requests;
    }

    int served() {
        return served;
    }

    int repetitions() {
        return watchman.repetitions();
    }

    int probes() {
        return watchman.probes();
    }

    long history() {
        return history;
    }

    /** Whether all the places are there again, and nobody waits for one. */
    boolean isEverythingReleased() {
        time.pass(Duration.ofHours(2));
        for (int round = 0; round < 2; round++) {
            Selection[] selections = new Selection[PLACES];
            Next[] lent = new Next[PLACES];
            for (int i = 0; i < PLACES; i++) {
                selections[i] = pool.select(RouteQuery.of("narrow"));
                lent[i] = selections[i].next();
            }
            if (!(pool.select(RouteQuery.of("narrow")).next() instanceof Next.Full)) {
                return false;
            }
            for (int i = 0; i < PLACES; i++) {
                if (!(lent[i] instanceof Next.Try(var lease))) {
                    return false;
                }
                selections[i].release(lease);
            }
        }
        return true;
    }
}
