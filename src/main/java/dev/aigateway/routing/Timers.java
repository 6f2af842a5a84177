package dev.aigateway.routing;

import java.time.Duration;

/** The passing of time on a request's event loop; virtual in simulations. */
public interface Timers {
    /** @return cancels it */
    Runnable after(Duration delay, Runnable work);

    /** Runs work on the request's event loop, whatever thread this is. */
    void onLoop(Runnable work);
}
