package dev.aigateway.api;

import dev.aigateway.config.CurrentConfig;
import dev.aigateway.config.GatewayConfig;
import dev.aigateway.config.Secret;
import dev.aigateway.conversation.Dialect;
import dev.aigateway.conversation.GatewayError;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;

/**
 * The one gate before all routes, so that a route added later is closed until somebody opens it. Health is open; what
 * operators see and do needs a key of theirs, and is closed as long as there is none; metrics take either kind of key;
 * everything else an access key. Where no access key is configured models are open (configuration allows that on loopback
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
        GatewayConfig now = config.get();
        switch (Area.of(context.normalizedPath())) {
            case OPEN -> {
                remember(context, now.accessKeys());
                context.next();
            }
            case OPERATORS -> operators(context, now);
            case METRICS -> ask(context, now.ownKeys().isEmpty() || isOperators(context, now), now.accessKeys());
            case MODELS -> ask(context, now.accessKeys().isEmpty(), now.accessKeys());
        }
    }

    private void ask(RoutingContext context, boolean open, List<Secret> keys) {
        if (open || remember(context, keys)) {
            context.next();
        } else {
            refuse(
                    context,
                    GatewayError.Kind.AUTHENTICATION,
                    KeyCarriers.given(context.request()).isEmpty()
                            ? "An access key is required: send it as 'Authorization: Bearer', 'x-api-key',"
                                    + " 'x-goog-api-key' or 'x-gateway-key'."
                            : "The access key is not valid." + hint());
        }
    }

    private void operators(RoutingContext context, GatewayConfig now) {
        HttpServerRequest request = context.request();
        if (now.admin().isClosed()) {
            refuse(
                    context,
                    GatewayError.Kind.PERMISSION,
                    "This is closed because no admin key is configured; set admin.keys to open it.");
        } else if (!now.admin().allowRemote() && !Peer.isLocal(request)) {
            refuse(
                    context,
                    GatewayError.Kind.PERMISSION,
                    "This is open to the gateway's own machine only; set admin.allow-remote: true to open it to others.");
        } else if (isOperators(context, now)) {
            context.next();
        } else {
            refuse(
                    context,
                    GatewayError.Kind.AUTHENTICATION,
                    "An admin key is required: send one of admin.keys as 'Authorization: Bearer' or 'x-api-key'.");
        }
    }

    private static boolean isOperators(RoutingContext context, GatewayConfig now) {
        return isKnown(KeyCarriers.operators(context.request()), now.admin().keys())
                .isPresent();
    }

    private static boolean remember(RoutingContext context, List<Secret> keys) {
        Optional<String> known = isKnown(KeyCarriers.given(context.request()), keys);
        known.ifPresent(key -> Owner.remember(context, key));
        return known.isPresent();
    }

    private static Optional<String> isKnown(List<String> given, List<Secret> keys) {
        return given.stream().filter(key -> KeyCarriers.isOurs(key, keys)).findFirst();
    }

    private void refuse(RoutingContext context, GatewayError.Kind kind, String message) {
        Dialect dialect = DialectOfPath.of(context.normalizedPath());
        if (kind == GatewayError.Kind.AUTHENTICATION) {
            context.response().putHeader("www-authenticate", "Bearer");
        }
        errors.write(context.response(), dialect, RequestIds.of(context.request()), GatewayError.of(kind, message));
    }

    /** Where clients bring an upstream's key in the usual place, ours has its own. */
    private String hint() {
        boolean carriesOthers = !config.get().network().endpoints().isEmpty();
        return carriesOthers ? " Beside a key for the endpoint, send it as 'x-gateway-key'." : "";
    }
}
