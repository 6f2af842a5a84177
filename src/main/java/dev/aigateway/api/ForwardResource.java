package dev.aigateway.api;

import dev.aigateway.config.Service;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;

/** What is forwarded as it is, to providers whose configuration says that they serve it. */
@Path("/")
public class ForwardResource {
    private final ForwardEndpoint endpoint;

    public ForwardResource(ForwardEndpoint endpoint) {
        this.endpoint = endpoint;
    }

    @POST
    @Path("v1/embeddings")
    public Uni<Void> embeddings(@Context RoutingContext context) {
        return endpoint.serve(Service.EMBEDDINGS, "v1/embeddings", context);
    }

    @POST
    @Path("v1/images/{task: generations|edits|variations}")
    public Uni<Void> images(@PathParam("task") String task, @Context RoutingContext context) {
        return endpoint.serve(Service.IMAGES, "v1/images/" + task, context);
    }

    @POST
    @Path("v1/audio/{task: speech|transcriptions|translations}")
    public Uni<Void> audio(@PathParam("task") String task, @Context RoutingContext context) {
        return endpoint.serve(Service.AUDIO, "v1/audio/" + task, context);
    }

    @POST
    @Path("v1/moderations")
    public Uni<Void> moderations(@Context RoutingContext context) {
        return endpoint.serve(Service.MODERATIONS, "v1/moderations", context);
    }

    @POST
    @Path("v1/rerank")
    public Uni<Void> rerank(@Context RoutingContext context) {
        return endpoint.serve(Service.RERANK, "v1/rerank", context);
    }
}
