package dev.aigateway.api;

import dev.aigateway.config.CurrentConfig;
import dev.aigateway.config.Secret;
import dev.aigateway.conversation.Dialect;
import dev.aigateway.conversation.GatewayError;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Asks every caller for an access key, health excepted. It stands before all routes, so that a route added later is
 * closed until somebody opens it. Where no key is configured everything is open (configuration allows that on loopback
 * only, unless the operator insists).
 */
@Singleton
public class AccessFilter {
    private static final int BEFORE_ALL_ROUTES = 1000;

    private final CurrentConfig config;
    private final ErrorResponse errors;

    public AccessFilter(CurrentConfig config, ErrorResponse errors) {
        this.config = config;
        this.errors = errors;
    }

    void register(@Observes Filters filters) {
        filters.register(this::check, BEFORE_ALL_ROUTES);
    }

    private void check(RoutingContext context) {
        List<Secret> keys = config.get().accessKeys();
        if (keys.isEmpty()) {
            context.next();
            return;
        }
        HttpServerRequest request = context.request();
        Optional<String> known =
                given(request).stream().filter(key -> isKnown(key, keys)).findFirst();
        known.ifPresent(key -> Owner.remember(context, key));
        if (known.isPresent() || isOpen(context.normalizedPath())) {
            context.next();
            return;
        }
        Dialect dialect = DialectOfPath.of(context.normalizedPath());
        context.response().putHeader("www-authenticate", "Bearer");
        errors.write(
                context.response(),
                dialect,
                RequestIds.of(request),
                GatewayError.of(
                        GatewayError.Kind.AUTHENTICATION,
                        given(request).isEmpty()
                                ? "An access key is required: send it as 'Authorization: Bearer', 'x-api-key' or"
                                        + " 'x-goog-api-key'."
                                : "The access key is not valid."));
    }

    /** @param path as routing will see it, so that no spelling opens what another one closes */
    private static boolean isOpen(String path) {
        return path.equals("/") || path.equals("/health") || path.equals("/q/health") || path.startsWith("/q/health/");
    }

    /** Every place a client of some protocol may put its key. */
    private static List<String> given(HttpServerRequest request) {
        List<String> given = new ArrayList<>(2);
        String authorization = request.getHeader("authorization");
        if (authorization != null) {
            boolean bearer = authorization.regionMatches(true, 0, "Bearer ", 0, 7);
            given.add(bearer ? authorization.substring(7).trim() : authorization.trim());
        }
        addIfPresent(request.getHeader("x-api-key"), given);
        addIfPresent(request.getHeader("x-goog-api-key"), given);
        addIfPresent(request.getParam("key"), given);
        return given;
    }

    private static void addIfPresent(@Nullable String value, List<String> given) {
        if (value != null) {
            given.add(value.trim());
        }
    }

    /** Compares with every key, so that the time taken does not tell which one came close. */
    private static boolean isKnown(String given, List<Secret> keys) {
        Secret secret = Secret.of(given);
        boolean known = false;
        for (Secret key : keys) {
            known |= key.equals(secret);
        }
        return known;
    }
}
