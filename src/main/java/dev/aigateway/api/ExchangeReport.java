package dev.aigateway.api;

import dev.aigateway.dispatch.Exchange;
import dev.aigateway.dispatch.Outcome;
import dev.aigateway.observe.GatewayMetrics;
import dev.aigateway.observe.RequestLine;
import dev.aigateway.observe.RequestLog;
import jakarta.inject.Singleton;

/** Tells metrics and the request log how an exchange ended; once for each exchange. */
@Singleton
public class ExchangeReport {
    private final GatewayMetrics metrics;
    private final RequestLog log;

    public ExchangeReport(GatewayMetrics metrics, RequestLog log) {
        this.metrics = metrics;
        this.log = log;
    }

    void finished(Exchange exchange, Outcome outcome, int status) {
        RequestLine line = new RequestLine(
                exchange.request().id(),
                exchange.request().protocol(),
                exchange.request().model(),
                exchange.target(),
                exchange.request().stream(),
                status,
                outcome.label(),
                exchange.attempts().size(),
                exchange.elapsedMillis(),
                exchange.usage());
        metrics.exchange(line);
        exchange.notes()
                .forEach(note -> metrics.translationNote(
                        note.fidelity().label(), exchange.request().dialect()));
        log.write(line);
    }
}
