package dev.aigateway.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aigateway.translation.Json;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each official SDK holds a streamed conversation with thinking and two parallel tool calls against an upstream of each
 * dialect, and understands all of it (E18, with the Responses accumulator of openai-java; U1-U3, E17 on the way): nothing raises, and text, calls, ending and counts are those that the upstream sent.
 */
@QuarkusTest
@QuarkusTestResource(Upstreams.class)
class SdkPairsTest {
    private static final Path GOLDEN = Path.of("src/test/resources/golden");

    @Upstreams.Inject
    ScriptedUpstream openai;

    @Upstreams.Inject
    ScriptedUpstream anthropic;

    /** An SDK and the API of it that is used. */
    enum Sdk {
        OPENAI_CHAT(OpenAiChatConversation::new),
        OPENAI_RESPONSES(OpenAiResponsesConversation::new),
        ANTHROPIC(AnthropicConversation::new),
        GOOGLE(GoogleConversation::new);

        private final Supplier<SdkConversation> start;

        Sdk(Supplier<SdkConversation> start) {
            this.start = start;
        }
    }

    /** An upstream dialect, and the signature of its reasoning, empty when it gives none. */
    enum Spoken {
        CHAT("gpt-4o", ""),
        MESSAGES("claude-sonnet-4-5", "c2ln"),
        GEMINI("gemini-2.5-flash", "c2lnRw=="),
        RESPONSES("gpt-5-responses", "ZW5j");

        private final String model;
        private final String signature;

        Spoken(String model, String signature) {
            this.model = model;
            this.signature = signature;
        }

        /** What this upstream streams, from the golden cases. */
        Script stream(String name) throws IOException {
            String dialect = name().toLowerCase(Locale.ROOT);
            String client = name.startsWith("text") ? "completions" : this == CHAT ? "messages" : "chat";
            String events =
                    Files.readString(GOLDEN.resolve(client + "-to-" + dialect).resolve(name + "/upstream-answer.sse"));
            return Script.stream(this == RESPONSES ? asOpenAiSends(events) : events);
        }

        /** A forwarded stream reaches the SDK as it is, so that it needs what the vendor sends and the gateway ignores. */
        private static String asOpenAiSends(String events) {
            return events.replace(
                            "\"model\": \"gpt-5\"",
                            "\"model\": \"gpt-5\", \"parallel_tool_calls\": true, \"tool_choice\": \"auto\", \"tools\": []")
                    .replace("\"cached_tokens\": 40", "\"cached_tokens\": 40, \"cache_write_tokens\": 0")
                    .replaceAll("(\"type\": \"response.output_text.(delta|done)\")", "$1, \"logprobs\": []")
                    .replaceAll(
                            "(\"type\": \"response.function_call_arguments.done\")", "$1, \"name\": \"get_weather\"");
        }
    }

    @BeforeEach
    void reset() {
        openai.reset();
        anthropic.reset();
    }

    static Stream<Arguments> pairs() {
        return Stream.of(Sdk.values())
                .flatMap(sdk -> Stream.of(Spoken.values()).map(spoken -> Arguments.of(sdk, spoken)));
    }

    @ParameterizedTest(name = "{0} over {1}")
    @MethodSource("pairs")
    void sdk_overUpstream_completesAThinkingToolConversation(Sdk sdk, Spoken spoken) throws IOException {
        ScriptedUpstream upstream = spoken == Spoken.MESSAGES ? anthropic : openai;
        upstream.then(spoken.stream("tools-stream")).then(spoken.stream("text-stream"));
        try (SdkConversation conversation = sdk.start.get()) {
            SdkConversation.Turn asked = conversation.ask(spoken.model);
            hasContent(asked, conversation.finishes().getFirst());
            assertThat(asked.calls())
                    .extracting(SdkConversation.Call::name)
                    .containsExactly("get_weather", "get_weather");
            assertThat(asked.calls())
                    .extracting(
                            call -> Json.parse(call.arguments()).orElseThrow().toString())
                    .containsExactly("{\"city\":\"Oslo\"}", "{\"city\":\"Bergen\"}");
            // Gemini names no ids, and a forwarded answer stays as it is.
            assertThat(asked.calls())
                    .extracting(SdkConversation.Call::id)
                    .as("distinct ids")
                    .matches(ids -> sdk == Sdk.GOOGLE && spoken == Spoken.GEMINI
                            || Set.copyOf(ids).size() == 2 && !ids.contains(""));

            SdkConversation.Turn answered = conversation.giveResults(List.of("sunny spells", "heavy rain"));
            hasContent(answered, conversation.finishes().getLast());
            assertThat(answered.calls()).isEmpty();
        }
        upstream.take();
        String sentBack = upstream.take().text();
        assertThat(sentBack).containsSubsequence("It is ", "cold.", "Oslo", "Bergen", "sunny spells", "heavy rain");
        if (sdk != Sdk.OPENAI_CHAT) {
            // The Chat SDK leaves out what it does not know when it sends an answer back.
            assertThat(sentBack).contains(spoken.signature);
        }
    }

    private static void hasContent(SdkConversation.Turn turn, String finish) {
        assertThat(turn.thinking()).isEqualTo("Let me see.");
        assertThat(turn.text()).isEqualTo("It is cold.");
        assertThat(turn.finish()).isEqualTo(finish);
        assertThat(List.of(turn.input(), turn.cached(), turn.output())).containsExactly(100L, 40L, 30L);
    }
}
