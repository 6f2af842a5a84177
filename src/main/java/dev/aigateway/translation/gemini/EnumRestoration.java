package dev.aigateway.translation.gemini;

import dev.aigateway.conversation.Answer;
import dev.aigateway.conversation.AnswerEvent;
import dev.aigateway.conversation.Block;
import dev.aigateway.conversation.BlockKind;
import dev.aigateway.conversation.Conversation;
import dev.aigateway.conversation.Tool;
import dev.aigateway.sse.SseEvent;
import dev.aigateway.translation.EventDecoder;
import dev.aigateway.translation.gemini.schema.EnumValues;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Undoes in the calls of an answer what schema cleaning did to enums of numbers. It looks tools up by the client's names,
 * so it stands outside of {@link dev.aigateway.translation.tools.ToolRestoration}. As a decoder it is confined to one
 * stream; Gemini's arguments come in one piece (translation reference, section 8.2).
 */
final class EnumRestoration implements EventDecoder {
    private final EventDecoder decoder;
    private final Conversation conversation;
    /** The schemas of open calls, by block. */
    private final Map<Integer, EnumValues> open = new HashMap<>();

    EnumRestoration(EventDecoder decoder, Conversation conversation) {
        this.decoder = decoder;
        this.conversation = conversation;
    }

    /** The same for a whole answer. */
    static Answer restore(Answer answer, Conversation conversation) {
        return new Answer(
                answer.id(),
                answer.model(),
                answer.candidates().stream()
                        .map(candidate -> new Answer.Candidate(
                                candidate.blocks().stream()
                                        .map(block -> block instanceof Block.ToolCall call
                                                ? restore(call, conversation)
                                                : block)
                                        .toList(),
                                candidate.reason(),
                                candidate.stopSequence()))
                        .toList(),
                answer.usage());
    }

    @Override
    public void decode(SseEvent event, Consumer<AnswerEvent> out) {
        decoder.decode(event, decoded -> restore(decoded, out));
    }

    @Override
    public void end(Consumer<AnswerEvent> out) {
        decoder.end(decoded -> restore(decoded, out));
    }

    private static Block restore(Block.ToolCall call, Conversation conversation) {
        return values(call.name(), call.namespace(), conversation)
                .<Block>map(values -> new Block.ToolCall(
                        call.id(),
                        call.name(),
                        call.namespace(),
                        call.kind(),
                        values.restore(call.arguments()),
                        call.signature(),
                        call.cache()))
                .orElse(call);
    }

    private void restore(AnswerEvent event, Consumer<AnswerEvent> out) {
        switch (event) {
            case AnswerEvent.BlockStarted(var block, var choice, BlockKind.ToolCall call) -> {
                values(call.name(), call.namespace(), conversation).ifPresent(values -> open.put(block, values));
                out.accept(event);
            }
            case AnswerEvent.Delta(var block, var text) -> {
                @Nullable EnumValues values = open.remove(block);
                out.accept(values == null ? event : new AnswerEvent.Delta(block, values.restore(text)));
            }
            default -> out.accept(event);
        }
    }

    private static Optional<EnumValues> values(String name, Optional<String> namespace, Conversation conversation) {
        return conversation.tools().declared().stream()
                .filter(Tool.Function.class::isInstance)
                .map(Tool.Function.class::cast)
                .filter(tool -> tool.name().equals(name) && tool.namespace().equals(namespace))
                .findFirst()
                .flatMap(Tool.Function::schema)
                .map(EnumValues::new);
    }
}
