package dev.aigateway.config.importing;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads JSON, strictly, with the line of each value. Messages never quote the text. */
final class JsonText {
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .configure(StreamReadFeature.STRICT_DUPLICATE_DETECTION, true)
            .build();

    private JsonText() {}

    static Foreign parse(String text) throws SyntaxException {
        try (JsonParser parser = FACTORY.createParser(text)) {
            parser.nextToken();
            Foreign root = value(parser);
            if (parser.nextToken() != null) {
                throw broken(parser.currentTokenLocation(), "it goes on after its end");
            }
            return root;
        } catch (JsonProcessingException e) {
            throw broken(e.getLocation(), reason(e));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Foreign value(JsonParser parser) throws IOException {
        String place = Integer.toString(parser.currentTokenLocation().getLineNr());
        JsonToken token = parser.currentToken();
        return switch (token) {
            case START_OBJECT -> new Foreign.Group(keys(parser), place);
            case START_ARRAY -> new Foreign.Items(items(parser), place);
            case VALUE_NULL -> new Foreign.Nothing(place);
            default -> new Foreign.Scalar(parser.getText(), token == JsonToken.VALUE_STRING, place);
        };
    }

    private static Map<String, Foreign> keys(JsonParser parser) throws IOException {
        Map<String, Foreign> keys = new LinkedHashMap<>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String key = parser.currentName();
            parser.nextToken();
            keys.put(key, value(parser));
        }
        return keys;
    }

    private static List<Foreign> items(JsonParser parser) throws IOException {
        List<Foreign> items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            items.add(value(parser));
        }
        return items;
    }

    /** The parser's own words may quote what stands there, so only their kind is told. */
    private static String reason(JsonProcessingException e) {
        String message = String.valueOf(e.getOriginalMessage());
        if (message.startsWith("Unexpected end-of-input")) {
            return "it ends too early";
        }
        return message.startsWith("Duplicate") ? "a key is there twice" : "something else is expected here";
    }

    private static SyntaxException broken(@Nullable JsonLocation at, String reason) {
        String place = at == null ? "" : at.getLineNr() + ":" + at.getColumnNr();
        return new SyntaxException("JSON", place, ": " + reason);
    }
}
