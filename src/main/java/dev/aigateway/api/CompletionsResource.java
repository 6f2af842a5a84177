package dev.aigateway.api;

import dev.aigateway.conversation.Dialect;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;

/** OpenAI's legacy Completions. */
@Path("/v1/completions")
public class CompletionsResource {
    private final ProtocolEndpoint endpoint;

    public CompletionsResource(ProtocolEndpoint endpoint) {
        this.endpoint = endpoint;
    }

    @POST
    public Uni<Void> create(@Context RoutingContext context) {
        return endpoint.serve(Dialect.COMPLETIONS, context);
    }
}
