package dev.aigateway.api;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Brings the spellings of a path that clients use to the one that is served: a vendor's prefix goes, a doubled version is
 * one, a missing version is added. Stands before everything else, so that access and errors see one spelling only.
 */
@Singleton
public class PathSpelling {
    private static final int FIRST = 2000;
    private static final Pattern VENDOR = Pattern.compile("^/(?:claude|openai)(?=/)");
    private static final Pattern DOUBLED = Pattern.compile("^(/v1(?:beta)?)(?:/v1(?:beta)?)+(?=/)");
    private static final Set<String> UNVERSIONED = Set.of(
            "/chat/completions", "/completions", "/messages", "/responses", "/embeddings", "/moderations", "/rerank");
    private static final Pattern UNVERSIONED_BELOW = Pattern.compile("^/(?:messages|responses|images|audio)/.*");

    void register(@Observes Filters filters) {
        filters.register(this::normalise, FIRST);
    }

    /** Prometheus looks for metrics where others show them as JSON. */
    private static boolean isScrape(String path, @Nullable String accept) {
        return path.equals("/metrics")
                && accept != null
                && (accept.contains("text/plain") || accept.contains("application/openmetrics-text"));
    }

    static String normal(String path) {
        String bare = VENDOR.matcher(path).replaceFirst("");
        Matcher doubled = DOUBLED.matcher(bare);
        String once = doubled.find() ? doubled.replaceFirst("$1") : bare;
        return UNVERSIONED.contains(once) || UNVERSIONED_BELOW.matcher(once).matches() ? "/v1" + once : once;
    }

    /** The usual spelling, told without a pattern. */
    private static boolean isNormal(String path) {
        return path.startsWith("/v1/") && !path.startsWith("/v1", 3);
    }

    private void normalise(RoutingContext context) {
        String path = context.normalizedPath();
        String normal = isNormal(path) ? path : normal(path);
        if (isScrape(path, context.request().getHeader("accept"))) {
            normal = "/q/metrics";
        }
        if (normal.equals(path)) {
            context.next();
        } else {
            String query = context.request().query();
            context.reroute(context.request().method(), query == null ? normal : normal + "?" + query);
        }
    }
}
