package dev.aigateway.api;

import dev.aigateway.conversation.Dialect;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;

/** OpenAI's Responses. */
@Path("/v1/responses")
public class ResponsesResource {
    private final ProtocolEndpoint endpoint;

    public ResponsesResource(ProtocolEndpoint endpoint) {
        this.endpoint = endpoint;
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
}
