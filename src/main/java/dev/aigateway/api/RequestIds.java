package dev.aigateway.api;

import dev.aigateway.config.Secret;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;

/**
 * The id that ties a request to its log line: the client's {@code x-request-id} where it is harmless, else a new one. It is
 * put in the place of the client's, so that whoever asks gets the same.
 */
final class RequestIds {
    static final String HEADER = "x-request-id";
    private static final String GIVEN = RequestIds.class.getName();
    private static final Pattern HARMLESS = Pattern.compile("[\\x21-\\x7e]{1,128}");

    private RequestIds() {}

    /**
     * To be called once, before anybody asks.
     *
     * @param ours keys that neither logs nor providers may see
     */
    static void settle(RoutingContext context, List<Secret> ours) {
        HttpServerRequest request = context.request();
        String given = request.getHeader(HEADER);
        if (given != null && HARMLESS.matcher(given).matches() && !KeyCarriers.holdsOurs(given, ours)) {
            context.put(GIVEN, given);
        } else {
            request.headers().set(HEADER, create());
        }
    }

    static String of(HttpServerRequest request) {
        String settled = request.getHeader(HEADER);
        return settled == null ? create() : settled;
    }

    /** What providers are told: the client's own id only, since what they get is a function of the request. */
    static Map<String, String> forwarded(RoutingContext context) {
        String given = context.get(GIVEN);
        return given == null ? Map.of() : Map.of(HEADER, given);
    }

    /** Unique, not secret. */
    private static String create() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        return "req_" + Long.toUnsignedString(random.nextLong(), 36) + Long.toUnsignedString(random.nextLong(), 36);
    }
}
