package dev.aigateway.cli;

import dev.aigateway.api.Drain;
import dev.aigateway.config.ConfigReloader;
import dev.aigateway.config.CurrentConfig;
import dev.aigateway.config.LogFormat;
import io.quarkus.arc.Unremovable;
import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import io.quarkus.runtime.QuarkusBindException;
import io.quarkus.vertx.http.HttpServer;
import jakarta.inject.Singleton;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.eclipse.microprofile.health.Readiness;
import org.jboss.logging.Logger;

/** The running gateway: says what it serves and waits for the end. */
@Singleton
@Unremovable
public class Gateway implements QuarkusApplication {
    private static final Logger LOG = Logger.getLogger(Gateway.class);
    private static final Logger BANNER = Logger.getLogger("ai-gateway.start");

    private final CurrentConfig config;
    private final ConfigReloader reloader;
    private final Drain drain;
    private final HttpServer server;

    Gateway(CurrentConfig config, ConfigReloader reloader, @Readiness Drain drain, HttpServer server) {
        this.config = config;
        this.reloader = reloader;
        this.drain = drain;
        this.server = server;
    }

    /** Whoever reads JSON lines from the standard output should find nothing else there. */
    private Consumer<String> banner() {
        return config.get().log().format() == LogFormat.JSON ? BANNER::info : System.out::println;
    }

    /** Returns the exit code when the gateway has ended. */
    static int serve(Output output) {
        AtomicInteger exitCode = new AtomicInteger();
        Quarkus.run(Gateway.class, (code, failure) -> {
            exitCode.set(code);
            if (failure != null) {
                report(failure, output);
            }
        });
        return exitCode.get();
    }

    private static void report(Throwable failure, Output output) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof QuarkusBindException bind) {
                output.err().println(bindFailure(bind));
                return;
            }
        }
        LOG.error("The gateway could not start", failure);
    }

    static String bindFailure(QuarkusBindException bind) {
        String address = bind.getHost() + ":" + bind.getPort();
        return "error: cannot listen on %s: the port is in use, or the address is not one of this machine; choose another with --port or --host"
                .formatted(address);
    }

    @Override
    public int run(String... args) {
        // In development mode signals are the business of the tools.
        if (LaunchMode.current() == LaunchMode.NORMAL) {
            Signals.handle(Quarkus::asyncExit, reloader::reload);
        }
        boolean https = config.get().server().tls().isPresent();
        Summary.started(config.get(), https ? server.getSecurePort() : server.getPort())
                .forEach(banner());
        Quarkus.waitForExit();
        drain.begin();
        return 0;
    }
}
