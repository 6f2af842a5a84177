package dev.aigateway.translation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.aigateway.conversation.AnswerEvent;
import dev.aigateway.conversation.Conversation;
import dev.aigateway.conversation.Dialect;
import dev.aigateway.sse.SseParser;
import dev.aigateway.sse.SseWriter;
import dev.aigateway.translation.chat.ChatDialect;
import dev.aigateway.translation.chat.ChatWire;
import dev.aigateway.translation.messages.MessagesDialect;
import dev.aigateway.translation.messages.MessagesWire;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever an upstream sends, decoders never throw and clients get a legal stream with one ending (section 14). */
class BrokenStreamTest {
    private static final int ROUNDS = 3000;

    private static final List<String> CHAT_STREAM = List.of(
            "role",
            "reasoning T",
            "delta {'reasoning_details':[{'type':'reasoning.text','text':'T','signature':'S'}]}",
            "content Hi",
            "delta {'annotations':[{'type':'url_citation','url_citation':{'url':'http://x','start_index':0,'end_index':1}}]}",
            "tool 0 c1 f",
            "args 0 {\"a\":",
            "tool 1 c2 g",
            "args 0 1}",
            "args 1 {}",
            "chunk {'choices':[{'index':1,'delta':{'content':'x'},'finish_reason':'stop'}]}",
            "finish tool_calls",
            "usage {'prompt_tokens':7,'completion_tokens':2,'prompt_tokens_details':{'cached_tokens':3}}",
            "done");

    private static final List<String> MESSAGES_STREAM = List.of(
            "start {'input_tokens':100,'cache_read_input_tokens':600}",
            "+0 thinking",
            "0 thinking T",
            "0 signature S",
            "-0",
            "+1 text",
            "1 text Hi",
            "1 {'type':'citations_delta','citation':{'url':'http://x'}}",
            "-1",
            "+2 tool_use c1 f",
            "2 json {\"a\":1}",
            "-2",
            "+3 {'type':'server_tool_use','id':'s','name':'web_search','input':{}}",
            "-3",
            "end tool_use {'output_tokens':9}",
            "stop");

    @ParameterizedTest(name = "{0} upstream, {1} client")
    @CsvSource({"CHAT, MESSAGES", "CHAT, CHAT", "MESSAGES, CHAT", "MESSAGES, MESSAGES"})
    void brokenStream_endsLegally(Dialect upstream, Dialect client) {
        for (int seed = 0; seed < ROUNDS; seed++) {
            String sent = broken(
                    wire(upstream).stream(upstream == Dialect.CHAT ? CHAT_STREAM : MESSAGES_STREAM), new Random(seed));
            String given = relayed(sent, upstream, client);
            assertThat(given).as("seed %d, upstream:%n%s", seed, sent).isNotEmpty();
            try {
                wire(client).check(given);
            } catch (AssertionError e) {
                throw new AssertionError("seed %d%n%s%nupstream:%n%s".formatted(seed, e.getMessage(), sent), e);
            }
        }
    }

    private static String broken(String sse, Random random) {
        List<String> events = new ArrayList<>(Arrays.asList(sse.split("\n\n")));
        for (int times = 1 + random.nextInt(3); times > 0 && !events.isEmpty(); times--) {
            int at = random.nextInt(events.size());
            switch (random.nextInt(8)) {
                case 0 -> events.remove(at);
                case 1 -> events.add(random.nextInt(events.size()), events.get(at));
                case 2 -> Collections.swap(events, at, random.nextInt(events.size()));
                case 3 -> events.subList(at, events.size()).clear();
                default -> events.set(at, withOtherValue(events.get(at), random));
            }
        }
        return events.isEmpty() ? "" : String.join("\n\n", events) + "\n\n";
    }

    private static String withOtherValue(String event, Random random) {
        int start = event.indexOf('{');
        if (start < 0) {
            return event;
        }
        JsonNode tree = Json.parse(event.substring(start)).orElseThrow();
        return event.substring(0, start) + Json.text(Mutation.of(tree, random));
    }

    private static String relayed(String sse, Dialect upstream, Dialect client) {
        UpstreamDialect from = upstream == Dialect.CHAT ? new ChatDialect() : new MessagesDialect();
        ClientDialect to = client == Dialect.CHAT ? new ChatDialect() : new MessagesDialect();
        EventDecoder decoder = from.newDecoder(Target.of(upstream, "m"));
        Conversation request = Conversation.builder(client, "asked").build();
        EventEncoder encoder = to.newEncoder(new AnswerContext("req1", "asked", Instant.EPOCH, request));
        SseWriter out = new SseWriter();
        Consumer<AnswerEvent> sink = event -> encoder.encode(event, out);
        SseParser parser = new SseParser(1 << 20);
        parser.feed(sse.getBytes(StandardCharsets.UTF_8), event -> decoder.decode(event, sink));
        parser.end(event -> decoder.decode(event, sink));
        decoder.end(sink);
        return new String(out.drain(), StandardCharsets.UTF_8);
    }

    private static WireFormat wire(Dialect dialect) {
        return dialect == Dialect.CHAT ? new ChatWire() : new MessagesWire();
    }
}
