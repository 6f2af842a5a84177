package dev.aigateway.translation.messages;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aigateway.conversation.Block;
import dev.aigateway.conversation.Caller;
import dev.aigateway.conversation.Conversation;
import dev.aigateway.conversation.GatewayError;
import dev.aigateway.conversation.OutputFormat;
import dev.aigateway.conversation.RawJson;
import dev.aigateway.translation.Extensions;
import dev.aigateway.translation.Field;
import dev.aigateway.translation.Json;
import dev.aigateway.translation.Target;
import dev.aigateway.translation.TranslationNotes;
import dev.aigateway.translation.tools.Fingerprint;
import dev.aigateway.translation.tools.ToolNames;
import java.util.List;
import java.util.Optional;

/** Writes a hub request as a Messages request (translation reference, section 7). Confined to one request. */
final class MessagesRequestWriter {
    private static final int MAX_USER = 256;

    private final Conversation conversation;
    private final Target target;
    private final TranslationNotes notes;
    private final CacheMarks marks;
    private final ObjectNode body = Json.object();

    private MessagesRequestWriter(Conversation conversation, Target target, TranslationNotes notes) {
        this.conversation = conversation;
        this.target = target;
        this.notes = notes;
        this.marks = CacheMarks.of(conversation, notes);
    }

    static byte[] write(Conversation conversation, Target target, TranslationNotes notes) {
        return new MessagesRequestWriter(conversation, target, notes).write();
    }

    private byte[] write() {
        refuse();
        ToolNames names = ToolNames.of(conversation, target.dialect());
        MessagesToolWriter tools = new MessagesToolWriter(conversation, target, names, marks, notes);
        MessagesTurnWriter turns = new MessagesTurnWriter(conversation, target, names, marks, notes);
        MessagesThinking thinking =
                MessagesThinking.of(conversation, target, tools.isForced(), turns.missesThinking(), notes);
        body.put("model", target.model());
        body.put("max_tokens", thinking.maxTokens());
        // Cache marks are counted in the order of the prompt: tools, system, messages.
        ObjectNode toolFields = tools.write();
        system();
        body.set("messages", turns.write());
        body.setAll(toolFields);
        MessagesSampling.write(conversation, target, thinking.isOn(), notes, body);
        thinking.write(body);
        output();
        caller();
        if (conversation.stream()) {
            body.put("stream", true);
        }
        Extensions.drop(conversation, notes);
        return Json.bytes(body);
    }

    private void refuse() {
        if (conversation.sampling().candidates() > 1) {
            throw GatewayError.badField(
                            Field.CANDIDATES.in(conversation),
                            "the provider of this model gives one answer only; ask for 1")
                    .toException();
        }
    }

    private void system() {
        ArrayNode blocks = Json.array();
        for (Block.Text text : conversation.system()) {
            if (!text.text().isBlank()) {
                ObjectNode block = blocks.addObject().put("type", "text").put("text", text.text());
                marks.write(text.cache(), block);
            }
        }
        instruction().ifPresent(text -> blocks.addObject().put("type", "text").put("text", text));
        if (!blocks.isEmpty()) {
            body.set("system", blocks);
        }
    }

    /** What the model is told where it cannot be bound to a form of answer. */
    private Optional<String> instruction() {
        return switch (conversation.output()) {
            case OutputFormat.Text ignored -> Optional.empty();
            case OutputFormat.JsonObject ignored -> {
                notes.approximated(Field.OUTPUT_FORMAT.in(conversation));
                yield Optional.of("Answer with one JSON object only, without any text around it.");
            }
            case OutputFormat.JsonSchema(var name, var description, var schema, var strict)
            when !target.traits().structuredOutput() -> {
                notes.approximated(Field.OUTPUT_FORMAT.in(conversation));
                yield Optional.of("Answer with one JSON value only, without any text around it, that satisfies this"
                        + " JSON schema:\n" + schema.text());
            }
            case OutputFormat.JsonSchema ignored -> Optional.empty();
        };
    }

    private void output() {
        if (conversation.output() instanceof OutputFormat.JsonSchema format
                && target.traits().structuredOutput()) {
            RawJson closed = ClosedSchema.of(format.schema());
            if (!Json.tree(closed).equals(Json.tree(format.schema()))) {
                notes.approximated(Field.OUTPUT_FORMAT.in(conversation));
            }
            body.withObject("output_config")
                    .putObject("format")
                    .put("type", "json_schema")
                    .set("schema", Json.verbatim(closed));
        }
        if (conversation.verbosity().isPresent()) {
            notes.dropped(Field.VERBOSITY.in(conversation));
        }
    }

    private void caller() {
        Caller caller = conversation.caller();
        Optional<String> user =
                caller.endUser().or(() -> Optional.ofNullable(caller.metadata().get("user_id")));
        user.ifPresent(
                id -> body.putObject("metadata").put("user_id", id.length() > MAX_USER ? Fingerprint.of(id, 64) : id));
        List<String> others = caller.metadata().keySet().stream()
                .filter(key -> !key.equals("user_id"))
                .toList();
        if (!others.isEmpty()) {
            notes.dropped(Field.METADATA.in(conversation));
        }
        if (caller.cacheKey().isPresent()) {
            notes.dropped(Field.CACHE_KEY.in(conversation));
        }
        caller.serviceTier().ifPresent(this::serviceTier);
    }

    private void serviceTier(String tier) {
        switch (tier) {
            case "auto" -> body.put("service_tier", "auto");
            case "default", "standard", "standard_only" -> body.put("service_tier", "standard_only");
            default -> notes.dropped(Field.SERVICE_TIER.in(conversation));
        }
    }
}
