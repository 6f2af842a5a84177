package dev.aigateway.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/**
 * What a command is given to read: the file of that name, or standard input for {@code -}. Read once, by one thread.
 *
 * @param input what {@code -} reads
 */
record InputFile(InputStream input) {
    /** @throws ParameterException when it cannot be read */
    byte[] read(String name, CommandSpec command) {
        try {
            return name.equals("-") ? input.readAllBytes() : Files.readAllBytes(Path.of(name));
        } catch (IOException | InvalidPathException e) {
            throw new ParameterException(command.commandLine(), "cannot read " + name);
        }
    }
}
