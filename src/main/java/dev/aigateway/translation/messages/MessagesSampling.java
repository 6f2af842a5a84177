package dev.aigateway.translation.messages;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aigateway.conversation.Conversation;
import dev.aigateway.conversation.Sampling;
import dev.aigateway.translation.Field;
import dev.aigateway.translation.ModelTraits;
import dev.aigateway.translation.Target;
import dev.aigateway.translation.TranslationNotes;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/** Writes the sampling knobs that the model takes (translation reference, sections 5.2 and 7.1). Stateless. */
final class MessagesSampling {
    private static final BigDecimal LEAST_TOP_P_WHEN_THINKING = new BigDecimal("0.95");

    private MessagesSampling() {}

    static void write(
            Conversation conversation, Target target, boolean thinking, TranslationNotes notes, ObjectNode body) {
        Sampling sampling = conversation.sampling();
        ModelTraits traits = target.traits();
        Optional<BigDecimal> temperature = sampling.temperature();
        if (temperature.isPresent() && (thinking || !traits.sampling())) {
            if (temperature.get().compareTo(BigDecimal.ONE) != 0) {
                notes.dropped(Field.TEMPERATURE.in(conversation));
            }
            temperature = Optional.empty();
        }
        temperature.ifPresent(value -> body.put("temperature", clamped(value, conversation, notes)));
        topP(conversation, traits, thinking, temperature.isPresent(), notes, body);
        sampling.topK().ifPresent(value -> {
            if (thinking || !traits.sampling()) {
                notes.dropped(Field.TOP_K.in(conversation));
            } else {
                body.put("top_k", value);
            }
        });
        stop(conversation, notes, body);
        dropForeign(conversation, notes);
    }

    private static BigDecimal clamped(BigDecimal value, Conversation conversation, TranslationNotes notes) {
        if (value.compareTo(BigDecimal.ONE) <= 0) {
            return value;
        }
        notes.approximated(Field.TEMPERATURE.in(conversation));
        return BigDecimal.ONE;
    }

    private static void topP(
            Conversation conversation,
            ModelTraits traits,
            boolean thinking,
            boolean temperatureGiven,
            TranslationNotes notes,
            ObjectNode body) {
        Optional<BigDecimal> topP = conversation.sampling().topP();
        if (topP.isEmpty()) {
            return;
        }
        boolean allowed = thinking
                ? traits.sampling() && topP.get().compareTo(LEAST_TOP_P_WHEN_THINKING) >= 0
                : traits.sampling() && (traits.temperatureWithTopP() || !temperatureGiven);
        if (allowed) {
            body.put("top_p", topP.get());
        } else if (topP.get().compareTo(BigDecimal.ONE) != 0) {
            notes.dropped(Field.TOP_P.in(conversation));
        }
    }

    private static void stop(Conversation conversation, TranslationNotes notes, ObjectNode body) {
        List<String> given = conversation.sampling().stop();
        List<String> visible = given.stream().filter(text -> !text.isBlank()).toList();
        if (visible.size() < given.size()) {
            notes.dropped(Field.STOP.in(conversation));
        }
        if (!visible.isEmpty()) {
            visible.forEach(body.putArray("stop_sequences")::add);
        }
    }

    private static void dropForeign(Conversation conversation, TranslationNotes notes) {
        Sampling sampling = conversation.sampling();
        note(sampling.seed().isPresent(), Field.SEED, conversation, notes);
        note(isSet(sampling.presencePenalty()), Field.PRESENCE_PENALTY, conversation, notes);
        note(isSet(sampling.frequencyPenalty()), Field.FREQUENCY_PENALTY, conversation, notes);
        note(sampling.logitBias().isPresent(), Field.LOGIT_BIAS, conversation, notes);
        note(sampling.logprobs(), Field.LOGPROBS, conversation, notes);
    }

    private static boolean isSet(Optional<BigDecimal> penalty) {
        return penalty.filter(value -> value.signum() != 0).isPresent();
    }

    private static void note(boolean given, Field field, Conversation conversation, TranslationNotes notes) {
        if (given) {
            notes.dropped(field.in(conversation));
        }
    }
}
