package dev.aigateway.translation.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import dev.aigateway.conversation.Block;
import dev.aigateway.conversation.Signature;
import dev.aigateway.conversation.ToolKind;
import dev.aigateway.conversation.Turn;
import dev.aigateway.conversation.Turn.Role;
import dev.aigateway.translation.Json;
import dev.aigateway.translation.JsonFields;
import dev.aigateway.translation.TranslationNotes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads the contents of one request as turns: responses stand first in their user turn, and neighbouring contents with
 * responses are one turn (translation reference, sections 10.2 and 10.3). Confined to one request.
 */
final class GeminiContentReader {
    private final TranslationNotes notes;
    private final GeminiPartReader parts;
    private final CallPairing pairing = new CallPairing();
    private final List<Turn> turns = new ArrayList<>();

    GeminiContentReader(TranslationNotes notes) {
        this.notes = notes;
        this.parts = new GeminiPartReader(notes);
    }

    List<Turn> read(JsonFields request) {
        List<JsonFields.Element> contents = request.array("contents");
        if (contents.isEmpty()) {
            throw request.bad("contents", "must not be empty");
        }
        contents.forEach(element -> content(element.fields()));
        return turns;
    }

    private void content(JsonFields content) {
        String role = content.text("role").orElse("");
        switch (role) {
            case "", "user", "function" -> user(content);
            case "model" -> model(content);
            default -> throw content.bad("role", "must be user or model, not '" + role + "'");
        }
    }

    private void model(JsonFields content) {
        if (turns.isEmpty() || turns.getLast().role() != Role.ASSISTANT) {
            pairing.nextTurn();
        }
        List<Block> blocks = new ArrayList<>();
        content.array("parts").forEach(element -> {
            JsonFields part = element.fields();
            Block block =
                    part.has("functionCall") ? call(part) : parts.read(part).orElse(null);
            add(block, blocks);
        });
        if (!blocks.isEmpty()) {
            turns.add(new Turn(Role.ASSISTANT, blocks));
        }
    }

    /** Thoughts arrive in pieces, the signature with the last. */
    private static void add(@Nullable Block block, List<Block> blocks) {
        if (block == null) {
            return;
        }
        Block last = blocks.isEmpty() ? null : blocks.getLast();
        if (block instanceof Block.Thinking(var more, var signature)
                && last instanceof Block.Thinking(var text, var before)
                && before.isEmpty()) {
            blocks.set(blocks.size() - 1, new Block.Thinking(text + more, signature));
        } else {
            blocks.add(block);
        }
    }

    private void user(JsonFields content) {
        List<Block> results = new ArrayList<>();
        List<Block> rest = new ArrayList<>();
        content.array("parts").forEach(element -> {
            JsonFields part = element.fields();
            if (part.has("functionResponse")) {
                results.add(result(part.requiredObject("functionResponse")));
            } else {
                parts.read(part).ifPresent(rest::add);
            }
        });
        if (!results.isEmpty() && !turns.isEmpty() && isResults(turns.getLast())) {
            results.addAll(0, turns.removeLast().blocks());
        }
        results.addAll(rest);
        turns.add(new Turn(Role.USER, results));
    }

    private static boolean isResults(Turn turn) {
        return turn.role() == Role.USER
                && !turn.blocks().isEmpty()
                && turn.blocks().stream().allMatch(Block.ToolResult.class::isInstance);
    }

    private Block call(JsonFields part) {
        JsonFields call = part.requiredObject("functionCall");
        String name = call.requiredText("name");
        String arguments =
                call.object("args").map(args -> Json.text(args.node())).orElse("{}");
        Optional<Signature> signature = GeminiPartReader.signature(part);
        return new Block.ToolCall(
                pairing.call(call.text("id"), name, arguments),
                name,
                Optional.empty(),
                ToolKind.FUNCTION,
                arguments,
                signature,
                Optional.empty());
    }

    private Block result(JsonFields response) {
        String name = response.requiredText("name");
        String id = pairing.response(response.text("id"), name);
        for (String field : List.of("willContinue", "scheduling")) {
            if (response.has(field)) {
                notes.dropped("contents.parts.functionResponse." + field);
            }
        }
        JsonNode value =
                response.object("response").<JsonNode>map(JsonFields::node).orElseGet(Json::object);
        boolean error = value.size() == 1 && value.has("error");
        List<Block> content = new ArrayList<>();
        String text = text(value);
        if (!text.isEmpty()) {
            content.add(new Block.Text(text));
        }
        response.array("parts").forEach(element -> parts.read(element.fields()).ifPresent(content::add));
        return new Block.ToolResult(id, Optional.of(name), ToolKind.FUNCTION, content, error, Optional.empty());
    }

    /** The text that stands alone in a response, else the whole response as JSON. */
    private static String text(JsonNode response) {
        if (response.size() == 1) {
            for (String field : List.of("output", "result", "content", "error")) {
                if (response.path(field).isTextual()) {
                    return response.get(field).textValue();
                }
            }
        }
        return Json.text(response);
    }
}
