package dev.aigateway.api;

import dev.aigateway.config.Secret;
import io.vertx.core.http.HttpServerRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Every place where a client of some protocol may put a key, and whose key it is. The gateway's own place is for clients
 * that bring the key of an upstream as well.
 */
final class KeyCarriers {
    static final String OWN = "x-gateway-key";

    /** Keys of fewer characters may stand in a text by chance. */
    private static final int UNMISTAKABLE = 8;

    private static final List<String> HEADERS = List.of("authorization", "x-api-key", "x-goog-api-key");

    private KeyCarriers() {}

    /** All keys that came, be they ours or not. */
    static List<String> given(HttpServerRequest request) {
        List<String> given = new ArrayList<>(2);
        HEADERS.forEach(name -> addIfPresent(request.getHeader(name), given));
        addIfPresent(request.getHeader(OWN), given);
        addIfPresent(request.getParam("key"), given);
        return given;
    }

    /** Where operators put theirs; never the query, which ends up in histories and logs. */
    static List<String> operators(HttpServerRequest request) {
        List<String> given = new ArrayList<>(2);
        addIfPresent(request.getHeader("authorization"), given);
        addIfPresent(request.getHeader("x-api-key"), given);
        return given;
    }

    /** The key for an upstream: one that is none of ours. */
    static Optional<Secret> callers(HttpServerRequest request, List<Secret> ours) {
        List<String> given = new ArrayList<>(2);
        HEADERS.forEach(name -> addIfPresent(request.getHeader(name), given));
        addIfPresent(request.getParam("key"), given);
        return given.stream()
                .filter(key -> !key.isEmpty() && !holdsOurs(key, ours))
                .findFirst()
                .map(Secret::of);
    }

    /**
     * Compares with every key, so that the time taken does not tell which one came close.
     *
     * @param given with or without the word that says how it authenticates
     */
    static boolean isOurs(String given, List<Secret> ours) {
        Secret secret = Secret.of(bare(given));
        boolean known = false;
        for (Secret key : ours) {
            known |= key.equals(secret);
        }
        return known;
    }

    /** Whether a value that is passed on would tell one of our keys, as the whole of it or among other words. */
    static boolean holdsOurs(String value, List<Secret> ours) {
        return isOurs(value, ours)
                || ours.stream()
                        .map(Secret::reveal)
                        .anyMatch(key -> key.length() >= UNMISTAKABLE && value.contains(key));
    }

    /** The client's values of a header that is passed on; none when one of them holds a key of ours. */
    static List<String> passable(HttpServerRequest request, String name, List<Secret> ours) {
        List<String> values = request.headers().getAll(name);
        return values.stream().anyMatch(value -> holdsOurs(value, ours)) ? List.of() : values;
    }

    private static String bare(String value) {
        boolean bearer = value.regionMatches(true, 0, "Bearer ", 0, 7);
        return (bearer ? value.substring(7) : value).trim();
    }

    private static void addIfPresent(@Nullable String value, List<String> given) {
        if (value != null) {
            given.add(bare(value));
        }
    }
}
