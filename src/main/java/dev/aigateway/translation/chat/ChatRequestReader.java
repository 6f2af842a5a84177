package dev.aigateway.translation.chat;

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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Reads a Chat Completions request into the hub (translation reference, section 3.1). Stateless. */
final class ChatRequestReader {
    /** Constants that say the same as leaving the field out. */
    private static final Map<String, String> DEFAULTS = Map.of(
            "modalities", "[\"text\"]",
            "store", "false",
            "include_obfuscation", "false");

    private ChatRequestReader() {}

    static Conversation read(String model, boolean stream, ObjectNode body, TranslationNotes notes) {
        JsonFields fields = JsonFields.root(body);
        fields.value("model");
        fields.value("stream");
        Conversation.Builder builder = Conversation.builder(Dialect.CHAT, model).stream(stream)
                .tools(ChatToolReader.read(fields))
                .sampling(sampling(fields))
                .reasoning(reasoning(fields))
                .output(output(fields))
                .verbosity(fields.text("verbosity"))
                .caller(caller(fields))
                .includeUsage(fields.object("stream_options")
                        .map(options -> options.flag("include_usage"))
                        .orElse(false));
        new ChatMessageReader(builder, notes).read(fields);
        fields.rest().forEach((name, value) -> {
            if (!value.text().equals(DEFAULTS.get(name))) {
                builder.extension(name, value);
            }
        });
        return builder.build();
    }

    private static Sampling sampling(JsonFields fields) {
        OptionalInt modern = fields.integer("max_completion_tokens", 1);
        OptionalInt old = fields.integer("max_tokens", 1);
        return new Sampling(
                modern.isPresent() ? modern : old,
                fields.decimal("temperature", "0", "2"),
                fields.decimal("top_p", "0", "1"),
                fields.integer("top_k", 0),
                fields.longInteger("seed"),
                fields.decimal("presence_penalty", "-2", "2"),
                fields.decimal("frequency_penalty", "-2", "2"),
                stop(fields),
                fields.integer("n", 1).orElse(1),
                fields.object("logit_bias").map(JsonFields::raw),
                fields.flag("logprobs"),
                fields.integer("top_logprobs", 0));
    }

    private static List<String> stop(JsonFields fields) {
        return fields.value("stop")
                .map(value -> value.isTextual() ? List.of(value.textValue()) : fields.texts("stop"))
                .orElse(List.of());
    }

    private static Reasoning reasoning(JsonFields fields) {
        Optional<JsonFields> object = fields.object("reasoning");
        Optional<Boolean> wantsText =
                object.flatMap(value -> value.optionalFlag("exclude")).map(exclude -> !exclude);
        Reasoning.Depth depth = fields.text("reasoning_effort")
                .map(effort -> byEffort(fields, "reasoning_effort", effort))
                .or(() -> object.flatMap(ChatRequestReader::depthOfReasoning))
                .or(() -> fields.object("thinking").flatMap(ChatRequestReader::depthOfThinking))
                .or(() -> fields.optionalFlag("enable_thinking")
                        .map(on -> on ? new Reasoning.Depth.Adaptive(Optional.empty()) : new Reasoning.Depth.Off()))
                .orElse(new Reasoning.Depth.Unset());
        return new Reasoning(depth, wantsText, false);
    }

    private static Reasoning.Depth byEffort(JsonFields fields, String field, String word) {
        Effort effort = Effort.of(word)
                .orElseThrow(() -> fields.bad(
                        field, "must be one of none, minimal, low, medium, high, xhigh, max, not '" + word + "'"));
        return effort == Effort.NONE ? new Reasoning.Depth.Off() : new Reasoning.Depth.ByEffort(effort);
    }

    private static Optional<Reasoning.Depth> depthOfReasoning(JsonFields reasoning) {
        OptionalInt budget = reasoning.integer("max_tokens", 0);
        if (budget.isPresent()) {
            return Optional.of(
                    budget.getAsInt() == 0
                            ? new Reasoning.Depth.Off()
                            : new Reasoning.Depth.ByBudget(budget.getAsInt()));
        }
        return reasoning
                .text("effort")
                .map(effort -> byEffort(reasoning, "effort", effort))
                .or(() -> reasoning
                        .optionalFlag("enabled")
                        .map(on -> on ? new Reasoning.Depth.Adaptive(Optional.empty()) : new Reasoning.Depth.Off()));
    }

    private static Optional<Reasoning.Depth> depthOfThinking(JsonFields thinking) {
        OptionalInt budget = thinking.integer("budget_tokens", 0);
        return thinking.text("type").map(type -> switch (type) {
            case "disabled" -> new Reasoning.Depth.Off();
            case "enabled", "adaptive", "auto" ->
                budget.isPresent()
                        ? new Reasoning.Depth.ByBudget(budget.getAsInt())
                        : new Reasoning.Depth.Adaptive(Optional.empty());
            default -> throw thinking.bad("type", "must be enabled, disabled or adaptive, not '" + type + "'");
        });
    }

    private static OutputFormat output(JsonFields fields) {
        Optional<JsonFields> format = fields.object("response_format");
        if (format.isEmpty()) {
            return new OutputFormat.Text();
        }
        String type = format.get().requiredText("type");
        return switch (type) {
            case "text" -> new OutputFormat.Text();
            case "json_object" -> new OutputFormat.JsonObject();
            case "json_schema" -> schema(format.get().requiredObject("json_schema"));
            default -> throw format.get().bad("type", "must be text, json_object or json_schema, not '" + type + "'");
        };
    }

    private static OutputFormat schema(JsonFields schema) {
        return new OutputFormat.JsonSchema(
                Optional.of(schema.requiredText("name")),
                schema.text("description"),
                schema.object("schema").map(JsonFields::raw).orElseThrow(() -> schema.missing("schema")),
                schema.optionalFlag("strict"));
    }

    private static Caller caller(JsonFields fields) {
        Map<String, String> metadata = new LinkedHashMap<>();
        fields.object("metadata")
                .ifPresent(pairs -> pairs.node()
                        .fieldNames()
                        .forEachRemaining(name -> pairs.text(name).ifPresent(value -> metadata.put(name, value))));
        Optional<String> user = fields.text("user");
        return new Caller(
                fields.text("safety_identifier").or(() -> user),
                metadata,
                fields.text("prompt_cache_key"),
                fields.text("service_tier"));
    }
}
