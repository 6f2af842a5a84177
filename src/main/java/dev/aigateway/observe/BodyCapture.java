package dev.aigateway.observe;

import dev.aigateway.config.GatewayConfig;
import java.io.ByteArrayOutputStream;

/** Collects the beginning of a body that comes in parts. One body, one thread at a time. */
public final class BodyCapture {
    private final GatewayConfig config;
    private final String id;
    private final String what;
    private final ByteArrayOutputStream beginning = new ByteArrayOutputStream();
    private long length;

    public BodyCapture(GatewayConfig config, String id, String what) {
        this.config = config;
        this.id = id;
        this.what = what;
    }

    public void add(byte[] part) {
        length += part.length;
        int room = BodyLog.MOST_BYTES - beginning.size();
        beginning.write(part, 0, Math.min(room, part.length));
    }

    public void write() {
        BodyLog.write(config, id, what, beginning.toByteArray(), length);
    }
}
