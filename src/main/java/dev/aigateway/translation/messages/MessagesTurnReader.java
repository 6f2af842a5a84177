package dev.aigateway.translation.messages;

import com.fasterxml.jackson.databind.JsonNode;
import dev.aigateway.conversation.Block;
import dev.aigateway.conversation.Conversation;
import dev.aigateway.conversation.Turn;
import dev.aigateway.conversation.Turn.Role;
import dev.aigateway.translation.JsonFields;
import dev.aigateway.translation.TranslationNotes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads system text and messages of one Messages request; results come first in their turn. Confined to one request. */
final class MessagesTurnReader {
    private final Conversation.Builder builder;
    private final MessagesBlockReader blocks;
    private final List<Turn> turns = new ArrayList<>();
    private final Map<String, String> toolNames = new HashMap<>();

    MessagesTurnReader(Conversation.Builder builder, TranslationNotes notes) {
        this.builder = builder;
        this.blocks = new MessagesBlockReader(toolNames, notes);
    }

    void read(JsonFields request) {
        request.value("system").ifPresent(system -> builder.system(texts(request, "system")));
        List<JsonFields.Element> messages = request.array("messages");
        if (messages.isEmpty()) {
            throw request.bad("messages", "must not be empty");
        }
        messages.forEach(element -> message(element.fields()));
        builder.turns(turns);
    }

    private void message(JsonFields message) {
        String role = message.requiredText("role");
        switch (role) {
            case "user" -> turns.add(new Turn(Role.USER, resultsFirst(content(message))));
            case "assistant" -> turns.add(new Turn(Role.ASSISTANT, content(message)));
            case "system" -> {
                List<Block.Text> texts = texts(message, "content");
                if (turns.isEmpty()) {
                    builder.system(texts);
                } else {
                    turns.add(new Turn(Role.SYSTEM, List.copyOf(texts)));
                }
            }
            default -> throw message.bad("role", "must be user, assistant or system, not '" + role + "'");
        }
    }

    private List<Block> content(JsonFields message) {
        JsonNode content = message.value("content").orElseThrow(() -> message.missing("content"));
        if (content.isTextual()) {
            return content.textValue().isEmpty() ? List.of() : List.of(new Block.Text(content.textValue()));
        }
        if (!content.isArray()) {
            throw JsonFields.wrongType(message.path("content"), "a string or an array of blocks", content);
        }
        List<Block> read = new ArrayList<>();
        message.array("content")
                .forEach(element -> blocks.read(element.fields()).ifPresent(read::add));
        read.forEach(block -> {
            if (block instanceof Block.ToolCall call) {
                toolNames.put(call.id(), call.name());
            }
        });
        return read;
    }

    private List<Block.Text> texts(JsonFields fields, String field) {
        JsonNode value = fields.value(field).orElseThrow(() -> fields.missing(field));
        if (value.isTextual()) {
            return value.textValue().isEmpty() ? List.of() : List.of(new Block.Text(value.textValue()));
        }
        List<Block.Text> texts = new ArrayList<>();
        for (JsonFields.Element element : JsonFields.elements(value, fields.path(field))) {
            Optional<Block> block = blocks.read(element.fields());
            if (block.isPresent() && !(block.get() instanceof Block.Text)) {
                throw element.fields().bad("type", "must be text");
            }
            block.ifPresent(text -> texts.add((Block.Text) text));
        }
        return texts;
    }

    private static List<Block> resultsFirst(List<Block> blocks) {
        List<Block> sorted = new ArrayList<>(
                blocks.stream().filter(Block.ToolResult.class::isInstance).toList());
        blocks.stream().filter(block -> !(block instanceof Block.ToolResult)).forEach(sorted::add);
        return sorted;
    }
}
