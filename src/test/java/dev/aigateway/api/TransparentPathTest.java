package dev.aigateway.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.aigateway.config.Configurations;
import dev.aigateway.config.GatewayConfig;
import jakarta.ws.rs.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TransparentPathTest {
    private static final GatewayConfig CONFIG = Configurations.of("""
            providers: [ { name: p, type: openai, base-url: "https://p.example.com/v1", api-keys: [ k ] } ]
            passthrough-provider: p
            endpoints: { a: { target-base: "https://a.example.com/v1" } }
            """);

    @Test
    void pathsOfResources_neverGoToTheProvider() {
        Set<String> paths = new TreeSet<>();
        for (JavaClass resource : new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("dev.aigateway.api")) {
            resource.tryGetAnnotationOfType(Path.class).ifPresent(path -> {
                for (JavaMethod method : resource.getMethods()) {
                    String below = method.tryGetAnnotationOfType(Path.class)
                            .map(Path::value)
                            .orElse("");
                    paths.addAll(examples(("/" + path.value() + "/" + below).replaceAll("/+", "/")));
                }
            });
        }
        paths.removeIf(path -> !path.startsWith("/v1/"));
        assertThat(paths).hasSizeGreaterThan(10).allMatch(TransparentPath::isServed);
        assertThat(paths)
                .allMatch(path -> TransparentPath.of(path, path, CONFIG).isEmpty());
    }

    /** With each of the words that a parameter may be, or any where it may be any. */
    private static List<String> examples(String template) {
        Matcher parameter = Pattern.compile("\\{\\w+(?:: ([^}]*))?}").matcher(template);
        if (!parameter.find()) {
            return List.of(template);
        }
        String words = parameter.group(1) == null ? "x" : parameter.group(1);
        return Arrays.stream(words.split("\\|"))
                .map(word -> template.substring(0, parameter.start()) + word + template.substring(parameter.end()))
                .flatMap(path -> examples(path).stream())
                .toList();
    }

    @ParameterizedTest
    @CsvSource({
        "/a/v1/x%2Fy, a, v1/x%2Fy",
        "/a/v1beta/models/m:generateContent, a, v1beta/models/m:generateContent",
        "/a/v1, a, v1",
        "/b/v1/x, b, v1/x"
    })
    void namedPath_isTaken_evenOfAnUnknownName(String path, String name, String rest) {
        TransparentPath taken = TransparentPath.of(path, path, CONFIG).orElseThrow();
        assertThat(taken.name()).isEqualTo(name);
        assertThat(taken.path()).isEqualTo(rest);
        assertThat(taken.target().isPresent()).isEqualTo(name.equals("a"));
        assertThat(taken.provider()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"/v1/files/../files, /v1/files", "/v1/%2e%2e/v1/files, /v1/files", "/%61/v1/x, /a/v1/x"})
    void pathWithSteps_isTakenAsRoutingSeesIt(String raw, String normal) {
        assertThat(TransparentPath.of(normal, raw, CONFIG).map(TransparentPath::path))
                .isEqualTo(Optional.of(normal.substring(normal.indexOf("v1"))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/a", "/a/v2/x", "/a/b/v1/x", "/", "/health", "/q/v1/x", "/v1beta/models", "/a/v1x"})
    void otherPaths_areLeftAlone(String path) {
        assertThat(TransparentPath.of(path, path, CONFIG)).isEmpty();
    }

    @Test
    void withoutSettings_nothingIsTaken() {
        GatewayConfig plain = Configurations.of("providers: [ { type: openai } ]");
        assertThat(TransparentPath.of("/a/v1/x", "/a/v1/x", plain)).isEmpty();
        assertThat(TransparentPath.of("/v1/files", "/v1/files", plain)).isEmpty();
    }
}
