package dev.aigateway.dispatch;

import dev.aigateway.config.GatewayConfig;
import dev.aigateway.conversation.Dialect;
import dev.aigateway.dispatch.history.History;
import dev.aigateway.dispatch.history.SignatureMemory;
import dev.aigateway.dispatch.rules.RequestRules;
import dev.aigateway.routing.Candidate;
import dev.aigateway.translation.Dialects;
import java.util.HashMap;
import java.util.Map;

/** The lanes of one exchange. A translation lane is kept for all candidates of its kind, so that the request is read once. */
final class Lanes {
    private final ClientRequest request;
    private final History history;
    private final GatewayConfig config;
    private final Dialects dialects;
    private final Memory memory;
    private final Offload offload;
    private final Preparation preparation;
    private final Repairs repairs;
    private final Map<Kind, Lane> made = new HashMap<>();

    private record Kind(Dialect spoken, boolean replaceable) {}

    Lanes(Exchange exchange, History history, Dialects dialects, Memory memory, Offload offload) {
        this.request = exchange.request();
        this.history = history;
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

    /** @param replaceable whether another model takes over if the candidate only says that the content is blocked */
    Lane of(Candidate candidate, boolean replaceable) {
        Dialect spoken = candidate.provider().dialectFor(request.dialect(), candidate.model());
        return made.computeIfAbsent(
                new Kind(spoken, replaceable), kind -> spoken == request.dialect() ? express(kind) : translation(kind));
    }

    private Lane express(Kind kind) {
        return new ExpressLane(
                request,
                history,
                dialects.client(kind.spoken),
                dialects.upstream(kind.spoken),
                config,
                preparation,
                repairs,
                offload,
                kind.replaceable);
    }

    private Lane translation(Kind kind) {
        return new TranslationLane(
                request,
                history,
                dialects.client(request.dialect()),
                dialects.upstream(kind.spoken),
                new SignatureMemory(memory.signatures(), request.owner(), kind.spoken),
                config,
                preparation,
                repairs,
                offload,
                kind.replaceable);
    }
}
