package dev.aigateway.api;

import dev.aigateway.conversation.Dialect;
import dev.aigateway.conversation.GatewayError;
import dev.aigateway.conversation.GatewayException;
import dev.aigateway.dispatch.history.ResponseStore;
import dev.aigateway.dispatch.history.StoredResponse;
import dev.aigateway.translation.ClientDialect;
import dev.aigateway.translation.Dialects;
import dev.aigateway.translation.Json;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.function.Supplier;

/**
 * Shows and deletes the responses that the gateway keeps for providers that do not; each caller sees its own only.
 * Stateless; worker threads.
 */
@Singleton
public class StoredResponses {
    private final ResponseStore store;
    private final ClientDialect dialect;

    public StoredResponses(ResponseStore store, Dialects dialects) {
        this.store = store;
        this.dialect = dialects.client(Dialect.RESPONSES);
    }

    Response get(String id, boolean stream, RoutingContext context) {
        return answer(context, () -> {
            if (stream) {
                throw GatewayError.badField("stream", "is not supported: a stored response is shown whole")
                        .toException();
            }
            return find(id, context).object();
        });
    }

    Response inputItems(String id, Supplier<InputItems.Page> page, RoutingContext context) {
        return answer(context, () -> Json.bytes(InputItems.list(find(id, context), page.get())));
    }

    Response delete(String id, RoutingContext context) {
        return answer(context, () -> {
            if (!store.remove(Owner.of(context), id)) {
                throw unknown(id);
            }
            return Json.bytes(
                    Json.object().put("id", id).put("object", "response").put("deleted", true));
        });
    }

    private StoredResponse find(String id, RoutingContext context) {
        return store.find(Owner.of(context), id).orElseThrow(() -> unknown(id));
    }

    private Response answer(RoutingContext context, Supplier<byte[]> body) {
        String requestId = RequestIds.of(context.request());
        try {
            return response(200, body.get(), requestId);
        } catch (GatewayException e) {
            return response(dialect.status(e.error()), dialect.writeError(e.error(), requestId), requestId);
        }
    }

    private static Response response(int status, byte[] body, String requestId) {
        return Response.status(status)
                .type(MediaType.APPLICATION_JSON_TYPE)
                .header("x-request-id", requestId)
                .entity(body)
                .build();
    }

    private static GatewayException unknown(String id) {
        return GatewayError.of(GatewayError.Kind.NOT_FOUND, "Response with id '" + id + "' not found.")
                .toException();
    }
}
