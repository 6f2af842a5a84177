package dev.aigateway.config;

import dev.aigateway.config.ProxyConfig.Scheme;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Reads {@code proxy-url}. No message repeats the text, which may hold a password. */
final class ProxyUrl {
    private static final int SOCKS_LIMIT = 255;

    private static final ValueForm FORM = ValueForm.text(
            "^(direct|none|env|(http|socks5h?)://.+)?$",
            "direct",
            "env",
            "http://user:password@host:3128",
            "socks5://host:1080");

    private final List<Map<String, String>> variables;

    /** @param variables where {@code env} looks, highest rank first */
    ProxyUrl(List<Map<String, String>> variables) {
        this.variables = List.copyOf(variables);
    }

    ProxyConfig parse(String text) throws BadValueException {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "", "direct", "none" -> ProxyConfig.DIRECT;
            case "env" -> fromEnvironment();
            default -> server(text);
        };
    }

    private ProxyConfig fromEnvironment() throws BadValueException {
        Optional<ProxyConfig.Server> plain = fromVariable("HTTP_PROXY");
        Optional<ProxyConfig.Server> secure = fromVariable("HTTPS_PROXY");
        List<String> exceptions = Arrays.stream(variable("NO_PROXY").orElse("").split("[,\\s]+"))
                .map(entry -> entry.toLowerCase(Locale.ROOT).replaceFirst("^\\*?\\.", ""))
                .filter(entry -> !entry.isEmpty())
                .toList();
        return new ProxyConfig.ByTarget(plain, secure, exceptions);
    }

    private Optional<ProxyConfig.Server> fromVariable(String name) throws BadValueException {
        Optional<String> value = variable(name);
        if (value.isEmpty()) {
            return Optional.empty();
        }
        try {
            // Programs that read these variables take an address without a scheme for an http proxy.
            return Optional.of(server(value.get().contains("://") ? value.get() : "http://" + value.get()));
        } catch (BadValueException e) {
            throw new BadValueException("is env, but the variable " + name + " " + e.getMessage());
        }
    }

    private Optional<String> variable(String name) {
        return variables.stream()
                .flatMap(source -> Optional.ofNullable(source.get(name.toLowerCase(Locale.ROOT)))
                        .or(() -> Optional.ofNullable(source.get(name)))
                        .stream())
                .filter(value -> !value.isBlank())
                .map(String::trim)
                .findFirst();
    }

    private static ProxyConfig.Server server(String text) throws BadValueException {
        URI uri = syntax(text);
        Scheme scheme = scheme(uri);
        if (uri.getHost() == null) {
            throw new BadValueException(
                    "must be a proxy with a host, such as http://user:password@proxy.example.com:3128;"
                            + " special characters of the password must be percent-encoded");
        }
        if (uri.getRawPath().length() > 1 || uri.getRawQuery() != null || uri.getRawFragment() != null) {
            throw new BadValueException("must not hold a path, query or fragment");
        }
        int port = uri.getPort() < 0 ? (scheme == Scheme.HTTP ? 80 : 1080) : uri.getPort();
        if (port == 0 || port > 65535) {
            throw new BadValueException("must have a port from 1 to 65535");
        }
        Optional<String> userInfo = Optional.ofNullable(uri.getRawUserInfo());
        Optional<String> user = userInfo.map(info -> decoded(info.split(":", 2)[0]));
        Optional<String> password = userInfo.map(info -> info.contains(":") ? decoded(info.split(":", 2)[1]) : "");
        checkLength(scheme, user);
        checkLength(scheme, password);
        return new ProxyConfig.Server(scheme, host(uri), port, user, password.map(Secret::of));
    }

    private static Scheme scheme(URI uri) throws BadValueException {
        return switch (String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT)) {
            case "http" -> Scheme.HTTP;
            case "socks5", "socks5h" -> Scheme.SOCKS5;
            case "https" ->
                throw new BadValueException(
                        "is an https proxy, and TLS to the proxy itself is not supported; use an http or"
                                + " socks5 proxy, through which https providers are reached encrypted all the same");
            default -> throw new BadValueException("must be an http, socks5 or socks5h URL, or direct, none or env");
        };
    }

    private static URI syntax(String text) throws BadValueException {
        try {
            return new URI(text);
        } catch (URISyntaxException e) {
            throw new BadValueException(
                    "is not a URL; special characters of a user name or password must be percent-encoded", FORM);
        }
    }

    /** An IPv6 address without its brackets. */
    private static String host(URI uri) {
        String host = uri.getHost();
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    private static String decoded(String part) {
        return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    private static void checkLength(Scheme scheme, Optional<String> part) throws BadValueException {
        int length = part.orElse("").getBytes(StandardCharsets.UTF_8).length;
        if (scheme == Scheme.SOCKS5 && length > SOCKS_LIMIT) {
            throw new BadValueException("has a user name or password over 255 bytes, the limit of socks5");
        }
    }
}
