import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The load of the benchmark: a fixed number of connections, each sending its next request when the last answer is complete.
 * Reads the processor time of the process under test at both ends of the measured window, so that neither this process
 * nor the upstream counts. Every answer is looked at: one wrong ending makes the run fail.
 *
 * <p>Arguments: connections, warm-up seconds, measured seconds, sizes in bytes with commas, then one or more targets as
 * {@code name=portForWholeAnswers:portForStreams:pid+pid…}. Only the target called {@code gateway} is asked to translate.
 */
final class Load {
    private static final String GATEWAY = "gateway";
    /** USER_HZ, which Linux fixes at 100 for what it shows in /proc. */
    private static final long MICROS_PER_TICK = 10_000;

    record Target(String name, int wholePort, int streamPort, List<String> pids) {
        static Target parse(String text) {
            String[] parts = text.split("[=:]");
            return new Target(
                    parts[0], Integer.parseInt(parts[1]), Integer.parseInt(parts[2]), List.of(parts[3].split("\\+")));
        }

        long cpuMicros() {
            return pids.stream().mapToLong(Target::ticks).sum() * MICROS_PER_TICK;
        }

        /** User and system time of all threads of one process; its name may hold spaces, so count from the bracket. */
        private static long ticks(String pid) {
            try {
                String stat = Files.readString(Path.of("/proc", pid, "stat"));
                String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
                return Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
            } catch (IOException e) {
                throw new IllegalStateException("process " + pid + " has ended", e);
            }
        }
    }

    enum Kind {
        PASS_WHOLE("pass-through", "whole", "/v1/chat/completions", "\"finish_reason\":\"stop\""),
        PASS_STREAM("pass-through", "stream", "/v1/chat/completions", "[DONE]"),
        TRANSLATED_WHOLE("translated", "whole", "/v1/messages", "\"end_turn\""),
        TRANSLATED_STREAM("translated", "stream", "/v1/messages", "message_stop");

        final String lane;
        final String answer;
        final String path;
        final String ending;

        Kind(String lane, String answer, String path, String ending) {
            this.lane = lane;
            this.answer = answer;
            this.path = path;
            this.ending = ending;
        }

        boolean streams() {
            return answer.equals("stream");
        }

        boolean translates() {
            return lane.equals("translated");
        }
    }

    record Cell(Kind kind, int size) {}

    record Result(long requests, double micros, double perSecond, double medianMillis) {}

    private final Vertx vertx = Vertx.vertx();
    private final int connections;
    private final Duration warmUp;
    private final Duration measured;

    Load(int connections, Duration warmUp, Duration measured) {
        this.connections = connections;
        this.warmUp = warmUp;
        this.measured = measured;
    }

    public static void main(String[] args) {
        var load = new Load(
                Integer.parseInt(args[0]),
                Duration.ofSeconds(Long.parseLong(args[1])),
                Duration.ofSeconds(Long.parseLong(args[2])));
        int[] sizes = Arrays.stream(args[3].split(",")).mapToInt(Integer::parseInt).toArray();
        List<Target> targets = Arrays.stream(args).skip(4).map(Target::parse).toList();
        int status = 0;
        try {
            load.table(sizes, targets);
        } catch (RuntimeException failure) {
            System.err.println("bench: " + failure.getMessage());
            status = 1;
        }
        System.exit(status);
    }

    private void table(int[] sizes, List<Target> targets) {
        System.out.printf(
                "%n%-13s %-7s %9s | %10s | %10s %7s | %9s %9s%n",
                "lane", "answer", "request", "nginx us", "gateway us", "ratio", "gw req/s", "gw p50 ms");
        System.out.println("-".repeat(91));
        // nginx cannot translate: a translated exchange stands next to nginx passing through one of the same size.
        Map<String, Result> plain = new LinkedHashMap<>();
        for (Kind kind : Kind.values()) {
            for (int size : sizes) {
                Optional<Result> gateway = Optional.empty();
                for (Target target : targets) {
                    if (target.name.equals(GATEWAY)) {
                        gateway = Optional.of(measure(new Cell(kind, size), target, warmUp(target)));
                    } else if (!kind.translates()) {
                        plain.put(kind.answer + size, measure(new Cell(kind, size), target, warmUp(target)));
                    }
                }
                row(kind, size, Optional.ofNullable(plain.get(kind.answer + size)), gateway);
            }
        }
    }

    private static void row(Kind kind, int size, Optional<Result> nginx, Optional<Result> gateway) {
        Optional<Double> ratio = gateway.flatMap(ours -> nginx.map(theirs -> ours.micros / theirs.micros));
        System.out.printf(
                "%-13s %-7s %7.1fkB | %10s | %10s %7s | %9s %9s%n",
                kind.lane,
                kind.answer,
                size / 1000.0,
                nginx.map(r -> "%.0f".formatted(r.micros)).orElse("-"),
                gateway.map(r -> "%.0f".formatted(r.micros)).orElse("-"),
                ratio.map("%.2f"::formatted).orElse("-"),
                gateway.map(r -> "%.0f".formatted(r.perSecond)).orElse("-"),
                gateway.map(r -> "%.2f".formatted(r.medianMillis)).orElse("-"));
    }

    /** Only code that a compiler warms up by itself needs the long warm-up. */
    private Duration warmUp(Target target) {
        return target.name.equals(GATEWAY) ? warmUp : Duration.ofSeconds(Math.min(2, warmUp.toSeconds()));
    }

