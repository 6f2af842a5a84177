package dev.aigateway.translation.responses;

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
import dev.aigateway.translation.TranslationNotes;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;

/** Writes input parts: texts, images, files and audio (translation reference, section 7.2). Confined to one request. */
final class ResponsesPartWriter {
    private static final Set<String> AUDIO_FORMATS = Set.of("wav", "mp3");

    private final Conversation conversation;
    private final TranslationNotes notes;

    ResponsesPartWriter(Conversation conversation, TranslationNotes notes) {
        this.conversation = conversation;
        this.notes = notes;
    }

    static void text(String text, ArrayNode parts) {
        parts.addObject().put("type", "input_text").put("text", text);
    }

    void part(Block block, ArrayNode parts) {
        switch (block) {
            case Block.Text text -> {
                noteCache(text.cache());
                text(text.text(), parts);
            }
            case Block.Image image -> {
                noteCache(image.cache());
                image(image, parts.addObject());
            }
            case Block.Audio audio -> audio(audio, parts);
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

    void noteCache(Optional<CacheMark> cache) {
        if (cache.isPresent()) {
            notes.dropped(Field.CACHE_MARK.in(conversation));
        }
    }

    private void image(Block.Image image, ObjectNode part) {
        part.put("type", "input_image");
        switch (image.source()) {
            case Source.Base64(var mime, var data) -> part.put("image_url", DataUrl.of(mime, data));
            case Source.Url(var url) -> part.put("image_url", url);
            case Source.FileId(var vendor, var id) when vendor == Vendor.OPENAI -> part.put("file_id", id);
            case Source.FileId ignored -> throw unsupported(Field.IMAGE, "an uploaded file of another provider");
            case Source.PlainText ignored -> throw unsupported(Field.IMAGE, "an image of text");
        }
        image.detail().ifPresent(detail -> part.put("detail", detail));
    }

    private void audio(Block.Audio audio, ArrayNode parts) {
        if (!AUDIO_FORMATS.contains(audio.format())) {
            throw unsupported(Field.AUDIO, "audio other than wav and mp3");
        }
        parts.addObject()
                .put("type", "input_audio")
                .putObject("input_audio")
                .put("data", audio.data())
                .put("format", audio.format());
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
            case Source.Base64(var mime, var data) ->
                parts.addObject()
                        .put("type", "input_file")
                        .put("filename", document.name().or(document::title).orElse("document.pdf"))
                        .put("file_data", DataUrl.of(mime, data));
            case Source.Url(var url) ->
                parts.addObject().put("type", "input_file").put("file_url", url);
            case Source.FileId(var vendor, var id)
            when vendor == Vendor.OPENAI ->
                parts.addObject().put("type", "input_file").put("file_id", id);
            case Source.FileId ignored -> throw unsupported(Field.DOCUMENT, "an uploaded file of another provider");
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

    private static String decoded(String base64) {
        return new String(Base64.getMimeDecoder().decode(base64), StandardCharsets.UTF_8);
    }

    private GatewayException unsupported(Field field, String what) {
        return GatewayError.badField(
                        field.in(conversation),
                        what + " cannot be given to the provider of this model; send its content")
                .toException();
    }
}
