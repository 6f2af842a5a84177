package dev.aigateway.api;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import java.util.regex.Pattern;

/** The address of a client: that of its connection, unless a proxy is trusted to tell another one. */
final class ClientAddress {
    private static final Pattern ADDRESS = Pattern.compile("[0-9A-Za-z.:%\\[\\]-]{1,64}");

    private ClientAddress() {}

    /** @param forwarded whether {@code x-forwarded-for}, or else {@code x-real-ip}, is believed */
    static String of(HttpServerRequest request, boolean forwarded) {
        if (forwarded) {
            String told = request.getHeader("x-forwarded-for");
            String first = told == null ? request.getHeader("x-real-ip") : told.split(",", 2)[0];
            if (first != null && ADDRESS.matcher(first.trim()).matches()) {
                return first.trim();
            }
        }
        SocketAddress address = request.remoteAddress();
        return address == null || address.hostAddress() == null ? "-" : address.hostAddress();
    }
}
