package dev.aigateway.api;

import dev.aigateway.conversation.Dialect;
import dev.aigateway.conversation.GatewayError;
import dev.aigateway.conversation.GatewayException;
import dev.aigateway.dispatch.Exchange;
import dev.aigateway.translation.ClientDialect;
import dev.aigateway.translation.Dialects;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.jboss.logging.Logger;

/** Writes an error as a whole response in the client's dialect. What is not a {@link GatewayException} is our defect. */
@Singleton
public class ErrorResponse {
    private static final Logger LOG = Logger.getLogger(ErrorResponse.class);

    private final Dialects dialects;

    public ErrorResponse(Dialects dialects) {
        this.dialects = dialects;
    }

    /** Writes the failure of an exchange whose response has not begun; gives back what the client was told. */
    GatewayError write(Exchange exchange, HttpServerResponse response, Throwable failure) {
        if (!exchange.attempts().isEmpty() && !response.headWritten()) {
            response.putHeader("x-gateway-attempts", ResponseHead.headerValue(exchange.attemptsLine()));
        }
        GatewayError error =
                write(response, exchange.request().dialect(), exchange.request().id(), failure);
        Bodies.error(exchange, error);
        return error;
    }

    /** Writes the failure of a request that never became an exchange. */
    GatewayError write(HttpServerResponse response, Dialect dialect, String requestId, Throwable failure) {
        GatewayError error = error(failure, requestId);
        write(response, dialect, requestId, error);
        return error;
    }

    void write(HttpServerResponse response, Dialect dialect, String requestId, GatewayError error) {
        if (response.ended() || response.closed()) {
            return;
        }
        ClientDialect client = dialects.client(dialect);
        ResponseHead.identify(dialect, requestId, response);
        error.retryAfter().ifPresent(wait -> response.putHeader("retry-after", String.valueOf(seconds(wait))));
        response.setStatusCode(client.status(error));
        response.putHeader("content-type", "application/json");
        response.end(Buffer.buffer(client.writeError(error, requestId)));
    }

    static GatewayError error(Throwable failure, String requestId) {
        if (failure instanceof GatewayException known) {
            return known.error();
        }
        LOG.errorf(failure, "request %s failed inside the gateway", requestId);
        return GatewayError.of(GatewayError.Kind.INTERNAL, "The gateway failed to serve the request.");
    }

    /** Whole seconds, rounded up: a client that waits too short only fails again. */
    private static long seconds(Duration wait) {
        return (wait.toMillis() + 999) / 1000;
    }
}
