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
    /** Tells when the body is over, one way or the other. */
    ForwardedAnswer onEndOfBody(Runnable end) {
        return new ForwardedAnswer(status, headers, body.onTermination().invoke(end));
    }
}
