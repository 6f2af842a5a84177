package dev.aigateway.api;

import dev.aigateway.conversation.Dialect;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;

/** Anthropic Messages. */
@Path("/v1/messages")
public class MessagesResource {
    private final ProtocolEndpoint endpoint;

    public MessagesResource(ProtocolEndpoint endpoint) {
        this.endpoint = endpoint;
    }

    @POST
    @Path("/count_tokens")
    public Uni<Void> countTokens(@Context RoutingContext context) {
        return endpoint.countTokens(Dialect.MESSAGES, context);
    }

    @POST
    public Uni<Void> create(@Context RoutingContext context) {
        return endpoint.serve(Dialect.MESSAGES, context);
    }
}
