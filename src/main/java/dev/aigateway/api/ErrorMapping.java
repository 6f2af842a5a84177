package dev.aigateway.api;

import dev.aigateway.conversation.Dialect;
import dev.aigateway.conversation.GatewayError;
import dev.aigateway.conversation.GatewayError.Kind;
import dev.aigateway.translation.ClientDialect;
import dev.aigateway.translation.Dialects;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Singleton;
import jakarta.ws.rs.NotAllowedException;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Set;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jspecify.annotations.Nullable;

/** What JAX-RS itself refuses, told in the dialect that the path suggests. */
@Singleton
public class ErrorMapping {
    private static final Set<String> READ = Set.of(
            "/",
            "/health",
            "/healthz",
            "/stats",
            "/metrics",
            "/unavailable-models",
            "/admin/config",
            "/admin/metrics",
            "/admin/stats",
            "/admin/providers",
            "/admin/route",
            "/admin/unavailable-models");

    private final Dialects dialects;

    public ErrorMapping(Dialects dialects) {
        this.dialects = dialects;
    }

    @ServerExceptionMapper
    public Response notFound(NotFoundException e, HttpServerRequest request) {
        return response(
                request,
                Response.status(404),
                GatewayError.of(Kind.NOT_FOUND, "There is nothing at " + request.path()));
    }

    @ServerExceptionMapper
    public Response notAllowed(NotAllowedException e, HttpServerRequest request) {
        // The protocols take POST, all that is only read takes GET.
        boolean read = request.method() == HttpMethod.POST || isRead(request.path());
        String allow = isStoredResponse(request.path()) ? "GET, DELETE" : read ? "GET, HEAD" : "POST";
        return response(
                request,
                Response.status(405).header("allow", allow),
                GatewayError.of(Kind.METHOD_NOT_ALLOWED, request.method() + " is not allowed at " + request.path()));
    }

    private static boolean isRead(@Nullable String path) {
        return path != null
                && (path.endsWith("/models")
                        || path.contains("/models/")
                        || READ.contains(path)
                        || path.endsWith("/input_items"));
    }

    private static boolean isStoredResponse(@Nullable String path) {
        return path != null
                && path.startsWith("/v1/responses/")
                && !path.endsWith("/input_tokens")
                && !path.endsWith("/input_items");
    }

    private Response response(HttpServerRequest request, Response.ResponseBuilder builder, GatewayError error) {
        Dialect dialect = DialectOfPath.of(request.path());
        ClientDialect client = dialects.client(dialect);
        String id = RequestIds.of(request);
        return builder.type(MediaType.APPLICATION_JSON_TYPE)
                .header("x-request-id", id)
                .entity(client.writeError(error, id))
                .build();
    }
}
