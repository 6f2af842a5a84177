package dev.aigateway.api;

import dev.aigateway.conversation.GatewayError;
import dev.aigateway.dispatch.ByteCollector;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;

/**
 * Reads a request body of at most {@code limit} bytes. A body that announces or turns out to be larger is refused as soon
 * as that is known, without holding it.
 */
final class BodyReader {
    private static final long LINGER_MILLIS = 2000;

    private BodyReader() {}

    /** Fails with a {@link dev.aigateway.conversation.GatewayException}: 413 too large, 400 broken off. */
    static Uni<byte[]> read(HttpServerRequest request, long limit) {
        String announced = request.getHeader("content-length");
        if (announced != null && Long.parseLong(announced) > limit) {
            return Uni.createFrom().failure(tooLarge(limit).toException());
        }
        return Uni.createFrom().emitter(emitter -> {
            ByteCollector body = new ByteCollector(announced == null ? -1 : Long.parseLong(announced));
            request.handler(chunk -> {
                if (body.length() + (long) chunk.length() > limit) {
                    request.handler(ignored -> {});
                    emitter.fail(tooLarge(limit).toException());
                } else {
                    body.add(chunk);
                }
            });
            request.exceptionHandler(
                    broken -> emitter.fail(GatewayError.of(GatewayError.Kind.BAD_REQUEST, "The request body broke off.")
                            .toException()));
            request.endHandler(end -> emitter.complete(body.bytes()));
            if ("100-continue".equalsIgnoreCase(request.getHeader("expect"))) {
                request.response().writeContinue();
            }
            request.resume();
        });
    }

    /**
     * Closes the connection of a request whose body nobody reads to its end. Not at once: closing while the client still
     * sends would take the answer away from it.
     */
    static void abandon(HttpServerRequest request, Vertx vertx) {
        if (request.isEnded()) {
            return;
        }
        request.handler(ignored -> {});
        request.exceptionHandler(ignored -> {});
        long timer =
                vertx.setTimer(LINGER_MILLIS, ignored -> request.connection().close());
        request.endHandler(end -> vertx.cancelTimer(timer));
        request.resume();
    }

    private static GatewayError tooLarge(long limit) {
        return GatewayError.of(
                GatewayError.Kind.TOO_LARGE,
                "The request body is larger than " + limit + " bytes, the limit of limits.max-body-size.");
    }
}
