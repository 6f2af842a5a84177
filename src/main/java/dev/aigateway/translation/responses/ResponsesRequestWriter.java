package dev.aigateway.translation.responses;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aigateway.conversation.Block;
import dev.aigateway.conversation.Caller;
import dev.aigateway.conversation.Conversation;
import dev.aigateway.conversation.Dialect;
import dev.aigateway.conversation.OutputFormat;
import dev.aigateway.conversation.RawJson;
import dev.aigateway.conversation.Reasoning;
import dev.aigateway.conversation.Tools;
import dev.aigateway.translation.Extensions;
import dev.aigateway.translation.Field;
import dev.aigateway.translation.Instructions;
import dev.aigateway.translation.Json;
import dev.aigateway.translation.ModelTraits;
import dev.aigateway.translation.Target;
import dev.aigateway.translation.TranslationNotes;
import dev.aigateway.translation.chat.ChatEffort;
import dev.aigateway.translation.chat.StrictSchema;
import dev.aigateway.translation.tools.Fingerprint;
import dev.aigateway.translation.tools.ToolNames;
import java.util.Set;
import java.util.stream.Collectors;

/** Writes a hub request as a Responses request that leaves no state behind (section 7). Confined to one request. */
final class ResponsesRequestWriter {
    private static final int MAX_USER = 128;

    /** Extensions that stand for input items, which are written in their place. */
    private static final Set<String> ITEMS = Set.of("item_reference", "compaction", "include");

    private final Conversation conversation;
    private final Target target;
    private final TranslationNotes notes;
    private final ObjectNode body = Json.object();

    private ResponsesRequestWriter(Conversation conversation, Target target, TranslationNotes notes) {
        this.conversation = conversation;
        this.target = target;
        this.notes = notes;
    }

    static byte[] write(Conversation conversation, Target target, TranslationNotes notes) {
        return new ResponsesRequestWriter(conversation, target, notes).write();
    }

    private byte[] write() {
        ToolNames names = ToolNames.of(conversation, target.dialect());
        Tools tools = ResponsesToolWriter.declared(conversation, notes);
        body.put("model", target.model());
        instructions();
        new ResponsesInputWriter(conversation, names, notes, body.putArray("input")).write();
        new ResponsesToolWriter(conversation, names::upstream, notes).write(tools, body);
        new ResponsesSamplingWriter(conversation, target, notes, body).write();
        reasoning();
        text();
        body.put("store", false);
        include();
        caller();
        if (conversation.stream()) {
            body.put("stream", true);
        }
        extensions();
        return Json.bytes(body);
    }

    private void instructions() {
        if (conversation.system().stream().anyMatch(text -> text.cache().isPresent())) {
            notes.dropped(Field.CACHE_MARK.in(conversation));
        }
        String joined = Instructions.forForeignVendor(conversation).stream()
                .map(Block.Text::text)
                .collect(Collectors.joining("\n\n"));
        if (!joined.isEmpty()) {
            body.put("instructions", joined);
        }
    }

    private void reasoning() {
        ObjectNode reasoning = Json.object();
        ChatEffort.of(conversation, target, notes).ifPresent(effort -> reasoning.put("effort", effort));
        if (reasons() && wantsSummary()) {
            reasoning.put("summary", "auto");
        }
        if (!reasoning.isEmpty()) {
            body.set("reasoning", reasoning);
        }
    }

    private boolean reasons() {
        return target.traits().thinking() != ModelTraits.Thinking.NONE;
    }

    /** Clients of Messages see the thinking they asked for unless they say otherwise. */
    private boolean wantsSummary() {
        boolean thinks = !(conversation.reasoning().depth() instanceof Reasoning.Depth.Unset
                || conversation.reasoning().depth() instanceof Reasoning.Depth.Off);
        return conversation.reasoning().wantsText().orElse(thinks && conversation.source() == Dialect.MESSAGES);
    }

    private void text() {
        ObjectNode text = Json.object();
        switch (conversation.output()) {
            case OutputFormat.Text ignored -> {}
            case OutputFormat.JsonObject ignored -> text.putObject("format").put("type", "json_object");
            case OutputFormat.JsonSchema format -> {
                ObjectNode node = text.putObject("format");
                ResponsesEcho.schema(format, node);
                node.put("strict", format.strict().orElseGet(() -> StrictSchema.allows(Json.tree(format.schema()))));
            }
        }
        conversation.verbosity().ifPresent(value -> text.put("verbosity", value));
        if (!text.isEmpty()) {
            body.set("text", text);
        }
    }

    /** Without stored answers, reasoning can only be continued from what the client brings back. */
    private void include() {
        ArrayNode include = Json.array();
        if (reasons()) {
            include.add(ResponsesRequestReader.ENCRYPTED);
        }
        if (conversation.sampling().logprobs()) {
            include.add(ResponsesRequestReader.LOGPROBS);
        }
        if (!include.isEmpty()) {
            body.set("include", include);
        }
    }

    private void caller() {
        Caller caller = conversation.caller();
        caller.endUser()
                .ifPresent(user ->
                        body.put("safety_identifier", user.length() > MAX_USER ? Fingerprint.of(user, 64) : user));
        caller.cacheKey().ifPresent(key -> body.put("prompt_cache_key", key));
        if (!caller.metadata().isEmpty()) {
            ObjectNode metadata = body.putObject("metadata");
            caller.metadata().forEach(metadata::put);
        }
        caller.serviceTier().ifPresent(this::serviceTier);
    }

    private void serviceTier(String tier) {
        switch (tier) {
            case "standard", "standard_only" -> body.put("service_tier", "default");
            case "auto", "default", "flex", "scale", "priority", "fast", "ultrafast" -> body.put("service_tier", tier);
            default -> notes.dropped(Field.SERVICE_TIER.in(conversation));
        }
    }

    private void extensions() {
        if (conversation.source() != Dialect.RESPONSES) {
            Extensions.drop(conversation, notes);
            return;
        }
        conversation.extensions().forEach((name, value) -> {
            if (!ITEMS.contains(name)) {
                body.set(name, Json.verbatim(value));
            }
        });
        RawJson include = conversation.extensions().get("include");
        if (include != null) {
            body.set("include", withOwn(include));
        }
    }

    /** The client's wishes beside our own. */
    private ArrayNode withOwn(RawJson include) {
        ArrayNode all = Json.array();
        all.addAll((ArrayNode) Json.tree(include));
        body.path("include").forEach(own -> {
            if (!all.valueStream().anyMatch(own::equals)) {
                all.add(own);
            }
        });
        return all;
    }
}
