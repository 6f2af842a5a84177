package dev.aigateway.cli;

import io.quarkus.runtime.ApplicationLifecycleManager;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;

/** Where the program begins. Quarkus starts only when there is something to serve. */
@QuarkusMain
public final class Main {
    public static void main(String... args) {
        int code = commandLine().execute(args);
        // While the machine goes down after a signal, asking it to exit would wait for ever.
        if (code != 0 && !ApplicationLifecycleManager.isVmShuttingDown()) {
            System.exit(code);
        }
    }

    static CommandLine commandLine() {
        return new CommandLine(new GatewayCommand())
                .setOut(new PrintWriter(System.out, true, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(System.err, true, StandardCharsets.UTF_8));
    }
}
