package dev.aigateway.translation.chat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aigateway.conversation.Block;
import dev.aigateway.conversation.Conversation;
import dev.aigateway.conversation.Source;
import dev.aigateway.translation.Field;
import dev.aigateway.translation.Json;
import dev.aigateway.translation.Quirk;
import dev.aigateway.translation.Target;
import dev.aigateway.translation.TranslationNotes;
import dev.aigateway.translation.tools.CallIds;
import dev.aigateway.translation.tools.ToolNames;
import java.util.Optional;

/**
 * Writes the results of one user turn as tool messages. These hold text only, so images and files follow in one user
 * message behind the last of them (translation reference, section 10.4).
 */
final class ChatResultWriter {
    private static final String ERROR = "Error: ";

    private final Target target;
    private final ToolNames names;
    private final TranslationNotes notes;
    private final ChatPartWriter parts;
    private final ArrayNode messages;
    private final ArrayNode media = Json.array();

    ChatResultWriter(Target target, ToolNames names, TranslationNotes notes, ChatPartWriter parts, ArrayNode messages) {
        this.target = target;
        this.names = names;
        this.notes = notes;
        this.parts = parts;
        this.messages = messages;
    }

    void write(Block.ToolResult result, Conversation conversation) {
        ObjectNode message =
                messages.addObject().put("role", "tool").put("tool_call_id", CallIds.legal(result.callId()));
        StringBuilder text = new StringBuilder();
        ArrayNode images = Json.array();
        for (Block block : result.content()) {
            switch (block) {
                case Block.Text said -> line(text, said.text());
                case Block.Image image -> parts.part(image, images);
                case Block.Document document
                when document.source() instanceof Source.PlainText(var words) -> {
                    notes.approximated(Field.TOOL_RESULT.in(conversation));
                    line(text, words);
                }
                case Block.Document document -> parts.part(document, images);
                case Block.Opaque(var dialect, var type, var raw) -> {
                    notes.approximated(Field.TOOL_RESULT.in(conversation));
                    line(text, raw.text());
                }
                default -> notes.dropped(Field.TOOL_RESULT.in(conversation));
            }
        }
        if (result.error() && !text.toString().startsWith(ERROR)) {
            notes.approximated(Field.TOOL_RESULT.in(conversation) + ".is_error");
            text.insert(0, ERROR);
        }
        content(result, message, text.toString(), images, conversation);
    }

    /** Writes the images and files that were found, if any. */
    void writeMedia() {
        if (!media.isEmpty()) {
            messages.addObject().put("role", "user").set("content", media);
        }
    }

    private void content(
            Block.ToolResult result, ObjectNode message, String text, ArrayNode images, Conversation conversation) {
        if (images.isEmpty() || !target.has(Quirk.TOOL_IMAGES)) {
            message.put("content", text);
        }
        if (images.isEmpty()) {
            return;
        }
        if (target.has(Quirk.TOOL_IMAGES)) {
            ArrayNode content = message.putArray("content");
            if (!text.isEmpty()) {
                ChatPartWriter.text(text, content);
            }
            content.addAll(images);
            return;
        }
        notes.approximated(Field.TOOL_RESULT.in(conversation) + ".image");
        String name = result.name()
                .map(tool -> names.upstream(tool, Optional.empty()) + " ")
                .orElse("");
        ChatPartWriter.text("[image from tool " + name + CallIds.legal(result.callId()) + "]", media);
        media.addAll(images);
    }

    private static void line(StringBuilder text, String more) {
        if (!text.isEmpty()) {
            text.append('\n');
        }
        text.append(more);
    }
}
