package dev.aigateway.cli;

import dev.aigateway.config.GatewayConfig;
import io.quarkus.arc.Unremovable;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import jakarta.inject.Singleton;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The running gateway: says what it serves and waits for the end. */
@Singleton
@Unremovable
public class Gateway implements QuarkusApplication {
    private final GatewayConfig config;
    private final jakarta.inject.Provider<Integer> port;

    Gateway(GatewayConfig config, @ConfigProperty(name = "quarkus.http.port") jakarta.inject.Provider<Integer> port) {
        this.config = config;
        this.port = port;
    }

    /** Returns the exit code when the gateway has ended. */
    static int serve(Output output) {
        AtomicInteger exitCode = new AtomicInteger();
        Quarkus.run(Gateway.class, (code, failure) -> exitCode.set(code));
        return exitCode.get();
    }

    @Override
    public int run(String... args) {
        Summary.started(config, port.get()).forEach(System.out::println);
        Quarkus.waitForExit();
        return 0;
    }
}
