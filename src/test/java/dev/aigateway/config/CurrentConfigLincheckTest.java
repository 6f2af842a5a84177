package dev.aigateway.config;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.jetbrains.lincheck.datastructures.Validate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The exchange of the configuration under concurrency: nobody sees it go back, and all followers see the same changes. */
@Tag("lincheck")
@Param(name = "which", gen = IntGen.class, conf = "1:3")
public class CurrentConfigLincheckTest {
    private static final List<GatewayConfig> CONFIGS = IntStream.rangeClosed(0, 3)
            .mapToObj(which -> Configurations.of("default-model: m" + which))
            .toList();
    /** A follower refuses it. */
    private static final GatewayConfig BAD = Configurations.of("default-model: bad");

    private final CurrentConfig current = new CurrentConfig(CONFIGS.getFirst());
    private final List<List<GatewayConfig>> followers = new CopyOnWriteArrayList<>();

    public CurrentConfigLincheckTest() {
        follow();
        current.follow(next -> {
            if (next == BAD) {
                throw new IllegalStateException("refused");
            }
        });
    }

    @Operation
    public String get() {
        return model(current.get());
    }

    @Operation
    public void replace(@Param(name = "which") int which) {
        current.replace(CONFIGS.get(which));
    }

    @Operation
    public boolean replaceByBad() {
        try {
            current.replace(BAD);
            return true;
        } catch (IllegalStateException refused) {
            return false;
        }
    }

    /** What the new follower is told at once. */
    @Operation
    public String follow() {
        // Told on the threads of others, one at a time.
        List<GatewayConfig> told = new ArrayList<>();
        followers.add(told);
        List<String> first = new ArrayList<>(1);
        current.follow(next -> {
            told.add(next);
            if (first.isEmpty()) {
                first.add(model(next));
            }
        });
        return first.getFirst();
    }

    private static String model(GatewayConfig config) {
        return config.defaultModel().orElseThrow();
    }

    /** Each was told of all changes since it came, in the same order as the first one, and of the last one last. */
    @Validate
    public void everybodyWasToldTheSame() {
        List<GatewayConfig> all = good(followers.getFirst());
        for (List<GatewayConfig> told : followers) {
            int since = all.size() - good(told).size();
            if (!all.subList(since, all.size()).equals(good(told))) {
                throw new IllegalStateException("one was told " + models(told) + ", another one " + models(all));
            }
            if (told.getLast() != current.get()) {
                throw new IllegalStateException("told " + models(told) + ", in force is " + get());
            }
        }
    }

    /** Of what is refused, only those are told who come before the one that refuses it. */
    private static List<GatewayConfig> good(List<GatewayConfig> told) {
        return told.stream().filter(config -> config != BAD).toList();
    }

    private static List<String> models(List<GatewayConfig> configs) {
        return configs.stream().map(CurrentConfigLincheckTest::model).toList();
    }

    @Test
    void history_isLinearizable() {
        new StressOptions()
                .iterations(10)
                .invocationsPerIteration(500)
                .threads(2)
                .actorsBefore(1)
                .actorsPerThread(3)
                .actorsAfter(1)
                .check(getClass());
    }
}
