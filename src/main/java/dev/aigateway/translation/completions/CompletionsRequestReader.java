package dev.aigateway.translation.completions;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aigateway.conversation.Block;
import dev.aigateway.conversation.Caller;
import dev.aigateway.conversation.Conversation;
import dev.aigateway.conversation.Dialect;
import dev.aigateway.conversation.GatewayException;
import dev.aigateway.conversation.RawJson;
import dev.aigateway.conversation.Sampling;
import dev.aigateway.conversation.Turn;
import dev.aigateway.translation.JsonFields;
import dev.aigateway.translation.TranslationNotes;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Reads a legacy Completions request as a conversation of one user message (translation reference, 18.2). Stateless. */
final class CompletionsRequestReader {
    private static final int DEFAULT_MAX_TOKENS = 16;

    private CompletionsRequestReader() {}

    static Conversation read(String model, boolean stream, ObjectNode body, TranslationNotes notes) {
        JsonFields fields = JsonFields.root(body);
        fields.value("model");
        fields.value("stream");
        Conversation.Builder builder = Conversation.builder(Dialect.COMPLETIONS, model).stream(stream)
                .turn(new Turn(Turn.Role.USER, List.of(new Block.Text(prompt(fields)))))
                .sampling(sampling(fields))
                .caller(new Caller(
                        fields.text("safety_identifier").or(() -> fields.text("user")),
                        Map.of(),
                        fields.text("prompt_cache_key"),
                        fields.text("service_tier")))
                .includeUsage(fields.object("stream_options")
                        .map(options -> options.flag("include_usage"))
                        .orElse(false));
        notes.approximated("prompt");
        suffix(fields);
        if (fields.flag("echo")) {
            notes.approximated(CompletionsEcho.FIELD);
            builder.extension(CompletionsEcho.FIELD, new RawJson("true"));
        }
        fields.rest().forEach(builder::extension);
        return builder.build();
    }

    private static String prompt(JsonFields fields) {
        JsonNode prompt = fields.value("prompt").orElseThrow(() -> fields.missing("prompt"));
        String text = prompt.isArray() ? only(prompt, fields) : text(prompt, fields);
        if (text.isEmpty()) {
            throw fields.bad("prompt", "must not be empty");
        }
        return text;
    }

    private static String only(JsonNode prompts, JsonFields fields) {
        if (prompts.isEmpty()) {
            throw fields.bad("prompt", "must not be empty");
        }
        if (!prompts.get(0).isTextual()) {
            throw text(fields);
        }
        if (prompts.size() > 1) {
            throw fields.bad("prompt", "must be one prompt, not " + prompts.size() + "; send one request for each");
        }
        return prompts.get(0).textValue();
    }

    private static String text(JsonNode prompt, JsonFields fields) {
        if (!prompt.isTextual()) {
            throw text(fields);
        }
        return prompt.textValue();
    }

    private static GatewayException text(JsonFields fields) {
        return fields.bad("prompt", "must be text; token ids mean nothing to the provider of this model");
    }

    private static void suffix(JsonFields fields) {
        if (fields.text("suffix").filter(text -> !text.isEmpty()).isPresent()) {
            throw fields.bad("suffix", "is not supported by the provider of this model");
        }
    }

    private static OptionalInt logprobs(JsonFields fields) {
        OptionalInt logprobs = fields.integer("logprobs", 0);
        if (logprobs.isPresent() && fields.flag("echo")) {
            throw fields.bad("logprobs", "cannot be given for an echoed prompt by the provider of this model");
        }
        return logprobs;
    }

    private static Sampling sampling(JsonFields fields) {
        OptionalInt logprobs = logprobs(fields);
        int candidates = fields.integer("n", 1).orElse(1);
        if (fields.integer("best_of", 1).orElse(candidates) > candidates) {
            throw fields.bad("best_of", "must not be greater than n for the provider of this model");
        }
        return new Sampling(
                OptionalInt.of(fields.integer("max_tokens", 1).orElse(DEFAULT_MAX_TOKENS)),
                fields.decimal("temperature", "0", "2"),
                fields.decimal("top_p", "0", "1"),
                fields.integer("top_k", 0),
                fields.longInteger("seed"),
                fields.decimal("presence_penalty", "-2", "2"),
                fields.decimal("frequency_penalty", "-2", "2"),
                stop(fields),
                candidates,
                fields.object("logit_bias").map(JsonFields::raw),
                logprobs.isPresent(),
                logprobs);
    }

    private static List<String> stop(JsonFields fields) {
        Optional<JsonNode> stop = fields.value("stop");
        return stop.map(value -> value.isTextual() ? List.of(value.textValue()) : fields.texts("stop"))
                .orElse(List.of());
    }
}
