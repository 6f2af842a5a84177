package dev.aigateway.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The schema says what the gateway says, and sample and document have every key. */
class ConfigSchemaTest {
    private static final Path FILE = Path.of("docs/application.schema.json");
    private static final Path DOCUMENT = Path.of("docs/configuration.md");
    private static final Pattern YAML_BLOCK = Pattern.compile("(?ms)^```yaml\\n(.*?)^```$");
    private static final Path KUBERNETES = Path.of("deploy/kubernetes.yaml");
    private static final Pattern CONFIG_MAP = Pattern.compile("(?ms)^  application\\.yaml: \\|\\n(.*?)^---$");

    /** What a group cannot do without. */
    private static final Map<String, String> NEEDED = Map.of(
            "cloak", "preset: claude-code",
            "log.file", "path: gateway.log",
            "tls", "cert: src/test/resources/tls/upstream-cert.pem, key: src/test/resources/tls/upstream-key.pem");

    @TempDir
    Path directory;

    /** {@code -Dgolden.update=true} writes it anew. */
    @Test
    void file_isThatOfThisVersion() throws IOException {
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(FILE, ConfigSchema.json());
        }
        assertThat(ConfigSchema.json()).isEqualTo(Files.readString(FILE));
    }

    @Test
    void sample_isValid_asItIsAndWithEverySetting() {
        assertThat(FileSchema.problems(SampleFile.text())).isEmpty();
        assertThat(FileSchema.problems(SampleFile.everything())).isEmpty();
    }

    static Stream<String> examples() throws IOException {
        List<String> examples = new ArrayList<>();
        try (Stream<Path> documents = Files.list(Path.of("docs"))) {
            for (Path document : Stream.concat(documents, Stream.of(Path.of("README.md")))
                    .filter(file -> file.toString().endsWith(".md"))
                    .sorted()
                    .toList()) {
                YAML_BLOCK
                        .matcher(Files.readString(document))
                        .results()
                        .map(block -> block.group(1))
                        .map(ConfigSchemaTest::whole)
                        .forEach(examples::add);
            }
        }
        assertThat(examples).hasSizeGreaterThan(10);
        Matcher inConfigMap = CONFIG_MAP.matcher(Files.readString(KUBERNETES));
        assertThat(inConfigMap.find()).isTrue();
        examples.add(inConfigMap.group(1).stripIndent());
        return examples.stream();
    }

    /** Examples may leave out what is above; one that is indented is a provider. */
    private static String whole(String example) {
        if (example.startsWith(" ")) {
            return "ai-proxy:\n  providers:\n" + example;
        }
        return example.contains("ai-proxy:") ? example : "ai-proxy:\n" + example.indent(2);
    }

    static Stream<String> imported() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/test/resources/imports"))) {
            List<String> texts = new ArrayList<>();
            for (Path file :
                    files.filter(path -> path.endsWith("expected.yaml")).toList()) {
                texts.add(Files.readString(file));
            }
            assertThat(texts).isNotEmpty();
            return texts.stream();
        }
    }

    @ParameterizedTest
    @MethodSource({"examples", "imported"})
    void goodFile_isValid(String yaml) {
        assertThat(FileSchema.problems(yaml)).as(yaml).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "port: abc",
                "port: 65536",
                "port: [ 1 ]",
                "port: { a: 1 }",
                "prot: 1",
                "config: x.yaml",
                "host: a b",
                "access-keys: a",
                "access-keys: [ '' ]",
                "access-keys: [ ~ ]",
                "access-keys: [ 'a b' ]",
                "allow-anonymous: maybe",
                "default-model: ''",
                "limits: 5",
                "limits: { max-body-size: big }",
                "limits: { max-body-size: 0 }",
                "limits: { max-boddy-size: 1 }",
                "retry: { base-delay: 5 }",
                "retry: { jitter: none }",
                "retry: { statuses: [ 200 ] }",
                "streaming: { idle-timeout: 0 }",
                "strict-translation: 1",
                "proxy-url: ftp://x",
                "passthrough-provider: ''",
                "admin: { keys: [ 'a b' ] }",
                "admin: { allow-remote: 1 }",
                "cors: { origins: [ chat.example.com ] }",
                "cors: { origins: [ 'https://example.com/chat' ] }",
                "log: { level: loud }",
                "log: { format: xml }",
                "log: { file: { path: '' } }",
                "log: { file: { path: x.log, max-age: 4w } }",
                "log: { file: { path: x.log, max-size: 0 } }",
                "request-log: 1",
                "queue: { size: -1 }",
                "breaker: { duration: 0 }",
                "health-check: { interval: 5 }",
                "responses-store: { ttl: 0 }",
                "routing: { strategy: fastest }",
                "routing: { models: { x: fastest } }",
                "fallbacks: { a: b }",
                "model-mapping: { a: [ b ] }",
                "tls: { client-auth: maybe }",
                "tls: { cert: '', key: '' }",
                "endpoints: { groq: { target: https://example.com } }",
                "endpoints: { groq: { target-base: example.com } }",
                "payload: { default: [ { models: [ x ], params: [ y ] } ] }",
                "payload: { filter: [ { models: [ x ], params: { y: 1 } } ] }",
                "payload: { filter: [ { models: [ { name: x, protocol: soap } ], params: [ y ] } ] }",
                "providers: openai",
                "providers: [ openai ]",
                "providers: [ { type: opnai } ]",
                "providers: [ { type: codex } ]",
                "providers: [ { type: demo, wieght: 1 } ]",
                "providers: { x: { type: demo, wieght: 1 } }",
                "providers: { x: { type: demo, weight: 0 } }",
                "providers: [ { type: demo, models: gpt } ]",
                "providers: [ { type: demo, models: [ [ x ] ] } ]",
                "providers: [ { type: demo, models: [ { id: x, name: y } ] } ]",
                "providers: [ { type: demo, base-url: 'ftp://x' } ]",
                "providers: [ { type: openai, serves: [ embedings ] } ]",
                "providers: [ { type: openai, temperature: 3 } ]",
                "providers: [ { type: openai, quirks: [ odd ] } ]",
                "providers: [ { type: openai, api-keys: [ { key: k, max-concurent: 1 } ] } ]",
                "providers: [ { type: openai, api-keys: [ { key: k, timeouts: { idel: 1s } } ] } ]",
                "providers: [ { type: anthropic, api-keys: [ k ], cloak: { preset: claude-cod } } ]"
            })
    void wrongFile_isRefusedByBoth(String yaml) {
        assertThat(FileSchema.problems("ai-proxy:\n  " + yaml)).isNotEmpty();
        assertThat(new Loading(directory).yaml(yaml).problems()).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource({"'aiproxy: {}'", "'port: 1'", "'ai-proxy: []'", "'quarkus: 5'", "'[]'"})
    void wrongTopLevel_isInvalid(String yaml) {
        assertThat(FileSchema.problems(yaml)).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "port:",
                "port: ${PORT:1}",
                "access-keys: ${KEYS:a}",
                "limits:",
                "providers: { demo: }",
                "streaming: { keepalive: 0 }",
                "limits: { max-body-size: 2000000 }",
                "default-model: 4",
                "proxy-url: ''",
                "retry: { jitter: full, statuses: [ 429 ] }",
                "cors: { origins: [ '*', 'null', 'HTTPS://Chat.example.com:8443/' ] }",
                "log: { level: debug, file: { path: x.log, max-age: 28d, max-size: 2GB } }",
                "log: { file: { path: x.log, max-age: 0 } }",
                "model-mapping: { a: '${B:b}' }"
            })
    void wayOfWriting_isGoodForBoth(String yaml) {
        assertThat(FileSchema.problems("ai-proxy:\n  " + yaml)).isEmpty();
        assertThat(new Loading(directory).yaml(yaml).problems()).isEmpty();
    }

    static List<KeyPlace> keys() {
        return KeyPlace.all().toList();
    }

    /** The schema is read from the bindings; this shows that nothing is lost or added on the way. */
    @ParameterizedTest
    @MethodSource("keys")
    void key_isKnownToBoth_andMisspelledToNone(KeyPlace key) {
        String unknown = "is not a known key";
        assertThat(FileSchema.problems(key.yaml())).as(key.yaml()).isEmpty();
        assertThat(problems(key.yaml())).noneMatch(problem -> problem.contains(key.path() + " " + unknown));

        String misspelled = key.name() + "x";
        assertThat(FileSchema.unknownKeys(key.yaml(misspelled)))
                .anyMatch(problem -> problem.contains("'" + misspelled + "'"));
        assertThat(problems(key.yaml(misspelled))).anyMatch(problem -> problem.contains(key.path() + "x " + unknown));
    }

    private List<String> problems(String yaml) {
        return new Loading(directory).file("application.yaml", yaml).problems();
    }

    static List<KeyPlace> settings() {
        return KeyPlace.all().filter(KeyPlace::isSetting).toList();
    }

    @ParameterizedTest
    @MethodSource("settings")
    void key_isInTheDocument(KeyPlace key) throws IOException {
        Pattern name = Pattern.compile("`[^`\\n]*(?<![\\w.-])" + Pattern.quote(key.ownPath()) + "(?![\\w-])[^`\\n]*`");
        assertThat(name.matcher(Files.readString(DOCUMENT)).find())
                .as(key.path())
                .isTrue();
    }

    /** What keys and endpoints have in common with providers is shown there; older names are not shown. */
    @Test
    void everyKey_isInTheSample() {
        JsonNode sample = FileSchema.json(SampleFile.everything()).get("ai-proxy");
        Set<String> paths = new HashSet<>();
        paths(List.of(), sample, paths);
        Set<String> names = new HashSet<>();
        paths.forEach(path -> names.addAll(List.of(path.split("\\."))));
        paths.add("request-log");
        settings().forEach(key -> {
            String path = String.join(".", key.tree().names());
            boolean elsewhere = path.startsWith("providers.api-keys.") || path.startsWith("endpoints.");
            boolean shown =
                    elsewhere || path.startsWith("payload.") ? names.contains(key.name()) : paths.contains(path);
            assertThat(shown).as(key.path()).isTrue();
        });
    }

    private static void paths(List<String> steps, JsonNode node, Set<String> paths) {
        paths.add(String.join(".", steps));
        node.forEach(entry -> {
            if (node.isArray()) {
                paths(steps, entry, paths);
            }
        });
        for (Map.Entry<String, JsonNode> key : node.properties()) {
            List<String> longer = new ArrayList<>(steps);
            longer.add(key.getKey());
            paths(longer, key.getValue(), paths);
        }
    }

    /** The tables of the document: key, kind, default, variable. */
    static List<DocumentedDefault> defaults() throws IOException {
        Pattern row = Pattern.compile("(?m)^\\| `([a-z.-]+)` \\|.*\\| `([^`]+)`(?:[:,] [^|]*)? \\| `([A-Z_…]+)` \\|$");
        return row.matcher(Files.readString(DOCUMENT))
                .results()
                .map(ConfigSchemaTest::documentedDefault)
                // A choice is not the same as none, although both mean chat.
                .filter(found -> !found.key().equals("wire-api"))
                .toList();
    }

    private static DocumentedDefault documentedDefault(MatchResult row) {
        return new DocumentedDefault(row.group(1), row.group(2), !row.group(3).startsWith("AI_PROXY_"));
    }

    record DocumentedDefault(String key, String value, boolean ofProvider) {
        String yaml() {
            return whole(Stream.concat(needed(), Stream.of(name() + ": " + value)));
        }

        String without() {
            return whole(needed());
        }

        private Stream<String> needed() {
            return Stream.ofNullable(NEEDED.get(group()));
        }

        private String group() {
            return key.substring(0, Math.max(0, key.lastIndexOf('.')));
        }

        private String name() {
            return key.substring(key.lastIndexOf('.') + 1);
        }

        private String whole(Stream<String> settings) {
            String yaml = settings.collect(Collectors.joining(", "));
            for (String step :
                    Pattern.compile("\\.").splitAsStream(group()).toList().reversed()) {
                yaml = yaml.isEmpty() || step.isEmpty() ? yaml : step + ": { " + yaml + " }";
            }
            return ofProvider ? provider(yaml) : yaml;
        }

        /** Only one type has a cloak, and not all serve the rest. */
        private String provider(String settings) {
            String type = group().equals("cloak") ? "anthropic" : "openai";
            return "providers: [ { type: " + type + ", base-url: https://e.example.com, " + settings + " } ]";
        }
    }

    @ParameterizedTest
    @MethodSource("defaults")
    void documentedDefault_isTheDefault(DocumentedDefault row) {
        assertThat(new Loading(directory).yaml(row.yaml()).config())
                .isEqualTo(new Loading(directory).yaml(row.without()).config());
    }

    @Test
    void documentedDefaults_areNearlyAllSettings() throws IOException {
        assertThat(defaults()).hasSizeGreaterThan(75);
    }
}
