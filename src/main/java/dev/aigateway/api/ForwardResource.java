package dev.aigateway.api;

import dev.aigateway.config.Service;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
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
    @Path("v1/images/generations")
    public Uni<Void> imageGenerations(@Context RoutingContext context) {
        return endpoint.serve(Service.IMAGES, "v1/images/generations", context);
    }

    @POST
    @Path("v1/images/edits")
    public Uni<Void> imageEdits(@Context RoutingContext context) {
        return endpoint.serve(Service.IMAGES, "v1/images/edits", context);
    }

    @POST
    @Path("v1/images/variations")
    public Uni<Void> imageVariations(@Context RoutingContext context) {
        return endpoint.serve(Service.IMAGES, "v1/images/variations", context);
    }

    @POST
    @Path("v1/audio/speech")
    public Uni<Void> speech(@Context RoutingContext context) {
        return endpoint.serve(Service.AUDIO, "v1/audio/speech", context);
    }

    @POST
    @Path("v1/audio/transcriptions")
    public Uni<Void> transcriptions(@Context RoutingContext context) {
        return endpoint.serve(Service.AUDIO, "v1/audio/transcriptions", context);
    }

    @POST
    @Path("v1/audio/translations")
    public Uni<Void> translations(@Context RoutingContext context) {
        return endpoint.serve(Service.AUDIO, "v1/audio/translations", context);
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
