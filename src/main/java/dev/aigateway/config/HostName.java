package dev.aigateway.config;

import java.net.InetAddress;
import java.util.Locale;
import java.util.regex.Pattern;

/** The address to listen on, without asking any name server. */
public final class HostName {
    private static final Pattern CHARACTERS = Pattern.compile("[A-Za-z0-9._:%-]+");
    private static final ValueForm FORM =
            ValueForm.text("^(" + CHARACTERS + "|\\[" + CHARACTERS + "\\])$", "127.0.0.1", "0.0.0.0");

    private HostName() {}

    static String parse(String text) throws BadValueException {
        boolean bracketed = text.startsWith("[") && text.endsWith("]");
        String host = bracketed ? text.substring(1, text.length() - 1) : text;
        if (!CHARACTERS.matcher(host).matches()) {
            throw new BadValueException("must be an address or a host name, such as 127.0.0.1 or 0.0.0.0", FORM);
        }
        return host;
    }

    /** Whether only this machine can reach it. */
    public static boolean isLoopback(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        if (name.equals("localhost") || name.endsWith(".localhost")) {
            return true;
        }
        try {
            return InetAddress.ofLiteral(host).isLoopbackAddress();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
