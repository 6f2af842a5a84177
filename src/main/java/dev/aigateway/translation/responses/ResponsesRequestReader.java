package dev.aigateway.translation.responses;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aigateway.conversation.Caller;
import dev.aigateway.conversation.Conversation;
import dev.aigateway.conversation.Dialect;
import dev.aigateway.conversation.Effort;
import dev.aigateway.conversation.OutputFormat;
import dev.aigateway.conversation.RawJson;
import dev.aigateway.conversation.Reasoning;
import dev.aigateway.conversation.Sampling;
import dev.aigateway.conversation.Tool;
import dev.aigateway.conversation.Tools;
import dev.aigateway.translation.JsonFields;
import dev.aigateway.translation.TranslationNotes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/** Reads a Responses request into the hub (translation reference, section 4.1). Stateless. */
final class ResponsesRequestReader {
    /** What a client may ask to have included and the hub can hold. */
    static final String ENCRYPTED = "reasoning.encrypted_content";

    static final String LOGPROBS = "message.output_text.logprobs";

    /** Constants that say the same as leaving the field out. */
    private static final Map<String, String> DEFAULTS = Map.of(
            "background", "false",
            "stream_options", "{}",
            "truncation", "\"disabled\"");

    private ResponsesRequestReader() {}

    static Conversation read(String model, boolean stream, ObjectNode body, TranslationNotes notes) {
        JsonFields fields = JsonFields.root(body);
        fields.value("model");
        fields.value("stream");
        Set<String> include = Set.copyOf(fields.texts("include"));
        Conversation.Builder builder = Conversation.builder(Dialect.RESPONSES, model).stream(stream)
                .sampling(sampling(fields, include))
                .reasoning(reasoning(fields, include))
                .output(output(fields))
                .verbosity(fields.object("text").flatMap(text -> text.text("verbosity")))
                .caller(caller(fields))
                .includeUsage(true);
        ResponsesInputReader input = new ResponsesInputReader(builder, notes);
        input.read(fields);
        builder.tools(tools(fields, input));
        if (!Set.of(ENCRYPTED, LOGPROBS).containsAll(include)) {
            fields.raw("include").ifPresent(value -> builder.extension("include", value));
        }
        fields.rest().forEach((name, value) -> {
            if (!value.text().equals(DEFAULTS.get(name))) {
                builder.extension(name, value);
            }
        });
        return builder.build();
    }

    private static Tools tools(JsonFields fields, ResponsesInputReader input) {
        List<Tool> tools = new ArrayList<>(ResponsesToolReader.read(fields.array("tools")));
        tools.addAll(input.deferredTools());
        return new Tools(
                List.copyOf(tools), ResponsesToolReader.choice(fields), fields.optionalFlag("parallel_tool_calls"));
    }

    private static Sampling sampling(JsonFields fields, Set<String> include) {
        OptionalInt top = fields.integer("top_logprobs", 0);
        return new Sampling(
                fields.integer("max_output_tokens", 1),
                fields.decimal("temperature", "0", "2"),
                fields.decimal("top_p", "0", "1"),
                OptionalInt.empty(),
                OptionalLong.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                1,
                Optional.<RawJson>empty(),
                top.orElse(0) > 0 || include.contains(LOGPROBS),
                top);
    }

    private static Reasoning reasoning(JsonFields fields, Set<String> include) {
        Optional<JsonFields> object = fields.object("reasoning");
        boolean encrypted = include.contains(ENCRYPTED);
        boolean summary = object.flatMap(value -> value.text("summary").or(() -> value.text("generate_summary")))
                .filter(kind -> !kind.equals("none"))
                .isPresent();
        // Encrypted reasoning alone says that the client has no use for the text.
        Optional<Boolean> wantsText = summary || encrypted ? Optional.of(summary) : Optional.empty();
        return new Reasoning(
                object.flatMap(ResponsesRequestReader::depth).orElse(new Reasoning.Depth.Unset()),
                wantsText,
                encrypted);
    }

    private static Optional<Reasoning.Depth> depth(JsonFields reasoning) {
        return reasoning.text("effort").map(word -> {
            Effort effort = Effort.of(word)
                    .orElseThrow(() -> reasoning.bad(
                            "effort",
                            "must be one of none, minimal, low, medium, high, xhigh, max, not '" + word + "'"));
            return effort == Effort.NONE ? new Reasoning.Depth.Off() : new Reasoning.Depth.ByEffort(effort);
        });
    }

    private static OutputFormat output(JsonFields fields) {
        Optional<JsonFields> format = fields.object("text").flatMap(text -> text.object("format"));
        if (format.isEmpty()) {
            return new OutputFormat.Text();
        }
        String type = format.get().requiredText("type");
        return switch (type) {
            case "text" -> new OutputFormat.Text();
            case "json_object" -> new OutputFormat.JsonObject();
            case "json_schema" -> schema(format.get());
            default -> throw format.get().bad("type", "must be text, json_object or json_schema, not '" + type + "'");
        };
    }

    private static OutputFormat schema(JsonFields format) {
        return new OutputFormat.JsonSchema(
                Optional.of(format.requiredText("name")),
                format.text("description"),
                format.object("schema").map(JsonFields::raw).orElseThrow(() -> format.missing("schema")),
                format.optionalFlag("strict"));
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
