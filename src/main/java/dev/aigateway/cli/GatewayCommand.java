package dev.aigateway.cli;

import dev.aigateway.config.ConfigException;
import dev.aigateway.config.ConfigLoader;
import dev.aigateway.config.ConfigSchema;
import dev.aigateway.config.LoadedConfig;
import dev.aigateway.config.Sources;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.ToIntFunction;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The commands and their flags. Flags become system properties, the source of highest rank; then the sources are read. */
@Command(
        name = "ai-gateway",
        description = "One self-hosted gateway in front of every LLM API. Without a command it serves.",
        versionProvider = Version.class,
        subcommands = {ExplainCommand.class, ImportCommand.class},
        mixinStandardHelpOptions = false)
final class GatewayCommand implements Callable<Integer> {
    @Spec
    CommandSpec spec;

    @Option(
            names = {"-p", "--port"},
            scope = ScopeType.INHERIT,
            paramLabel = "PORT",
            description = "Port to listen on (8317).")
    String port;

    @Option(
            names = "--host",
            scope = ScopeType.INHERIT,
            paramLabel = "ADDRESS",
            description = "Address to listen on (127.0.0.1).")
    String host;

    @Option(
            names = {"-k", "--access-key"},
            scope = ScopeType.INHERIT,
            paramLabel = "KEY",
            description = "Key that clients must present; give it again for more keys.")
    List<String> accessKeys;

    @Option(
            names = {"-c", "--config", "-config"},
            scope = ScopeType.INHERIT,
            paramLabel = "FILE",
            description = "Configuration file (./application.yaml), also one of a gateway that import knows.")
    String config;

    @Option(
            names = "--logger",
            scope = ScopeType.INHERIT,
            negatable = true,
            description = "Log each request in one line, or do not.")
    Boolean logger;

    @Option(
            names = "--log-level",
            scope = ScopeType.INHERIT,
            paramLabel = "LEVEL",
            description = "What to log: error, warn, info, debug or trace, each with those before it (info).")
    String logLevel;

    @Option(
            names = {"-h", "--help"},
            scope = ScopeType.INHERIT,
            usageHelp = true,
            description = "Show this text.")
    boolean help;

    @Option(
            names = {"-V", "--version"},
            scope = ScopeType.INHERIT,
            versionHelp = true,
            description = "Show the version.")
    boolean version;

    private final ToIntFunction<Output> server;

    GatewayCommand() {
        this(Gateway::serve);
    }

    /** @param server blocks until the gateway ends and gives the exit code */
    GatewayCommand(ToIntFunction<Output> server) {
        this.server = server;
    }

    @Override
    public Integer call() {
        return serve();
    }

    @Command(name = "serve", description = "Start the gateway; the default.")
    int serve() {
        return load().map(loaded -> server.applyAsInt(output())).orElse(CommandLine.ExitCode.USAGE);
    }

    @Command(name = "check", description = "Check the configuration and show what it says, without serving.")
    int check() {
        return load().map(this::show).orElse(CommandLine.ExitCode.USAGE);
    }

    @Command(name = "schema", description = "Print the JSON Schema of the configuration file, for editors.")
    int schema() {
        PrintWriter out = output().out();
        out.print(ConfigSchema.json());
        out.flush();
        return CommandLine.ExitCode.OK;
    }

    private int show(LoadedConfig loaded) {
        Summary.of(loaded).forEach(output().out()::println);
        return CommandLine.ExitCode.OK;
    }

    /** Empty when it cannot be used; then everybody has been told why. */
    private Optional<LoadedConfig> load() {
        flags().toProperties().forEach(System::setProperty);
        PrintWriter err = output().err();
        try {
            LoadedConfig loaded = ConfigLoader.load(Sources.ofProcess());
            loaded.warnings().forEach(warning -> err.println("warning: " + warning));
            return Optional.of(loaded);
        } catch (ConfigException e) {
            e.problems().forEach(problem -> err.println("error: " + problem));
            return Optional.empty();
        }
    }

    Flags flags() {
        return new Flags(port, host, accessKeys, config, logger, logLevel);
    }

    private Output output() {
        CommandLine line = spec.commandLine();
        return new Output(line.getOut(), line.getErr());
    }
}
