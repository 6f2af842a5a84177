package dev.aigateway.translation;

import dev.aigateway.conversation.Source;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;

/** Data URLs with base64 content, as Chat and Responses carry images and files. */
public final class DataUrl {
    private static final String SCHEME = "data:";
    private static final String BASE64 = ";base64";

    private DataUrl() {}

    /** The content of a data URL; empty for any other URL. Percent-encoded text becomes base64. */
    public static Optional<Source.Base64> parse(String url) {
        int comma = url.indexOf(',');
        if (!url.regionMatches(true, 0, SCHEME, 0, SCHEME.length()) || comma < 0) {
            return Optional.empty();
        }
        String header = url.substring(SCHEME.length(), comma);
        String data = url.substring(comma + 1);
        String mime = header.split(";", 2)[0].toLowerCase(Locale.ROOT);
        if (!header.toLowerCase(Locale.ROOT).endsWith(BASE64)) {
            data = Base64.getEncoder().encodeToString(decoded(data).getBytes(StandardCharsets.UTF_8));
        }
        return Optional.of(new Source.Base64(mime.isEmpty() ? "text/plain" : mime, data));
    }

    public static String of(String mime, String base64) {
        return SCHEME + mime + BASE64 + "," + base64;
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }
}
