package dev.aigateway.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Set;

/** The schema of the file at work, as in an editor. */
final class FileSchema {
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final JsonSchema SCHEMA =
            JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(ConfigSchema.json());

    private FileSchema() {}

    /** What an editor would complain about. */
    static List<String> problems(String yaml) {
        return validate(yaml).stream().map(ValidationMessage::getMessage).toList();
    }

    /** The keys that it would not know. */
    static List<String> unknownKeys(String yaml) {
        return validate(yaml).stream()
                .filter(message -> message.getType().equals("additionalProperties"))
                .map(ValidationMessage::getMessage)
                .toList();
    }

    private static Set<ValidationMessage> validate(String yaml) {
        return SCHEMA.validate(json(yaml));
    }

    /** What is written without quotes is what JSON takes it for; expressions stay as they are. */
    static JsonNode json(String yaml) {
        try {
            return MAPPER.readTree(
                    JsonText.of(YamlFile.parseVariable(yaml, "file").orElseThrow()));
        } catch (BadValueException e) {
            throw new IllegalArgumentException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
