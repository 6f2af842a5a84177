package dev.aigateway.translation.gemini;

import dev.aigateway.conversation.Conversation;
import dev.aigateway.conversation.Effort;
import dev.aigateway.conversation.OutputFormat;
import dev.aigateway.conversation.RawJson;
import dev.aigateway.conversation.Reasoning;
import dev.aigateway.conversation.Sampling;
import dev.aigateway.translation.Json;
import dev.aigateway.translation.JsonFields;
import dev.aigateway.translation.TranslationNotes;
import dev.aigateway.translation.gemini.schema.OpenApiSchema;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/** Reads {@code generationConfig} (translation reference, sections 6.1 and 9.1). Stateless. */
final class GeminiGenerationReader {
    private static final int DYNAMIC = -1;

    private GeminiGenerationReader() {}

    static void read(JsonFields config, Conversation.Builder builder, TranslationNotes notes) {
        builder.sampling(sampling(config));
        config.object("thinkingConfig").ifPresent(thinking -> builder.reasoning(reasoning(thinking)));
        builder.output(output(config, notes));
        List<String> modalities = config.texts("responseModalities");
        if (modalities.stream().anyMatch(modality -> !modality.equalsIgnoreCase("text"))) {
            builder.extension(
                    "generationConfig.responseModalities",
                    config.raw("responseModalities").orElseThrow());
        }
    }

    private static Sampling sampling(JsonFields config) {
        return new Sampling(
                config.integer("maxOutputTokens", 1),
                config.decimal("temperature", "0", "2"),
                config.decimal("topP", "0", "1"),
                config.integer("topK", 0),
                config.longInteger("seed"),
                config.decimal("presencePenalty", "-2", "2"),
                config.decimal("frequencyPenalty", "-2", "2"),
                config.texts("stopSequences"),
                config.integer("candidateCount", 1).orElse(1),
                Optional.empty(),
                config.flag("responseLogprobs"),
                config.integer("logprobs", 0));
    }

    private static Reasoning reasoning(JsonFields thinking) {
        OptionalInt budget = thinking.integer("thinkingBudget", DYNAMIC);
        Optional<String> level = thinking.text("thinkingLevel");
        if (budget.isPresent() && level.isPresent()) {
            throw thinking.bad("thinkingLevel", "cannot be set together with thinkingBudget");
        }
        Reasoning.Depth depth = budget.isPresent()
                ? ofBudget(budget.getAsInt())
                : level.map(word -> ofLevel(thinking, word)).orElse(new Reasoning.Depth.Unset());
        return new Reasoning(depth, thinking.optionalFlag("includeThoughts"), false);
    }

    private static Reasoning.Depth ofBudget(int budget) {
        return switch (budget) {
            case DYNAMIC -> new Reasoning.Depth.Adaptive(Optional.empty());
            case 0 -> new Reasoning.Depth.Off();
            default -> new Reasoning.Depth.ByBudget(budget);
        };
    }

    private static Reasoning.Depth ofLevel(JsonFields thinking, String word) {
        return switch (word.toUpperCase(Locale.ROOT)) {
            case "THINKING_LEVEL_UNSPECIFIED" -> new Reasoning.Depth.Unset();
            case "MINIMAL" -> new Reasoning.Depth.ByEffort(Effort.MINIMAL);
            case "LOW" -> new Reasoning.Depth.ByEffort(Effort.LOW);
            case "MEDIUM" -> new Reasoning.Depth.ByEffort(Effort.MEDIUM);
            case "HIGH" -> new Reasoning.Depth.ByEffort(Effort.HIGH);
            default -> throw thinking.bad("thinkingLevel", "must be MINIMAL, LOW, MEDIUM or HIGH, not '" + word + "'");
        };
    }

    private static OutputFormat output(JsonFields config, TranslationNotes notes) {
        Optional<RawJson> own =
                config.object("responseSchema").map(schema -> Json.raw(OpenApiSchema.toJsonSchema(schema.node())));
        Optional<RawJson> schema = config.object("responseJsonSchema")
                .or(() -> config.object("_responseJsonSchema"))
                .map(JsonFields::raw)
                .or(() -> own);
        String type = config.text("responseMimeType").orElse("");
        if (type.equals("text/x.enum")) {
            notes.approximated("generationConfig.responseMimeType");
        }
        return schema.<OutputFormat>map(
                        text -> new OutputFormat.JsonSchema(Optional.empty(), Optional.empty(), text, Optional.empty()))
                .orElseGet(() ->
                        type.equals("application/json") ? new OutputFormat.JsonObject() : new OutputFormat.Text());
    }
}
