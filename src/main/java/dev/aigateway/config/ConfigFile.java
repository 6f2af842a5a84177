package dev.aigateway.config;

import dev.aigateway.config.importing.Import;
import dev.aigateway.config.importing.Remark;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Finds and reads the YAML file. A file that somebody names must be there; the default one need not. The file of another
 * gateway is converted first, with a warning.
 */
final class ConfigFile {
    static final String DEFAULT_NAME = "application.yaml";
    static final String ROOT_KEY = "ai-proxy";

    /** Settings of the framework may stand in the same file. */
    static final String FRAMEWORK_KEY = "quarkus";

    private final Path directory;
    private final Expressions expressions;
    private final Findings findings;

    ConfigFile(Path directory, Expressions expressions, Findings findings) {
        this.directory = directory;
        this.expressions = expressions;
        this.findings = findings;
    }

    /**
     * What a file holds.
     *
     * @param path empty when there is no file
     */
    record Content(Optional<Path> path, Node gateway, Node framework) {
        static final Content NONE =
                new Content(Optional.empty(), new Node.Nothing(DEFAULT_NAME), new Node.Nothing(DEFAULT_NAME));
    }

    /** Where the file is or may come to be; empty when its name makes no sense. */
    Optional<Path> path(Optional<Section.Found<String>> named) {
        try {
            return Optional.of(directory.resolve(named.map(Section.Found::value).orElse(DEFAULT_NAME)));
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    /** Empty when the file cannot be used; then that is among the findings. */
    Optional<Content> read(Optional<Section.Found<String>> named) {
        String name = named.map(Section.Found::value).orElse(DEFAULT_NAME);
        try {
            Path path = directory.resolve(name);
            if (named.isEmpty() && !Files.exists(path)) {
                return Optional.of(Content.NONE);
            }
            return content(path, name);
        } catch (CharacterCodingException e) {
            findings.problem(name, "", "is not a UTF-8 text");
        } catch (IOException | InvalidPathException e) {
            findings.problem(named.map(Section.Found::where).orElse(name), "", "the file " + name + " cannot be read");
        }
        return Optional.empty();
    }

    private Optional<Content> content(Path path, String name) throws IOException {
        if (!Files.isRegularFile(path)) {
            throw new IOException("no file");
        }
        String text = withoutMark(Files.readString(path));
        return switch (ForeignConfig.read(text)) {
            case Import.Done done -> converted(path, name, done);
            case Import.Refused refused -> refused(name, refused.problems());
            case Import.Broken broken when !broken.likeOurs() -> refused(name, List.of(broken.problem()));
            case Import.Broken ignored -> yaml(path, name, text);
            case Import.Unknown ignored -> yaml(path, name, text);
        };
    }

    private Optional<Content> refused(String name, List<Remark> problems) {
        problems.forEach(problem -> findings.problem(problem.at(name), problem.key(), problem.message()));
        return Optional.empty();
    }

    private Optional<Content> converted(Path path, String name, Import.Done done) {
        findings.warning(
                name,
                "",
                "is a configuration of %s, used as if it were converted; see the result with: ai-gateway import %s"
                        .formatted(done.gateway(), name));
        done.warnings().forEach(warning -> findings.warning(warning.at(name), warning.key(), warning.message()));
        return yaml(path, name + " as converted", done.yaml());
    }

    /** What a text holds, wherever it is from. */
    Optional<Content> yaml(Path path, String label, String text) {
        return YamlFile.parse(text, label, expressions, findings).flatMap(root -> parts(path, root));
    }

    static String withoutMark(String text) {
        return text.startsWith("\ufeff") ? text.substring(1) : text;
    }

    private Optional<Content> parts(Path path, Node root) {
        return switch (root) {
            case Node.Keys keys -> {
                keys.keys().forEach(this::checkTopLevel);
                yield Optional.of(new Content(Optional.of(path), part(keys, ROOT_KEY), part(keys, FRAMEWORK_KEY)));
            }
            case Node.Nothing nothing -> Optional.of(new Content(Optional.of(path), nothing, nothing));
            default -> {
                findings.problem(root.where(), "", "must hold the key ai-proxy, and the settings below it");
                yield Optional.empty();
            }
        };
    }

    private void checkTopLevel(String key, Node node) {
        if (!Set.of(ROOT_KEY, FRAMEWORK_KEY).contains(key)) {
            String hint = Suggestion.ofNear(key, List.of(ROOT_KEY, FRAMEWORK_KEY));
            findings.problem(
                    node.where(),
                    key,
                    "is not a known key" + (hint.isEmpty() ? "; all settings stand below ai-proxy" : hint));
        }
    }

    private static Node part(Node.Keys keys, String key) {
        return keys.keys().getOrDefault(key, new Node.Nothing(keys.where()));
    }
}
