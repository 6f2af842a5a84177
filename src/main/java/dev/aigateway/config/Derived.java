package dev.aigateway.config;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What is worked out of a configuration, kept for as long as that one is asked about. After a reload requests that still run
 * by the earlier one have it worked out again. Safe for concurrent use.
 *
 * @param <T> immutable, or safe for concurrent use
 */
public final class Derived<T> {
    private final Function<GatewayConfig, T> make;
    private volatile @Nullable Made<T> latest;

    private record Made<T>(GatewayConfig config, T value) {
        /** Comparing the contents would take longer than making the value. */
        @SuppressWarnings("ReferenceEquality")
        boolean isOf(GatewayConfig other) {
            return config == other;
        }
    }

    public Derived(Function<GatewayConfig, T> make) {
        this.make = make;
    }

    public T of(GatewayConfig config) {
        Made<T> known = latest;
        if (known == null || !known.isOf(config)) {
            known = new Made<>(config, make.apply(config));
            latest = known;
        }
        return known.value;
    }
}
