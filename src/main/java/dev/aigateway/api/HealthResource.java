package dev.aigateway.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aigateway.config.ConfigReloader;
import dev.aigateway.config.CurrentConfig;
import dev.aigateway.config.GatewayConfig;
import dev.aigateway.config.ProviderConfig;
import dev.aigateway.routing.ProviderPool;
import dev.aigateway.translation.Json;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** A short answer to "is it up, and what does it serve", open to everyone; holds no secret. */
@Path("/")
public class HealthResource {
    private final CurrentConfig config;
    private final ConfigReloader reloader;
    private final ProviderPool pool;
    private final String version;

    public HealthResource(
            CurrentConfig config,
            ConfigReloader reloader,
            ProviderPool pool,
            @ConfigProperty(name = "quarkus.application.version") String version) {
        this.config = config;
        this.reloader = reloader;
        this.pool = pool;
        this.version = version;
    }

    @GET
    @Path("health")
    public Response health() {
        GatewayConfig now = config.get();
        ObjectNode health =
                Json.object().put("status", "ok").put("version", version).put("demo", now.isDemo());
        health.put("loadBalance", now.routing().strategy().label());
        ConfigReloader.Status status = reloader.status();
        health.putObject("configuration").put("reloads", status.reloads()).put("stale", status.stale());
        Map<String, String> obstacles = pool.obstacles();
        ArrayNode providers = health.putArray("providers");
        for (ProviderConfig provider : now.providers()) {
            providers
                    .addObject()
                    .put("name", provider.name())
                    .put("type", provider.type().label())
                    .put("enabled", !provider.disabled())
                    .put("healthy", obstacles.getOrDefault(provider.name(), "").isEmpty());
        }
        return Response.ok(Json.bytes(health), MediaType.APPLICATION_JSON_TYPE).build();
    }

    @GET
    @Path("healthz")
    public Response healthz() {
        return health();
    }

    @GET
    public Response root() {
        return health();
    }
}
