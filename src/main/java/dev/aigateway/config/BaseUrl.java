package dev.aigateway.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The rules of a provider's base URL: what is accepted, and how a path is joined to it so that a version segment is never
 * doubled (behaviour reference, D-25).
 */
final class BaseUrl {
    private static final String VERSION = "v\\d+(?:(?:alpha|beta)\\d*)?";

    /** The base already says the version; {@code /openai} after it is Google's compatible endpoint. */
    private static final Pattern VERSIONED_BASE = Pattern.compile(".*/" + VERSION + "(?:/openai)?");

    private static final Pattern LEADING_VERSION = Pattern.compile("^/" + VERSION + "(?=/|$)");

    private static final ValueForm FORM =
            ValueForm.text("^[hH][tT][tT][pP][sS]?://[^/?#@]", "https://api.example.com/v1");

    private BaseUrl() {}

    static URI join(URI base, String path) {
        String origin = base.toString();
        return URI.create(
                origin.substring(0, origin.length() - base.getRawPath().length()) + path(base, path));
    }

    /** The path alone; it may hold what clients send although no URL may. */
    static String path(URI base, String path) {
        String below = path.startsWith("/") ? path : "/" + path;
        if (VERSIONED_BASE.matcher(base.getPath()).matches()) {
            below = LEADING_VERSION.matcher(below).replaceFirst("");
        }
        return base.getRawPath() + below;
    }

    static URI parse(String text) throws BadValueException {
        URI uri = syntax(text);
        String scheme = uri.getScheme();
        if (scheme == null || !scheme.toLowerCase(Locale.ROOT).matches("https?") || uri.getHost() == null) {
            throw new BadValueException("must be an http or https URL, such as https://api.example.com/v1");
        }
        if (uri.getRawUserInfo() != null) {
            throw new BadValueException("must not hold a user name or password; use api-keys or headers");
        }
        if (uri.getRawQuery() != null || uri.getRawFragment() != null) {
            throw new BadValueException("must not hold a query or fragment");
        }
        if (uri.getPort() > 65535) {
            throw new BadValueException("has a port over 65535");
        }
        return withoutTrailingSlashes(uri);
    }

    /** The text is not repeated in the message: a mistyped URL may hold a password. */
    private static URI syntax(String text) throws BadValueException {
        try {
            return new URI(text);
        } catch (URISyntaxException e) {
            throw new BadValueException("is not a URL: " + e.getReason(), FORM);
        }
    }

    /** Scheme and host in lower case, so that later comparisons cannot miss. */
    private static URI withoutTrailingSlashes(URI uri) {
        String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
        String text = (uri.getScheme() + "://" + uri.getHost() + port).toLowerCase(Locale.ROOT) + uri.getRawPath();
        int end = text.length();
        while (text.charAt(end - 1) == '/') {
            end--;
        }
        return URI.create(text.substring(0, end));
    }
}
