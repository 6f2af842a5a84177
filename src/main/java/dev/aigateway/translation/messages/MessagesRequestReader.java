package dev.aigateway.translation.messages;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aigateway.conversation.Caller;
import dev.aigateway.conversation.Conversation;
import dev.aigateway.conversation.Dialect;
import dev.aigateway.conversation.Effort;
import dev.aigateway.conversation.OutputFormat;
import dev.aigateway.conversation.Reasoning;
import dev.aigateway.conversation.Sampling;
import dev.aigateway.translation.JsonFields;
import dev.aigateway.translation.TranslationNotes;
import dev.aigateway.translation.tools.Fingerprint;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Reads a Messages request into the hub (translation reference, section 5.2). Stateless. */
final class MessagesRequestReader {
    private static final String SESSION = "session_";

    private MessagesRequestReader() {}

    static Conversation read(String model, boolean stream, ObjectNode body, TranslationNotes notes) {
        JsonFields fields = JsonFields.root(body);
        fields.value("model");
        fields.value("stream");
        Conversation.Builder builder = Conversation.builder(Dialect.MESSAGES, model).stream(stream)
                .tools(MessagesToolReader.read(fields))
                .sampling(sampling(fields))
                .reasoning(reasoning(fields))
                .output(output(fields))
                .caller(caller(fields));
        new MessagesTurnReader(builder, notes).read(fields);
        return builder.extensions(fields.rest()).build();
    }

    private static Sampling sampling(JsonFields fields) {
        OptionalInt limit = fields.integer("max_tokens", 0);
        if (limit.isEmpty()) {
            throw fields.missing("max_tokens");
        }
        return new Sampling(
                limit,
                fields.decimal("temperature", "0", "1"),
                fields.decimal("top_p", "0", "1"),
                fields.integer("top_k", 0),
                OptionalLong.empty(),
                Optional.empty(),
                Optional.empty(),
                fields.texts("stop_sequences"),
                1,
                Optional.empty(),
                false,
                OptionalInt.empty());
    }

    private static Reasoning reasoning(JsonFields fields) {
        Optional<Effort> effort = fields.object("output_config")
                .flatMap(config -> config.text("effort")
                        .map(word -> Effort.of(word)
                                .orElseThrow(() -> config.bad(
                                        "effort", "must be low, medium, high, xhigh or max, not '" + word + "'"))));
        Optional<JsonFields> thinking = fields.object("thinking");
        Reasoning.Depth depth = thinking.map(value -> depth(value, effort))
                .or(() -> effort.map(Reasoning.Depth.ByEffort::new))
                .orElse(new Reasoning.Depth.Unset());
        Optional<Boolean> wantsText =
                thinking.flatMap(value -> value.text("display")).map(display -> !display.equals("omitted"));
        return new Reasoning(depth, wantsText, false);
    }

    private static Reasoning.Depth depth(JsonFields thinking, Optional<Effort> effort) {
        String type = thinking.requiredText("type");
        return switch (type) {
            case "enabled" ->
                new Reasoning.Depth.ByBudget(
                        thinking.integer("budget_tokens", 1).orElseThrow(() -> thinking.missing("budget_tokens")));
            case "adaptive", "between_tools" -> new Reasoning.Depth.Adaptive(effort);
            case "disabled" -> new Reasoning.Depth.Off();
            default -> throw thinking.bad("type", "must be enabled, adaptive or disabled, not '" + type + "'");
        };
    }

    private static OutputFormat output(JsonFields fields) {
        Optional<JsonFields> format = fields.object("output_config")
                .flatMap(config -> config.object("format"))
                .or(() -> fields.object("output_format"));
        return format.<OutputFormat>map(value -> {
                    String type = value.requiredText("type");
                    if (!type.equals("json_schema")) {
                        throw value.bad("type", "must be json_schema, not '" + type + "'");
                    }
                    return new OutputFormat.JsonSchema(
                            value.text("name"),
                            Optional.empty(),
                            value.requiredObject("schema").raw(),
                            Optional.empty());
                })
                .orElse(new OutputFormat.Text());
    }

    private static Caller caller(JsonFields fields) {
        Optional<String> user = fields.object("metadata").flatMap(metadata -> metadata.text("user_id"));
        return new Caller(user, Map.of(), user.map(MessagesRequestReader::session), fields.text("service_tier"));
    }

    /** What stays the same through a session, so that prompt caches hit: Claude Code puts a session id into the user id. */
    private static String session(String userId) {
        int at = userId.lastIndexOf(SESSION);
        return Fingerprint.of(at < 0 ? userId : userId.substring(at), 32);
    }
}
