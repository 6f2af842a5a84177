package dev.aigateway.translation.stop;

import dev.aigateway.conversation.AnswerEvent;
import dev.aigateway.conversation.TokenLogprob;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * One block of text that is looked through. Passes on all but the characters that could still begin a sequence, and a
 * token's probability only once all of the token is. Confined to one stream.
 */
final class WatchedText {
    private final int block;
    private final int choice;
    private final StopSequences sequences;
    private final Deque<TokenLogprob> scored = new ArrayDeque<>();
    private String held = "";
    /** Characters passed on. */
    private long passed;
    /** Characters of the tokens whose probabilities were passed on. */
    private long told;

    WatchedText(int block, int choice, StopSequences sequences) {
        this.block = block;
        this.choice = choice;
        this.sequences = sequences;
    }

    int choice() {
        return choice;
    }

    /** The sequence that was met; nothing is passed on from there. */
    Optional<String> feed(String more, Consumer<AnswerEvent> out) {
        String text = held + more;
        Optional<StopSequences.Match> match = sequences.find(text);
        int end = match.map(StopSequences.Match::at).orElseGet(() -> text.length() - sequences.heldBack(text));
        pass(text.substring(0, end), out);
        held = text.substring(end);
        return match.map(StopSequences.Match::sequence);
    }

    void score(List<TokenLogprob> tokens) {
        scored.addAll(tokens);
    }

    /** The text ended without any sequence. */
    void end(Consumer<AnswerEvent> out) {
        List<TokenLogprob> rest = List.copyOf(scored);
        scored.clear();
        tell(rest, out);
        pass(held, out);
        held = "";
    }

    private void pass(String text, Consumer<AnswerEvent> out) {
        passed += text.length();
        List<TokenLogprob> whole = new ArrayList<>();
        while (!scored.isEmpty() && told + scored.getFirst().token().length() <= passed) {
            told += scored.getFirst().token().length();
            whole.add(scored.removeFirst());
        }
        tell(whole, out);
        if (!text.isEmpty()) {
            out.accept(new AnswerEvent.Delta(block, text));
        }
    }

    private void tell(List<TokenLogprob> tokens, Consumer<AnswerEvent> out) {
        if (!tokens.isEmpty()) {
            out.accept(new AnswerEvent.Scored(block, List.copyOf(tokens)));
        }
    }
}
