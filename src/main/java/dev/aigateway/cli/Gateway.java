package dev.aigateway.cli;

import dev.aigateway.config.CurrentConfig;
import io.quarkus.arc.Unremovable;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import io.quarkus.runtime.QuarkusBindException;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** The running gateway: says what it serves and waits for the end. */
@Singleton
@Unremovable
public class Gateway implements QuarkusApplication {
    private static final Logger LOG = Logger.getLogger(Gateway.class);

    private final CurrentConfig config;
    private final Provider<Integer> port;

    Gateway(CurrentConfig config, @ConfigProperty(name = "quarkus.http.port") Provider<Integer> port) {
        this.config = config;
        this.port = port;
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
        Summary.started(config.get(), port.get()).forEach(System.out::println);
        Quarkus.waitForExit();
        return 0;
    }
}
