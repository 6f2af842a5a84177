package dev.aigateway.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;

/** Reads who may look behind the scenes, and which web pages may use the gateway. */
final class AdminBinding {
    private static final String ORIGIN =
            "must be an origin such as https://chat.example.com, without a path, or '*' for all, or 'null'";

    private static final ValueForm FORM =
            ValueForm.text("^(\\*|null|[A-Za-z][A-Za-z0-9+.-]*://[^/?#@\\s]+/?)$", "https://chat.example.com", "*");

    private AdminBinding() {}

    static AdminConfig bind(Section admin, List<Secret> accessKeys) {
        List<Secret> keys = admin.values("keys", Values::secret);
        if (keys.stream().anyMatch(accessKeys::contains)) {
            admin.problem("has a key that is in access-keys too; operators need keys of their own");
        }
        return new AdminConfig(
                keys, admin.value("allow-remote", Values::bool).orElse(AdminConfig.DEFAULT.allowRemote()));
    }

    static CorsConfig cors(Section cors) {
        return new CorsConfig(cors.values("origins", AdminBinding::origin));
    }

    /** In the spelling that browsers use. */
    private static String origin(String text) throws BadValueException {
        if (text.equals(CorsConfig.ANY) || text.equals("null")) {
            return text;
        }
        try {
            URI uri = new URI(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
            boolean whole = uri.getScheme() != null
                    && uri.getHost() != null
                    && uri.getRawPath().isEmpty()
                    && uri.getRawQuery() == null
                    && uri.getRawFragment() == null
                    && uri.getRawUserInfo() == null;
            if (whole) {
                return uri.toString().toLowerCase(Locale.ROOT);
            }
        } catch (URISyntaxException e) {
            throw new BadValueException(ORIGIN, FORM);
        }
        throw new BadValueException(ORIGIN, FORM);
    }
}
