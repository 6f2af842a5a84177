package dev.aigateway.api;

import io.netty.channel.Channel;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.impl.HttpServerConnection;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.jspecify.annotations.Nullable;

/**
 * The beginning of the end: the gateway is not ready any more, then it takes no new connections. Quarkus waits for running
 * requests afterwards, but would go on to listen meanwhile. It gives nobody the socket that listens, so that is learned from
 * the first connection; without a connection there is nothing to wait for. Safe for concurrent use.
 */
@Singleton
@Readiness
public class Drain implements HealthCheck {
    /** Before the filters that may answer by themselves. */
    private static final int FIRST = 2000;

    private volatile boolean draining;
    private volatile @Nullable Channel listening;

    void register(@Observes Filters filters) {
        filters.register(this::remember, FIRST);
    }

    /** Returns when the port is closed. */
    public void begin() {
        draining = true;
        Channel open = listening;
        if (open != null) {
            open.close().syncUninterruptibly();
        }
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("Serving").status(!draining).build();
    }

    private void remember(RoutingContext context) {
        if (listening == null && context.request().connection() instanceof HttpServerConnection connection) {
            listening = connection.channel().parent();
        }
        context.next();
    }
}
