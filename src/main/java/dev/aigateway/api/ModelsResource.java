package dev.aigateway.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aigateway.routing.ProviderPool;
import dev.aigateway.routing.ServedModel;
import dev.aigateway.translation.Json;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The models a client can ask for, in the OpenAI form, or in the Anthropic form for callers that send
 * {@code anthropic-version} (translation reference, section 16).
 */
@Path("/")
public class ModelsResource {
    private final List<ServedModel> models;
    /** The gateway does not know when a model was made; the time it started serving it is at least true. */
    private final Instant since = Instant.now();

    @Inject
    public ModelsResource(ProviderPool pool) {
        this.models = pool.models();
    }

    @GET
    @Path("v1/models")
    public Response list(@HeaderParam("anthropic-version") @Nullable String anthropicVersion) {
        byte[] body = Json.bytes(anthropicVersion == null ? openAi() : anthropic());
        return Response.ok(body, MediaType.APPLICATION_JSON_TYPE).build();
    }

    @GET
    @Path("models")
    public Response listWithoutVersion(@HeaderParam("anthropic-version") @Nullable String anthropicVersion) {
        return list(anthropicVersion);
    }

    private ObjectNode openAi() {
        ObjectNode list = Json.object().put("object", "list");
        ArrayNode data = list.putArray("data");
        for (ServedModel model : models) {
            data.addObject()
                    .put("id", model.name())
                    .put("object", "model")
                    .put("created", since.getEpochSecond())
                    .put("owned_by", model.provider().name());
        }
        return list;
    }

    private ObjectNode anthropic() {
        ObjectNode list = Json.object();
        ArrayNode data = list.putArray("data");
        for (ServedModel model : models) {
            data.addObject()
                    .put("type", "model")
                    .put("id", model.name())
                    .put("display_name", model.name())
                    .put(
                            "created_at",
                            Instant.ofEpochSecond(since.getEpochSecond()).toString());
        }
        list.put("has_more", false);
        list.put("first_id", models.isEmpty() ? null : models.getFirst().name());
        list.put("last_id", models.isEmpty() ? null : models.getLast().name());
        return list;
    }
}
