package dev.aigateway.wire;

/** {@link Upstreams} behind a gateway that soon gives signs of life and soon gives up. */
public class ImpatientUpstreams extends Upstreams {
    @Override
    protected String streaming() {
        return "{ keepalive: 50ms, first-byte-timeout: 4s, idle-timeout: 4s }";
    }
}
