package dev.aigateway.dispatch;

import dev.aigateway.config.RetryConfig;
import dev.aigateway.conversation.GatewayError;
import dev.aigateway.dispatch.UpstreamFailure.Verdict;
import dev.aigateway.routing.Candidate;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Tries candidates until one answers: each once without delay, then those whose failure may pass again, with growing
 * pauses, inside the deadline. An attempt may fail over only before it has emitted anything; afterwards its stream is
 * passed through whatever happens.
 *
 * <p>One per exchange, on the exchange's event loop.
 *
 * @param <T> what an attempt emits
 */
final class AttemptLoop<T> {
    private final Exchange exchange;
    private final Vertx vertx;
    private final RetryConfig config;
    private final Backoff backoff;
    private final Function<Candidate, Multi<T>> open;
    /** Who is still worth trying, in order. */
    private final List<Candidate> round;
    /** Who may be tried again in the next round. */
    private final List<Candidate> again = new ArrayList<>();

    private int retries;
    /** What those in {@link #again} asked for. */
    private final List<Duration> waits = new ArrayList<>();

    private @Nullable GatewayError mostTelling;

    AttemptLoop(
            Exchange exchange,
            List<Candidate> candidates,
            Vertx vertx,
            RetryConfig config,
            Backoff backoff,
            Function<Candidate, Multi<T>> open) {
        this.exchange = exchange;
        this.round = new ArrayList<>(candidates);
        this.vertx = vertx;
        this.config = config;
        this.backoff = backoff;
        this.open = open;
    }

    /** The answer; fails with a {@link dev.aigateway.conversation.GatewayException} when nobody could give one. */
    Multi<T> run() {
        return Multi.createFrom().deferred(this::next);
    }

    private Multi<T> next() {
        Candidate candidate = round.removeFirst();
        return open.apply(candidate)
                .onFailure(UpstreamFailure.class)
                .recoverWithMulti(failure -> after(candidate, (UpstreamFailure) failure));
    }

    private Multi<T> after(Candidate candidate, UpstreamFailure failure) {
        GatewayError error = failure.error();
        exchange.attempted(new Attempt(candidate.label(), Optional.of(error)));
        remember(error);
        if (failure.verdict() == Verdict.GIVE_UP) {
            return giveUp(error);
        }
        if (failure.verdict() == Verdict.RETRY) {
            again.add(candidate);
            waits.add(error.retryAfter().orElse(Duration.ZERO));
        }
        if (exchange.elapsedMillis() > config.deadline().toMillis()) {
            return giveUp(error);
        }
        return round.isEmpty() ? nextRound() : next();
    }

    private Multi<T> nextRound() {
        GatewayError error = mostTelling == null ? noCandidate() : mostTelling;
        if (again.isEmpty() || retries >= config.maxRetries()) {
            return giveUp(error);
        }
        // Whoever may be asked first decides; a provider that wants more time is simply refused again.
        Duration delay = backoff.delay(retries, waits.stream().min(Comparator.naturalOrder()));
        if (exchange.elapsedMillis() + delay.toMillis() > config.deadline().toMillis()) {
            return giveUp(error);
        }
        retries++;
        waits.clear();
        round.addAll(again);
        again.clear();
        return pause(delay).onItem().transformToMulti(ignored -> next());
    }

    /** Mutiny's own delay would resume on another thread; a Vert.x timer stays on the exchange's event loop. */
    private Uni<Long> pause(Duration delay) {
        return Uni.createFrom().emitter(emitter -> {
            long timer = vertx.setTimer(Math.max(1, delay.toMillis()), emitter::complete);
            emitter.onTermination(() -> vertx.cancelTimer(timer));
        });
    }

    /** An upstream's own words tell more than a connection that broke; the latest words count, but the first break. */
    private void remember(GatewayError error) {
        boolean vague = error.kind() == GatewayError.Kind.BAD_GATEWAY || error.kind() == GatewayError.Kind.TIMEOUT;
        if (mostTelling == null || !vague) {
            mostTelling = error;
        }
    }

    private Multi<T> giveUp(GatewayError error) {
        return Multi.createFrom().failure(Disguise.forClient(error).toException());
    }

    private static GatewayError noCandidate() {
        return GatewayError.of(GatewayError.Kind.OVERLOADED, "No provider can serve this request at the moment.");
    }
}
