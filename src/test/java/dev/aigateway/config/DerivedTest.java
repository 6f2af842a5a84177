package dev.aigateway.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DerivedTest {
    private final List<GatewayConfig> made = new ArrayList<>();
    private final Derived<String> derived = new Derived<>(config -> {
        made.add(config);
        return config.defaultModel().orElseThrow();
    });

    @Test
    void value_isMadeOnceForAConfiguration_andAnewForTheNext() {
        GatewayConfig first = Configurations.of("default-model: one");
        GatewayConfig second = Configurations.of("default-model: two");
        assertThat(derived.of(first)).isEqualTo("one");
        assertThat(derived.of(first)).isEqualTo("one");
        assertThat(derived.of(second)).isEqualTo("two");
        assertThat(derived.of(first)).as("of a request that still runs").isEqualTo("one");
        assertThat(made).containsExactly(first, second, first);
    }
}
