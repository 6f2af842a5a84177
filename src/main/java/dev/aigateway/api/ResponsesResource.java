package dev.aigateway.api;

import dev.aigateway.config.Service;
import dev.aigateway.conversation.Dialect;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** OpenAI's Responses. */
@Path("/v1/responses")
public class ResponsesResource {
    private final ProtocolEndpoint endpoint;
    private final StoredResponses stored;
    private final ForwardEndpoint forward;

    public ResponsesResource(ProtocolEndpoint endpoint, StoredResponses stored, ForwardEndpoint forward) {
        this.endpoint = endpoint;
        this.stored = stored;
        this.forward = forward;
    }

    @POST
    @Path("/compact")
    public Uni<Void> compact(@Context RoutingContext context) {
        return forward.serve(Service.COMPACTION, "v1/responses/compact", context);
    }

    @POST
    @Path("/input_tokens")
    public Uni<Void> countTokens(@Context RoutingContext context) {
        return endpoint.countTokens(Dialect.RESPONSES, context);
    }

    @POST
    public Uni<Void> create(@Context RoutingContext context) {
        return endpoint.serve(Dialect.RESPONSES, context);
    }

    @GET
    @Path("/{id}")
    public Response get(
            @PathParam("id") String id,
            @QueryParam("stream") @Nullable String stream,
            @Context RoutingContext context) {
        return stored.get(id, "true".equals(stream), context);
    }

    @GET
    @Path("/{id}/input_items")
    public Response inputItems(
            @PathParam("id") String id,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("order") @Nullable String order,
            @QueryParam("after") @Nullable String after,
            @Context RoutingContext context) {
        return stored.inputItems(
                id,
                () -> InputItems.Page.of(
                        Optional.ofNullable(limit), Optional.ofNullable(order), Optional.ofNullable(after)),
                context);
    }

    @DELETE
    @Path("/{id}")
    public Response delete(@PathParam("id") String id, @Context RoutingContext context) {
        return stored.delete(id, context);
    }
}
