package dev.aigateway.translation.messages;

import com.fasterxml.jackson.databind.JsonNode;
import dev.aigateway.conversation.Block;
import dev.aigateway.conversation.CacheMark;
import dev.aigateway.conversation.Citation;
import dev.aigateway.conversation.Dialect;
import dev.aigateway.conversation.Signature;
import dev.aigateway.conversation.Source;
import dev.aigateway.conversation.ToolKind;
import dev.aigateway.conversation.Vendor;
import dev.aigateway.translation.Json;
import dev.aigateway.translation.JsonFields;
import dev.aigateway.translation.SignatureCarrier;
import dev.aigateway.translation.TranslationNotes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Reads content blocks of Messages; a type that is not known here is kept whole as opaque. */
final class MessagesBlockReader {
    private final Map<String, String> toolNames;
    private final TranslationNotes notes;

    /** @param toolNames the names of the calls seen so far, by id */
    MessagesBlockReader(Map<String, String> toolNames, TranslationNotes notes) {
        this.toolNames = toolNames;
        this.notes = notes;
    }

    /** The cache mark of a block or tool. */
    static Optional<CacheMark> cache(JsonFields block) {
        return block.object("cache_control").map(mark -> new CacheMark(mark.text("ttl")));
    }

    /** The block; empty for an empty text. */
    Optional<Block> read(JsonFields block) {
        String type = block.requiredText("type");
        return switch (type) {
            case "text" -> text(block);
            case "image" -> Optional.of(new Block.Image(source(block), Optional.empty(), cache(block)));
            case "document" -> Optional.of(document(block));
            case "search_result" -> Optional.of(searchResult(block));
            case "tool_use" -> Optional.of(call(block));
            case "tool_result" -> Optional.of(result(block));
            case "thinking" ->
                Optional.of(new Block.Thinking(block.text("thinking").orElse(""), signature(block, "signature")));
            case "redacted_thinking" -> {
                Signature data = SignatureCarrier.read(block.requiredText("data"), Vendor.ANTHROPIC);
                yield Optional.of(new Block.RedactedThinking(data.vendor(), data.data()));
            }
            default -> Optional.of(new Block.Opaque(Dialect.MESSAGES, type, block.raw()));
        };
    }

    private Optional<Block> text(JsonFields block) {
        String text = block.requiredText("text");
        List<Citation> citations = block.array("citations").stream()
                .map(element -> citation(element.value()))
                .toList();
        return text.isEmpty()
                ? Optional.empty()
                : Optional.of(new Block.Text(text, citations, cache(block), Optional.empty()));
    }

    static Citation citation(JsonNode citation) {
        return new Citation(
                citation.path("url").asText(""),
                Optional.ofNullable(citation.path("title").textValue())
                        .or(() -> Optional.ofNullable(
                                citation.path("document_title").textValue())),
                -1,
                -1,
                Optional.of(Json.raw(citation)));
    }

    private static Optional<Signature> signature(JsonFields block, String field) {
        return block.text(field)
                .filter(text -> !text.isEmpty())
                .map(text -> SignatureCarrier.read(text, Vendor.ANTHROPIC));
    }

    private static Source source(JsonFields block) {
        JsonFields source = block.requiredObject("source");
        String type = source.requiredText("type");
        return switch (type) {
            case "base64" -> new Source.Base64(source.requiredText("media_type"), source.requiredText("data"));
            case "url" -> new Source.Url(source.requiredText("url"));
            case "file" -> new Source.FileId(Vendor.ANTHROPIC, source.requiredText("file_id"));
            case "text" -> new Source.PlainText(source.requiredText("data"));
            case "content" -> new Source.PlainText(contentText(source));
            default -> throw source.bad("type", "must be base64, url, file, text or content, not '" + type + "'");
        };
    }

    private Block document(JsonFields block) {
        boolean citations =
                block.object("citations").map(value -> value.flag("enabled")).orElse(false);
        return new Block.Document(
                source(block), Optional.empty(), block.text("title"), block.text("context"), citations, cache(block));
    }

    private Block searchResult(JsonFields block) {
        notes.approximated("messages.content.search_result");
        String text =
                block.text("title").orElse("") + "\n" + block.text("source").orElse("") + "\n" + contentText(block);
        return new Block.Text(text.strip(), cache(block));
    }

    /** The texts of nested blocks. */
    private static String contentText(JsonFields holder) {
        JsonNode content = holder.value("content").orElseThrow(() -> holder.missing("content"));
        if (content.isTextual()) {
            return content.textValue();
        }
        return holder.array("content").stream()
                .map(element -> element.fields().text("text").orElse(""))
                .collect(Collectors.joining("\n"));
    }

    private Block call(JsonFields block) {
        String name = block.requiredText("name");
        String input = block.object("input").map(value -> value.raw().text()).orElse("{}");
        return new Block.ToolCall(
                block.requiredText("id"),
                name,
                Optional.empty(),
                ToolKind.FUNCTION,
                input,
                Optional.empty(),
                cache(block));
    }

    private Block result(JsonFields block) {
        String id = block.requiredText("tool_use_id");
        return new Block.ToolResult(
                id,
                Optional.ofNullable(toolNames.get(id)),
                ToolKind.FUNCTION,
                resultContent(block),
                block.flag("is_error"),
                cache(block));
    }

    private List<Block> resultContent(JsonFields block) {
        Optional<JsonNode> content = block.value("content");
        if (content.isEmpty()) {
            return List.of();
        }
        if (content.get().isTextual()) {
            String text = content.get().textValue();
            return text.isEmpty() ? List.of() : List.of(new Block.Text(text));
        }
        List<Block> blocks = new ArrayList<>();
        block.array("content").forEach(element -> read(element.fields()).ifPresent(blocks::add));
        return blocks;
    }
}
