package dev.aigateway.config.importing;

import java.util.List;
import java.util.regex.Pattern;

/** What is written for gateways that have always served everybody on all addresses unless they had keys for clients. */
final class OpenDoor {
    private static final Pattern LOOPBACK = Pattern.compile("127\\..*|localhost|\\[?::1]?");

    private OpenDoor() {}

    /** @param key where the other gateway has the keys */
    static void write(Cursor root, String host, String key, List<String> accessKeys, Block out) {
        if (!accessKeys.isEmpty()) {
            out.put("access-keys", accessKeys);
        } else if (!LOOPBACK.matcher(host).matches()) {
            write(root, out, "with the providers' keys", key);
        }
    }

    /** For a gateway that knows no keys for clients. */
    static void write(Cursor root, Block out) {
        write(root, out, "with their own keys", "access-keys");
    }

    private static void write(Cursor root, Block out, String how, String key) {
        out.note("Everybody who reaches this address is served " + how
                + ", as before. To keep others out, set access-keys,");
        out.note("or host: 127.0.0.1, and remove this.");
        out.put("allow-anonymous", true);
        root.warning("everybody who reaches the address is served " + how + ", as before; to keep others out, set "
                + key + ", or AI_PROXY_ACCESS_KEYS, or listen on 127.0.0.1 only");
    }
}
