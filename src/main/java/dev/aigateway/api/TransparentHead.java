package dev.aigateway.api;

import dev.aigateway.config.HeaderRules;
import dev.aigateway.config.Secret;
import dev.aigateway.dispatch.HopByHop;
import dev.aigateway.dispatch.Upload;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What of a request goes through as it is: everything but what belongs to the connection, what tells who the client is, and
 * whatever carried our access key (behaviour reference, 11.3).
 */
final class TransparentHead {
    /** Passed only where the configuration names them. */
    private static final Set<String> PRIVATE = Set.of("referer", "cookie", "cookie2", "forwarded", "x-real-ip");

    private static final Set<String> OURS = Set.of("host", "content-length", "expect", KeyCarriers.OWN);
    private static final Set<String> CREDENTIALS = Set.of("authorization", "x-api-key", "x-goog-api-key", "api-key");

    private TransparentHead() {}

    /** @param credentials whether those of the client go through as well */
    static MultiMap headers(HttpServerRequest request, HeaderRules rules, List<Secret> ours, boolean credentials) {
        HopByHop hopByHop = HopByHop.of(request.headers());
        MultiMap passed = MultiMap.caseInsensitiveMultiMap();
        for (Map.Entry<String, String> header : request.headers()) {
            String name = header.getKey().toLowerCase(Locale.ROOT);
            boolean stays = hopByHop.contains(name)
                    || OURS.contains(name)
                    || rules.deny().contains(name)
                    || (isPrivate(name) && !rules.forward().contains(name))
                    || (!credentials && CREDENTIALS.contains(name))
                    || KeyCarriers.holdsOurs(header.getValue(), ours);
            if (!stays) {
                passed.add(header.getKey(), header.getValue());
            }
        }
        if ("0".equals(request.getHeader("content-length"))) {
            passed.set("content-length", "0");
        }
        return passed;
    }

    private static boolean isPrivate(String name) {
        return PRIVATE.contains(name) || name.startsWith("x-forwarded-");
    }

    /** The query byte for byte, or without our access key. */
    static Optional<String> query(@Nullable String query, List<Secret> ours, boolean credentials) {
        if (query == null || !credentials) {
            return ForwardedHead.query(query, ours);
        }
        return ForwardedHead.without(query, pair -> ForwardedHead.holdsOurs(pair, ours));
    }

    /** The body, paused; empty when the head announces none. */
    static Optional<Upload> body(HttpServerRequest request) {
        String length = request.getHeader("content-length");
        boolean announced = length != null || request.headers().contains("transfer-encoding");
        boolean unannounced = request.version() == HttpVersion.HTTP_2 && !request.isEnded();
        if ("0".equals(length) || !(announced || unannounced)) {
            return Optional.empty();
        }
        request.pause();
        if ("100-continue".equalsIgnoreCase(request.getHeader("expect"))) {
            request.response().writeContinue();
        }
        OptionalLong bytes = length == null ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(length));
        return Optional.of(new Upload(Buffer.buffer(), Optional.empty(), request, bytes));
    }
}
