package dev.aigateway.api;

import dev.aigateway.config.CorsConfig;
import dev.aigateway.config.CurrentConfig;
import dev.aigateway.config.GatewayConfig;
import dev.aigateway.config.HostName;
import dev.aigateway.conversation.GatewayError;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Web pages that use the gateway from a browser: only those of configured origins may. Nobody may by default, because a
 * page of any site could otherwise spend the money of whoever visits it with a gateway on his own machine. For the same
 * reason such a gateway does not even serve pages of other sites while it asks for no key: a browser sends some requests
 * without asking whether it may. Behaviour reference: rows 56 and 57, from which this differs on purpose.
 *
 * <p>Not the framework's filter, which reads its settings only once. Stateless.
 */
@Singleton
public class CrossOrigin {
    private static final int BEFORE_ACCESS = 1500;
    private static final String METHODS = "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS";
    private static final String HEADERS = "Content-Type, Authorization, X-API-Key, X-Goog-API-Key, X-Gateway-Key,"
            + " X-Request-ID, Anthropic-Version, Anthropic-Beta, OpenAI-Beta, X-Model";
    private static final String SHOWN =
            "X-Request-ID, Request-ID, X-Upstream-Request-ID, X-Gateway-Warnings," + " X-Gateway-Attempts, Retry-After";
    private static final String MAX_AGE = "86400";
    private static final Pattern HEADER_LIST = Pattern.compile("[A-Za-z0-9_, -]{1,1024}");

    private final CurrentConfig config;
    private final ErrorResponse errors;

    public CrossOrigin(CurrentConfig config, ErrorResponse errors) {
        this.config = config;
        this.errors = errors;
    }

    void register(@Observes Filters filters) {
        filters.register(this::check, BEFORE_ACCESS);
    }

    private void check(RoutingContext context) {
        GatewayConfig now = config.get();
        HttpServerRequest request = context.request();
        String origin = request.getHeader("origin");
        CorsConfig cors = now.cors();
        if (cors.isOn()) {
            // At the last moment: an upstream's answer may bring grants of its own.
            context.addHeadersEndHandler(
                    ignored -> grant(cors, origin, context.response().headers()));
        }
        if (cors.isOn() && request.method() == HttpMethod.OPTIONS) {
            preflight(context);
        } else if (origin != null && now.isOpen() && now.isLocal() && !cors.grants(origin) && isForeign(origin)) {
            errors.write(
                    context.response(),
                    DialectOfPath.of(context.normalizedPath()),
                    RequestIds.of(request),
                    GatewayError.of(
                            GatewayError.Kind.PERMISSION,
                            "Pages of other sites may not use this gateway; add the origin to cors.origins,"
                                    + " or set access-keys."));
        } else {
            context.next();
        }
    }

    private static void preflight(RoutingContext context) {
        String wanted = context.request().getHeader("access-control-request-headers");
        boolean usable = wanted != null && HEADER_LIST.matcher(wanted).matches();
        context.response()
                .setStatusCode(204)
                .putHeader("access-control-allow-methods", METHODS)
                .putHeader("access-control-allow-headers", usable ? wanted : HEADERS)
                .putHeader("access-control-max-age", MAX_AGE)
                .end();
    }

    private static void grant(CorsConfig cors, @Nullable String origin, MultiMap headers) {
        headers.remove("access-control-allow-credentials");
        headers.remove("access-control-allow-origin");
        if (cors.isAny()) {
            headers.set("access-control-allow-origin", CorsConfig.ANY);
        } else {
            headers.add("vary", "Origin");
            if (origin == null || !cors.grants(origin)) {
                List.of("methods", "headers").forEach(what -> headers.remove("access-control-allow-" + what));
                return;
            }
            headers.set("access-control-allow-origin", origin);
        }
        headers.set("access-control-expose-headers", SHOWN);
    }

    /** Whether it is a page that came from another machine, or does not say from where; programs have other schemes. */
    private static boolean isForeign(String origin) {
        try {
            URI uri = new URI(origin.toLowerCase(Locale.ROOT));
            String scheme = uri.getScheme();
            boolean page = scheme == null || scheme.equals("http") || scheme.equals("https");
            return page && !isLoopback(uri.getHost());
        } catch (URISyntaxException e) {
            return true;
        }
    }

    private static boolean isLoopback(@Nullable String host) {
        return host != null && HostName.isLoopback(host.startsWith("[") ? host.substring(1, host.length() - 1) : host);
    }
}
