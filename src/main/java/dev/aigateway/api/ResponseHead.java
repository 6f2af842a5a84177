package dev.aigateway.api;

import dev.aigateway.conversation.Dialect;
import dev.aigateway.dispatch.Exchange;
import dev.aigateway.translation.TranslationNotes;
import io.vertx.core.http.HttpServerResponse;
import java.util.stream.Collectors;

/** The headers of every answer. */
final class ResponseHead {
    private static final int MAX_LENGTH = 1024;

    private ResponseHead() {}

    /** Sets status 200 and the headers; the head goes out with the first byte of the body. */
    static void write(Exchange exchange, HttpServerResponse response, String contentType) {
        response.setStatusCode(200);
        response.putHeader("content-type", contentType);
        identify(exchange.request().dialect(), exchange.request().id(), response);
        response.headers().addAll(exchange.answerHeaders());
        String warnings =
                exchange.notes().stream().map(TranslationNotes.Note::toString).collect(Collectors.joining(", "));
        if (!warnings.isEmpty()) {
            response.putHeader("x-gateway-warnings", headerValue(warnings));
        }
        if (exchange.attempts().size() > 1) {
            response.putHeader("x-gateway-attempts", headerValue(exchange.attemptsLine()));
        }
    }

    /** Our request id, also in the form that Anthropic's SDKs read. */
    static void identify(Dialect dialect, String requestId, HttpServerResponse response) {
        response.putHeader("x-request-id", requestId);
        if (dialect == Dialect.MESSAGES) {
            response.putHeader("request-id", requestId);
        }
    }

    /** Names of unknown fields are the client's own text: what is no plain ASCII must not reach a header. */
    static String headerValue(String text) {
        String plain = text.replaceAll("[^\\x20-\\x7e]", "?");
        return plain.length() <= MAX_LENGTH ? plain : plain.substring(0, MAX_LENGTH - 3) + "...";
    }
}
