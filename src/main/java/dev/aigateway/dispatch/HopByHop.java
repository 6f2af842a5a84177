package dev.aigateway.dispatch;

import io.vertx.core.MultiMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The headers of a message that belong to its connection and go no further (behaviour reference, 11.3). */
public final class HopByHop {
    private static final List<String> ALWAYS =
            List.of("connection", "keep-alive", "te", "trailer", "transfer-encoding", "upgrade", "http2-settings");

    private final Set<String> names = new HashSet<>(ALWAYS);

    private HopByHop(MultiMap headers) {
        for (String value : headers.getAll("connection")) {
            for (String name : value.split(",")) {
                names.add(name.trim().toLowerCase(Locale.ROOT));
            }
        }
    }

    public static HopByHop of(MultiMap headers) {
        return new HopByHop(headers);
    }

    /** @param name in lower case */
    public boolean contains(String name) {
        return names.contains(name) || name.startsWith("proxy-");
    }
}
