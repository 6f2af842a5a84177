package dev.aigateway.translation.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aigateway.conversation.Citation;
import dev.aigateway.translation.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The sources of an answer. Gemini counts their spans in UTF-8 bytes, the hub in code points (translation reference,
 * sections 6.2 and 7.3). Stateless.
 */
final class GeminiGrounding {
    private GeminiGrounding() {}

    /** @param text the answer text that the spans are in */
    static List<Citation> read(JsonNode metadata, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        List<Citation> citations = new ArrayList<>();
        for (JsonNode support : metadata.path("groundingSupports")) {
            int start =
                    codePoints(bytes, support.path("segment").path("startIndex").asInt(0));
            int end = codePoints(bytes, support.path("segment").path("endIndex").asInt(-1));
            boolean known = start >= 0 && end >= start;
            for (JsonNode index : support.path("groundingChunkIndices")) {
                JsonNode chunk = metadata.path("groundingChunks").path(index.asInt(-1));
                JsonNode web = chunk.path("web");
                if (web.path("uri").isTextual()) {
                    citations.add(new Citation(
                            web.get("uri").textValue(),
                            Optional.ofNullable(web.path("title").textValue()),
                            known ? start : -1,
                            known ? end : -1,
                            Optional.of(Json.raw(chunk))));
                }
            }
        }
        return citations;
    }

    /** @param text the answer text that the citations count their code points in */
    static ObjectNode write(List<Citation> citations, String text) {
        ObjectNode metadata = Json.object();
        ArrayNode chunks = metadata.putArray("groundingChunks");
        ArrayNode supports = metadata.putArray("groundingSupports");
        for (Citation citation : citations) {
            ObjectNode web = chunks.addObject().putObject("web").put("uri", citation.url());
            citation.title().ifPresent(title -> web.put("title", title));
            if (citation.start() >= 0) {
                ObjectNode support = supports.addObject();
                support.putObject("segment")
                        .put("startIndex", bytes(text, citation.start()))
                        .put("endIndex", bytes(text, citation.end()));
                support.putArray("groundingChunkIndices").add(chunks.size() - 1);
            }
        }
        return metadata;
    }

    /** Code points before a byte; -1 where the text has no such byte. */
    private static int codePoints(byte[] bytes, int offset) {
        if (offset < 0 || offset > bytes.length) {
            return -1;
        }
        String before = new String(bytes, 0, offset, StandardCharsets.UTF_8);
        return before.codePointCount(0, before.length());
    }

    private static int bytes(String text, int codePoints) {
        int most = text.codePointCount(0, text.length());
        int end = text.offsetByCodePoints(0, Math.min(codePoints, most));
        return text.substring(0, end).getBytes(StandardCharsets.UTF_8).length;
    }
}
