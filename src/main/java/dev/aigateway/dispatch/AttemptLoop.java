package dev.aigateway.dispatch;

import dev.aigateway.config.QueueConfig;
import dev.aigateway.config.RetryConfig;
import dev.aigateway.conversation.GatewayError;
import dev.aigateway.observe.Redaction;
import dev.aigateway.routing.Lease;
import dev.aigateway.routing.Next;
import dev.aigateway.routing.Selection;
import dev.aigateway.routing.Timers;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Tries candidates until one answers: each once without delay, then those whose failure may pass again, with growing
 * pauses, inside the deadline. An attempt may fail over only before it has emitted anything; afterwards its stream is
 * passed through whatever happens. Every attempt's end is told to the {@link Selection}, which learns from it.
 *
 * <p>One per exchange, on the exchange's event loop.
 *
 * @param <T> what an attempt emits
 */
final class AttemptLoop<T> {
    private final Exchange exchange;
    private final AttemptLog log;
    private final Selection selection;
    private final Timers timers;
    private final LongSupplier clock;
    private final RetryConfig config;
    private final Backoff backoff;
    private final boolean whole;
    private final Opener<T> opener;
    private final long start;
    private final MostTelling mostTelling = new MostTelling();

    private int retries;

    /**
     * @param clock milliseconds that only go forward
     * @param config how often to try again; not always that of the exchange
     * @param whole whether the first item is all of the answer
     */
    AttemptLoop(
            Exchange exchange,
            Selection selection,
            Timers timers,
            LongSupplier clock,
            RetryConfig config,
            Backoff backoff,
            boolean whole,
            Opener<T> opener) {
        this.exchange = exchange;
        this.log = new AttemptLog(exchange);
        this.selection = selection;
        this.timers = timers;
        this.clock = clock;
        this.config = config;
        this.backoff = backoff;
        this.whole = whole;
        this.opener = opener;
        this.start = clock.getAsLong();
    }

    /** Makes one attempt. */
    interface Opener<T> {
        /**
         * Emits the answer, or fails with an {@link UpstreamFailure}.
         *
         * @param replaceable whether another model takes over if this one refuses the content
         */
        Multi<T> open(Lease lease, boolean replaceable);
    }

    /** The answer; fails with a {@link dev.aigateway.conversation.GatewayException} when nobody could give one. */
    Multi<T> run() {
        return Multi.createFrom().deferred(this::next).onTermination().invoke(selection::end);
    }

    private Multi<T> next() {
        return go(selection.next());
    }

    private Multi<T> go(Next next) {
        return switch (next) {
            case Next.Try(Lease lease) -> attempt(lease);
            case Next.Full() -> queue();
            case Next.Nobody() -> nextRound();
        };
    }

    private Multi<T> attempt(Lease lease) {
        Trial trial = new Trial(lease);
        exchange.tries(lease.candidate());
        log.begins(lease.candidate());
        return Multi.createFrom()
                .deferred(() -> opener.open(lease, !isSpent() && selection.hasStandIn(lease)))
                .onItem()
                .invoke(trial::answered)
                .onTermination()
                .invoke(trial::ended)
                .onFailure(UpstreamFailure.class)
                .recoverWithMulti(failure -> after(lease, (UpstreamFailure) failure));
    }

    private Multi<T> after(Lease lease, UpstreamFailure failure) {
        // A provider may repeat in its words the key that it was given.
        GatewayError error = Redaction.of(exchange.config()).of(failure.error());
        exchange.attempted(new Attempt(lease.candidate().label(), Optional.of(error)));
        log.failed(lease.candidate(), error, failure.verdict());
        mostTelling.hear(lease.candidate(), failure, error);
        boolean goOn = switch (failure.verdict()) {
            case END -> false;
            case GIVE_UP -> isAboutTheModel(error) && selection.fallBack(lease);
            case NEXT_CANDIDATE, RETRY -> true;
        };
        return goOn && !isSpent() ? next() : giveUp();
    }

    /** Whether there must be no further attempt, whoever could be asked. */
    private boolean isSpent() {
        boolean late = elapsed() > config.deadline().toMillis();
        return late || (config.maxAttempts() > 0 && exchange.attemptCount() >= config.maxAttempts());
    }

    /** What one model refuses, another one may take. */
    private static boolean isAboutTheModel(GatewayError error) {
        return error.kind() == GatewayError.Kind.CONTEXT_TOO_LONG || error.kind() == GatewayError.Kind.CONTENT_BLOCKED;
    }

    private Multi<T> queue() {
        QueueConfig queue = exchange.config().queue();
        long left = config.deadline().toMillis() - elapsed();
        Duration limit = Duration.ofMillis(Math.max(0, Math.min(queue.timeout().toMillis(), left)));
        return selection.waitForPlace(timers, queue, limit).onItem().transformToMulti(this::go);
    }

    private Multi<T> nextRound() {
        OptionalLong wait = selection.retryWait();
        if (wait.isEmpty() || retries >= config.maxRetries()) {
            return giveUp();
        }
        Duration delay = backoff.delay(retries, Optional.of(Duration.ofMillis(wait.getAsLong())));
        if (elapsed() + delay.toMillis() > config.deadline().toMillis()) {
            return giveUp();
        }
        retries++;
        log.retries(retries, config, delay);
        selection.newRound();
        return pause(delay).onItem().transformToMulti(ignored -> next());
    }

    /** Mutiny's own delay would resume on another thread. */
    private Uni<Boolean> pause(Duration delay) {
        return Uni.createFrom().emitter(emitter -> {
            Runnable cancel = timers.after(delay, () -> emitter.complete(true));
            emitter.onTermination(cancel::run);
        });
    }

    private long elapsed() {
        return clock.getAsLong() - start;
    }

    private Multi<T> giveUp() {
        GatewayError error = mostTelling.error().orElseGet(() -> Unavailable.error(exchange.request(), selection));
        return Multi.createFrom().failure(Disguise.forClient(error).toException());
    }

    /** Follows one attempt and tells the selection how it ended. */
    private final class Trial {
        private final Lease lease;
        private boolean answered;

        Trial(Lease lease) {
            this.lease = lease;
        }

        void answered(T item) {
            if (!answered) {
                answered = true;
                exchange.answered();
                selection.answered(lease);
                if (whole) {
                    selection.succeeded(lease);
                }
            }
        }

        void ended(@Nullable Throwable failure, boolean cancelled) {
            if (failure instanceof UpstreamFailure upstream && upstream.tellsOfTheProvider()) {
                selection.failed(lease, upstream.error(), upstream.isAnswer(), mayPass(upstream));
            } else if (!answered) {
                selection.abandoned(lease);
            } else if (exchange.failure().isPresent()) {
                judgeBreak(exchange.failure().get());
            } else if (failure == null && !cancelled) {
                selection.succeeded(lease);
            }
            selection.release(lease);
        }

        private void judgeBreak(GatewayError error) {
            if (!exchange.isBrokenByUs()) {
                selection.broke(lease, error);
            }
        }

        private boolean mayPass(UpstreamFailure failure) {
            return failure.verdict() == UpstreamFailure.Verdict.RETRY
                    && (!failure.isAnswer()
                            || config.repeatsAfter(failure.error().status()));
        }
    }
}
