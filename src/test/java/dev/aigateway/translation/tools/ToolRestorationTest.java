package dev.aigateway.translation.tools;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aigateway.conversation.Answer;
import dev.aigateway.conversation.AnswerEvent;
import dev.aigateway.conversation.Block;
import dev.aigateway.conversation.BlockKind;
import dev.aigateway.conversation.Conversation;
import dev.aigateway.conversation.Dialect;
import dev.aigateway.conversation.StopReason;
import dev.aigateway.conversation.Tool;
import dev.aigateway.conversation.ToolChoice;
import dev.aigateway.conversation.Tools;
import dev.aigateway.conversation.Usage;
import dev.aigateway.sse.SseEvent;
import dev.aigateway.translation.EventDecoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The free text of custom tools behind functions: section 11.4 of the translation reference. */
class ToolRestorationTest {
    private static final ToolNames NAMES = ToolNames.of(
            Conversation.builder(Dialect.RESPONSES, "m")
                    .tools(new Tools(
                            List.of(new Tool.Custom("p", Optional.empty(), Optional.empty(), Optional.empty())),
                            new ToolChoice.Unset(),
                            Optional.empty()))
                    .build(),
            Dialect.CHAT);

    @ParameterizedTest(name = "T20: {0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            emptyValue = "",
            value = {
                "{\"input\":\"abc\"}|abc",
                "{ \"input\" : \"abc\" }|abc",
                "{\"input\":\"\"}|``",
                "{\"input\":\"a\\\"b\\\\c\"}|a\"b\\c",
                "{\"input\":\"\\u00e9\\ud83d\\ude00!\"}|é😀!",
                "{\"input\":\"a:b{c}\"}|a:b{c}",
                "{\"input\":\"a\",\"more\":1}|a",
                "{\"patch\":\"x\"}|{\"patch\":\"x\"}",
                "{\"input\":1}|{\"input\":1}",
                "{\"more\":1,\"input\":\"x\"}|x",
                "free text|free text",
                "[1]|[1]"
            })
    void arguments_giveTheirText_inAnyFragments(String arguments, String text) {
        for (int size = 1; size <= arguments.length(); size++) {
            assertThat(streamed(arguments, size)).as("fragments of " + size).isEqualTo(text);
        }
        Answer answer = new Answer(
                "id",
                "m",
                List.of(new Answer.Candidate(
                        List.of(new Block.ToolCall("c1", "p", arguments)), StopReason.TOOL_USE, Optional.empty())),
                Usage.UNKNOWN);
        Block.ToolCall call = (Block.ToolCall)
                ToolRestoration.restore(answer, NAMES).first().blocks().getFirst();
        assertThat(call.arguments()).isEqualTo(text);
    }

    private static String streamed(String arguments, int size) {
        StringBuilder text = new StringBuilder();
        new ToolRestoration(new Script(events(arguments, size)), NAMES).end(event -> {
            if (event instanceof AnswerEvent.Delta(var block, var piece)) {
                assertThat(piece).isNotEmpty();
                text.append(piece);
            }
        });
        return text.toString();
    }

    private static List<AnswerEvent> events(String arguments, int size) {
        List<AnswerEvent> events = new ArrayList<>();
        events.add(new AnswerEvent.BlockStarted(0, 0, new BlockKind.ToolCall("c1", "p")));
        for (int at = 0; at < arguments.length(); at += size) {
            events.add(new AnswerEvent.Delta(0, arguments.substring(at, Math.min(arguments.length(), at + size))));
        }
        events.add(new AnswerEvent.BlockEnded(0));
        return events;
    }

    /** A decoder that knows its events beforehand. */
    private record Script(List<AnswerEvent> events) implements EventDecoder {
        @Override
        public void decode(SseEvent event, Consumer<AnswerEvent> out) {}

        @Override
        public void end(Consumer<AnswerEvent> out) {
            events.forEach(out);
        }
    }
}
