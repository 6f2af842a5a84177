package dev.aigateway.dispatch;

import dev.aigateway.config.GatewayConfig;
import dev.aigateway.conversation.Dialect;
import dev.aigateway.dispatch.history.History;
import dev.aigateway.dispatch.history.SignatureMemory;
import dev.aigateway.dispatch.rules.RequestRules;
import dev.aigateway.routing.Candidate;
import dev.aigateway.translation.Dialects;
import java.util.EnumMap;
import java.util.Map;

/** The lanes of one exchange. A translation lane is kept for all candidates of its dialect, so that the request is read once. */
final class Lanes {
    private final ClientRequest request;
    private final GatewayConfig config;
    private final Dialects dialects;
    private final Memory memory;
    private final Offload offload;
    private final Preparation preparation;
    private final Repairs repairs;
    private final Map<Dialect, Lane> made = new EnumMap<>(Dialect.class);

    Lanes(Exchange exchange, Dialects dialects, Memory memory, Offload offload) {
        this.request = exchange.request();
        this.config = exchange.config();
        this.dialects = dialects;
        this.memory = memory;
        this.offload = offload;
        this.preparation = new Preparation(
                request, new RequestRules(config, request.model(), request.userAgent(), memory.identity()));
        this.repairs = new Repairs(memory.repairs(), request.dialect(), config.strictTranslation(), offload);
    }

    /** What a refusal may change. */
    Repairs repairs() {
        return repairs;
    }

    Lane of(Candidate candidate) {
        Dialect client = request.dialect();
        Dialect spoken = candidate.provider().dialectFor(client, candidate.model());
        return made.computeIfAbsent(spoken, dialect -> dialect == client ? express(client) : translation(dialect));
    }

    private Lane express(Dialect dialect) {
        return new ExpressLane(
                request, dialects.client(dialect), dialects.upstream(dialect), config, preparation, repairs, offload);
    }

    private Lane translation(Dialect dialect) {
        return new TranslationLane(
                request,
                History.of(
                        request.dialect(), request.owner(), request.envelope().body(), memory.responses()),
                dialects.client(request.dialect()),
                dialects.upstream(dialect),
                new SignatureMemory(memory.signatures(), request.owner(), dialect),
                config,
                preparation,
                repairs,
                offload);
    }
}
