package dev.aigateway.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aigateway.routing.ProviderPool;
import dev.aigateway.routing.ServedModel;
import dev.aigateway.translation.Json;
import dev.aigateway.translation.ModelCatalog;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The models a client can ask for, in the OpenAI form, in the Anthropic form for callers that send
 * {@code anthropic-version}, and in Google's below its own path (translation reference, section 16).
 */
@Path("/")
public class ModelsResource {
    private final ProviderPool pool;
    /** The gateway does not know when a model was made; the time it started serving it is at least true. */
    private final Instant since = Instant.now();

    @Inject
    public ModelsResource(ProviderPool pool) {
        this.pool = pool;
    }

    @GET
    @Path("v1/models")
    public Response list(@HeaderParam("anthropic-version") @Nullable String anthropicVersion) {
        return json(anthropicVersion == null ? openAi() : anthropic());
    }

    /** One model; its name may hold slashes and colons. */
    @GET
    @Path("v1/models/{model:.+}")
    public Response get(
            @PathParam("model") String model, @HeaderParam("anthropic-version") @Nullable String anthropicVersion) {
        ServedModel served = served(model);
        return json(anthropicVersion == null ? openAi(served) : anthropic(served));
    }

    @GET
    @Path("v1beta/models")
    public Response listGemini() {
        ObjectNode list = Json.object();
        ArrayNode data = list.putArray("models");
        pool.models().forEach(model -> data.add(gemini(model)));
        return json(list);
    }

    @GET
    @Path("v1beta/models/{model:.+}")
    public Response getGemini(@PathParam("model") String model) {
        return json(gemini(served(model)));
    }

    @GET
    @Path("models")
    public Response listWithoutVersion(@HeaderParam("anthropic-version") @Nullable String anthropicVersion) {
        return list(anthropicVersion);
    }

    private ObjectNode openAi() {
        ObjectNode list = Json.object().put("object", "list");
        ArrayNode data = list.putArray("data");
        pool.models().forEach(model -> data.add(openAi(model)));
        return list;
    }

    private ObjectNode openAi(ServedModel model) {
        return Json.object()
                .put("id", model.name())
                .put("object", "model")
                .put("created", since.getEpochSecond())
                .put("owned_by", model.provider().name());
    }

    private ObjectNode anthropic() {
        List<ServedModel> models = pool.models();
        ObjectNode list = Json.object();
        ArrayNode data = list.putArray("data");
        models.forEach(model -> data.add(anthropic(model)));
        list.put("has_more", false);
        list.put("first_id", models.isEmpty() ? null : models.getFirst().name());
        list.put("last_id", models.isEmpty() ? null : models.getLast().name());
        return list;
    }

    private ObjectNode anthropic(ServedModel model) {
        return Json.object()
                .put("type", "model")
                .put("id", model.name())
                .put("display_name", model.name())
                .put("created_at", Instant.ofEpochSecond(since.getEpochSecond()).toString());
    }

    private static ObjectNode gemini(ServedModel model) {
        ObjectNode node = Json.object()
                .put("name", "models/" + model.name())
                .put("version", "1")
                .put("displayName", model.name())
                .put("outputTokenLimit", ModelCatalog.traits(model.upstreamId()).maxOutputTokens());
        node.putArray("supportedGenerationMethods")
                .add("generateContent")
                .add("streamGenerateContent")
                .add("countTokens");
        return node;
    }

    private ServedModel served(String name) {
        return pool.models().stream()
                .filter(model -> model.name().equals(name))
                .findFirst()
                .orElseThrow(NotFoundException::new);
    }

    private static Response json(ObjectNode body) {
        return Response.ok(Json.bytes(body), MediaType.APPLICATION_JSON_TYPE).build();
    }
}
