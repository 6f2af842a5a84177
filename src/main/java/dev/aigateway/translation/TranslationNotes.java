package dev.aigateway.translation;

import dev.aigateway.conversation.GatewayError;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Takes note of every field that a translation could not carry over unchanged. The notes reach the client in the
 * {@code x-gateway-warnings} header and a counter. Confined to one request.
 */
public final class TranslationNotes {
    private final boolean strict;
    private final Set<Note> notes = new LinkedHashSet<>();

    /** @param strict whether a dropped field is refused with a 400 instead */
    public TranslationNotes(boolean strict) {
        this.strict = strict;
    }

    /** @param field the field in the client's spelling, without indices, such as {@code messages.content.image_url.detail} */
    public void approximated(String field) {
        notes.add(new Note(Fidelity.APPROXIMATED, field));
    }

    /** @throws dev.aigateway.conversation.GatewayException in strict mode */
    public void dropped(String field) {
        if (strict) {
            throw GatewayError.badField(
                            field, "has no equivalent at the upstream and strict-translation forbids dropping it")
                    .toException();
        }
        notes.add(new Note(Fidelity.DROPPED, field));
    }

    public void copyTo(TranslationNotes other) {
        other.notes.addAll(notes);
    }

    /** In the order of first mention, without repeats. */
    public List<Note> all() {
        return List.copyOf(notes);
    }

    public enum Fidelity {
        APPROXIMATED("approximated"),
        DROPPED("dropped");

        private final String label;

        Fidelity(String label) {
            this.label = label;
        }

        public String label() {
            return label;
        }
    }

    public record Note(Fidelity fidelity, String field) {
        @Override
        public String toString() {
            return fidelity.label() + ":" + field;
        }
    }
}
