package dev.aigateway.api;

import dev.aigateway.conversation.GatewayError;
import dev.aigateway.conversation.GatewayException;
import dev.aigateway.dispatch.Upload;
import dev.aigateway.translation.splice.MultipartModel;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Reads no more of a multipart body than it takes to find the model; the rest waits in the connection. A client that names
 * the model in the header {@code x-model} has nothing read.
 */
final class UploadReader {
    private static final int MAX_BEGINNING = 64 * 1024;

    private UploadReader() {}

    static boolean isMultipart(HttpServerRequest request) {
        String type = request.getHeader("content-type");
        return type != null && type.regionMatches(true, 0, "multipart/", 0, "multipart/".length());
    }

    /**
     * An upload and its model.
     *
     * @param model not blank
     */
    record Named(String model, Upload upload) {}

    /** Fails with a {@link GatewayException}: a 400 when the beginning of the body names no model. */
    static Uni<Named> read(HttpServerRequest request) {
        if ("100-continue".equalsIgnoreCase(request.getHeader("expect"))) {
            request.response().writeContinue();
        }
        String model = request.getHeader("x-model");
        if (model != null && !model.isBlank()) {
            return Uni.createFrom().item(new Named(model.trim(), upload(request, Buffer.buffer(), Optional.empty())));
        }
        return Optional.ofNullable(request.getHeader("content-type"))
                .flatMap(MultipartModel::boundary)
                .map(boundary -> peek(request, boundary))
                .orElseGet(() -> Uni.createFrom()
                        .failure(GatewayError.of(
                                        GatewayError.Kind.BAD_REQUEST,
                                        "The content-type of the multipart body names no boundary.")
                                .toException()));
    }

    private static Uni<Named> peek(HttpServerRequest request, String boundary) {
        Buffer beginning = Buffer.buffer();
        return Uni.createFrom().emitter(emitter -> {
            request.handler(chunk -> {
                beginning.appendBuffer(chunk);
                Optional<MultipartModel.Site> site = MultipartModel.find(beginning.getBytes(), boundary);
                if (site.isPresent() || beginning.length() >= MAX_BEGINNING) {
                    request.pause();
                    settle(request, beginning, site, emitter);
                }
            });
            request.exceptionHandler(
                    broken -> emitter.fail(GatewayError.of(GatewayError.Kind.BAD_REQUEST, "The request body broke off.")
                            .toException()));
            request.endHandler(end -> emitter.fail(unnamed("is required")));
            request.resume();
        });
    }

    private static void settle(
            HttpServerRequest request,
            Buffer beginning,
            Optional<MultipartModel.Site> site,
            UniEmitter<? super Named> emitter) {
        if (site.isEmpty()) {
            emitter.fail(unnamed("must stand in the first " + MAX_BEGINNING / 1024
                    + " KiB of the body; put it before the files, or send it as header x-model"));
        } else if (site.get().model().isBlank()) {
            emitter.fail(unnamed("must not be empty"));
        } else {
            emitter.complete(new Named(site.get().model(), upload(request, beginning, site)));
        }
    }

    private static Upload upload(HttpServerRequest request, Buffer beginning, Optional<MultipartModel.Site> site) {
        return new Upload(beginning, site, request, length(request.getHeader("content-length")));
    }

    private static OptionalLong length(@Nullable String announced) {
        return announced == null ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(announced));
    }

    private static GatewayException unnamed(String message) {
        return GatewayError.badField("model", message).toException();
    }
}
