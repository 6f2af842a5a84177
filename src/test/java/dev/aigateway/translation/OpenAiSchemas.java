package dev.aigateway.translation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The schemas of what OpenAI clients are sent, in {@code schemas/openai.json}. Safe for concurrent use. */
public final class OpenAiSchemas {
    private static final Path FILE = Path.of("src/test/resources/schemas/openai.json");
    private static final JsonSchemaFactory FACTORY = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);
    private static final Map<String, JsonSchema> SCHEMAS = new ConcurrentHashMap<>();

    private OpenAiSchemas() {}

    /** What a value has against the definition of this name; empty when it is valid. */
    public static List<String> problems(String definition, JsonNode value) {
        return SCHEMAS.computeIfAbsent(definition, OpenAiSchemas::schema).validate(value).stream()
                .map(ValidationMessage::getMessage)
                .toList();
    }

    /** Fails unless all data of a stream is valid; an error object may stand in the place of any event. */
    public static void areValid(String definition, String sse) {
        List<String> data = sse.lines()
                .filter(line -> line.startsWith("data: ") && !line.equals("data: [DONE]"))
                .map(line -> line.substring("data: ".length()))
                .toList();
        assertThat(data).isNotEmpty();
        for (String text : data) {
            JsonNode event = Json.parse(text).orElseThrow(() -> new AssertionError("not JSON: " + text));
            boolean error = event.has("error") && !event.has("type");
            assertThat(problems(error ? "error" : definition, event)).as(text).isEmpty();
        }
    }

    private static JsonSchema schema(String definition) {
        try {
            ObjectNode document =
                    (ObjectNode) Json.parse(Files.readAllBytes(FILE)).orElseThrow();
            if (!document.at("/$defs").has(definition)) {
                throw new IllegalArgumentException("no schema " + definition);
            }
            return FACTORY.getSchema((JsonNode) document.put("$ref", "#/$defs/" + definition));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
