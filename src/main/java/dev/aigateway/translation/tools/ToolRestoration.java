package dev.aigateway.translation.tools;

import dev.aigateway.conversation.Answer;
import dev.aigateway.conversation.AnswerEvent;
import dev.aigateway.conversation.Block;
import dev.aigateway.conversation.BlockKind;
import dev.aigateway.conversation.ToolKind;
import dev.aigateway.sse.SseEvent;
import dev.aigateway.translation.EventDecoder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Gives the calls of an answer the names, namespaces and kinds that the client declared its tools with. As a decoder it is
 * confined to one stream.
 */
public final class ToolRestoration implements EventDecoder {
    private final EventDecoder decoder;
    private final ToolNames names;
    private final Map<Integer, CustomInput> customInputs = new HashMap<>();

    public ToolRestoration(EventDecoder decoder, ToolNames names) {
        this.decoder = decoder;
        this.names = names;
    }

    /** The same for a whole answer. */
    public static Answer restore(Answer answer, ToolNames names) {
        List<Answer.Candidate> candidates = answer.candidates().stream()
                .map(candidate -> new Answer.Candidate(
                        candidate.blocks().stream()
                                .map(block -> block instanceof Block.ToolCall call ? restore(call, names) : block)
                                .toList(),
                        candidate.reason(),
                        candidate.stopSequence()))
                .toList();
        return new Answer(answer.id(), answer.model(), candidates, answer.usage());
    }

    @Override
    public void decode(SseEvent event, Consumer<AnswerEvent> out) {
        decoder.decode(event, decoded -> restore(decoded, out));
    }

    @Override
    public void end(Consumer<AnswerEvent> out) {
        decoder.end(decoded -> restore(decoded, out));
    }

    private static Block.ToolCall restore(Block.ToolCall call, ToolNames names) {
        return names.original(call.name())
                .map(original -> {
                    boolean unwrap = original.kind() == ToolKind.CUSTOM && call.kind() == ToolKind.FUNCTION;
                    return new Block.ToolCall(
                            call.id(),
                            original.name(),
                            original.namespace(),
                            original.kind(),
                            unwrap ? unwrapped(call.arguments()) : call.arguments(),
                            call.signature(),
                            call.cache());
                })
                .orElse(call);
    }

    private static String unwrapped(String arguments) {
        CustomInput input = new CustomInput();
        return input.feed(arguments) + input.end();
    }

    private void restore(AnswerEvent event, Consumer<AnswerEvent> out) {
        switch (event) {
            case AnswerEvent.BlockStarted(var block, var choice, BlockKind.ToolCall call) ->
                out.accept(new AnswerEvent.BlockStarted(block, choice, restore(block, call)));
            case AnswerEvent.Delta(var block, var text)
            when customInputs.containsKey(block) ->
                delta(block, customInputs.get(block).feed(text), out);
            case AnswerEvent.BlockEnded(var block)
            when customInputs.containsKey(block) -> {
                delta(block, customInputs.remove(block).end(), out);
                out.accept(event);
            }
            default -> out.accept(event);
        }
    }

    private BlockKind restore(int block, BlockKind.ToolCall call) {
        return names.original(call.name())
                .<BlockKind>map(original -> {
                    if (original.kind() == ToolKind.CUSTOM && call.toolKind() == ToolKind.FUNCTION) {
                        customInputs.put(block, new CustomInput());
                    }
                    return new BlockKind.ToolCall(call.id(), original.name(), original.namespace(), original.kind());
                })
                .orElse(call);
    }

    private static void delta(int block, String text, Consumer<AnswerEvent> out) {
        if (!text.isEmpty()) {
            out.accept(new AnswerEvent.Delta(block, text));
        }
    }
}
