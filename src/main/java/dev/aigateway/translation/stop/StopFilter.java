package dev.aigateway.translation.stop;

import dev.aigateway.conversation.AnswerEvent;
import dev.aigateway.conversation.BlockKind;
import dev.aigateway.conversation.StopReason;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Ends each choice of an answer at the first stop sequence in its visible text; thinking and arguments are not looked
 * through. Once all choices have stopped the answer is complete and the rest is left out. Keeps the grammar of
 * {@link AnswerEvent}. Confined to one answer.
 */
final class StopFilter {
    private final StopSequences sequences;
    private final int choices;
    /** The choice of each open block; those of a choice that has stopped are not among them. */
    private final SequencedMap<Integer, Integer> open = new LinkedHashMap<>();

    private final Map<Integer, WatchedText> texts = new HashMap<>();
    /** The sequence at which a choice has stopped. */
    private final TreeMap<Integer, String> stopped = new TreeMap<>();

    private boolean over;

    /** @param choices how many there will be */
    StopFilter(StopSequences sequences, int choices) {
        this.sequences = sequences;
        this.choices = choices;
    }

    /** Whether all choices have stopped. */
    boolean isOver() {
        return over;
    }

    void pass(AnswerEvent event, Consumer<AnswerEvent> out) {
        if (over) {
            return;
        }
        switch (event) {
            case AnswerEvent.BlockStarted(var block, var choice, var kind) -> {
                if (!stopped.containsKey(choice)) {
                    start(block, choice, kind);
                    out.accept(event);
                }
            }
            case AnswerEvent.Delta(var block, var text) -> {
                WatchedText watched = texts.get(block);
                if (watched == null) {
                    ofBlock(block, event, out);
                } else {
                    watched.feed(text, out).ifPresent(sequence -> stop(watched.choice(), sequence, out));
                }
            }
            case AnswerEvent.Scored(var block, var tokens) -> {
                WatchedText watched = texts.get(block);
                if (watched != null) {
                    watched.score(tokens);
                }
            }
            case AnswerEvent.Signed(var block, var signature) -> ofBlock(block, event, out);
            case AnswerEvent.Cited(var block, var citation) -> ofBlock(block, event, out);
            case AnswerEvent.BlockEnded(var block) -> {
                if (open.containsKey(block)) {
                    end(block, out);
                }
            }
            case AnswerEvent.Finished finish -> out.accept(finished(finish));
            case AnswerEvent.Started ignored -> out.accept(event);
            case AnswerEvent.UsageReported ignored -> out.accept(event);
            case AnswerEvent.Completed ignored -> out.accept(event);
            case AnswerEvent.Failed ignored -> out.accept(event);
            case AnswerEvent.Ping ignored -> out.accept(event);
        }
    }

    private void start(int block, int choice, BlockKind kind) {
        open.put(block, choice);
        if (kind instanceof BlockKind.Text) {
            texts.put(block, new WatchedText(block, choice, sequences));
        }
    }

    private void ofBlock(int block, AnswerEvent event, Consumer<AnswerEvent> out) {
        if (open.containsKey(block)) {
            out.accept(event);
        }
    }

    private void end(int block, Consumer<AnswerEvent> out) {
        open.remove(block);
        WatchedText watched = texts.remove(block);
        if (watched != null) {
            watched.end(out);
        }
        out.accept(new AnswerEvent.BlockEnded(block));
    }

    private void stop(int choice, String sequence, Consumer<AnswerEvent> out) {
        stopped.put(choice, sequence);
        List<Integer> blocks = open.entrySet().stream()
                .filter(entry -> entry.getValue() == choice)
                .map(Map.Entry::getKey)
                .toList();
        for (int block : blocks) {
            open.remove(block);
            texts.remove(block);
            out.accept(new AnswerEvent.BlockEnded(block));
        }
        if (stopped.size() == choices) {
            over = true;
            stopped.forEach((number, met) ->
                    out.accept(new AnswerEvent.Finished(number, StopReason.STOP_SEQUENCE, Optional.of(met))));
            out.accept(new AnswerEvent.Completed());
        }
    }

    private AnswerEvent finished(AnswerEvent.Finished finish) {
        String sequence = stopped.get(finish.choice());
        return sequence == null
                ? finish
                : new AnswerEvent.Finished(finish.choice(), StopReason.STOP_SEQUENCE, Optional.of(sequence));
    }
}
