package dev.aigateway.api;

import dev.aigateway.config.CurrentConfig;
import dev.aigateway.config.GatewayConfig;
import dev.aigateway.config.LogConfig;
import dev.aigateway.conversation.GatewayError;
import dev.aigateway.dispatch.Exchange;
import dev.aigateway.dispatch.Outcome;
import dev.aigateway.observe.AccessLine;
import dev.aigateway.observe.ClientCall;
import dev.aigateway.observe.RequestLine;
import dev.aigateway.observe.RequestLog;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * Sees to one log line for each request, whatever becomes of it, and to the one id by which everybody knows the request.
 * Stands before all who refuse, so that refused requests are told too. Behaviour reference: section 11.6, rows 5, 222 and
 * 223.
 */
@Singleton
public class AccessLog {
    private static final int BEFORE_CROSS_ORIGIN = 1600;
    private static final String VISIT = Visit.class.getName();

    private final CurrentConfig config;

    public AccessLog(CurrentConfig config) {
        this.config = config;
    }

    void register(@Observes Filters filters) {
        filters.register(this::begin, BEFORE_CROSS_ORIGIN);
    }

    /** From here on the line about the request is that of the exchange. */
    static void follow(RoutingContext context, Exchange exchange) {
        Visit visit = context.get(VISIT);
        if (visit != null) {
            visit.exchanging = true;
            exchange.whenEnded(ending -> visit.write(exchange, ending));
        }
    }

    /** What a status says of a request of which nothing else is known. */
    static Outcome outcome(int status) {
        if (status == GatewayError.Kind.CLIENT_CLOSED.status()) {
            return Outcome.CANCELLED;
        }
        return status < 400 ? Outcome.OK : status < 500 ? Outcome.REFUSED : Outcome.FAILED;
    }

    private void begin(RoutingContext context) {
        GatewayConfig now = config.get();
        RequestIds.settle(context, now.ownKeys());
        LogConfig log = now.log();
        if (log.requests()) {
            Visit visit = new Visit(call(context, log), context.response());
            context.put(VISIT, visit);
            context.addEndHandler(ended -> visit.over(ended.succeeded()));
        }
        context.next();
    }

    private static ClientCall call(RoutingContext context, LogConfig log) {
        return new ClientCall(
                RequestIds.of(context.request()),
                ClientAddress.of(context.request(), log.trustForwardedFor()),
                context.request().method().name(),
                context.normalizedPath());
    }

    /** One request on its way; on the event loop of its connection. */
    private static final class Visit {
        private final long startNanos = System.nanoTime();
        private final ClientCall call;
        private final HttpServerResponse response;
        private boolean exchanging;
        private boolean written;

        Visit(ClientCall call, HttpServerResponse response) {
            this.call = call;
            this.response = response;
        }

        /** A stream of HTTP/2 may be closed while its end is being written, which is nobody's leaving. */
        void over(boolean succeeded) {
            if (!exchanging) {
                boolean answered = succeeded || response.ended();
                int status = answered ? response.getStatusCode() : GatewayError.Kind.CLIENT_CLOSED.status();
                write(status, outcome(status), Optional.empty(), OptionalInt.empty(), OptionalLong.empty());
            }
        }

        void write(Exchange exchange, Exchange.Ending ending) {
            write(
                    ending.status(),
                    ending.outcome(),
                    Optional.of(ExchangeReport.line(exchange, ending)),
                    exchange.key(),
                    exchange.firstByteMillis());
        }

        private void write(
                int status,
                Outcome outcome,
                Optional<RequestLine> exchange,
                OptionalInt key,
                OptionalLong firstByteMillis) {
            if (!written) {
                written = true;
                long millis = (System.nanoTime() - startNanos) / 1_000_000;
                RequestLog.write(new AccessLine(
                        call,
                        status,
                        outcome.label(),
                        millis,
                        response.bytesWritten(),
                        exchange,
                        key,
                        firstByteMillis));
            }
        }
    }
}
