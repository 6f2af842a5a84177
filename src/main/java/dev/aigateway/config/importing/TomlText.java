package dev.aigateway.config.importing;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.toml.TomlMapper;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Reads TOML. The library does not tell the lines of values, only those of mistakes. Messages never quote the text. */
final class TomlText {
    private static final TomlMapper MAPPER = new TomlMapper();

    private TomlText() {}

    static Foreign parse(String text) throws SyntaxException {
        try {
            return foreign(MAPPER.readTree(text));
        } catch (JsonProcessingException e) {
            throw new SyntaxException("TOML", place(e.getLocation()), "");
        }
    }

    private static String place(@Nullable JsonLocation at) {
        return at == null || at.getLineNr() < 1 ? "" : at.getLineNr() + ":" + at.getColumnNr();
    }

    private static Foreign foreign(JsonNode node) {
        if (node.isObject()) {
            Map<String, Foreign> keys = new LinkedHashMap<>();
            node.properties().forEach(entry -> keys.put(entry.getKey(), foreign(entry.getValue())));
            return new Foreign.Group(keys, "");
        }
        if (node.isArray()) {
            return new Foreign.Items(
                    StreamSupport.stream(node.spliterator(), false)
                            .map(TomlText::foreign)
                            .toList(),
                    "");
        }
        return new Foreign.Scalar(node.asText(), node.isTextual(), "");
    }
}
