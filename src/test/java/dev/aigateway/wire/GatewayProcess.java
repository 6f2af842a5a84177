package dev.aigateway.wire;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The packaged gateway, binary or jar, as a process that a test may signal; with nothing of our environment. */
final class GatewayProcess implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 120;
    private static final Pattern SERVES = Pattern.compile("ai-gateway serves (https?://\\S+:(\\d+)).*");

    private final Process process;
    private final Thread reader;
    private final List<String> lines = new ArrayList<>();

    private GatewayProcess(Process process) {
        this.process = process;
        reader = Thread.ofVirtual().start(this::read);
    }

    /** Starts with {@code application.yaml} in a folder; {@code port: 0} lets the system choose. */
    static GatewayProcess start(Path directory, String yaml) {
        try {
            Files.writeString(directory.resolve("application.yaml"), yaml);
            return start(directory, Map.of());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts in a folder as it is, with these environment variables and arguments and no others. */
    static GatewayProcess start(Path directory, Map<String, String> environment, String... arguments) {
        try {
            List<String> command = new ArrayList<>(command());
            command.addAll(List.of(arguments));
            ProcessBuilder builder =
                    new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
            builder.environment().clear();
            builder.environment().putAll(environment);
            return new GatewayProcess(builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the build says that it made. */
    private static List<String> command() throws IOException {
        Path target = Path.of("target").toAbsolutePath();
        Properties made = new Properties();
        try (InputStream file = Files.newInputStream(target.resolve("quarkus-artifact.properties"))) {
            made.load(file);
        }
        String artifact = target.resolve(made.getProperty("path")).toString();
        return artifact.endsWith(".jar")
                ? List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-jar", artifact)
                : List.of(artifact);
    }

    /** Where it says that it listens, such as {@code http://127.0.0.1:12345}. */
    String awaitUrl() {
        Matcher serves = SERVES.matcher(awaitLine(line -> SERVES.matcher(line).matches()));
        if (!serves.matches()) {
            throw new AssertionError("cannot happen");
        }
        return serves.group(1);
    }

    String awaitLine(Predicate<String> wanted) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        synchronized (lines) {
            while (true) {
                for (String line : lines) {
                    if (wanted.test(line)) {
                        return line;
                    }
                }
                long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
                if (left <= 0) {
                    throw new AssertionError("the gateway did not say it: " + lines);
                }
                try {
                    lines.wait(left);
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
            }
        }
    }

    /** Everything it said so far. */
    String output() {
        synchronized (lines) {
            return String.join("\n", lines);
        }
    }

    void signal(String name) {
        try {
            int code = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                    .start()
                    .waitFor();
            if (code != 0) {
                throw new AssertionError("kill ended with " + code);
            }
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** The exit code, once it has ended and everything that it said is there. */
    int awaitEnd() {
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError("the gateway did not end: " + output());
            }
            reader.join();
            return process.exitValue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    boolean isAlive() {
        return process.isAlive();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    private void read() {
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                synchronized (lines) {
                    lines.add(line);
                    lines.notifyAll();
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
