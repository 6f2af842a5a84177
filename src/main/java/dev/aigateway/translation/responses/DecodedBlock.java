package dev.aigateway.translation.responses;

import dev.aigateway.conversation.AnswerEvent;
import dev.aigateway.conversation.BlockKind;
import java.util.function.Consumer;
import java.util.function.IntSupplier;

/**
 * One canonical block of an upstream's answer: opened when there is something to say, completed from the full text that
 * the dialect repeats at the end. Confined to one stream.
 */
final class DecodedBlock {
    private final IntSupplier numbers;
    private final BlockKind kind;
    private final StringBuilder text = new StringBuilder();
    private int number = -1;

    DecodedBlock(IntSupplier numbers, BlockKind kind) {
        this.numbers = numbers;
        this.kind = kind;
    }

    /** The canonical number; opens the block if need be. */
    int open(Consumer<AnswerEvent> out) {
        if (number < 0) {
            number = numbers.getAsInt();
            out.accept(new AnswerEvent.BlockStarted(number, 0, kind));
        }
        return number;
    }

    void append(String more, Consumer<AnswerEvent> out) {
        if (!more.isEmpty()) {
            text.append(more);
            out.accept(new AnswerEvent.Delta(open(out), more));
        }
    }

    /** Appends what is missing; bridges leave out deltas or send only some. */
    void complete(String whole, Consumer<AnswerEvent> out) {
        if (whole.length() > text.length() && whole.startsWith(text.toString())) {
            append(whole.substring(text.length()), out);
        }
    }

    boolean isEmpty() {
        return text.isEmpty();
    }

    void end(Consumer<AnswerEvent> out) {
        if (number >= 0) {
            out.accept(new AnswerEvent.BlockEnded(number));
        }
    }
}
