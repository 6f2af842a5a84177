package dev.aigateway.cli;

import dev.aigateway.conversation.Dialect;
import dev.aigateway.conversation.GatewayError;
import dev.aigateway.conversation.GatewayException;
import dev.aigateway.translation.Json;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * Shows what a provider would be sent for a request, offline. The upstream's request goes to standard output, what became
 * of the fields to standard error, so that the first can be piped. Exit code 1 for a request that the gateway refuses.
 */
@Command(
        name = "explain",
        description = "Show what a provider of another dialect would be sent for a request, without sending it.",
        footer = {"", "Dialects: chat, completions (only --from), responses, messages, gemini."})
final class ExplainCommand implements Callable<Integer> {
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?");

    @Spec
    CommandSpec spec;

    @Option(names = "--from", required = true, paramLabel = "DIALECT", description = "Dialect of the request.")
    String from;

    @Option(names = "--to", required = true, paramLabel = "DIALECT", description = "Dialect of the provider.")
    String to;

    @Option(
            names = "--model",
            paramLabel = "ID",
            description = "The provider's id of the model (the one that the request names).")
    @Nullable
    String model;

    @Option(
            names = "--host-like",
            paramLabel = "HOST",
            description = "Write for the provider at this host: openai, anthropic, or a name such as api.deepseek.com.")
    @Nullable
    String hostLike;

    @Option(names = "--raw", description = "Print the exact bytes and nothing else.")
    boolean raw;

    @Parameters(paramLabel = "FILE", description = "The request's body as JSON; - reads standard input.")
    String file = "";

    private final InputFile input;

    ExplainCommand() {
        this(new InputFile(System.in));
    }

    ExplainCommand(InputFile input) {
        this.input = input;
    }

    @Override
    public Integer call() {
        Interpreter interpreter =
                new Interpreter(dialect(from), upstream(to), Optional.ofNullable(model), Optional.ofNullable(base()));
        byte[] request = input.read(file, spec);
        try {
            show(interpreter.explain(request));
            return CommandLine.ExitCode.OK;
        } catch (GatewayException e) {
            spec.commandLine().getErr().println("error: " + line(e.error()));
            return CommandLine.ExitCode.SOFTWARE;
        }
    }

    private void show(Explanation explanation) {
        PrintWriter out = spec.commandLine().getOut();
        if (raw) {
            out.print(new String(explanation.upstream(), StandardCharsets.UTF_8));
            out.flush();
            return;
        }
        out.println(Json.request(explanation.upstream()).toPrettyString());
        explanation.lines().forEach(spec.commandLine().getErr()::println);
    }

    /** The message begins with the field at fault, where there is one. */
    private static String line(GatewayError error) {
        String message = error.message().replaceAll("\\s*\\R\\s*", " ");
        return error.param()
                .filter(field -> !message.startsWith(field))
                .map(field -> field + ": " + message)
                .orElse(message);
    }

    private Dialect upstream(String label) {
        Dialect dialect = dialect(label);
        if (dialect == Dialect.COMPLETIONS) {
            throw usage("no provider speaks completions; use --to chat");
        }
        return dialect;
    }

    private Dialect dialect(String label) {
        return Arrays.stream(Dialect.values())
                .filter(dialect -> dialect.label().equals(label))
                .findFirst()
                .orElseThrow(() -> usage("'" + label + "' is not a dialect; there are "
                        + Arrays.stream(Dialect.values()).map(Dialect::label).collect(Collectors.joining(", "))));
    }

    private @Nullable URI base() {
        if (hostLike == null) {
            return null;
        }
        String host = switch (hostLike) {
            case "openai" -> "api.openai.com";
            case "anthropic" -> "api.anthropic.com";
            default -> hostLike;
        };
        if (!HOST.matcher(host).matches()) {
            throw usage("'" + hostLike + "' is not the name of a host");
        }
        return URI.create("https://" + host);
    }

    private ParameterException usage(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
