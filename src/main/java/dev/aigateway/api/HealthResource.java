package dev.aigateway.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aigateway.config.GatewayConfig;
import dev.aigateway.config.ProviderConfig;
import dev.aigateway.translation.Json;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** A short answer to "is it up, and what does it serve", open to everyone; holds no secret. */
@Path("/")
public class HealthResource {
    private final byte[] body;

    public HealthResource(GatewayConfig config, @ConfigProperty(name = "quarkus.application.version") String version) {
        ObjectNode health =
                Json.object().put("status", "ok").put("version", version).put("demo", config.isDemo());
        var providers = health.putArray("providers");
        for (ProviderConfig provider : config.providers()) {
            providers
                    .addObject()
                    .put("name", provider.name())
                    .put("type", provider.type().label())
                    .put("enabled", !provider.disabled());
        }
        this.body = Json.bytes(health);
    }

    @GET
    @Path("health")
    public Response health() {
        return Response.ok(body, MediaType.APPLICATION_JSON_TYPE).build();
    }

    @GET
    public Response root() {
        return Response.ok(body, MediaType.APPLICATION_JSON_TYPE).build();
    }
}
