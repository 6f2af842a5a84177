package dev.aigateway.config;

import java.util.Locale;
import java.util.Set;

/** Names of headers in configured lists. */
final class HeaderNames {
    /** What belongs to one connection or one body only, or is an upstream's private business with us. */
    private static final Set<String> NEVER_BACK = Set.of(
            "set-cookie",
            "set-cookie2",
            "content-type",
            "content-length",
            "content-encoding",
            "transfer-encoding",
            "connection",
            "keep-alive",
            "proxy-connection",
            "proxy-authenticate",
            "proxy-authorization",
            "te",
            "trailer",
            "upgrade",
            "www-authenticate",
            "x-request-id",
            "request-id",
            "x-gateway-attempts",
            "x-gateway-warnings");

    private HeaderNames() {}

    /** A header of the client that may go to an upstream. */
    static String forwarded(String text) throws BadValueException {
        Values.checkHeaderName(text);
        return text.toLowerCase(Locale.ROOT);
    }

    /** A header of the client that may not; here every name makes sense. */
    static String denied(String text) throws BadValueException {
        Values.checkHeaderSyntax(text);
        return text.toLowerCase(Locale.ROOT);
    }

    /** A header of an answer that the client may see. */
    static String back(String text) throws BadValueException {
        Values.checkHeaderSyntax(text);
        String name = text.toLowerCase(Locale.ROOT);
        if (NEVER_BACK.contains(name)) {
            throw new BadValueException("is a header that is never passed on, or that the gateway sets itself");
        }
        return name;
    }
}
