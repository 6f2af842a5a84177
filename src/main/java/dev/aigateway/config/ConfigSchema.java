package dev.aigateway.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;

/**
 * The JSON Schema of the file, for editors. There is no list of keys: the bindings read a configuration that notes what it
 * is asked for. It is somewhat stricter than the gateway, which takes words in capitals and numbers in quotes too, and says
 * nothing of what only several values together can have wrong.
 */
public final class ConfigSchema {
    private ConfigSchema() {}

    /** The whole document, always the same. */
    public static String json() {
        DefaultIndenter lines = new DefaultIndenter("  ", "\n");
        DefaultPrettyPrinter printer = new DefaultPrettyPrinter(
                        Separators.createDefaultInstance().withObjectFieldValueSpacing(Separators.Spacing.AFTER))
                .withObjectIndenter(lines);
        try {
            return new JsonMapper().writer(printer).writeValueAsString(document()) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static ObjectNode document() {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        document.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        document.put("title", "Configuration of ai-gateway");
        SchemaWriter writer = new SchemaWriter();
        document.putArray("type").add("object").add("null");
        ObjectNode properties = document.putObject("properties");
        properties.set(ConfigFile.ROOT_KEY, writer.value(read()));
        ArrayNode framework = properties.putObject(ConfigFile.FRAMEWORK_KEY).putArray("type");
        framework.add("object").add("null");
        document.put("additionalProperties", false);
        document.set("$defs", writer.definitions());
        return document;
    }

    /** Everything that the bindings ask for, whether they find keys there or not. */
    static KeyTree read() {
        KeyTree tree = KeyTree.root();
        for (boolean present : new boolean[] {true, false}) {
            Section root = new DescribingSection(tree, present);
            new GatewayBinding(root, new ProxyUrl(List.of()), Optional.empty()).bind();
        }
        return tree;
    }
}
