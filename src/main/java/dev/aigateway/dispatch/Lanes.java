package dev.aigateway.dispatch;

import dev.aigateway.config.GatewayConfig;
import dev.aigateway.conversation.Dialect;
import dev.aigateway.dispatch.history.History;
import dev.aigateway.dispatch.history.ResponseStore;
import dev.aigateway.dispatch.history.SignatureCache;
import dev.aigateway.dispatch.history.SignatureMemory;
import dev.aigateway.routing.Candidate;
import dev.aigateway.translation.Dialects;
import java.util.EnumMap;
import java.util.Map;

/** The lanes of one exchange. A translation lane is kept for all candidates of its dialect, so that the request is read once. */
final class Lanes {
    private final Exchange exchange;
    private final Dialects dialects;
    private final GatewayConfig config;
    private final Offload offload;
    private final ResponseStore responses;
    private final Repairs repairs;
    private final SignatureCache signatures;
    private final Map<Dialect, Lane> made = new EnumMap<>(Dialect.class);

    Lanes(
            Exchange exchange,
            Dialects dialects,
            GatewayConfig config,
            Offload offload,
            ResponseStore responses,
            SignatureCache signatures,
            Repairs repairs) {
        this.exchange = exchange;
        this.dialects = dialects;
        this.config = config;
        this.offload = offload;
        this.responses = responses;
        this.repairs = repairs;
        this.signatures = signatures;
    }

    Lane of(Candidate candidate) {
        Dialect client = exchange.request().dialect();
        Dialect spoken = candidate.provider().dialectFor(client, candidate.model());
        return made.computeIfAbsent(spoken, dialect -> dialect == client ? express(client) : translation(dialect));
    }

    private Lane express(Dialect dialect) {
        return new ExpressLane(
                exchange.request(), dialects.client(dialect), dialects.upstream(dialect), config, offload, repairs);
    }

    private Lane translation(Dialect dialect) {
        ClientRequest request = exchange.request();
        return new TranslationLane(
                request,
                History.of(
                        request.dialect(), request.owner(), request.envelope().body(), responses),
                dialects.client(request.dialect()),
                dialects.upstream(dialect),
                new SignatureMemory(signatures, request.owner(), dialect),
                config,
                offload,
                repairs);
    }
}
