package dev.aigateway.translation.messages;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aigateway.conversation.Block;
import dev.aigateway.conversation.Conversation;
import dev.aigateway.conversation.GatewayError;
import dev.aigateway.conversation.GatewayException;
import dev.aigateway.conversation.Signature;
import dev.aigateway.conversation.Source;
import dev.aigateway.conversation.Vendor;
import dev.aigateway.translation.Field;
import dev.aigateway.translation.Json;
import dev.aigateway.translation.TranslationNotes;
import dev.aigateway.translation.tools.Arguments;
import dev.aigateway.translation.tools.CallIds;
import dev.aigateway.translation.tools.CustomTools;
import dev.aigateway.translation.tools.ToolNames;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Writes content blocks of Messages (translation reference, sections 7.2, 9.3 and 10.4). Confined to one request. */
final class MessagesBlockWriter {
    private static final Set<String> IMAGE_TYPES = Set.of("image/jpeg", "image/png", "image/gif", "image/webp");

    private final Conversation conversation;
    private final ToolNames names;
    private final CacheMarks marks;
    private final TranslationNotes notes;

    MessagesBlockWriter(Conversation conversation, ToolNames names, CacheMarks marks, TranslationNotes notes) {
        this.conversation = conversation;
        this.names = names;
        this.marks = marks;
        this.notes = notes;
    }

    /** Whether a block is reasoning that Anthropic itself has signed. */
    static boolean isOwnThinking(Block block) {
        return switch (block) {
            case Block.Thinking(var text, var signature) ->
                signature.filter(value -> value.vendor() == Vendor.ANTHROPIC).isPresent();
            case Block.RedactedThinking(var vendor, var data) -> vendor == Vendor.ANTHROPIC;
            default -> false;
        };
    }

    ArrayNode write(List<Block> blocks) {
        ArrayNode content = Json.array();
        blocks.forEach(block -> {
            int before = content.size();
            block(block, content);
            if (content.size() > before && content.get(content.size() - 1) instanceof ObjectNode written) {
                marks.write(CacheMarks.mark(block), written);
            }
        });
        return content;
    }

    private void block(Block block, ArrayNode content) {
        switch (block) {
            case Block.Text text -> {
                if (!text.citations().isEmpty()) {
                    notes.dropped(Field.CITATIONS.in(conversation));
                }
                text(text.text(), content);
            }
            case Block.Image image -> image(image, content);
            case Block.Document document -> document(document, content);
            case Block.ToolCall call -> call(call, content);
            case Block.ToolResult result -> result(result, content);
            case Block.Thinking(var text, var signature) -> thinking(block, text, signature, content);
            case Block.RedactedThinking(var vendor, var data) -> {
                if (isOwnThinking(block)) {
                    content.addObject().put("type", "redacted_thinking").put("data", data);
                } else {
                    notes.dropped(Field.THINKING.in(conversation));
                }
            }
            case Block.Refusal(var words) -> {
                notes.approximated(Field.REFUSAL.in(conversation));
                text(words, content);
            }
            case Block.Audio ignored -> throw unsupported(Field.AUDIO, "audio");
            case Block.Video ignored -> throw unsupported(Field.VIDEO, "video");
            case Block.Opaque(var dialect, var type, var raw) ->
                notes.dropped(Field.CONTENT.in(conversation) + "." + type);
        }
    }

    private static void text(String text, ArrayNode content) {
        if (!text.isBlank()) {
            content.addObject().put("type", "text").put("text", text);
        }
    }

    private void thinking(Block block, String text, Optional<Signature> signature, ArrayNode content) {
        if (isOwnThinking(block)) {
            content.addObject()
                    .put("type", "thinking")
                    .put("thinking", text)
                    .put("signature", signature.orElseThrow().data());
        } else {
            notes.dropped(Field.THINKING.in(conversation));
        }
    }

