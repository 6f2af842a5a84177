package dev.aigateway.translation.responses;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aigateway.conversation.Conversation;
import dev.aigateway.conversation.Dialect;
import dev.aigateway.conversation.GatewayError;
import dev.aigateway.conversation.GatewayException;
import dev.aigateway.conversation.Sampling;
import dev.aigateway.translation.Field;
import dev.aigateway.translation.Target;
import dev.aigateway.translation.TranslationNotes;
import dev.aigateway.translation.stop.StopSequences;
import java.math.BigDecimal;
import java.util.Optional;

/** Writes limits and sampling; this dialect knows few of the knobs (section 7.1). Confined to one request. */
final class ResponsesSamplingWriter {
    private static final int LEAST_OUTPUT = 16;

    private final Conversation conversation;
    private final Target target;
    private final TranslationNotes notes;
    private final ObjectNode body;

    ResponsesSamplingWriter(Conversation conversation, Target target, TranslationNotes notes, ObjectNode body) {
        this.conversation = conversation;
        this.target = target;
        this.notes = notes;
        this.body = body;
    }

    void write() {
        limits();
        sampling();
    }

    private void limits() {
        Sampling sampling = conversation.sampling();
        sampling.maxOutputTokens().ifPresent(limit -> {
            if (limit == 0) {
                throw refused(Field.MAX_TOKENS, "must be at least 1 for the provider of this model");
            }
            if (limit < LEAST_OUTPUT) {
                notes.approximated(Field.MAX_TOKENS.in(conversation));
            }
            body.put("max_output_tokens", Math.max(limit, LEAST_OUTPUT));
        });
        if (sampling.candidates() > 1) {
            throw refused(Field.CANDIDATES, "must be 1 for the provider of this model");
        }
        StopSequences.note(conversation, notes);
    }

    private void sampling() {
        Sampling sampling = conversation.sampling();
        number("temperature", Field.TEMPERATURE, sampling.temperature());
        number("top_p", Field.TOP_P, sampling.topP());
        drop(sampling.topK().isPresent(), Field.TOP_K);
        drop(sampling.seed().isPresent(), Field.SEED);
        drop(isSet(sampling.presencePenalty()), Field.PRESENCE_PENALTY);
        drop(isSet(sampling.frequencyPenalty()), Field.FREQUENCY_PENALTY);
        drop(sampling.logitBias().isPresent(), Field.LOGIT_BIAS);
        if (sampling.logprobs()) {
            if (conversation.source() == Dialect.COMPLETIONS) {
                notes.approximated(Field.LOGPROBS.in(conversation));
            }
            sampling.topLogprobs().ifPresent(top -> body.put("top_logprobs", top));
        }
    }

    /** A knob that reasoning models refuse unless it stands at its default. */
    private void number(String name, Field field, Optional<BigDecimal> value) {
        if (value.isPresent() && target.traits().sampling()) {
            body.put(name, value.get());
        } else {
            drop(value.isPresent() && value.get().compareTo(BigDecimal.ONE) != 0, field);
        }
    }

    private static boolean isSet(Optional<BigDecimal> penalty) {
        return penalty.filter(value -> value.signum() != 0).isPresent();
    }

    private void drop(boolean given, Field field) {
        if (given) {
            notes.dropped(field.in(conversation));
        }
    }

    private GatewayException refused(Field field, String message) {
        return GatewayError.badField(field.in(conversation), message).toException();
    }
}
