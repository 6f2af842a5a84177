package dev.aigateway.dispatch.history;

import dev.aigateway.conversation.AnswerEvent;
import dev.aigateway.conversation.Block;
import dev.aigateway.conversation.BlockKind;
import dev.aigateway.conversation.Signature;
import dev.aigateway.conversation.Vendor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Consumer;

/**
 * Picks from the events of an answer what its tool calls were signed with. Thinking belongs to the next call; what no call
 * follows is not needed. Confined to one answer.
 */
final class SignatureCollector implements Consumer<AnswerEvent> {
    private final Map<Integer, Thought> thoughts = new HashMap<>();
    private final Map<Integer, Integer> texts = new HashMap<>();
    private final SequencedMap<Integer, Call> calls = new LinkedHashMap<>();
    /** By choice. */
    private final Map<Integer, Step> steps = new HashMap<>();

    private static final class Thought {
        private final int choice;
        private final StringBuilder text = new StringBuilder();
        private Optional<Signature> signature = Optional.empty();

        Thought(int choice) {
            this.choice = choice;
        }
    }

    /** What was said since the last call. */
    private static final class Step {
        private final List<Block> before = new ArrayList<>();
        private final List<Block> close = new ArrayList<>();
        private boolean hasText;

        void add(Block thinking) {
            (hasText ? close : before).add(thinking);
        }
    }

    private static final class Call {
        private final BlockKind.ToolCall kind;
        private final Step step;
        private Optional<Signature> signature = Optional.empty();

        Call(BlockKind.ToolCall kind, Step step) {
            this.kind = kind;
            this.step = step;
        }
    }

    @Override
    public void accept(AnswerEvent event) {
        switch (event) {
            case AnswerEvent.BlockStarted(var block, var choice, var kind) -> start(block, choice, kind);
            case AnswerEvent.Delta(var block, var text) -> delta(block, text);
            case AnswerEvent.Signed(var block, var signature) -> sign(block, signature);
            case AnswerEvent.BlockEnded(var block) -> end(block);
            default -> {}
        }
    }

    /** The calls that have anything to remember, by id. */
    Map<String, SignedCall> calls() {
        Map<String, SignedCall> signed = new LinkedHashMap<>();
        calls.values().forEach(call -> {
            SignedCall found = new SignedCall(
                    call.kind.name(), List.copyOf(call.step.before), List.copyOf(call.step.close), call.signature);
            if (!found.isEmpty()) {
                signed.put(call.kind.id(), found);
            }
        });
        return signed;
    }

    private void start(int block, int choice, BlockKind kind) {
        switch (kind) {
            case BlockKind.Text ignored -> texts.put(block, choice);
            case BlockKind.Thinking ignored -> thoughts.put(block, new Thought(choice));
            case BlockKind.RedactedThinking(var vendor, var data) ->
                step(choice).add(new Block.RedactedThinking(vendor, data));
            case BlockKind.ToolCall call -> {
                calls.put(block, new Call(call, step(choice)));
                steps.remove(choice);
            }
            case BlockKind.Refusal ignored -> {}
            case BlockKind.Opaque ignored -> {}
        }
    }

    private void delta(int block, String text) {
        Thought thought = thoughts.get(block);
        Integer choice = texts.get(block);
        if (thought != null) {
            thought.text.append(text);
        } else if (choice != null) {
            step(choice).hasText = true;
        }
    }

    private void sign(int block, Signature signature) {
        Thought thought = thoughts.get(block);
        Call call = calls.get(block);
        if (thought != null) {
            thought.signature = Optional.of(signature);
        } else if (call != null) {
            call.signature = Optional.of(signature);
        }
    }

    private void end(int block) {
        texts.remove(block);
        Thought thought = thoughts.remove(block);
        if (thought != null
                && thought.signature.filter(SignatureCollector::isWantedBack).isPresent()) {
            step(thought.choice).add(new Block.Thinking(thought.text.toString(), thought.signature));
        }
    }

    /** Nobody asks for the signatures of vendors that are not known. */
    private static boolean isWantedBack(Signature signature) {
        return signature.vendor() != Vendor.OTHER;
    }

    private Step step(int choice) {
        return steps.computeIfAbsent(choice, ignored -> new Step());
    }
}
