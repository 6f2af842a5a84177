package dev.aigateway.api;

import dev.aigateway.config.GatewayConfig;
import dev.aigateway.config.Secret;
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
import java.util.function.Predicate;
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
            List<String> values = KeyCarriers.passable(request, name, config.ownKeys());
            if (!values.isEmpty()) {
                headers.put(name, String.join(", ", values));
            }
        }
        return headers;
    }

    static Map<String, String> headers(HttpServerRequest request, GatewayConfig config) {
        Map<String, String> headers = configured(request, config);
        for (String name : HEADERS) {
            List<String> values = KeyCarriers.passable(request, name, config.ownKeys());
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

    /** The query without a {@code key}, where some clients put the access key, and without whatever holds one of ours. */
    static Optional<String> query(@Nullable String query, List<Secret> ours) {
        return query == null || query.isEmpty()
                ? Optional.empty()
                : without(query, pair -> isKey(pair) || holdsOurs(pair, ours));
    }

    /** The query byte for byte, or without the pairs that stay here. */
    static Optional<String> without(String query, Predicate<String> stays) {
        // A semicolon separates as well, as it does where keys are looked for.
        String[] pairs = query.split("[&;]", -1);
        if (Arrays.stream(pairs).noneMatch(stays)) {
            return Optional.of(query);
        }
        String rest = Arrays.stream(pairs).filter(stays.negate()).collect(Collectors.joining("&"));
        return rest.isEmpty() ? Optional.empty() : Optional.of(rest);
    }

    static boolean holdsOurs(String pair, List<Secret> ours) {
        String value = decoded(pair.substring(pair.indexOf('=') + 1));
        return KeyCarriers.holdsOurs(value, ours) || KeyCarriers.holdsOurs(decoded(pair), ours);
    }

    private static boolean isKey(String pair) {
        int equals = pair.indexOf('=');
        return decoded(equals < 0 ? pair : pair.substring(0, equals)).equals("key");
    }

    /** What cannot be decoded, as it is. */
    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }
}
