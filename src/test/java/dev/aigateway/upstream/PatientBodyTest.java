package dev.aigateway.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.operators.AbstractMulti;
import io.smallrye.mutiny.subscription.MultiSubscriber;
import io.vertx.core.Context;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Every signal is sent on one event loop, as in a call; the timers are those of a real Vert.x. */
class PatientBodyTest {
    private static final Duration PATIENCE = Duration.ofMillis(20);
    /** Long enough for a timer that was left behind to have fired before. */
    private static final long LATER = 5 * PATIENCE.toMillis();

    private final Vertx vertx = Vertx.vertx();
    private final Context loop = vertx.getOrCreateContext();
    private final AtomicInteger pendingTimers = new AtomicInteger();
    private final Source source = new Source();
    private final Reader reader = new Reader();

    @AfterEach
    void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void completedBody_leavesNoTimer() {
        subscribe(PATIENCE);
        onLoop(() -> {
            reader.request(1);
            source.item("a");
            reader.request(1);
            source.downstream().onCompletion();
        });
        assertThat(pendingTimers).hasValue(0);
        later();
        assertThat(reader.signals).containsExactly("a", "completed");
    }

    @Test
    void failedBody_leavesNoTimer() {
        subscribe(PATIENCE);
        onLoop(() -> {
            reader.request(1);
            source.downstream().onFailure(new IllegalStateException("broken"));
        });
        assertThat(pendingTimers).hasValue(0);
        later();
        assertThat(reader.signals).containsExactly("IllegalStateException");
    }

    @Test
    void cancelledBody_leavesNoTimer_andCancelsTheCall() {
        subscribe(PATIENCE);
        onLoop(() -> {
            reader.request(1);
            reader.cancel();
        });
        assertThat(pendingTimers).hasValue(0);
        assertThat(source.cancelled).isTrue();
    }

    @Test
    void slowConsumer_isNotTheProvidersFault() {
        subscribe(PATIENCE);
        onLoop(() -> {
            reader.request(1);
            source.item("a");
        });
        later();
        assertThat(reader.signals).containsExactly("a");
        onLoop(() -> {
            reader.request(1);
            source.item("b");
        });
        assertThat(reader.signals).containsExactly("a", "b");
    }

    @Test
    void slowConsumerThatAsksAgain_givesTheProviderItsWholeTime() {
        subscribe(Duration.ofHours(1));
        onLoop(() -> reader.request(1));
        assertThat(pendingTimers).hasValue(1);
        onLoop(() -> {
            source.item("a");
            reader.request(1);
            reader.request(1);
        });
        assertThat(pendingTimers).as("one timer at a time").hasValue(1);
        assertThat(reader.signals).containsExactly("a");
        onLoop(reader::cancel);
    }

    @Test
    void silentProvider_failsOnce_andTheCallIsCancelled() throws Exception {
        subscribe(PATIENCE);
        onLoop(() -> reader.request(Long.MAX_VALUE));
        assertThatThrownBy(() -> reader.ended.get(20, TimeUnit.SECONDS)).hasCauseInstanceOf(TimeoutException.class);
        assertThat(source.cancelled).isTrue();
        onLoop(() -> source.downstream().onFailure(new IllegalStateException("reset")));
        assertThat(reader.signals).containsExactly("TimeoutException");
    }

    private void subscribe(Duration patience) {
        Multi<Buffer> body = new PatientBody(source, counted(), patience);
        onLoop(() -> body.subscribe().withSubscriber(reader));
    }

    private void onLoop(Runnable work) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        loop.runOnContext(ignored -> {
            try {
                work.run();
                done.complete(null);
            } catch (RuntimeException e) {
                done.completeExceptionally(e);
            }
        });
        done.join();
    }

    private void later() {
        CompletableFuture<Void> done = new CompletableFuture<>();
        onLoop(() -> vertx.setTimer(LATER, ignored -> done.complete(null)));
        done.join();
    }

    /** The same Vert.x, with an eye on the timers that have neither fired nor been cancelled. */
    private Vertx counted() {
        return (Vertx) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Vertx.class}, (self, method, args) -> {
                    if (method.getName().equals("setTimer")) {
                        pendingTimers.incrementAndGet();
                        return vertx.setTimer((long) args[0], fired -> {
                            pendingTimers.decrementAndGet();
                            @SuppressWarnings("unchecked")
                            var handler = (Handler<Long>) args[1];
                            handler.handle(fired);
                        });
                    }
                    if (method.getName().equals("cancelTimer")) {
                        boolean cancelled = vertx.cancelTimer((long) args[0]);
                        pendingTimers.addAndGet(cancelled ? -1 : 0);
                        return cancelled;
                    }
                    try {
                        return method.invoke(vertx, args);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    /** A body whose signals the test sends. */
    private static final class Source extends AbstractMulti<Buffer> implements Flow.Subscription {
        private final CompletableFuture<MultiSubscriber<? super Buffer>> subscriber = new CompletableFuture<>();
        private volatile boolean cancelled;

        @Override
        public void subscribe(MultiSubscriber<? super Buffer> downstream) {
            subscriber.complete(downstream);
            downstream.onSubscribe(this);
        }

        MultiSubscriber<? super Buffer> downstream() {
            return subscriber.join();
        }

        void item(String text) {
            downstream().onItem(Buffer.buffer(text));
        }

        @Override
        public void request(long count) {}

        @Override
        public void cancel() {
            cancelled = true;
        }
    }

    /** Remembers what came. */
    private static final class Reader implements MultiSubscriber<Buffer> {
        private final CompletableFuture<Flow.Subscription> subscription = new CompletableFuture<>();
        private final CompletableFuture<Void> ended = new CompletableFuture<>();
        private final List<String> signals = new CopyOnWriteArrayList<>();

        void request(long count) {
            subscription.join().request(count);
        }

        void cancel() {
            subscription.join().cancel();
        }

        @Override
        public void onSubscribe(Flow.Subscription given) {
            subscription.complete(given);
        }

        @Override
        public void onItem(Buffer item) {
            signals.add(item.toString());
        }

        @Override
        public void onFailure(Throwable failure) {
            signals.add(failure.getClass().getSimpleName());
            ended.completeExceptionally(failure);
        }

        @Override
        public void onCompletion() {
            signals.add("completed");
            ended.complete(null);
        }
    }
}
