package dev.aigateway.translation.gemini;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aigateway.conversation.Conversation;
import dev.aigateway.conversation.GatewayError;
import dev.aigateway.conversation.OutputFormat;
import dev.aigateway.conversation.RawJson;
import dev.aigateway.conversation.Sampling;
import dev.aigateway.translation.Field;
import dev.aigateway.translation.Json;
import dev.aigateway.translation.Target;
import dev.aigateway.translation.TranslationNotes;
import dev.aigateway.translation.gemini.schema.SchemaCache;
import dev.aigateway.translation.gemini.schema.SchemaForm;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/** Writes {@code generationConfig} (translation reference, sections 7.1 and 8.1). Confined to one request. */
final class GeminiGenerationWriter {
    private static final int MAX_STOPS = 5;

    private final Conversation conversation;
    private final Target target;
    private final SchemaCache schemas;
    private final TranslationNotes notes;
    private final ObjectNode config = Json.object();

    GeminiGenerationWriter(Conversation conversation, Target target, SchemaCache schemas, TranslationNotes notes) {
        this.conversation = conversation;
        this.target = target;
        this.schemas = schemas;
        this.notes = notes;
    }

    ObjectNode write() {
        Sampling sampling = conversation.sampling();
        sampling.maxOutputTokens().ifPresent(this::limit);
        number("temperature", sampling.temperature());
        number("topP", sampling.topP());
        sampling.topK().ifPresent(value -> config.put("topK", value));
        sampling.seed().ifPresent(value -> config.put("seed", value));
        number("presencePenalty", sampling.presencePenalty());
        number("frequencyPenalty", sampling.frequencyPenalty());
        if (sampling.candidates() > 1) {
            config.put("candidateCount", sampling.candidates());
        }
        stop(sampling.stop());
        if (sampling.logitBias().isPresent()) {
            notes.dropped(Field.LOGIT_BIAS.in(conversation));
        }
        if (sampling.logprobs()) {
            // The answer tells no bytes; they are those of the token's text, even where that is half a character.
            notes.approximated(Field.LOGPROBS.in(conversation));
            config.put("responseLogprobs", true);
            sampling.topLogprobs().ifPresent(this::topLogprobs);
        }
        output();
        GeminiThinking.of(conversation, target, notes).ifPresent(thinking -> config.set("thinkingConfig", thinking));
        return config;
    }

    private void topLogprobs(int count) {
        if (count > 0) {
            config.put("logprobs", count);
        }
    }

    private void limit(int tokens) {
        if (tokens == 0) {
            throw GatewayError.badField(
                            Field.MAX_TOKENS.in(conversation), "must be at least 1 for the provider of this model")
                    .toException();
        }
        config.put("maxOutputTokens", tokens);
    }

    private void number(String name, Optional<BigDecimal> value) {
        value.ifPresent(number -> config.put(name, number));
    }

    private void stop(List<String> stop) {
        if (stop.size() > MAX_STOPS) {
            notes.approximated(Field.STOP.in(conversation));
        }
        if (!stop.isEmpty()) {
            stop.stream().limit(MAX_STOPS).forEach(config.putArray("stopSequences")::add);
        }
    }

    private void output() {
        switch (conversation.output()) {
            case OutputFormat.Text ignored -> {}
            case OutputFormat.JsonObject ignored -> config.put("responseMimeType", "application/json");
            case OutputFormat.JsonSchema format -> schema(format.schema());
        }
    }

    private void schema(RawJson schema) {
        config.put("responseMimeType", "application/json");
        SchemaForm form = GeminiRequestWriter.schemaForm(target);
        if (form != SchemaForm.TRIMMED) {
            notes.approximated(Field.OUTPUT_FORMAT.in(conversation));
        }
        String name = form == SchemaForm.TRIMMED ? "responseJsonSchema" : "responseSchema";
        schemas.whole(schema, form).schema().ifPresent(written -> config.set(name, Json.verbatim(written)));
    }
}
