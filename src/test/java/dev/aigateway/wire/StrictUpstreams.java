package dev.aigateway.wire;

/** {@link Upstreams} behind a gateway that drops no field and holds no long answer. */
public class StrictUpstreams extends Upstreams {
    @Override
    protected String limits() {
        return "{ max-answer-size: 16KiB }";
    }

    @Override
    protected boolean strict() {
        return true;
    }
}
