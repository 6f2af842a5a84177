package dev.aigateway.translation;

import static dev.aigateway.translation.StreamWatch.Meaning.CONTENT;
import static dev.aigateway.translation.StreamWatch.Meaning.END;
import static dev.aigateway.translation.StreamWatch.Meaning.FAILURE;
import static dev.aigateway.translation.StreamWatch.Meaning.PREAMBLE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aigateway.conversation.GatewayError;
import dev.aigateway.conversation.Usage;
import dev.aigateway.sse.SseParser;
import dev.aigateway.translation.StreamWatch.Meaning;
import dev.aigateway.translation.chat.ChatDialect;
import dev.aigateway.translation.chat.ChatWire;
import dev.aigateway.translation.messages.MessagesDialect;
import dev.aigateway.translation.messages.MessagesWire;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a forwarded stream means for dispatch: sections 1, 13 and 14.10 of the translation reference. */
class StreamWatchTest {
    @ParameterizedTest(name = "chat: {0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "role|PREAMBLE|false",
                "content Hi|CONTENT|false",
                "reasoning Hm|CONTENT|false",
                "refusal No|CONTENT|false",
                "tool 0 c1 f|CONTENT|false",
                "delta {'content':''}|PREAMBLE|false",
                "delta {'content':null,'tool_calls':[]}|PREAMBLE|false",
                "finish stop|CONTENT|true",
                "usage {'prompt_tokens':1}|PREAMBLE|false",
                "done|END|false",
                "! server_error overloaded Busy|FAILURE|false",
                "chunk {'choices':[],'prompt_filter_results':[]}|PREAMBLE|false",
                "chunk {'choices':[{'index':0,'text':'Hi'}]}|CONTENT|false"
            })
    void chatEvent_hasItsMeaning(String line, Meaning meaning, boolean mayEnd) {
        StreamWatch watch = new ChatDialect().newWatch();
        assertThat(watched(watch, new ChatWire().stream(List.of(line)))).containsExactly(meaning);
        assertThat(watch.mayEnd()).isEqualTo(mayEnd);
        assertThat(watch.failure().isPresent()).isEqualTo(meaning == FAILURE);
    }

    @ParameterizedTest(name = "messages: {0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "start|PREAMBLE|false",
                "ping|PREAMBLE|false",
                "+0 text|PREAMBLE|false",
                "+0 {'type':'text','text':'Hi'}|CONTENT|false",
                "+0 thinking|PREAMBLE|false",
                "+0 tool_use c1 f|CONTENT|false",
                "+0 {'type':'redacted_thinking','data':'D'}|CONTENT|false",
                "0 text Hi|CONTENT|false",
                "0 thinking Hm|CONTENT|false",
                "0 signature S|CONTENT|false",
                "-0|PREAMBLE|false",
                "end end_turn|CONTENT|true",
                "stop|END|false",
                "! overloaded_error Busy|FAILURE|false",
                "{'type':'news'}|PREAMBLE|false"
            })
    void messagesEvent_hasItsMeaning(String line, Meaning meaning, boolean mayEnd) {
        StreamWatch watch = new MessagesDialect().newWatch();
        assertThat(watched(watch, new MessagesWire().stream(List.of(line)))).containsExactly(meaning);
        assertThat(watch.mayEnd()).isEqualTo(mayEnd);
        assertThat(watch.failure().isPresent()).isEqualTo(meaning == FAILURE);
    }

    @Test
    void chatStream_isCountedAndEnds() {
        StreamWatch watch = new ChatDialect().newWatch();
        String sse = ": hello\n\n"
                + new ChatWire()
                        .stream(List.of(
                                "role",
                                "content Hi",
                                "finish stop",
                                "usage {'prompt_tokens':100,'completion_tokens':9,'prompt_tokens_details':{'cached_tokens':40},"
                                        + "'completion_tokens_details':{'reasoning_tokens':4}}",
                                "done"));
        assertThat(watched(watch, sse)).containsExactly(PREAMBLE, PREAMBLE, CONTENT, CONTENT, PREAMBLE, END);
        assertThat(watch.usage())
                .isEqualTo(usage(100, OptionalLong.of(40), OptionalLong.empty(), 9, OptionalLong.of(4)));
    }

    @Test
    void messagesStream_isCountedAndEnds() {
        StreamWatch watch = new MessagesDialect().newWatch();
        String sse = new MessagesWire()
                .stream(List.of(
                        "start {'input_tokens':100,'cache_read_input_tokens':600,'cache_creation_input_tokens':300,'output_tokens':1}",
                        "+0 text",
                        "0 text Hi",
                        "-0",
                        "end end_turn {'output_tokens':50}",
                        "stop"));
        assertThat(watched(watch, sse)).containsExactly(PREAMBLE, PREAMBLE, CONTENT, PREAMBLE, CONTENT, END);
        assertThat(watch.usage())
                .isEqualTo(usage(1000, OptionalLong.of(600), OptionalLong.of(300), 50, OptionalLong.empty()));
    }

    @Test
    void failure_isClassified() {
        StreamWatch chat = new ChatDialect().newWatch();
        watched(chat, "data: oops\n\n");
        assertThat(chat.failure().orElseThrow().kind()).isEqualTo(GatewayError.Kind.BAD_GATEWAY);
        StreamWatch messages = new MessagesDialect().newWatch();
        watched(messages, new MessagesWire().stream(List.of("! rate_limit_error Slow down")));
        assertThat(messages.failure().orElseThrow().kind()).isEqualTo(GatewayError.Kind.RATE_LIMIT);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "event: content_block_delta~data: {\"type\":\"content_block_delta\",\"delta\":{\"text\":\"cut|FAILURE",
                "event: content_block_delta~data: {\"delta\":{\"text\":01}}|FAILURE",
                "event: message_delta~data: oops|FAILURE",
                "data: [1]|FAILURE",
                "event: ping~data: pong|PREAMBLE",
                "data: {\"type\":\"ping\"}|PREAMBLE",
                "event: content_block_delta|PREAMBLE",
                "event: message_start~data: {\"message\":null}|PREAMBLE",
                "event: content_block_start~data: {\"content_block\":7}|CONTENT",
            })
    void messagesEvent_mustBeWellFormed(String event, Meaning meaning) {
        StreamWatch watch = new MessagesDialect().newWatch();
        assertThat(watched(watch, event.replace('~', '\n') + "\n\n")).containsExactly(meaning);
        assertThat(watch.failure().map(GatewayError::kind))
                .isEqualTo(meaning == FAILURE ? Optional.of(GatewayError.Kind.BAD_GATEWAY) : Optional.empty());
    }

    private static Usage usage(long input, OptionalLong read, OptionalLong write, long output, OptionalLong reasoning) {
        return new Usage(OptionalLong.of(input), read, write, OptionalLong.of(output), reasoning);
    }

    private static List<Meaning> watched(StreamWatch watch, String sse) {
        List<Meaning> meanings = new ArrayList<>();
        new SseParser(1 << 16).feed(sse.getBytes(StandardCharsets.UTF_8), event -> meanings.add(watch.watch(event)));
        return meanings;
    }
}
