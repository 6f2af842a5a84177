package dev.aigateway.translation.chat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aigateway.conversation.Block;
import dev.aigateway.conversation.CacheMark;
import dev.aigateway.conversation.Conversation;
import dev.aigateway.conversation.GatewayError;
import dev.aigateway.conversation.GatewayException;
import dev.aigateway.conversation.Source;
import dev.aigateway.conversation.Vendor;
import dev.aigateway.translation.DataUrl;
import dev.aigateway.translation.Field;
import dev.aigateway.translation.Json;
import dev.aigateway.translation.TranslationNotes;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** Writes the content of one Chat message: a plain string where one text is all there is, else parts. */
final class ChatPartWriter {
    private final Conversation conversation;
    private final TranslationNotes notes;

    ChatPartWriter(Conversation conversation, TranslationNotes notes) {
        this.conversation = conversation;
        this.notes = notes;
    }

    JsonNode content(List<Block> blocks) {
        if (blocks.size() == 1 && blocks.getFirst() instanceof Block.Text text) {
            noteCache(text.cache());
            return Json.object().textNode(text.text());
        }
        ArrayNode parts = Json.array();
        blocks.forEach(block -> part(block, parts));
        return parts;
    }

    void part(Block block, ArrayNode parts) {
        switch (block) {
            case Block.Text text -> {
                noteCache(text.cache());
                text(text.text(), parts);
            }
            case Block.Image image -> {
                noteCache(image.cache());
                parts.add(image(image));
            }
            case Block.Audio(var data, var format) ->
                parts.addObject()
                        .put("type", "input_audio")
                        .putObject("input_audio")
                        .put("data", data)
                        .put("format", format);
            case Block.Document document -> {
                noteCache(document.cache());
                document(document, parts);
            }
            case Block.Refusal(var words) -> text(words, parts);
            case Block.Video ignored -> throw unsupported(Field.VIDEO, "video input");
            case Block.Opaque(var dialect, var type, var raw) ->
                notes.dropped(Field.CONTENT.in(conversation) + "." + type);
            case Block.Thinking ignored -> notes.dropped(Field.THINKING.in(conversation));
            case Block.RedactedThinking ignored -> notes.dropped(Field.THINKING.in(conversation));
            case Block.ToolCall ignored -> throw new IllegalStateException("a tool call is no part of a content");
            case Block.ToolResult ignored -> throw new IllegalStateException("a tool result is no part of a content");
        }
    }

    static void text(String text, ArrayNode parts) {
        parts.addObject().put("type", "text").put("text", text);
    }

    void noteCitations(Block.Text text) {
        noteCache(text.cache());
        if (!text.citations().isEmpty()) {
            notes.dropped(Field.CITATIONS.in(conversation));
        }
    }

    private void noteCache(Optional<CacheMark> cache) {
        if (cache.isPresent()) {
            notes.dropped(Field.CACHE_MARK.in(conversation));
        }
    }

    private JsonNode image(Block.Image image) {
        ObjectNode part = Json.object().put("type", "image_url");
        ObjectNode url = part.putObject("image_url")
                .put(
                        "url",
                        switch (image.source()) {
                            case Source.Base64(var mime, var data) -> DataUrl.of(mime, data);
                            case Source.Url(var address) -> address;
                            case Source.FileId ignored ->
                                throw unsupported(Field.IMAGE, "an uploaded file of another provider");
                            case Source.PlainText ignored -> throw unsupported(Field.IMAGE, "an image of text");
                        });
        image.detail().ifPresent(detail -> url.put("detail", detail));
        return part;
    }

    private void document(Block.Document document, ArrayNode parts) {
        if (document.citations()) {
            notes.dropped(Field.CITATIONS.in(conversation));
        }
        document.context().ifPresent(context -> text(context, parts));
        switch (document.source()) {
            case Source.PlainText(var words) -> inline(document, words, parts);
            case Source.Base64(var mime, var data)
            when mime.startsWith("text/") -> inline(document, decoded(data), parts);
            case Source.Base64(var mime, var data) -> {
                String name = document.name().or(document::title).orElse("document.pdf");
                parts.addObject()
                        .put("type", "file")
                        .putObject("file")
                        .put("filename", name)
                        .put("file_data", DataUrl.of(mime, data));
            }
            case Source.FileId(var vendor, var id)
            when vendor == Vendor.OPENAI ->
                parts.addObject().put("type", "file").putObject("file").put("file_id", id);
            case Source.FileId ignored -> throw unsupported(Field.DOCUMENT, "an uploaded file of another provider");
            case Source.Url ignored -> throw unsupported(Field.DOCUMENT, "a document by its URL");
        }
    }

    private void inline(Block.Document document, String words, ArrayNode parts) {
        notes.approximated(Field.DOCUMENT.in(conversation));
        String title = document.title()
                .or(document::name)
                .map(name -> "[document " + name + "]\n")
                .orElse("");
        text(title + words, parts);
    }

    private String decoded(String base64) {
        try {
            return new String(Base64.getMimeDecoder().decode(base64), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw unsupported(Field.DOCUMENT, "a document that is not valid base64");
        }
    }

    private GatewayException unsupported(Field field, String what) {
        return GatewayError.badField(
                        field.in(conversation),
                        what + " cannot be given to the provider of this model; send its content")
                .toException();
    }
}
