package dev.aigateway.dispatch;

import dev.aigateway.config.CurrentConfig;
import dev.aigateway.config.GatewayConfig;
import dev.aigateway.config.HealthCheckConfig;
import dev.aigateway.config.ProviderConfig;
import dev.aigateway.config.ProviderType;
import dev.aigateway.conversation.Dialect;
import dev.aigateway.routing.Candidate;
import dev.aigateway.routing.ProviderPool;
import dev.aigateway.upstream.HttpTransport;
import dev.aigateway.upstream.Operation;
import dev.aigateway.upstream.UpstreamCall;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.quarkus.scheduler.Scheduler;
import io.smallrye.faulttolerance.api.TypedGuard;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.util.TypeLiteral;
import jakarta.inject.Singleton;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;

/**
 * Asks every provider from time to time whether it is there, so that a dead one is known before a request finds out, and
 * one that is back is used again at once. The question is its list of models, which costs nothing; any answer but a 5xx
 * will do. Off unless {@code health-check.interval} is set.
 *
 * <p>Runs beside requests: the schedule on a worker thread, the calls on an event loop.
 */
@Singleton
public class HealthCheck {
    private static final String JOB = "health-check";
    private static final long RETRY_DELAY_MILLIS = 500;

    private final CurrentConfig config;
    private final ProviderPool pool;
    private final HttpTransport http;
    private final Scheduler scheduler;
    private final Vertx vertx;
    /** One lost packet is no outage. */
    private final TypedGuard<Uni<Boolean>> guard = TypedGuard.create(new TypeLiteral<Uni<Boolean>>() {})
            .withRetry()
            .maxRetries(1)
            .delay(RETRY_DELAY_MILLIS, ChronoUnit.MILLIS)
            .done()
            .build();

    private HealthCheckConfig scheduled = HealthCheckConfig.DEFAULT;

    public HealthCheck(CurrentConfig config, ProviderPool pool, HttpTransport http, Scheduler scheduler, Vertx vertx) {
        this.config = config;
        this.pool = pool;
        this.http = http;
        this.scheduler = scheduler;
        this.vertx = vertx;
    }

    void start(@Observes StartupEvent event) {
        config.follow(this::schedule);
    }

    /** Told of one configuration at a time. */
    private void schedule(GatewayConfig next) {
        if (next.healthCheck().equals(scheduled)) {
            return;
        }
        scheduled = next.healthCheck();
        scheduler.unscheduleJob(JOB);
        if (scheduled.isOn()) {
            scheduler
                    .newJob(JOB)
                    .setInterval(scheduled.interval().toString())
                    .setConcurrentExecution(ConcurrentExecution.SKIP)
                    .setAsyncTask(execution -> checkAll())
                    .schedule();
        }
    }

    private Uni<Void> checkAll() {
        List<Uni<Void>> checks = config.get().providers().stream()
                .filter(HealthCheck::canBeAsked)
                .flatMap(provider -> pool.first(provider).stream())
                .map(this::check)
                .toList();
        return checks.isEmpty()
                ? Uni.createFrom().voidItem()
                : Uni.join().all(checks).andCollectFailures().replaceWithVoid();
    }

    /** A provider that takes its callers' keys has none for this. */
    private static boolean canBeAsked(ProviderConfig provider) {
        return !provider.disabled()
                && provider.type() != ProviderType.DEMO
                && !provider.link().callersKey();
    }

    private Uni<Void> check(Candidate asked) {
        return guard.get(() -> isThere(asked))
                .onFailure()
                .recoverWithItem(false)
                .onItem()
                .invoke(there -> pool.checked(asked.provider().name(), there))
                .replaceWithVoid();
    }

    private Uni<Boolean> isThere(Candidate asked) {
        return Uni.createFrom().emitter(emitter -> vertx.runOnContext(ignored -> ask(asked, emitter)));
    }

    /** On an event loop, where the call lives. */
    private void ask(Candidate asked, UniEmitter<? super Boolean> emitter) {
        Cancellable call = http.send(question(asked))
                .subscribe()
                .with(
                        answer -> {
                            answer.discard();
                            emitter.complete(answer.status() < 500);
                        },
                        emitter::fail);
        long timer = vertx.setTimer(config.get().healthCheck().timeout().toMillis(), late -> {
            call.cancel();
            emitter.fail(new TimeoutException());
        });
        emitter.onTermination(() -> vertx.cancelTimer(timer));
    }

    private static UpstreamCall question(Candidate asked) {
        Dialect dialect = asked.provider().dialectFor(Dialect.CHAT, asked.model());
        return new UpstreamCall(
                asked.provider(),
                asked.key(),
                dialect,
                asked.model(),
                Operation.LIST_MODELS,
                false,
                Buffer.buffer(),
                Map.of());
    }
}
