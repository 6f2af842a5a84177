package dev.aigateway.api;

import dev.aigateway.translation.tools.Fingerprint;
import io.vertx.ext.web.RoutingContext;

/**
 * Whose request it is: callers with the same access key are one, and where no keys are configured all are. Stateless.
 */
final class Owner {
    private static final String NAME = Owner.class.getName();
    static final String ANYBODY = "open";
    private static final int DIGITS = 64;

    private Owner() {}

    /** Notes the access key that was accepted. */
    static void remember(RoutingContext context, String accessKey) {
        context.put(NAME, Fingerprint.of(accessKey, DIGITS));
    }

    static String of(RoutingContext context) {
        String owner = context.get(NAME);
        return owner == null ? ANYBODY : owner;
    }
}
