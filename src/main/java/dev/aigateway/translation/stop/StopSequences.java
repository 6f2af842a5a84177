package dev.aigateway.translation.stop;

import dev.aigateway.conversation.Conversation;
import dev.aigateway.translation.Field;
import dev.aigateway.translation.Target;
import dev.aigateway.translation.TranslationNotes;
import java.util.List;
import java.util.Optional;

/**
 * The sequences that the gateway looks for in place of an upstream. Of several, the one that ends first is met, and of
 * those the one that begins first, so that the answer does not depend on how the text is cut into pieces. Immutable.
 */
public record StopSequences(List<String> texts) {
    /** More, or longer ones, would make every piece of text costly. No vendor takes more than five. */
    private static final int MAX_COUNT = 16;

    private static final int MAX_LENGTH = 256;

    /** @param at where in the text the sequence begins */
    record Match(int at, String sequence) {
        int end() {
            return at + sequence.length();
        }
    }

    /** What an upstream cannot be told; none where it takes stop sequences itself. */
    public static StopSequences of(Conversation conversation, Target target) {
        boolean taken = switch (target.dialect()) {
            case RESPONSES -> false;
            case CHAT -> target.traits().stopSequences();
            case MESSAGES, GEMINI, COMPLETIONS -> true;
        };
        return new StopSequences(taken ? List.of() : usable(conversation));
    }

    /** Takes note that the upstream is not told, which differs in what is generated and paid for. */
    public static void note(Conversation conversation, TranslationNotes notes) {
        List<String> wanted = conversation.sampling().stop();
        List<String> usable = usable(conversation);
        if (!usable.isEmpty()) {
            notes.approximated(Field.STOP.in(conversation));
        }
        if (usable.size() < wanted.stream().filter(text -> !text.isEmpty()).count()) {
            notes.dropped(Field.STOP.in(conversation));
        }
    }

    public boolean isEmpty() {
        return texts.isEmpty();
    }

    Optional<Match> find(String text) {
        Match first = null;
        for (String sequence : texts) {
            int at = text.indexOf(sequence);
            if (at >= 0 && (first == null || isBefore(at, at + sequence.length(), first))) {
                first = new Match(at, sequence);
            }
        }
        return Optional.ofNullable(first);
    }

    /** How many characters at the end of a text without match could be the beginning of one. */
    int heldBack(String text) {
        int held = 0;
        for (String sequence : texts) {
            for (int length = Math.min(sequence.length() - 1, text.length()); length > held; length--) {
                if (text.regionMatches(text.length() - length, sequence, 0, length)) {
                    held = length;
                }
            }
        }
        return held;
    }

    private static boolean isBefore(int at, int end, Match other) {
        return end < other.end() || (end == other.end() && at < other.at());
    }

    private static List<String> usable(Conversation conversation) {
        return conversation.sampling().stop().stream()
                .filter(text -> !text.isEmpty() && text.length() <= MAX_LENGTH)
                .limit(MAX_COUNT)
                .toList();
    }
}
