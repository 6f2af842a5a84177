package dev.aigateway.api;

import io.vertx.core.http.HttpServerRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What of a request's head a provider may see: what the body is and what is wanted, never who the client is. */
final class ForwardedHead {
    private static final List<String> HEADERS = List.of("content-type", "accept", "openai-beta");

    private ForwardedHead() {}

    static Map<String, String> headers(HttpServerRequest request) {
        Map<String, String> headers = new LinkedHashMap<>();
        for (String name : HEADERS) {
            List<String> values = request.headers().getAll(name);
            if (!values.isEmpty()) {
                headers.put(name, String.join(", ", values));
            }
        }
        headers.putIfAbsent("content-type", "application/json");
        return headers;
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

    private static boolean isKey(String pair) {
        int equals = pair.indexOf('=');
        try {
            return URLDecoder.decode(equals < 0 ? pair : pair.substring(0, equals), StandardCharsets.UTF_8)
                    .equals("key");
        } catch (IllegalArgumentException e) {
            // What cannot be read might be a key.
            return true;
        }
    }
}
