package dev.aigateway.translation.gemini;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aigateway.conversation.Block;
import dev.aigateway.conversation.CacheMark;
import dev.aigateway.conversation.Conversation;
import dev.aigateway.conversation.Dialect;
import dev.aigateway.conversation.GatewayError;
import dev.aigateway.conversation.GatewayException;
import dev.aigateway.conversation.Source;
import dev.aigateway.conversation.Vendor;
import dev.aigateway.translation.Field;
import dev.aigateway.translation.Json;
import dev.aigateway.translation.Target;
import dev.aigateway.translation.TranslationNotes;
import java.util.Optional;
import java.util.Set;

/** Writes texts, pictures and files as parts (translation reference, section 7.2). Confined to one request. */
final class GeminiPartWriter {
    private static final Set<String> IMAGES =
            Set.of("image/png", "image/jpeg", "image/webp", "image/gif", "image/heic", "image/heif");

    private final Conversation conversation;
    private final Target target;
    private final TranslationNotes notes;

    GeminiPartWriter(Conversation conversation, Target target, TranslationNotes notes) {
        this.conversation = conversation;
        this.target = target;
        this.notes = notes;
    }

    void write(Block block, ArrayNode parts) {
        switch (block) {
            case Block.Text text -> {
                noteText(text);
                text(text.text(), parts);
            }
            case Block.Image image -> {
                noteCache(image.cache());
                image(image, parts);
            }
            case Block.Audio(var data, var format) ->
                inline(format.contains("/") ? format : "audio/" + format, data, parts);
            case Block.Video(var source) -> source(source, Field.VIDEO, parts);
            case Block.Document document -> {
                noteCache(document.cache());
                document(document, parts);
            }
            case Block.Refusal(var words) -> {
                notes.approximated(Field.REFUSAL.in(conversation));
                text(words, parts);
            }
            case Block.Opaque(var dialect, var type, var raw)
            when dialect == Dialect.GEMINI -> parts.add(Json.verbatim(raw));
            case Block.Opaque(var dialect, var type, var raw) ->
                notes.dropped(Field.CONTENT.in(conversation) + "." + type);
            case Block.Thinking ignored -> notes.dropped(Field.THINKING.in(conversation));
            case Block.RedactedThinking ignored -> notes.dropped(Field.THINKING.in(conversation));
            case Block.ToolCall ignored -> throw new IllegalStateException("a tool call is no user content");
            case Block.ToolResult ignored -> throw new IllegalStateException("a tool result is no plain content");
        }
    }

    void noteText(Block.Text text) {
        noteCache(text.cache());
        if (!text.citations().isEmpty()) {
            notes.dropped(Field.CITATIONS.in(conversation));
        }
    }

    void noteCache(Optional<CacheMark> cache) {
        if (cache.isPresent()) {
            notes.dropped(Field.CACHE_MARK.in(conversation));
        }
    }

    static void text(String text, ArrayNode parts) {
        if (!text.isEmpty()) {
            parts.addObject().put("text", text);
        }
    }

    private static ObjectNode inline(String mime, String data, ArrayNode parts) {
        ObjectNode part = parts.addObject();
        part.putObject("inlineData").put("mimeType", mime).put("data", data);
        return part;
    }

    private void image(Block.Image image, ArrayNode parts) {
        if (image.source() instanceof Source.Base64(var mime, var data) && !IMAGES.contains(mime)) {
            throw GatewayError.badField(Field.IMAGE.in(conversation), "images of type " + mime + " are not supported")
                    .toException();
        }
        ObjectNode part = source(image.source(), Field.IMAGE, parts);
        image.detail().filter(detail -> !detail.equals("auto")).ifPresent(detail -> detail(detail, part));
    }

    private void detail(String detail, ObjectNode part) {
        String field = Field.IMAGE_DETAIL.in(conversation);
        if (!GeminiRequestWriter.isGemini3(target)) {
            notes.dropped(field);
            return;
        }
        notes.approximated(field);
        part.putObject("mediaResolution")
                .put("level", detail.equals("low") ? "MEDIA_RESOLUTION_LOW" : "MEDIA_RESOLUTION_HIGH");
    }

    private ObjectNode source(Source source, Field field, ArrayNode parts) {
        return switch (source) {
            case Source.Base64(var mime, var data) -> inline(mime, data, parts);
            case Source.FileId(var vendor, var id) when vendor == Vendor.GOOGLE -> file(id, parts);
            case Source.Url(var url) when conversation.source() == Dialect.GEMINI -> file(url, parts);
            case Source.Url ignored -> throw unsupported(field, "content by its URL");
            case Source.FileId ignored -> throw unsupported(field, "an uploaded file of another provider");
            case Source.PlainText ignored -> throw unsupported(field, "media made of text");
        };
    }

    private static ObjectNode file(String uri, ArrayNode parts) {
        ObjectNode part = parts.addObject();
        part.putObject("fileData").put("fileUri", uri);
        return part;
    }

    private void document(Block.Document document, ArrayNode parts) {
        if (document.citations()) {
            notes.dropped(Field.CITATIONS.in(conversation));
        }
        document.context().ifPresent(context -> text(context, parts));
        Optional<String> title = document.title().or(document::name);
        if (document.source() instanceof Source.PlainText(var words)) {
            notes.approximated(Field.DOCUMENT.in(conversation));
            text(title.map(name -> "[document " + name + "]\n").orElse("") + words, parts);
            return;
        }
        document.title().ifPresent(name -> {
            notes.approximated(Field.DOCUMENT.in(conversation));
            text("[document " + name + "]", parts);
        });
        source(document.source(), Field.DOCUMENT, parts);
    }

    private GatewayException unsupported(Field field, String what) {
        return GatewayError.badField(
                        field.in(conversation),
                        what + " cannot be given to the provider of this model; send its content")
                .toException();
    }
}
