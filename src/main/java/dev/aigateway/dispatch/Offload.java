package dev.aigateway.dispatch;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import java.util.function.Supplier;

/**
 * Keeps long computations off the event loop: small inputs are worked on where they are, since a thread change costs
 * more than it saves; large ones on a worker thread. The result always arrives on the caller's event loop.
 */
final class Offload {
    /** About a millisecond of JSON work. */
    private static final int INLINE_BYTES = 128 * 1024;

    private final Vertx vertx;

    Offload(Vertx vertx) {
        this.vertx = vertx;
    }

    /** @param bytes the size of the input, as a measure of the work */
    <T> Uni<T> run(int bytes, Supplier<T> work) {
        if (bytes <= INLINE_BYTES) {
            return Uni.createFrom().item(work);
        }
        return Uni.createFrom()
                .completionStage(() -> vertx.executeBlocking(work::get, false).toCompletionStage());
    }
}
