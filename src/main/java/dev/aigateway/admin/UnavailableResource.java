package dev.aigateway.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.aigateway.routing.ProviderPool;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** Models that nobody gets for now, by the paths and names of another gateway (behaviour reference, 3.4 and row 51). */
@Path("/")
@RunOnVirtualThread
public class UnavailableResource {
    private static final int MOST_BYTES = 64 * 1024;

    private final ProviderPool pool;

    public UnavailableResource(ProviderPool pool) {
        this.pool = pool;
    }

    @GET
    @Path("unavailable-models")
    public Response unavailable() {
        ArrayNode list = Answers.array();
        pool.unavailable()
                .forEach(model -> list.addObject()
                        .put("upstream_name", model.provider())
                        .put("model_name", model.model())
                        .put("time_to_reset", model.millisLeft() / 1000.0));
        return Answers.ok(list);
    }

    @GET
    @Path("admin/unavailable-models")
    public Response adminUnavailable() {
        return unavailable();
    }

    @POST
    @Path("reset-model")
    public Response reset(InputStream body) throws IOException {
        Optional<JsonNode> asked = Answers.read(body.readNBytes(MOST_BYTES));
        String provider = asked.map(node -> node.path("upstream_name").asText()).orElse("");
        String model = asked.map(node -> node.path("model_name").asText()).orElse("");
        if (provider.isEmpty() || model.isEmpty()) {
            return Answers.of(400, Answers.object().put("error", "upstream_name and model_name are required"));
        }
        return pool.controls().reset(provider, model, pool.unavailable())
                ? Answers.ok(Answers.object().put("status", "ok"))
                : Answers.of(404, Answers.object().put("error", "model is not unavailable"));
    }

    @POST
    @Path("admin/reset-model")
    public Response adminReset(InputStream body) throws IOException {
        return reset(body);
    }
}
