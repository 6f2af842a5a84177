package dev.aigateway.dispatch;

import dev.aigateway.conversation.Dialect;
import dev.aigateway.conversation.GatewayError;
import dev.aigateway.conversation.GatewayError.Kind;
import dev.aigateway.routing.Selection;
import java.time.Duration;
import java.util.OptionalLong;

/** What a client is told when nobody could even be asked. */
final class Unavailable {
    private static final Duration SOON = Duration.ofSeconds(1);

    private Unavailable() {}

    static GatewayError error(ClientRequest request, Selection selection) {
        return selection.wasBusy() ? busy(request) : spared(request, selection);
    }

    /** Anthropic has a status of its own for it. */
    private static GatewayError busy(ClientRequest request) {
        Kind kind = request.dialect() == Dialect.MESSAGES ? Kind.OVERLOADED : Kind.RATE_LIMIT;
        return GatewayError.of(kind, "Too many requests are running; those who could serve this one are busy.")
                .withRetryAfter(SOON);
    }

    private static GatewayError spared(ClientRequest request, Selection selection) {
        if (selection.isSwitchedOff()) {
            return GatewayError.of(
                    Kind.OVERLOADED, "Everybody who serves the model '%s' is switched off.".formatted(request.model()));
        }
        Kind kind = selection.isRateLimited() ? Kind.RATE_LIMIT : Kind.OVERLOADED;
        OptionalLong soonest = selection.soonest();
        long seconds = Math.max(1, (soonest.orElse(SOON.toMillis()) + 999) / 1000);
        return GatewayError.of(
                        kind,
                        "Everybody who serves the model '%s' has failed lately and is left alone; try again in %d s."
                                .formatted(request.model(), seconds))
                .withRetryAfter(Duration.ofSeconds(seconds));
    }
}
