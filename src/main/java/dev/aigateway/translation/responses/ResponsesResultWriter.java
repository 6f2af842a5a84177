package dev.aigateway.translation.responses;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aigateway.conversation.Block;
import dev.aigateway.conversation.Conversation;
import dev.aigateway.conversation.ToolKind;
import dev.aigateway.translation.Field;
import dev.aigateway.translation.Json;
import dev.aigateway.translation.TranslationNotes;
import dev.aigateway.translation.tools.CallIds;
import java.util.Set;
import java.util.stream.Collectors;

/** Writes tool results as output items: one text where that is all there is, else parts (translation reference, 10.4). */
final class ResponsesResultWriter {
    private static final String ERROR = "Error: ";

    private final Conversation conversation;
    private final Set<String> customCalls;
    private final ResponsesPartWriter parts;
    private final TranslationNotes notes;
    private final ArrayNode items;

    ResponsesResultWriter(
            Conversation conversation,
            Set<String> customCalls,
            ResponsesPartWriter parts,
            TranslationNotes notes,
            ArrayNode items) {
        this.conversation = conversation;
        this.customCalls = customCalls;
        this.parts = parts;
        this.notes = notes;
        this.items = items;
    }

    void write(Block.ToolResult result) {
        if (ClientToolItems.isClientTool(result.kind())) {
            items.add(ClientToolItems.result(result.kind(), CallIds.legal(result.callId()), text(result)));
            return;
        }
        boolean custom = result.kind() == ToolKind.CUSTOM || customCalls.contains(result.callId());
        ObjectNode item = items.addObject()
                .put("type", custom ? "custom_tool_call_output" : "function_call_output")
                .put("call_id", CallIds.legal(result.callId()));
        if (result.content().stream().allMatch(Block.Text.class::isInstance)) {
            item.put("output", text(result));
        } else {
            item.set("output", parts(result));
        }
    }

    private String text(Block.ToolResult result) {
        String text = result.content().stream()
                .map(block -> ((Block.Text) block).text())
                .collect(Collectors.joining("\n"));
        if (!result.error() || text.startsWith(ERROR)) {
            return text;
        }
        noteError();
        return ERROR + text;
    }

    private ArrayNode parts(Block.ToolResult result) {
        ArrayNode content = Json.array();
        if (result.error()) {
            noteError();
            ResponsesPartWriter.text(ERROR.strip(), content);
        }
        for (Block block : result.content()) {
            if (block instanceof Block.Opaque(var dialect, var type, var raw)) {
                notes.approximated(Field.TOOL_RESULT.in(conversation));
                ResponsesPartWriter.text(raw.text(), content);
            } else {
                parts.part(block, content);
            }
        }
        return content;
    }

    private void noteError() {
        notes.approximated(Field.TOOL_RESULT.in(conversation) + ".is_error");
    }
}