    private void image(Block.Image image, ArrayNode content) {
        if (image.detail().filter(detail -> !detail.equals("auto")).isPresent()) {
            notes.dropped(Field.IMAGE_DETAIL.in(conversation));
        }
        ObjectNode source = content.addObject().put("type", "image").putObject("source");
        switch (image.source()) {
            case Source.Base64(var mime, var data) -> {
                if (!IMAGE_TYPES.contains(mime)) {
                    throw unsupported(Field.IMAGE, "an image of type " + mime);
                }
                source.put("type", "base64").put("media_type", mime).put("data", data);
            }
            case Source.Url(var url) -> source.put("type", "url").put("url", url);
            case Source.FileId(var vendor, var id) -> file(Field.IMAGE, vendor, id, source);
            case Source.PlainText ignored -> throw unsupported(Field.IMAGE, "an image of text");
        }
    }

    private void document(Block.Document document, ArrayNode content) {
        ObjectNode block = content.addObject().put("type", "document");
        ObjectNode source = block.putObject("source");
        switch (document.source()) {
            case Source.Base64(var mime, var data)
            when mime.equals("application/pdf") ->
                source.put("type", "base64").put("media_type", mime).put("data", data);
            case Source.Base64(var mime, var data) when mime.startsWith("text/") -> plain(source, decoded(data));
            case Source.Base64(var mime, var data) -> throw unsupported(Field.DOCUMENT, "a file of type " + mime);
            case Source.PlainText(var text) -> plain(source, text);
            case Source.Url(var url) -> source.put("type", "url").put("url", url);
            case Source.FileId(var vendor, var id) -> file(Field.DOCUMENT, vendor, id, source);
        }
        document.title().or(document::name).ifPresent(title -> block.put("title", title));
        document.context().ifPresent(context -> block.put("context", context));
        if (document.citations()) {
            block.putObject("citations").put("enabled", true);
        }
    }

    private String decoded(String base64) {
        try {
            return new String(Base64.getMimeDecoder().decode(base64), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw unsupported(Field.DOCUMENT, "a file whose content is not valid base64");
        }
    }

    private static void plain(ObjectNode source, String text) {
        source.put("type", "text").put("media_type", "text/plain").put("data", text);
    }

    private void file(Field field, Vendor vendor, String id, ObjectNode source) {
        if (vendor != Vendor.ANTHROPIC) {
            throw unsupported(field, "an uploaded file of another provider");
        }
        source.put("type", "file").put("file_id", id);
    }

    private void call(Block.ToolCall call, ArrayNode content) {
        String arguments = CustomTools.arguments(call);
        if (!arguments.isBlank() && !Arguments.isObject(arguments)) {
            notes.approximated(Field.ARGUMENTS.in(conversation));
        }
        content.addObject()
                .put("type", "tool_use")
                .put("id", CallIds.legal(call.id()))
                .put("name", names.upstream(call.name(), call.namespace()))
                .set("input", Json.verbatim(Arguments.object(arguments)));
    }

    private void result(Block.ToolResult result, ArrayNode content) {
        ObjectNode block =
                content.addObject().put("type", "tool_result").put("tool_use_id", CallIds.legal(result.callId()));
        List<Block> given = result.content();
        if (given.size() == 1 && given.getFirst() instanceof Block.Text text) {
            block.put("content", text.text());
        } else {
            ArrayNode nested = Json.array();
            given.forEach(inner -> resultBlock(inner, nested));
            if (!nested.isEmpty()) {
                block.set("content", nested);
            }
        }
        if (result.error()) {
            block.put("is_error", true);
        }
    }

    /** What a result cannot hold still has to leave some text: the model waits for it. */
    private void resultBlock(Block block, ArrayNode nested) {
        if (block instanceof Block.Opaque(var dialect, var type, var raw)) {
            notes.approximated(Field.TOOL_RESULT.in(conversation));
            text(raw.text(), nested);
        } else {
            block(block, nested);
        }
    }

    private GatewayException unsupported(Field field, String what) {
        return GatewayError.badField(field.in(conversation), what + " cannot be given to the provider of this model")
                .toException();
    }
}
