package dev.aigateway.api;

import dev.aigateway.conversation.GatewayError;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import org.jspecify.annotations.Nullable;

/** Google Gemini, whose method stands behind the last colon of the path; the model's name may hold slashes and colons. */
@Path("/")
public class GeminiResource {
    private final ProtocolEndpoint endpoint;

    public GeminiResource(ProtocolEndpoint endpoint) {
        this.endpoint = endpoint;
    }

    @POST
    @Path("v1beta/models/{model:.+}")
    public Uni<Void> beta(
            @PathParam("model") String model,
            @QueryParam("alt") @Nullable String alt,
            @Context RoutingContext context) {
        return call(model, alt, context);
    }

    @POST
    @Path("v1/models/{model:.+}")
    public Uni<Void> stable(
            @PathParam("model") String model,
            @QueryParam("alt") @Nullable String alt,
            @Context RoutingContext context) {
        return call(model, alt, context);
    }

    private Uni<Void> call(String path, @Nullable String alt, RoutingContext context) {
        int colon = path.lastIndexOf(':');
        String model = colon < 0 ? path : path.substring(0, colon);
        String method = path.substring(colon + 1);
        return switch (method) {
            case "generateContent" -> endpoint.serveGemini(model, false, false, context);
            case "streamGenerateContent" -> endpoint.serveGemini(model, true, !"sse".equals(alt), context);
            case "countTokens" -> endpoint.countGeminiTokens(model, context);
            default ->
                endpoint.refuse(
                        context,
                        GatewayError.of(
                                GatewayError.Kind.NOT_FOUND,
                                "There is no method '" + method
                                        + "'; use generateContent, streamGenerateContent or countTokens."));
        };
    }
}
