package dev.aigateway.dispatch;

import io.smallrye.mutiny.Multi;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;

/**
 * A provider's answer that is passed on as it is.
 *
 * @param headers those that tell what the body is
 * @param body read on demand; cancelling it ends the call at the provider. Must be subscribed to or cancelled. Fails with a
 *     {@link dev.aigateway.conversation.GatewayException} when the provider breaks off
 */
public record ForwardedAnswer(int status, MultiMap headers, Multi<Buffer> body) {
    /** Tells when the provider has ended the body, one way or the other. */
    ForwardedAnswer onEndOfBody(Runnable end) {
        return new ForwardedAnswer(
                status, headers, body.onCompletion().invoke(end).onFailure().invoke(end));
    }

    /** Tells when the client has left before that. */
    ForwardedAnswer onCancelled(Runnable left) {
        return new ForwardedAnswer(status, headers, body.onCancellation().invoke(left));
    }
}
