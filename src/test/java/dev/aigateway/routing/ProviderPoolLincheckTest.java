package dev.aigateway.routing;

import dev.aigateway.config.Configurations;
import dev.aigateway.config.CurrentConfig;
import dev.aigateway.config.GatewayConfig;
import dev.aigateway.routing.state.LocalState;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.jetbrains.lincheck.datastructures.Validate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Routing while the configuration is exchanged: every answer is of one configuration as a whole, never of an older one than
 * an answer before it, and a place that a request took under one is taken under all.
 */
@Tag("lincheck")
@Param(name = "which", gen = IntGen.class, conf = "1:3")
public class ProviderPoolLincheckTest {
    private static final List<GatewayConfig> CONFIGS = IntStream.rangeClosed(0, 3)
            .mapToObj(ProviderPoolLincheckTest::config)
            .toList();

    private final CurrentConfig current = new CurrentConfig(CONFIGS.getFirst());
    private final ProviderPool pool = new ProviderPool(current, new LocalState(), () -> 1000, () -> 0.5);
    private final AtomicInteger places = new AtomicInteger();

    /** Whatever can be told of a configuration has its number. */
    private static GatewayConfig config(int number) {
        return Configurations.of("""
                routing: { models: { "chat*": %s } }
                model-mapping: { chat: chat-%d }
                fallbacks: { chat-%d: [ spare-%d ] }
                providers:
                  - { name: p%d, type: openai, api-keys: [ k%d ], models: [ { id: id-%d, alias: chat-%d } ] }
                  - { name: q%d, type: openai, api-keys: [ k%d ], models: [ spare-%d ] }
                  - { name: narrow, type: openai, api-keys: [ k ], models: [ { id: id-%d, alias: scarce } ], max-concurrent: 1 }
                """.replace(
                        "%s",
                        List.of("failover", "round-robin", "random", "session").get(number))
                .replace("%d", String.valueOf(number)));
    }

    @Operation
    public void replace(@Param(name = "which") int which) {
        Configurations.replace(current, CONFIGS.get(which));
    }

    @Operation
    public String explain() {
        Route route = pool.explain("chat");
        return route.resolution().model() + ": "
                + route.stages().stream()
                        .map(stage -> stage.strategy() + " "
                                + stage.choices().stream()
                                        .map(choice -> choice.provider() + "/" + choice.model())
                                        .collect(Collectors.joining(" ")))
                        .collect(Collectors.joining(", "));
    }

    @Operation
    public String request() {
        Selection selection = pool.select(RouteQuery.of("chat"));
        String tried = lent(selection) + ", " + lent(selection);
        selection.end();
        return tried;
    }

    /** A request that never ends. */
    @Operation
    public boolean takePlace() {
        boolean taken = pool.select(RouteQuery.of("scarce")).next() instanceof Next.Try;
        if (taken) {
            places.incrementAndGet();
        }
        return taken;
    }

    @Validate
    public void placeIsTakenOnce() {
        if (places.get() > 1) {
            throw new IllegalStateException("taken " + places + " times");
        }
    }

    private static String lent(Selection selection) {
        return selection.next() instanceof Next.Try(Lease lease)
                ? lease.candidate().label()
                : "nobody";
    }

    @Test
    void history_isLinearizable() {
        new StressOptions()
                .iterations(7)
                .invocationsPerIteration(1000)
                .threads(2)
                .actorsBefore(1)
                .actorsPerThread(3)
                .actorsAfter(1)
                .check(getClass());
    }
}
