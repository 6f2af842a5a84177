import com.sun.management.ThreadMXBean;
import dev.aigateway.config.ConfigLoader;
import dev.aigateway.config.CurrentConfig;
import dev.aigateway.config.GatewayConfig;
import dev.aigateway.config.RoutingStrategy;
import dev.aigateway.config.Sources;
import dev.aigateway.conversation.GatewayError;
import dev.aigateway.routing.Lease;
import dev.aigateway.routing.Next;
import dev.aigateway.routing.ProviderPool;
import dev.aigateway.routing.RouteQuery;
import dev.aigateway.routing.Selection;
import dev.aigateway.routing.state.LocalState;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/**
 * What routing adds to one request: processor time of everything that dispatch asks of it, from the client's name of the
 * model to the key's release, in one thread of this process. Each strategy decides among providers and among keys.
 *
 * <p>All strategies run in turn in one process and are measured several times over, so that the compiler has seen them all;
 * of each the median is shown.
 *
 * <p>Arguments: how many providers, and how many keys of each.
 */
final class Routing {
    private static final String MODEL = "bench-model";
    private static final int WARM_UP_ROUNDS = 20;
    private static final int ROUNDS = 11;
    private static final int REQUESTS_PER_ROUND = 5_000;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /** One gateway's routing, with what was measured of it. */
    private static final class Subject {
        private final ProviderPool pool;
        private final List<Double> micros = new ArrayList<>();
        private long bytes;
        private long conversation;
        private long delay;

        Subject(GatewayConfig config) {
            pool = new ProviderPool(
                    new CurrentConfig(config),
                    new LocalState(),
                    () -> System.currentTimeMillis() + delay,
                    new SplittableRandom(1)::nextDouble);
        }

        /** A request that is answered, after a few milliseconds that differ by provider. */
        void serve() {
            lend((selection, lease) -> {
                delay = 1 + lease.candidate().provider().name().hashCode() % 20;
                selection.answered(lease);
                selection.succeeded(lease);
                delay = 0;
            });
        }

        /** One key is spared from now on, so that routing has to look at who is. */
        Subject inTrouble() {
            GatewayError busy = GatewayError.of(GatewayError.Kind.RATE_LIMIT, "busy").withRetryAfter(Duration.ofHours(1));
            lend((selection, lease) -> selection.failed(lease, busy, true, false));
            return this;
        }

        private interface Attempt {
            void run(Selection selection, Lease lease);
        }

        private void lend(Attempt attempt) {
            long affinity = conversation++ % 1000;
            Selection selection = pool.select(
                    new RouteQuery(MODEL, RouteQuery.EVERYBODY, () -> affinity, Optional.empty(), true));
            if (!(selection.next() instanceof Next.Try(Lease lease))) {
                throw new IllegalStateException("nobody serves the model");
            }
            attempt.run(selection, lease);
            selection.release(lease);
            selection.end();
        }

        void round(boolean measured) {
            long thread = Thread.currentThread().threadId();
            long bytesBefore = THREADS.getThreadAllocatedBytes(thread);
            long before = THREADS.getCurrentThreadCpuTime();
            for (int i = 0; i < REQUESTS_PER_ROUND; i++) {
                serve();
            }
            if (measured) {
                micros.add((THREADS.getCurrentThreadCpuTime() - before) / 1e3 / REQUESTS_PER_ROUND);
                bytes = (THREADS.getThreadAllocatedBytes(thread) - bytesBefore) / REQUESTS_PER_ROUND;
            }
        }

        double median() {
            double[] sorted = micros.stream().mapToDouble(one -> one).sorted().toArray();
            return sorted[sorted.length / 2];
        }
    }

    private record Row(RoutingStrategy strategy, Subject one, Subject many, Subject inTrouble) {
        void each(Consumer<Subject> what) {
            List.of(one, many, inTrouble).forEach(what);
        }
    }

    public static void main(String[] args) throws IOException {
        int providers = Integer.parseInt(args[0]);
        int keys = Integer.parseInt(args[1]);
        List<Row> rows = new ArrayList<>();
        for (RoutingStrategy strategy : RoutingStrategy.values()) {
            rows.add(new Row(
                    strategy,
                    new Subject(config(strategy, 1, 1)),
                    new Subject(config(strategy, providers, keys)),
                    new Subject(config(strategy, providers, keys)).inTrouble()));
        }
        run(rows, WARM_UP_ROUNDS, false);
        run(rows, ROUNDS, true);
        print(rows, providers + " x " + keys);
    }

    private static void run(List<Row> rows, int rounds, boolean measured) {
        for (int i = 0; i < rounds; i++) {
            rows.forEach(row -> row.each(subject -> subject.round(measured)));
        }
    }

    private static void print(List<Row> rows, String many) {
        System.out.printf(
                "%n%-14s | %9s | %9s %9s | %15s | %9s%n", "routing, us", "1 x 1", many, "added", "one key spared", "bytes");
        System.out.println("-".repeat(78));
        for (Row row : rows) {
            System.out.printf(
                    "%-14s | %9.2f | %9.2f %9.2f | %15.2f | %9d%n",
                    row.strategy.label(),
                    row.one.median(),
                    row.many.median(),
                    row.many.median() - row.one.median(),
                    row.inTrouble.median(),
                    row.many.bytes);
        }
    }

    /** All providers list the same model and differ in priority and weight, and no two keys are the same. */
    private static GatewayConfig config(RoutingStrategy strategy, int providers, int keys) throws IOException {
        var yaml = new StringBuilder("""
                ai-proxy:
                  routing: { strategy: %s, keys: %s }
                  providers:
                """.formatted(strategy.label(), strategy.label()));
        for (int provider = 0; provider < providers; provider++) {
            String[] names = new String[keys];
            for (int key = 0; key < keys; key++) {
                names[key] = "key-%d-of-%d".formatted(key, provider);
            }
            yaml.append("    - { name: provider-%d, type: openai, priority: %d, weight: %d, models: [%s], api-keys: %s }%n"
                    .formatted(provider, 1 + provider, 1 + provider % 5, MODEL, Arrays.toString(names)));
        }
        Path directory = Files.createTempDirectory("bench-routing");
        Path file = directory.resolve("application.yaml");
        try {
            Files.writeString(file, yaml);
            return ConfigLoader.load(new Sources(Map.of(), Map.of(), directory)).config();
        } finally {
            Files.deleteIfExists(file);
            Files.delete(directory);
        }
    }
}
