package dev.aigateway.translation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aigateway.conversation.Dialect;
import dev.aigateway.conversation.GatewayException;
import dev.aigateway.sse.ByteSlice;
import dev.aigateway.sse.SseParser;
import dev.aigateway.translation.chat.ChatDialect;
import dev.aigateway.translation.gemini.GeminiDialect;
import dev.aigateway.translation.messages.MessagesDialect;
import dev.aigateway.translation.responses.ResponsesDialect;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which answers say nothing but that their content was blocked, by offsets and in the tree alike. */
class BlockedAnswerTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        CHAT      | true  | {"choices":[{"index":0,"message":{"role":"assistant","content":null},"finish_reason":"content_filter"}]}
        CHAT      | true  | {"choices":[{"index":0,"message":{"content":"","refusal":null,"tool_calls":[]},"finish_reason":"content_filter"}]}
        CHAT      | false | {"choices":[{"index":0,"message":{"content":"a"},"finish_reason":"content_filter"}]}
        CHAT      | false | {"choices":[{"index":0,"message":{"content":null,"refusal":"no"},"finish_reason":"content_filter"}]}
        CHAT      | false | {"choices":[{"index":0,"message":{"content":null,"reasoning_content":"hm"},"finish_reason":"content_filter"}]}
        CHAT      | false | {"choices":[{"index":0,"message":{"content":""},"finish_reason":"stop"}]}
        CHAT      | false | {"choices":[{"index":0,"message":{"content":""},"finish_reason":"content_filter"},{"index":1,"message":{"content":"a"},"finish_reason":"stop"}]}
        MESSAGES  | true  | {"content":[],"stop_reason":"refusal"}
        MESSAGES  | true  | {"content":[{"type":"text","text":""}],"stop_reason":"refusal"}
        MESSAGES  | false | {"content":[{"type":"text","text":"a"}],"stop_reason":"refusal"}
        MESSAGES  | false | {"content":[],"stop_reason":"end_turn"}
        RESPONSES | true  | {"status":"incomplete","incomplete_details":{"reason":"content_filter"},"output":[]}
        RESPONSES | true  | {"status":"incomplete","incomplete_details":{"reason":"content_filter"},"output":[{"type":"message","id":"msg_1","content":[{"type":"output_text","text":"","annotations":[]}]}]}
        RESPONSES | false | {"status":"incomplete","incomplete_details":{"reason":"content_filter"},"output":[{"type":"message","id":"msg_1","content":[{"type":"output_text","text":"a"}]}]}
        RESPONSES | false | {"status":"incomplete","incomplete_details":{"reason":"max_output_tokens"},"output":[]}
        GEMINI    | true  | {"promptFeedback":{"blockReason":"SAFETY"}}
        GEMINI    | true  | {"candidates":[{"finishReason":"SAFETY"}]}
        GEMINI    | true  | {"candidates":[{"content":{"parts":[{"text":""}]},"finishReason":"RECITATION"}]}
        GEMINI    | false | {"candidates":[{"content":{"parts":[{"text":""},{"text":"a"}]},"finishReason":"SAFETY"}]}
        GEMINI    | false | {"candidates":[{"finishReason":"SAFETY"},{"content":{"parts":[{"text":"a"}]},"finishReason":"STOP"}]}
        GEMINI    | false | {"candidates":[{"finishReason":"MAX_TOKENS"}]}
        """)
    void wholeAnswer_isBlocked_whenItSaysNothingElse(Dialect dialect, boolean blocked, String answer) {
        UpstreamDialect upstream = upstream(dialect);
        byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
        assertThat(upstream.isBlocked(ByteSlice.of(bytes))).isEqualTo(blocked);
        assertThat(isRefused(upstream, bytes)).isEqualTo(blocked);
    }

    private static boolean isRefused(UpstreamDialect upstream, byte[] answer) {
        try {
            BlockedAnswer.refuse(upstream.readAnswer(answer, Target.of(upstream.dialect(), "m")));
            return false;
        } catch (GatewayException e) {
            return true;
        }
    }

    /** Events are separated by spaces. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        CHAT      | true  | {"choices":[{"index":0,"delta":{"role":"assistant","content":""}}]} {"choices":[{"index":0,"delta":{},"finish_reason":"content_filter"}]}
        CHAT      | true  | {"choices":[{"index":0,"delta":{"content":[{"type":"text","text":""}]},"finish_reason":"content_filter"}]}
        CHAT      | false | {"choices":[{"index":0,"delta":{"content":"a"}}]} {"choices":[{"index":0,"delta":{},"finish_reason":"content_filter"}]}
        CHAT      | false | {"choices":[{"index":0,"delta":{},"finish_reason":"content_filter"},{"index":1,"delta":{"content":"a"},"finish_reason":"stop"}]}
        MESSAGES  | true  | {"type":"content_block_delta","delta":{"type":"text_delta","text":""}} {"type":"message_delta","delta":{"stop_reason":"refusal"}}
        MESSAGES  | false | {"type":"content_block_delta","delta":{"type":"text_delta","text":"a"}} {"type":"message_delta","delta":{"stop_reason":"refusal"}}
        MESSAGES  | false | {"type":"message_delta","delta":{"stop_reason":"end_turn"}}
        RESPONSES | true  | {"type":"response.output_text.done","text":""} {"type":"response.content_part.done","part":{"type":"output_text","text":"","annotations":[]}} {"type":"response.output_item.done","item":{"type":"message","content":[{"type":"output_text","text":""}]}} {"type":"response.incomplete","response":{"status":"incomplete","incomplete_details":{"reason":"content_filter"},"output":[]}}
        RESPONSES | false | {"type":"response.output_text.delta","delta":"a"} {"type":"response.incomplete","response":{"status":"incomplete","incomplete_details":{"reason":"content_filter"},"output":[]}}
        RESPONSES | false | {"type":"response.output_item.done","item":{"type":"function_call","name":"f"}} {"type":"response.incomplete","response":{"status":"incomplete","incomplete_details":{"reason":"content_filter"},"output":[]}}
        GEMINI    | true  | {"candidates":[{"content":{"parts":[{"text":""}]}}]} {"candidates":[{"finishReason":"SAFETY"}]}
        GEMINI    | false | {"candidates":[{"finishReason":"SAFETY"},{"content":{"parts":[{"text":"a"}]},"finishReason":"STOP"}]}
        GEMINI    | false | {"candidates":[{"content":{"parts":[{"text":""},{"text":"a"}]},"finishReason":"SAFETY"}]}
        """)
    void stream_isBlocked_whenItSaysNothingElse(Dialect dialect, boolean blocked, String events) {
        StreamWatch watch = upstream(dialect).newWatch();
        SseParser parser = new SseParser(1 << 16);
        for (String event : events.split(" ")) {
            parser.feed(("data: " + event + "\n\n").getBytes(StandardCharsets.UTF_8), watch::watch);
        }
        assertThat(watch.failure()).isEmpty();
        assertThat(watch.isBlocked()).isEqualTo(blocked);
    }

    private static UpstreamDialect upstream(Dialect dialect) {
        return Stream.of(new ChatDialect(), new MessagesDialect(), new ResponsesDialect(), new GeminiDialect())
                .map(UpstreamDialect.class::cast)
                .filter(one -> one.dialect() == dialect)
                .findFirst()
                .orElseThrow();
    }
}
