package dev.aigateway.api;

import dev.aigateway.config.GatewayConfig;
import dev.aigateway.dispatch.Exchange;
import dev.aigateway.dispatch.ForwardedAnswer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Heads that are passed on: what the body is and what is wanted, never who the client is. */
final class ForwardedHead {
    private static final List<String> HEADERS = List.of("content-type", "accept", "openai-beta");

    private ForwardedHead() {}

    /** Of the client's headers those that some upstream may see by its configuration; none with an access key. */
    static Map<String, String> configured(HttpServerRequest request, GatewayConfig config) {
        Map<String, String> headers = new LinkedHashMap<>();
        for (String name : config.network().forwardable()) {
            List<String> values = request.headers().getAll(name);
            if (!values.isEmpty() && values.stream().noneMatch(value -> KeyCarriers.isOurs(value, config.ownKeys()))) {
                headers.put(name, String.join(", ", values));
            }
        }
        return headers;
    }

    static Map<String, String> headers(HttpServerRequest request, GatewayConfig config) {
        Map<String, String> headers = configured(request, config);
        for (String name : HEADERS) {
            List<String> values = request.headers().getAll(name);
            if (!values.isEmpty()) {
                headers.put(name, String.join(", ", values));
            }
        }
        headers.putIfAbsent("content-type", "application/json");
        return headers;
    }

    /** The head of an answer that is passed on as it is. */
    static void write(Exchange exchange, ForwardedAnswer answer, HttpServerResponse response) {
        String type = answer.headers().get("content-type");
        ResponseHead.write(exchange, response, Objects.requireNonNullElse(type, "application/octet-stream"));
        response.setStatusCode(answer.status());
        answer.headers().forEach(header -> response.putHeader(header.getKey(), header.getValue()));
    }

    /** The query without the access key, which some clients put there. */
    static Optional<String> query(@Nullable String query) {
        if (query == null || query.isEmpty()) {
            return Optional.empty();
        }
        String[] pairs = query.split("[&;]");
        if (Arrays.stream(pairs).noneMatch(ForwardedHead::isKey)) {
            return Optional.of(query);
        }
        String rest = Arrays.stream(pairs).filter(pair -> !isKey(pair)).collect(Collectors.joining("&"));
        return rest.isEmpty() ? Optional.empty() : Optional.of(rest);
    }

    static boolean isKey(String pair) {
        int equals = pair.indexOf('=');
        try {
            return URLDecoder.decode(equals < 0 ? pair : pair.substring(0, equals), StandardCharsets.UTF_8)
                    .equals("key");
        } catch (IllegalArgumentException e) {
            // What cannot be read might be a key.
            return true;
        }
    }

    /** Of a pair that is a key. */
    static String value(String pair) {
        int equals = pair.indexOf('=');
        try {
            return URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }
}
