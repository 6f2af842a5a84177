package dev.aigateway.config;

import java.time.Duration;
import java.util.Optional;

/** The time limits of one upstream; what is empty is as {@link StreamConfig} says. */
public record TimeoutsConfig(Optional<Duration> connect, Optional<Duration> firstByte, Optional<Duration> idle) {
    public static final TimeoutsConfig DEFAULT =
            new TimeoutsConfig(Optional.empty(), Optional.empty(), Optional.empty());

    /** The limits in force. */
    public StreamConfig over(StreamConfig general) {
        return new StreamConfig(
                general.keepalive(),
                connect.orElse(general.connectTimeout()),
                firstByte.orElse(general.firstByteTimeout()),
                idle.orElse(general.idleTimeout()));
    }
}
