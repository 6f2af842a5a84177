package dev.aigateway.translation.responses;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aigateway.conversation.Block;
import dev.aigateway.conversation.Conversation;
import dev.aigateway.conversation.OutputFormat;
import dev.aigateway.conversation.Reasoning;
import dev.aigateway.conversation.Tool;
import dev.aigateway.translation.AnswerContext;
import dev.aigateway.translation.Json;
import dev.aigateway.translation.TranslationNotes;
import dev.aigateway.translation.tools.Fingerprint;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The response object around the output: identity, and the request's settings repeated (section 4.2). Stateless. */
final class ResponsesEcho {
    private static final String ID_PREFIX = "resp_";
    private static final int KEPT_ID_DIGITS = 48;
    private static final Pattern FOREIGN_PREFIX = Pattern.compile("^(msg_|chatcmpl-)");

    private ResponsesEcho() {}

    static String id(String upstreamId, AnswerContext context) {
        if (context.storage().kept()) {
            // Some upstreams give the same id to many answers.
            String seed = context.requestId() + "\n" + upstreamId + "\n" + context.created();
            return ID_PREFIX + Fingerprint.of(seed, KEPT_ID_DIGITS);
        }
        if (upstreamId.startsWith(ID_PREFIX)) {
            return upstreamId;
        }
        String body = upstreamId.isEmpty() ? context.requestId() : upstreamId;
        return ID_PREFIX + FOREIGN_PREFIX.matcher(body).replaceFirst("");
    }

    /** A response in progress: no output and no usage yet. */
    static ObjectNode response(String id, AnswerContext context) {
        Conversation request = context.request();
        ObjectNode node = Json.object()
                .put("id", id)
                .put("object", "response")
                .put("created_at", context.created().getEpochSecond())
                .put("status", "in_progress")
                .put("background", false);
        node.putNull("error");
        node.putNull("incomplete_details");
        instructions(request, node);
        request.sampling()
                .maxOutputTokens()
                .ifPresentOrElse(
                        limit -> node.put("max_output_tokens", limit), () -> node.putNull("max_output_tokens"));
        node.put("model", context.model());
        node.putArray("output");
        node.put("parallel_tool_calls", request.tools().parallel().orElse(true));
        node.put("previous_response_id", context.storage().previousId().orElse(null));
        reasoning(request.reasoning(), node.putObject("reasoning"));
        request.caller().serviceTier().ifPresent(tier -> node.put("service_tier", tier));
        node.put("store", context.storage().kept());
        node.put("temperature", request.sampling().temperature().orElse(BigDecimal.ONE));
        text(request, node.putObject("text"));
        tools(request, node);
        node.put("top_p", request.sampling().topP().orElse(BigDecimal.ONE));
        node.put("truncation", "disabled");
        node.putNull("usage");
        ObjectNode metadata = node.putObject("metadata");
        request.caller().metadata().forEach(metadata::put);
        return node;
    }

    /** The form of the answer, without {@code strict}. */
    static void schema(OutputFormat.JsonSchema format, ObjectNode node) {
        node.put("type", "json_schema").put("name", format.name().orElse("response"));
        format.description().ifPresent(text -> node.put("description", text));
        node.set("schema", Json.verbatim(format.schema()));
    }

    private static void instructions(Conversation request, ObjectNode node) {
        String joined = request.system().stream().map(Block.Text::text).collect(Collectors.joining("\n\n"));
        node.put("instructions", joined.isEmpty() ? null : joined);
    }

    private static void reasoning(Reasoning reasoning, ObjectNode node) {
        Optional<String> effort = switch (reasoning.depth()) {
            case Reasoning.Depth.ByEffort(var wanted) -> Optional.of(wanted.wireName());
            case Reasoning.Depth.Off ignored -> Optional.of("none");
            case Reasoning.Depth.Unset ignored -> Optional.empty();
            case Reasoning.Depth.Adaptive ignored -> Optional.empty();
            case Reasoning.Depth.ByBudget ignored -> Optional.empty();
        };
        node.put("effort", effort.orElse(null));
        node.put("summary", reasoning.wantsText().orElse(false) ? "auto" : null);
    }

    private static void text(Conversation request, ObjectNode text) {
        ObjectNode node = text.putObject("format");
        switch (request.output()) {
            case OutputFormat.Text ignored -> node.put("type", "text");
            case OutputFormat.JsonObject ignored -> node.put("type", "json_object");
            case OutputFormat.JsonSchema format -> {
                schema(format, node);
                format.strict().ifPresent(strict -> node.put("strict", strict));
            }
        }
        text.put("verbosity", request.verbosity().orElse("medium"));
    }

    private static void tools(Conversation request, ObjectNode node) {
        ResponsesToolWriter writer =
                new ResponsesToolWriter(request, (name, namespace) -> name, new TranslationNotes(false));
        node.set("tool_choice", writer.choice(request.tools()).orElseGet(() -> node.textNode("auto")));
        ArrayNode tools = node.putArray("tools");
        Map<String, ArrayNode> namespaces = new HashMap<>();
        for (Tool tool : request.tools().declared()) {
            JsonNode written = writer.tool(tool);
            namespace(tool)
                    .map(name -> namespaces.computeIfAbsent(
                            name,
                            ignored -> tools.addObject()
                                    .put("type", "namespace")
                                    .put("name", name)
                                    .putArray("tools")))
                    .orElse(tools)
                    .add(written);
        }
    }

    private static Optional<String> namespace(Tool tool) {
        return switch (tool) {
            case Tool.Function function -> function.namespace();
            case Tool.Custom custom -> custom.namespace();
            case Tool.Hosted ignored -> Optional.empty();
        };
    }
}
