package dev.aigateway.translation.chat;

import dev.aigateway.conversation.Block;
import dev.aigateway.conversation.Conversation;
import dev.aigateway.conversation.Signature;
import dev.aigateway.conversation.ToolKind;
import dev.aigateway.conversation.Turn;
import dev.aigateway.conversation.Turn.Role;
import dev.aigateway.conversation.Vendor;
import dev.aigateway.translation.JsonFields;
import dev.aigateway.translation.SignatureCarrier;
import dev.aigateway.translation.TranslationNotes;
import dev.aigateway.translation.tools.CallIds;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads the messages of one Chat request: the leading instructions, then turns; neighbouring tool messages become one
 * user turn of results (translation reference, sections 10.1 and 10.2). Confined to one request.
 */
final class ChatMessageReader {
    private final Conversation.Builder builder;
    private final TranslationNotes notes;
    private final List<Turn> turns = new ArrayList<>();
    private final Map<String, String> toolNames = new HashMap<>();
    /** Ids invented for calls of the deprecated form, by function name, oldest first. */
    private final Map<String, Deque<String>> legacyCalls = new HashMap<>();

    private @Nullable List<Block> results;

    ChatMessageReader(Conversation.Builder builder, TranslationNotes notes) {
        this.builder = builder;
        this.notes = notes;
    }

    void read(JsonFields request) {
        List<JsonFields.Element> messages = request.array("messages");
        if (messages.isEmpty()) {
            throw request.bad("messages", "must not be empty");
        }
        messages.forEach(element -> message(element.fields()));
        builder.turns(turns);
    }

    private void message(JsonFields message) {
        String role = message.requiredText("role");
        if (!role.equals("tool") && !role.equals("function")) {
            results = null;
        }
        switch (role) {
            case "system" -> instructions(Role.SYSTEM, message);
            case "developer" -> instructions(Role.DEVELOPER, message);
            case "user" -> user(message);
            case "assistant" -> assistant(message);
            case "tool" -> result(message, message.requiredText("tool_call_id"));
            case "function" -> result(message, legacyId(message.requiredText("name")));
            default ->
                throw message.bad(
                        "role", "must be system, developer, user, assistant, tool or function, not '" + role + "'");
        }
    }

    private void instructions(Role role, JsonFields message) {
        List<Block> blocks = ChatContentReader.read(message);
        List<Block.Text> texts = new ArrayList<>();
        for (Block block : blocks) {
            if (!(block instanceof Block.Text text)) {
                throw message.bad("content", "of a " + role.name().toLowerCase(Locale.ROOT) + " message must be text");
            }
            texts.add(text);
        }
        if (turns.isEmpty()) {
            builder.system(texts);
        } else if (!texts.isEmpty()) {
            turns.add(new Turn(role, blocks));
        }
    }

    private void user(JsonFields message) {
        if (!message.has("content")) {
            throw message.missing("content");
        }
        turns.add(new Turn(Role.USER, ChatContentReader.read(message), message.text("name")));
    }

    private void assistant(JsonFields message) {
        List<Block> blocks = new ArrayList<>(ChatReasoning.history(message));
        blocks.addAll(ChatContentReader.read(message));
        message.text("refusal").filter(text -> !text.isEmpty()).ifPresent(text -> blocks.add(new Block.Refusal(text)));
        if (message.has("audio")) {
            notes.dropped("messages.audio");
        }
        message.array("tool_calls").forEach(call -> blocks.add(call(call.fields())));
        message.object("function_call").ifPresent(call -> blocks.add(legacyCall(call)));
        if (!blocks.isEmpty()) {
            turns.add(new Turn(Role.ASSISTANT, blocks, message.text("name")));
        }
    }

    private Block call(JsonFields call) {
        Optional<Signature> signature = call.object("extra_content")
                .flatMap(extra -> extra.object("google"))
                .flatMap(google -> google.text("thought_signature"))
                .map(text -> SignatureCarrier.read(text, Vendor.GOOGLE));
        String id = call.requiredText("id");
        boolean custom = call.text("type").orElse("function").equals("custom");
        JsonFields named = call.requiredObject(custom ? "custom" : "function");
        String name = named.requiredText("name");
        toolNames.put(id, name);
        String text = named.value(custom ? "input" : "arguments")
                .map(ChatToolReader::arguments)
                .orElse("");
        return new Block.ToolCall(
                id,
                name,
                Optional.empty(),
                custom ? ToolKind.CUSTOM : ToolKind.FUNCTION,
                text,
                signature,
                Optional.empty());
    }

    private Block legacyCall(JsonFields call) {
        String name = call.requiredText("name");
        String text = call.value("arguments").map(ChatToolReader::arguments).orElse("");
        String id = CallIds.invented(turns.size() + "\n" + name + "\n" + text);
        legacyCalls.computeIfAbsent(name, ignored -> new ArrayDeque<>()).add(id);
        toolNames.put(id, name);
        return new Block.ToolCall(id, name, text);
    }

    private String legacyId(String name) {
        Deque<String> waiting = legacyCalls.getOrDefault(name, new ArrayDeque<>());
        return waiting.isEmpty() ? CallIds.invented(turns.size() + "\n" + name) : waiting.remove();
    }

    private void result(JsonFields message, String id) {
        Block.ToolResult result = new Block.ToolResult(
                id,
                Optional.ofNullable(toolNames.get(id)),
                ToolKind.FUNCTION,
                ChatContentReader.read(message),
                false,
                ChatContentReader.cache(message));
        if (results == null) {
            results = new ArrayList<>();
            turns.add(new Turn(Role.USER, results));
        }
        results.add(result);
    }
}
