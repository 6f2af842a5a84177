package dev.aigateway.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.aigateway.config.Configurations;
import dev.aigateway.config.CurrentConfig;
import dev.aigateway.config.GatewayConfig;
import dev.aigateway.conversation.GatewayError;
import dev.aigateway.conversation.GatewayError.Kind;
import dev.aigateway.routing.KeyStanding;
import dev.aigateway.routing.Lease;
import dev.aigateway.routing.Next;
import dev.aigateway.routing.ProviderPool;
import dev.aigateway.routing.RouteQuery;
import dev.aigateway.routing.Selection;
import dev.aigateway.routing.state.LocalState;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A key goes by its place in the file, whoever before it is left out. */
class KeyPlacesTest {
    @TempDir
    Path directory;

    private final MeterRegistry meters = new SimpleMeterRegistry();
    private CurrentConfig config;
    private ProviderPool pool;

    @BeforeEach
    void loseTheFirst() throws IOException {
        Path first = Files.writeString(directory.resolve("first"), "k0");
        config = new CurrentConfig(read());
        pool = new ProviderPool(config, new LocalState(), () -> 1_000_000, () -> 0.5);
        new PoolMeters(meters, pool, config);
        Files.delete(first);
        Configurations.replace(config, read());
    }

    @Test
    void switch_isThatOfThePlace() {
        assertThat(pool.controls().turn("a", 0, false)).isFalse();
        assertThat(pool.controls().turn("a", -1, false)).isFalse();
        assertThat(pool.controls().turn("a", 2, false)).isFalse();
        assertThat(pool.controls().turn("a", 1, false)).isTrue();
        assertThat(pool.select(RouteQuery.of("m")).isSwitchedOff()).isTrue();
    }

    @Test
    void pages_showThePlace() {
        JsonNode page = new ProviderPage(config.get().providers().getFirst()).write();
        assertThat(page.path("keys").findValuesAsText("index")).containsExactly("1", "3");
        assertThat(page.path("keys").path(1).path("disabled").asBoolean()).isTrue();
        assertThat(pool.standings().getFirst().keys())
                .extracting(KeyStanding::index)
                .containsExactly(1, 3);
        assertThat(pool.standings().getFirst().keys())
                .extracting(KeyStanding::name)
                .containsExactly(Optional.of("literal"), Optional.empty());
        assertThat(pool.standings().getFirst().keys())
                .extracting(KeyStanding::disabled)
                .containsExactly(false, true);
        assertThat(pool.explain("m").stages().getFirst().choices())
                .singleElement()
                .satisfies(choice -> {
                    assertThat(choice.keyIndex()).isEqualTo(1);
                    assertThat(choice.keyName()).contains("literal");
                });
    }

    @Test
    void candidate_hasThePlace_whereverItIsFrom() {
        Selection selection = pool.select(RouteQuery.of("m"));
        assertThat(fail(selection).candidate().keyIndex()).isEqualTo(1);
        assertThat(pool.first(config.get().providers().getFirst()))
                .hasValueSatisfying(first -> assertThat(first.keyIndex()).isEqualTo(1));
    }

    @Test
    void meters_countAtThePlace() {
        fail(pool.select(RouteQuery.of("m")));
        assertThat(attempts("0")).isZero();
        assertThat(attempts("1")).isEqualTo(1);
    }

    private double attempts(String key) {
        return meters.get("ai.gateway.key.attempts")
                .tags("provider", "a", "key", key)
                .functionCounter()
                .count();
    }

    private static Lease fail(Selection selection) {
        Lease lease = ((Next.Try) selection.next()).lease();
        selection.failed(lease, GatewayError.of(Kind.RATE_LIMIT, "slow"), true, false);
        selection.release(lease);
        selection.end();
        return lease;
    }

    private GatewayConfig read() {
        return Configurations.of("""
                providers:
                  - name: a
                    type: openai
                    models: [ m ]
                    api-keys:
                      - { file: '%s', name: from-a-file }
                      - { key: k1, name: literal }
                      - "${A_VARIABLE_THAT_IS_NOT_SET}"
                      - { key: k3, disabled: true }
                """.formatted(directory.resolve("first")));
    }
}
