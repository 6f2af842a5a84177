package dev.aigateway.api;

import io.vertx.core.http.HttpServerRequest;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;

/** The id that ties a request to its log line: the client's {@code x-request-id} where it is harmless, else a new one. */
final class RequestIds {
    private static final Pattern HARMLESS = Pattern.compile("[A-Za-z0-9._:-]{1,128}");

    private RequestIds() {}

    static String of(HttpServerRequest request) {
        String given = request.getHeader("x-request-id");
        return given != null && HARMLESS.matcher(given).matches() ? given : create();
    }

    /** Unique, not secret. */
    private static String create() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        return "req_" + Long.toUnsignedString(random.nextLong(), 36) + Long.toUnsignedString(random.nextLong(), 36);
    }
}
