package dev.aigateway.cli;

import dev.aigateway.config.ConfigProblem;
import dev.aigateway.config.ForeignConfig;
import dev.aigateway.config.Sources;
import dev.aigateway.config.importing.Import;
import dev.aigateway.config.importing.Remark;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * Turns the configuration of another gateway into ours. The document goes to standard output or to a file that only its
 * owner can read, warnings go to standard error. Exit code 2 for a file that cannot be converted or written, or whose
 * conversion the gateway itself would refuse.
 */
@Command(
        name = "import",
        description = "Convert the configuration file of another gateway.",
        footer = {"", "Known: xling proxy (JSON), ai-proxy (YAML), aiproxy (YAML), llm-api-proxy (TOML), proxx (YAML)."
        })
final class ImportCommand implements Callable<Integer> {
    @Spec
    CommandSpec spec;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "TARGET",
            description = "Write to this file, such as application.yaml, instead of standard output.")
    @Nullable
    String target;

    @Option(names = "--force", description = "Replace the target if it exists.")
    boolean force;

    @Parameters(paramLabel = "FILE", description = "The other gateway's file; - reads standard input.")
    String file = "";

    private final InputFile input;

    ImportCommand() {
        this(new InputFile(System.in));
    }

    ImportCommand(InputFile input) {
        this.input = input;
    }

    @Override
    public Integer call() {
        return switch (ForeignConfig.convert(text(), Sources.ofProcess())) {
            case Import.Done done -> converted(done);
            case Import.Refused refused -> refused(refused.problems());
            case Import.Broken broken -> refused(List.of(broken.problem()));
            case Import.Unknown ignored ->
                refused(List.of(new Remark("", "", "is not the configuration of a gateway that import knows")));
        };
    }

    private int converted(Import.Done done) {
        tell("warning: ", done.warnings());
        if (target == null) {
            spec.commandLine().getOut().print(done.yaml());
            spec.commandLine().getOut().flush();
            return CommandLine.ExitCode.OK;
        }
        return write(target, done);
    }

    private int write(String name, Import.Done done) {
        PrintWriter err = spec.commandLine().getErr();
        try {
            PrivateFile.write(Path.of(name), done.yaml(), force);
            err.println("Converted a configuration of " + done.gateway() + " to " + name);
            return CommandLine.ExitCode.OK;
        } catch (FileAlreadyExistsException e) {
            err.println("error: " + name + " is there already; --force replaces it");
        } catch (IOException | InvalidPathException e) {
            err.println("error: cannot write " + name);
        }
        return CommandLine.ExitCode.USAGE;
    }

    private int refused(List<Remark> problems) {
        tell("error: ", problems);
        return CommandLine.ExitCode.USAGE;
    }

    private void tell(String kind, List<Remark> remarks) {
        String name = file.equals("-") ? "standard input" : file;
        remarks.forEach(remark -> spec.commandLine()
                .getErr()
                .println(kind + new ConfigProblem(remark.at(name), remark.key(), remark.message())));
    }

    private String text() {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(input.read(file, spec)))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new ParameterException(spec.commandLine(), file + " is not a UTF-8 text");
        }
    }
}
