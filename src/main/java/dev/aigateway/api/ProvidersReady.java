package dev.aigateway.api;

import dev.aigateway.routing.ProviderPool;
import jakarta.inject.Singleton;
import java.util.Map;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/** The gateway is of use to clients as long as some provider may be asked, be it as a probe. */
@Singleton
@Readiness
public class ProvidersReady implements HealthCheck {
    private final ProviderPool pool;

    public ProvidersReady(ProviderPool pool) {
        this.pool = pool;
    }

    @Override
    public HealthCheckResponse call() {
        Map<String, String> obstacles = pool.obstacles();
        HealthCheckResponseBuilder answer = HealthCheckResponse.named("Providers");
        obstacles.forEach((provider, obstacle) -> answer.withData(provider, obstacle.isEmpty() ? "usable" : obstacle));
        // Nobody would find out that a provider is back if no requests came any more.
        return answer.status(obstacles.containsValue("") || pool.mayProbe()).build();
    }
}
