package dev.aigateway.api;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;

/** JAX-RS listens for the client's leaving only after the resource returned, and an ended response takes no listener. */
final class NextTick {
    private NextTick() {}

    /** Completes after the resource has returned, on the same event loop. */
    static Uni<Void> on(Vertx vertx) {
        return Uni.createFrom().emitter(emitter -> vertx.runOnContext(emitter::complete));
    }
}