    Result measure(Cell cell, Target target, Duration warm) {
        HttpClient client = vertx.createHttpClient(
                new HttpClientOptions().setTcpNoDelay(true).setKeepAliveTimeout(300),
                new PoolOptions().setHttp1MaxSize(connections));
        var window = new Window();
        Context context = vertx.getOrCreateContext();
        Promise<Result> result = Promise.promise();
        context.runOnContext(start -> {
            for (int i = 0; i < connections; i++) {
                next(client, cell, target, window, result);
            }
            vertx.setTimer(Math.max(1, warm.toMillis()), warmed -> {
                window.open(target.cpuMicros());
                vertx.setTimer(measured.toMillis(), over -> result.tryComplete(window.close(target.cpuMicros())));
            });
        });
        return await(result.future(), warm.plus(measured).plusSeconds(60), client, window);
    }

    private static Result await(Future<Result> future, Duration limit, HttpClient client, Window window) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(limit.toSeconds(), TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException(e.getCause() == null ? e.toString() : e.getCause().getMessage(), e);
        } finally {
            window.stopped = true;
            client.close();
        }
    }

    /** One turn of one connection. Runs on the one event loop of the cell, as all that touches the window does. */
    private void next(HttpClient client, Cell cell, Target target, Window window, Promise<Result> failure) {
        if (window.stopped) {
            return;
        }
        long began = System.nanoTime();
        int port = cell.kind.streams() ? target.streamPort : target.wholePort;
        client.request(HttpMethod.POST, port, "127.0.0.1", cell.kind.path)
                .compose(request -> request.putHeader("content-type", "application/json")
                        .putHeader("authorization", "Bearer bench")
                        .send(body(cell)))
                .compose(response -> complete(response, cell))
                .onSuccess(ending -> {
                    window.count(System.nanoTime() - began);
                    next(client, cell, target, window, failure);
                })
                .onFailure(cause -> {
                    if (!window.stopped) {
                        window.stopped = true;
                        failure.tryFail(new IllegalStateException(
                                "%s, %s, %s, %d bytes: %s"
                                        .formatted(target.name, cell.kind.lane, cell.kind.answer, cell.size, cause)));
                    }
                });
    }

    /** Takes the whole answer and looks for its ending in the last bytes. */
    private static Future<Void> complete(HttpClientResponse response, Cell cell) {
        Promise<Void> done = Promise.promise();
        var tail = new StringBuilder();
        response.exceptionHandler(done::tryFail);
        response.handler(chunk -> {
            if (tail.length() > 4000) {
                tail.delete(0, tail.length() - 400);
            }
            tail.append(chunk.getString(Math.max(0, chunk.length() - 400), chunk.length()));
        });
        response.endHandler(end -> {
            if (response.statusCode() == 200 && tail.indexOf(cell.kind.ending) >= 0) {
                done.tryComplete();
            } else {
                done.tryFail("status " + response.statusCode() + ", answer ends with: " + tail);
            }
        });
        return done.future();
    }

    private final Map<Cell, Buffer> bodies = new LinkedHashMap<>();

    private Buffer body(Cell cell) {
        return bodies.computeIfAbsent(cell, Load::newBody);
    }

    /** A conversation of turns of about 400 bytes, with the escapes that real text has. */
    private static Buffer newBody(Cell cell) {
        String head = "{\"model\":\"bench-model\"" + (cell.kind.translates() ? ",\"max_tokens\":1000" : "")
                + (cell.kind.streams() ? ",\"stream\":true" : "") + ",\"messages\":[";
        String line = "Some text of a \\\"usual\\\" kind, with a line end\\nand not much else in it. ";
        var text = new StringBuilder(head);
        for (int turn = 0; turn == 0 || turn % 2 == 0 || text.length() < cell.size - 200; turn++) {
            int room = Math.max(1, Math.min(400, cell.size - text.length() - 45));
            text.append(turn == 0 ? "" : ",")
                    .append(turn % 2 == 0 ? "{\"role\":\"user\",\"content\":\"" : "{\"role\":\"assistant\",\"content\":\"")
                    .append(line.repeat(Math.max(1, room / line.length())))
                    .append("\"}");
        }
        return Buffer.buffer(text.append("]}").toString());
    }

    /** What was counted between {@link #open} and {@link #close}. */
    private static final class Window {
        private boolean stopped;
        private boolean open;
        private long requests;
        private long cpuAtStart;
        private long startedAt;
        private long[] nanos = new long[1024];

        void open(long cpu) {
            open = true;
            cpuAtStart = cpu;
            startedAt = System.nanoTime();
        }

        void count(long took) {
            if (open) {
                if (requests == nanos.length) {
                    nanos = Arrays.copyOf(nanos, nanos.length * 2);
                }
                nanos[(int) requests++] = took;
            }
        }

        Result close(long cpu) {
            open = false;
            stopped = true;
            if (requests == 0) {
                throw new IllegalStateException("no request was answered in the measured time");
            }
            double seconds = (System.nanoTime() - startedAt) / 1e9;
            long[] sorted = Arrays.copyOf(nanos, (int) requests);
            Arrays.sort(sorted);
            return new Result(
                    requests,
                    (double) (cpu - cpuAtStart) / requests,
                    requests / seconds,
                    sorted[sorted.length / 2] / 1e6);
        }
    }
}
