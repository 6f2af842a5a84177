package dev.aigateway.api;

import dev.aigateway.conversation.GatewayError;
import dev.aigateway.conversation.GatewayException;
import dev.aigateway.dispatch.ByteCollector;
import dev.aigateway.dispatch.ContentCoding;
import io.netty.handler.codec.DecoderException;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Reads a request body of at most {@code limit} bytes, which for a compressed one is what it holds. A body that announces or turns out to be larger is refused as soon
 * as that is known, without holding it.
 */
final class BodyReader {
    private static final long LINGER_MILLIS = 2000;
    /** What HTTP/2 says to a client whose answer is whole and whose upload is not wanted. */
    private static final long NO_ERROR = 0;

    private BodyReader() {}

    /** Fails with a {@link GatewayException}: 413 too large, 400 broken off, 415 compressed in an unknown way. */
    static Uni<byte[]> read(HttpServerRequest request, long limit) {
        String announced = request.getHeader("content-length");
        if (announced != null && Long.parseLong(announced) > limit) {
            return Uni.createFrom().failure(tooLarge(limit).toException());
        }
        Optional<String> named = Optional.ofNullable(request.getHeader("content-encoding"))
                .filter(name -> !name.equalsIgnoreCase("identity"));
        Optional<ContentCoding> coding = named.flatMap(ContentCoding::of);
        if (named.isPresent() && coding.isEmpty()) {
            return Uni.createFrom().failure(unknownCoding().toException());
        }
        return Uni.createFrom().emitter(emitter -> {
            emitter.onTermination(() -> coding.ifPresent(ContentCoding::close));
            ByteCollector body = new ByteCollector(announced == null ? -1 : Long.parseLong(announced));
            Consumer<Buffer> collect = piece -> add(piece, body, limit);
            request.handler(chunk -> {
                try {
                    coding.ifPresentOrElse(reader -> reader.read(chunk, collect), () -> collect.accept(chunk));
                } catch (GatewayException | DecoderException e) {
                    request.handler(ignored -> {});
                    emitter.fail(e instanceof GatewayException ? e : unreadable());
                }
            });
            request.exceptionHandler(
                    broken -> emitter.fail(GatewayError.of(GatewayError.Kind.BAD_REQUEST, "The request body broke off.")
                            .toException()));
            request.endHandler(end -> {
                if (coding.map(ContentCoding::isComplete).orElse(true)) {
                    emitter.complete(body.bytes());
                } else {
                    emitter.fail(unreadable());
                }
            });
            if ("100-continue".equalsIgnoreCase(request.getHeader("expect"))) {
                request.response().writeContinue();
            }
            request.resume();
        });
    }

    /**
     * Ends a request whose body nobody reads to its end: its stream where others share the connection, else the connection.
     * Not at once: closing while the client still sends would take the answer away from it.
     */
    static void abandon(HttpServerRequest request, Vertx vertx) {
        if (request.isEnded()) {
            return;
        }
        request.handler(ignored -> {});
        long timer = vertx.setTimer(LINGER_MILLIS, ignored -> end(request));
        request.exceptionHandler(broken -> vertx.cancelTimer(timer));
        request.endHandler(end -> vertx.cancelTimer(timer));
        request.resume();
    }

    private static void end(HttpServerRequest request) {
        if (request.version() == HttpVersion.HTTP_2) {
            request.response().reset(NO_ERROR);
        } else {
            request.connection().close();
        }
    }

    private static void add(Buffer piece, ByteCollector body, long limit) {
        if (body.length() + (long) piece.length() > limit) {
            throw tooLarge(limit).toException();
        }
        body.add(piece);
    }

    private static GatewayException unreadable() {
        return GatewayError.of(GatewayError.Kind.BAD_REQUEST, "The request body is not what its content-encoding says.")
                .toException();
    }

    private static GatewayError unknownCoding() {
        return new GatewayError(
                GatewayError.Kind.BAD_REQUEST,
                415,
                "The request body's content-encoding cannot be read; send gzip, deflate or none.",
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private static GatewayError tooLarge(long limit) {
        return GatewayError.of(
                GatewayError.Kind.TOO_LARGE,
                "The request body is larger than " + limit + " bytes, the limit of limits.max-body-size.");
    }
}
