package dev.aigateway.translation.chat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aigateway.conversation.Caller;
import dev.aigateway.conversation.Conversation;
import dev.aigateway.conversation.Dialect;
import dev.aigateway.conversation.GatewayError;
import dev.aigateway.conversation.OutputFormat;
import dev.aigateway.conversation.Sampling;
import dev.aigateway.conversation.Tools;
import dev.aigateway.translation.Extensions;
import dev.aigateway.translation.Field;
import dev.aigateway.translation.Json;
import dev.aigateway.translation.Quirk;
import dev.aigateway.translation.Target;
import dev.aigateway.translation.TranslationNotes;
import dev.aigateway.translation.stop.StopSequences;
import dev.aigateway.translation.tools.Fingerprint;
import dev.aigateway.translation.tools.ToolNames;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/** Writes a hub request as a Chat Completions request (translation reference, section 7). Confined to one request. */
final class ChatRequestWriter {
    private static final int MAX_STOPS = 4;
    private static final int MAX_USER = 128;

    private final Conversation conversation;
    private final Target target;
    private final TranslationNotes notes;
    private final ObjectNode body = Json.object();

    private ChatRequestWriter(Conversation conversation, Target target, TranslationNotes notes) {
        this.conversation = conversation;
        this.target = target;
        this.notes = notes;
    }

    static byte[] write(Conversation conversation, Target target, TranslationNotes notes) {
        return new ChatRequestWriter(conversation, target, notes).write();
    }

    private byte[] write() {
        ToolNames names = ToolNames.of(conversation, target.dialect());
        Tools tools = ChatToolWriter.declared(conversation, target, notes);
        body.put("model", target.model());
        ArrayNode messages = body.putArray("messages");
        new ChatMessageWriter(conversation, target, names, notes, messages).write();
        new ChatToolWriter(conversation, names, notes).write(tools, body);
        limits();
        sampling();
        reasoning();
        output();
        conversation.verbosity().ifPresent(value -> body.put("verbosity", value));
        caller();
        stream();
        Extensions.drop(conversation, notes);
        return Json.bytes(body);
    }

    private void limits() {
        conversation.sampling().maxOutputTokens().ifPresent(limit -> {
            if (limit == 0) {
                throw GatewayError.badField(
                                Field.MAX_TOKENS.in(conversation), "must be at least 1 for the provider of this model")
                        .toException();
            }
            body.put(target.has(Quirk.MAX_COMPLETION_TOKENS) ? "max_completion_tokens" : "max_tokens", limit);
        });
        List<String> stop = conversation.sampling().stop();
        if (stop.isEmpty()) {
            return;
        }
        if (!target.traits().stopSequences()) {
            StopSequences.note(conversation, notes);
            return;
        }
        if (stop.size() > MAX_STOPS) {
            notes.approximated(Field.STOP.in(conversation));
        }
        stop.stream().limit(MAX_STOPS).forEach(body.putArray("stop")::add);
    }

    private void sampling() {
        Sampling sampling = conversation.sampling();
        number("temperature", Field.TEMPERATURE, sampling.temperature(), BigDecimal.ONE);
        number("top_p", Field.TOP_P, sampling.topP(), BigDecimal.ONE);
        number("presence_penalty", Field.PRESENCE_PENALTY, sampling.presencePenalty(), BigDecimal.ZERO);
        number("frequency_penalty", Field.FREQUENCY_PENALTY, sampling.frequencyPenalty(), BigDecimal.ZERO);
        sampling.topK().ifPresent(value -> {
            if (target.has(Quirk.TOP_K)) {
                body.put("top_k", value);
            } else {
                notes.dropped(Field.TOP_K.in(conversation));
            }
        });
        sampling.seed().ifPresent(value -> body.put("seed", value));
        sampling.logitBias().ifPresent(value -> body.set("logit_bias", Json.verbatim(value)));
        if (sampling.candidates() > 1) {
            body.put("n", sampling.candidates());
        }
        if (sampling.logprobs()) {
            body.put("logprobs", true);
            if (conversation.source() == Dialect.COMPLETIONS) {
                notes.approximated(Field.LOGPROBS.in(conversation));
            }
            sampling.topLogprobs().ifPresent(value -> body.put("top_logprobs", value));
        }
    }

    /** A knob that reasoning models refuse unless it stands at its default. */
    private void number(String name, Field field, Optional<BigDecimal> value, BigDecimal usual) {
        if (value.isEmpty()) {
            return;
        }
        if (target.traits().sampling()) {
            body.put(name, value.get());
        } else if (value.get().compareTo(usual) != 0) {
            notes.dropped(field.in(conversation));
        }
    }

    /** Chat has no way to ask for hidden reasoning; other dialects hide it unless asked, which is no loss. */
    private void reasoning() {
        ChatEffort.of(conversation, target, notes).ifPresent(effort -> body.put("reasoning_effort", effort));
        boolean hidden =
                conversation.reasoning().wantsText().filter(show -> !show).isPresent();
        if (hidden && conversation.source() == Dialect.MESSAGES) {
            notes.dropped(Field.REASONING.in(conversation) + ".display");
        }
    }

    private void output() {
        switch (conversation.output()) {
            case OutputFormat.Text ignored -> {}
            case OutputFormat.JsonObject ignored ->
                body.putObject("response_format").put("type", "json_object");
            case OutputFormat.JsonSchema format -> {
                ObjectNode schema = body.putObject("response_format")
                        .put("type", "json_schema")
                        .putObject("json_schema");
                schema.put("name", format.name().orElse("response"));
                format.description().ifPresent(text -> schema.put("description", text));
                schema.put("strict", format.strict().orElseGet(() -> StrictSchema.allows(Json.tree(format.schema()))));
                schema.set("schema", Json.verbatim(format.schema()));
            }
        }
    }

    /** OpenAI itself knows the newer names; other servers are more likely to know {@code user}. */
    private void caller() {
        Caller caller = conversation.caller();
        boolean openai = target.has(Quirk.MAX_COMPLETION_TOKENS);
        caller.endUser().ifPresent(user -> {
            String id = user.length() > MAX_USER ? Fingerprint.of(user, 64) : user;
            body.put(openai ? "safety_identifier" : "user", id);
        });
        if (openai) {
            caller.cacheKey().ifPresent(key -> body.put("prompt_cache_key", key));
        }
        if (!caller.metadata().isEmpty()) {
            ObjectNode metadata = body.putObject("metadata");
            caller.metadata().forEach(metadata::put);
        }
        caller.serviceTier().ifPresent(this::serviceTier);
    }

    private void serviceTier(String tier) {
        switch (tier) {
            case "standard", "standard_only" -> body.put("service_tier", "default");
            case "auto", "default", "flex", "scale", "priority", "fast" -> body.put("service_tier", tier);
            default -> notes.dropped(Field.SERVICE_TIER.in(conversation));
        }
    }

    private void stream() {
        if (conversation.stream()) {
            body.put("stream", true);
            if (!target.has(Quirk.NO_STREAM_OPTIONS)) {
                body.putObject("stream_options").put("include_usage", true);
            }
        }
    }
}
