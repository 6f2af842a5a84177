package dev.aigateway.dispatch;

import dev.aigateway.routing.Timers;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.time.Duration;

/** Time as it passes on the event loop on which this was made. */
final class EventLoopTimers implements Timers {
    private final Vertx vertx;
    private final Context context;

    EventLoopTimers(Vertx vertx) {
        this.vertx = vertx;
        this.context = vertx.getOrCreateContext();
    }

    @Override
    public Runnable after(Duration delay, Runnable work) {
        long timer = vertx.setTimer(Math.max(1, delay.toMillis()), ignored -> work.run());
        return () -> vertx.cancelTimer(timer);
    }

    @Override
    public void onLoop(Runnable work) {
        context.runOnContext(ignored -> work.run());
    }
}
