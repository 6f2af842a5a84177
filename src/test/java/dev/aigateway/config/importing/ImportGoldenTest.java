package dev.aigateway.config.importing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * Whole files, byte for byte. A case is a folder {@code imports/<name>}: {@code source.*} is another gateway's file,
 * {@code expected.yaml} what it becomes, {@code warnings.txt} what is told. The {@code -sample} cases are what the other
 * gateways' own documents print. {@code -Dgolden.update=true} writes the expectations anew, to be read before they are kept.
 */
class ImportGoldenTest {
    private static final Path ROOT = Path.of("src/test/resources/imports");
    private static final Set<String> OWN_HEADERS = Set.of("authorization", "content-type", "host");

    static List<Path> cases() throws Exception {
        try (Stream<Path> folders = Files.list(ROOT)) {
            return folders.sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void file_isConvertedByteForByte(Path folder) throws Exception {
        Import.Done done = convert(folder);
        expect(folder.resolve("expected.yaml"), done.yaml());
        expect(
                folder.resolve("warnings.txt"),
                done.warnings().stream()
                        .map(warning -> warning.at("source") + ": " + warning.key() + " " + warning.message() + "\n")
                        .collect(Collectors.joining()));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void converted_isOneYamlDocumentOfOurs(Path folder) throws Exception {
        Object document = new Yaml(new SafeConstructor(new LoaderOptions()))
                .load(convert(folder).yaml());
        assertThat(document).asInstanceOf(InstanceOfAssertFactories.MAP).containsOnlyKeys("ai-proxy");
    }

    /** Each key of the source stands in the document, or what it is called there: nothing is dropped silently. */
    @ParameterizedTest
    @MethodSource("cases")
    void everyValueOfTheSource_isInTheDocument(Path folder) throws Exception {
        String yaml = convert(folder).yaml();
        values(TextFormat.parse(source(folder)))
                .forEach(value -> assertThat(yaml).contains(value.replaceFirst("^[0-9.]*:(?=[0-9]+$)", "")));
    }

    private static Stream<String> values(Foreign node) {
        return switch (node) {
            case Foreign.Group group -> group.keys().values().stream().flatMap(ImportGoldenTest::values);
            case Foreign.Items items -> items.items().stream().flatMap(ImportGoldenTest::values);
            case Foreign.Scalar scalar when scalar.isText() -> Stream.of(scalar.text());
            case Foreign.Scalar ignored -> Stream.empty();
            case Foreign.Nothing ignored -> Stream.empty();
        };
    }

    private static Import.Done convert(Path folder) throws Exception {
        Import result = Importer.read(
                source(folder),
                new OurNames(
                        name -> OWN_HEADERS.contains(name.toLowerCase(Locale.ROOT)),
                        name -> name.matches("[A-Za-z0-9][A-Za-z0-9._-]*")));
        assertThat(result).isInstanceOf(Import.Done.class);
        return (Import.Done) result;
    }

    private static String source(Path folder) throws Exception {
        try (Stream<Path> files = Files.list(folder)) {
            Path source = files.filter(file -> file.getFileName().toString().startsWith("source."))
                    .findFirst()
                    .orElseThrow();
            return Files.readString(source);
        }
    }

    private static void expect(Path file, String actual) throws Exception {
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(file, actual);
        }
        assertThat(actual).isEqualTo(Files.readString(file));
    }
}
