package dev.aigateway.api;

import dev.aigateway.dispatch.Exchange;
import dev.aigateway.dispatch.Outcome;
import dev.aigateway.observe.GatewayMetrics;
import dev.aigateway.observe.RequestLine;
import jakarta.inject.Singleton;

/** Tells how an exchange ended, to metrics and to whoever follows it; once for each exchange. */
@Singleton
public class ExchangeReport {
    private final GatewayMetrics metrics;

    public ExchangeReport(GatewayMetrics metrics) {
        this.metrics = metrics;
    }

    void finished(Exchange exchange, Outcome outcome, int status) {
        Exchange.Ending ending = new Exchange.Ending(outcome, status);
        metrics.exchange(line(exchange, ending));
        exchange.notes()
                .forEach(note -> metrics.translationNote(
                        note.fidelity().label(), exchange.request().dialect()));
        exchange.ended(ending);
    }

    static RequestLine line(Exchange exchange, Exchange.Ending ending) {
        return new RequestLine(
                exchange.request().id(),
                exchange.request().protocol(),
                exchange.request().model(),
                exchange.target(),
                exchange.request().stream(),
                ending.status(),
                ending.outcome().label(),
                exchange.attemptCount(),
                exchange.elapsedMillis(),
                exchange.usage());
    }
}
