package dev.aigateway.conversation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Folds answer events into the whole {@link Answer}, for a client that did not ask for a stream.
 *
 * <p>Confined to one thread at a time. {@link #answer()} throws when the events ended in failure or did not end.
 */
public final class AnswerFolder implements Consumer<AnswerEvent> {
    private final SequencedMap<Integer, OpenBlock> blocks = new LinkedHashMap<>();
    private final TreeMap<Integer, AnswerEvent.Finished> finished = new TreeMap<>();
    private String id = "";
    private String model = "";
    private Usage usage = Usage.UNKNOWN;
    private @Nullable GatewayError failure;
    private boolean completed;

    @Override
    public void accept(AnswerEvent event) {
        switch (event) {
            case AnswerEvent.Started(var startId, var startModel, var startUsage) -> {
                id = startId;
                model = startModel;
                usage = usage.merge(startUsage);
            }
            case AnswerEvent.BlockStarted(var block, var choice, var kind) ->
                blocks.put(block, new OpenBlock(choice, kind));
            case AnswerEvent.Delta(var block, var text) -> open(block).text.append(text);
            case AnswerEvent.Scored(var block, var tokens) ->
                open(block).logprobs.addAll(tokens);
            case AnswerEvent.Signed(var block, var signature) -> open(block).signature = Optional.of(signature);
            case AnswerEvent.Cited(var block, var citation) ->
                open(block).citations.add(citation);
            case AnswerEvent.BlockEnded ignored -> {}
            case AnswerEvent.UsageReported(var later) -> usage = usage.merge(later);
            case AnswerEvent.Finished finish -> finished.put(finish.choice(), finish);
            case AnswerEvent.Completed ignored -> completed = true;
            case AnswerEvent.Failed(var error) -> failure = error;
            case AnswerEvent.Ping ignored -> {}
        }
    }

    /**
     * The folded answer.
     *
     * @throws GatewayException when the upstream failed or its answer is incomplete
     */
    public Answer answer() {
        if (failure != null) {
            throw failure.toException();
        }
        if (!completed || finished.isEmpty()) {
            throw GatewayError.of(GatewayError.Kind.BAD_GATEWAY, "The upstream's answer ended before it was complete.")
                    .toException();
        }
        List<Answer.Candidate> candidates =
                finished.values().stream().map(this::candidate).toList();
        return new Answer(id, model, candidates, usage);
    }

    private Answer.Candidate candidate(AnswerEvent.Finished finish) {
        List<Block> content = new ArrayList<>();
        for (OpenBlock block : blocks.values()) {
            if (block.choice == finish.choice()) {
                content.add(block.close());
            }
        }
        return new Answer.Candidate(List.copyOf(content), finish.reason(), finish.stopSequence());
    }

    private OpenBlock open(int block) {
        OpenBlock open = blocks.get(block);
        if (open == null) {
            throw new IllegalStateException("event for block " + block + ", which was never started");
        }
        return open;
    }

    private static final class OpenBlock {
        final int choice;
        final BlockKind kind;
        final StringBuilder text = new StringBuilder();
        final List<Citation> citations = new ArrayList<>();
        final List<TokenLogprob> logprobs = new ArrayList<>();
        Optional<Signature> signature = Optional.empty();

        OpenBlock(int choice, BlockKind kind) {
            this.choice = choice;
            this.kind = kind;
        }

        Block close() {
            return switch (kind) {
                case BlockKind.Text ignored ->
                    new Block.Text(
                            text.toString(),
                            List.copyOf(citations),
                            Optional.empty(),
                            signature,
                            List.copyOf(logprobs));
                case BlockKind.Thinking ignored -> new Block.Thinking(text.toString(), signature);
                case BlockKind.RedactedThinking(var vendor, var data) -> new Block.RedactedThinking(vendor, data);
                case BlockKind.Refusal ignored -> new Block.Refusal(text.toString());
                case BlockKind.ToolCall(var callId, var name, var namespace, var toolKind) ->
                    new Block.ToolCall(
                            callId, name, namespace, toolKind, arguments(toolKind), signature, Optional.empty());
                case BlockKind.Opaque(var dialect, var type, var raw) -> new Block.Opaque(dialect, type, raw);
            };
        }

        private String arguments(ToolKind toolKind) {
            return text.isEmpty() && toolKind != ToolKind.CUSTOM ? "{}" : text.toString();
        }
    }
}
