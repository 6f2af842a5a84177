package dev.aigateway.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.aigateway.conversation.Dialect;
import dev.aigateway.translation.Field;
import dev.aigateway.translation.Json;
import dev.aigateway.translation.TranslationNotes.Fidelity;
import dev.aigateway.translation.TranslationNotes.Note;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What became of a request in a translation.
 *
 * @param upstream the exact bytes that the provider is sent
 * @param approximated fields in the client's spelling; so are all
 * @param dropped what the provider never hears of
 * @param renamed top-level fields and what they are called now
 * @param kept the other top-level fields that nothing was noted about
 */
record Explanation(
        byte[] upstream, List<String> approximated, List<String> dropped, List<String> renamed, List<String> kept) {
    /** Where the parts of a conversation stand; what they are called inside would tell little. */
    private static final Set<String> TURNS = Set.of("messages", "input", "contents");

    static Explanation of(Dialect from, Dialect to, byte[] request, byte[] upstream, List<Note> notes) {
        JsonNode asked = Json.request(request);
        JsonNode told = Json.request(upstream);
        List<String> renamed = new ArrayList<>();
        List<String> kept = new ArrayList<>();
        asked.properties().forEach(member -> {
            String name = member.getKey();
            if (member.getValue().isNull() || isNoted(name, notes)) {
                return;
            }
            List<String> names = told.has(name) ? List.of() : otherNames(name, from, to, asked, told);
            if (names.isEmpty()) {
                kept.add(name);
            } else {
                renamed.add(name + " -> " + String.join(", ", names));
            }
        });
        return new Explanation(
                upstream, fields(Fidelity.APPROXIMATED, notes), fields(Fidelity.DROPPED, notes), renamed, kept);
    }

    /** One line for each kind of fate that something met. */
    List<String> lines() {
        return Stream.of(
                        line("approximated", approximated),
                        line("dropped", dropped),
                        line("renamed", renamed),
                        line("kept", kept))
                .flatMap(Optional::stream)
                .toList();
    }

    private static Optional<String> line(String fate, List<String> fields) {
        return fields.isEmpty()
                ? Optional.empty()
                : Optional.of("%-14s%s".formatted(fate + ":", String.join("; ", fields)));
    }

    private static List<String> fields(Fidelity fidelity, List<Note> notes) {
        return notes.stream()
                .filter(note -> note.fidelity() == fidelity)
                .map(Note::field)
                .toList();
    }

    private static boolean isNoted(String name, List<Note> notes) {
        return notes.stream()
                .anyMatch(note -> note.field().equals(name) || note.field().startsWith(name + "."));
    }

    private static List<String> otherNames(String name, Dialect from, Dialect to, JsonNode asked, JsonNode told) {
        return Arrays.stream(Field.values())
                .filter(field -> spellings(field, from).anyMatch(path -> stands(path, name, asked)))
                .flatMap(field -> spellings(field, to))
                .filter(path -> !path.equals(name) && has(told, path))
                .map(path -> TURNS.contains(first(path)) ? first(path) : path)
                .distinct()
                .toList();
    }

    /** Chat has two names for its limit. */
    private static Stream<String> spellings(Field field, Dialect dialect) {
        return field == Field.MAX_TOKENS && dialect == Dialect.CHAT
                ? Stream.of("max_tokens", "max_completion_tokens")
                : Stream.of(field.in(dialect));
    }

    /** Whether a field belongs to the top-level member and is in the request; of turns every part counts. */
    private static boolean stands(String path, String name, JsonNode asked) {
        return first(path).equals(name) && (TURNS.contains(name) || has(asked, path));
    }

    private static boolean has(JsonNode document, String path) {
        if (document.isArray()) {
            return document.valueStream().anyMatch(element -> has(element, path));
        }
        int dot = path.indexOf('.');
        JsonNode value = document.path(first(path));
        return !value.isMissingNode() && (dot < 0 || has(value, path.substring(dot + 1)));
    }

    private static String first(String path) {
        int dot = path.indexOf('.');
        return dot < 0 ? path : path.substring(0, dot);
    }
}
