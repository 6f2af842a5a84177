package dev.aigateway.translation.gemini;

import static dev.aigateway.translation.gemini.GeminiTestData.GEMINI;
import static dev.aigateway.translation.gemini.GeminiTestData.bytes;
import static dev.aigateway.translation.gemini.GeminiTestData.decoded;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aigateway.conversation.Answer;
import dev.aigateway.conversation.AnswerEvent;
import dev.aigateway.conversation.Block;
import dev.aigateway.conversation.BlockKind;
import dev.aigateway.conversation.Conversation;
import dev.aigateway.conversation.Dialect;
import dev.aigateway.conversation.GatewayError;
import dev.aigateway.conversation.GatewayException;
import dev.aigateway.conversation.RawJson;
import dev.aigateway.conversation.StopReason;
import dev.aigateway.conversation.Tool;
import dev.aigateway.conversation.ToolChoice;
import dev.aigateway.conversation.Tools;
import dev.aigateway.conversation.Usage;
import dev.aigateway.translation.Target;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GeminiDecoderTest {
    private static final Target TARGET = Target.of(Dialect.GEMINI, "gemini-3-pro");

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        text grows               | P [{"text":"H"}] ; P [{"text":"é"}] ; F STOP  | +0:Text 'H' 'é' -0 END
        thought, then text       | P [{"text":"T","thought":true}] ; P [{"text":"a"}] ; F STOP | +0:Thinking 'T' -0 +1:Text 'a' -1 END
        S3 signed text is text   | P [{"text":"a","thoughtSignature":"c2ln"}] ; F STOP | +0:Text 'a' ~GOOGLE:c2ln -0 END
        S4 signature comes last  | P [{"text":"a"}] ; P [{"text":"","thoughtSignature":"c2ln"}] ; F STOP | +0:Text 'a' ~GOOGLE:c2ln -0 END
        S4 signature alone       | P [{"thoughtSignature":"c2ln"}] ; F STOP      | +0:Text ~GOOGLE:c2ln -0 END
        T11 finish after call    | P [{"functionCall":{"id":"c1","name":"f","args":{"n":12345678901234567890,"x":1.0}}}] ; F STOP | +0:call(c1,f) '{"n":12345678901234567890,"x":1.0}' -0 TOOL_USE
        T30 no args              | P [{"functionCall":{"id":"c1","name":"f"}}] ; F STOP | +0:call(c1,f) '{}' -0 TOOL_USE
        signed call after text   | P [{"text":"a"},{"functionCall":{"id":"c1","name":"f"},"thoughtSignature":"c2ln"}] ; F STOP | +0:Text 'a' -0 +1:call(c1,f) ~GOOGLE:c2ln '{}' -1 TOOL_USE
        same call told twice     | P [{"functionCall":{"id":"c1","name":"f"}}] ; P [{"functionCall":{"id":"c1","name":"f"}}] ; F STOP | +0:call(c1,f) '{}' -0 TOOL_USE
        call cut by the limit    | P [{"functionCall":{"id":"c1","name":"f"}}] ; F MAX_TOKENS | +0:call(c1,f) '{}' -0 LENGTH
        code that ran            | P [{"executableCode":{"language":"PYTHON","code":"1"}}] ; F STOP | +0:Text '⏎```python⏎1⏎```⏎' -0 END
        picture                  | P [{"inlineData":{"mimeType":"image/png","data":"AA=="}}] ; F STOP | +0:inlineData -0 END
        empty text               | P [{"text":""}] ; F STOP                      | END
        recitation               | P [{"text":"a"}] ; F RECITATION               | +0:Text 'a' -0 FILTER
        other with content       | P [{"text":"a"}] ; F OTHER                    | +0:Text 'a' -0 END
        other without content    | F OTHER                                       | FAILED BAD_GATEWAY The model ended its answer with OTHER.
        malformed call           | F MALFORMED_FUNCTION_CALL                     | FAILED BAD_GATEWAY The model ended its answer with MALFORMED_FUNCTION_CALL.
        malformed after content  | P [{"text":"a"}] ; F MALFORMED_FUNCTION_CALL  | +0:Text 'a' FAILED BAD_GATEWAY The model ended its answer with MALFORMED_FUNCTION_CALL.
        cut                      | P [{"text":"a"}]                              | +0:Text 'a' FAILED BAD_GATEWAY The provider closed the stream before the answer was complete.
        nothing                  | R {"usageMetadata":{}}                        | FAILED BAD_GATEWAY The provider closed the stream before the answer was complete.
        E16 blocked prompt       | R {"promptFeedback":{"blockReason":"SAFETY"}} | FILTER
        error in the stream      | P [{"text":"a"}] ; R {"error":{"code":503,"message":"busy","status":"UNAVAILABLE"}} ; F STOP | +0:Text 'a' FAILED OVERLOADED busy
        no object                | R [1]                                         | FAILED BAD_GATEWAY The provider sent a chunk that is not a JSON object.
        two candidates           | R {"candidates":[{"index":1,"content":{"parts":[{"text":"b"}]},"finishReason":"STOP"},{"index":0,"content":{"parts":[{"text":"a"}]},"finishReason":"MAX_TOKENS"}]} | +0:Text 'b' +1:Text 'a' -1 -0 LENGTH END
        """)
    void decode_stream_givesEventsInAnyChunking(String name, String script, String expected) {
        String stream = stream(script);

        for (int size : new int[] {1, 7, stream.length() * 2}) {
            assertThat(told(decoded(GEMINI.newDecoder(TARGET), stream, size))).isEqualTo(expected);
        }
    }

    /** T13: equal calls without ids are different calls. */
    @Test
    void decode_equalCallsInTwoChunks_haveIdsOfTheirOwn() {
        String stream = stream("P [{\"functionCall\":{\"name\":\"f\",\"args\":{}}}] ; "
                + "P [{\"functionCall\":{\"name\":\"f\",\"args\":{}}}] ; F STOP");

        List<String> ids = ids(stream);

        assertThat(ids).hasSize(2).doesNotHaveDuplicates().allMatch(id -> id.startsWith("call_"));
        assertThat(ids(stream)).isEqualTo(ids);
    }

    private static List<String> ids(String stream) {
        return decoded(GEMINI.newDecoder(TARGET), stream, 100).stream()
                .filter(AnswerEvent.BlockStarted.class::isInstance)
                .map(event -> ((BlockKind.ToolCall) ((AnswerEvent.BlockStarted) event).kind()).id())
                .toList();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        U5 thoughts          | {"promptTokenCount":10,"candidatesTokenCount":30,"thoughtsTokenCount":70,"totalTokenCount":110} | 10 - 100 70
        tools and cache      | {"promptTokenCount":10,"toolUsePromptTokenCount":5,"cachedContentTokenCount":4,"candidatesTokenCount":1} | 15 4 1 -
        candidates uncounted | {"promptTokenCount":10,"thoughtsTokenCount":3,"totalTokenCount":20} | 10 - 10 3
        prompt only          | {"promptTokenCount":10,"totalTokenCount":10} | 10 - 0 -
        no numbers           | {"promptTokenCount":"x"} | - - - -
        """)
    void decode_usageMetadata_countsOnce(String name, String metadata, String counts) {
        Answer answer = GEMINI.readAnswer(
                bytes("{\"candidates\":[{\"content\":{},\"finishReason\":\"STOP\"}],\"usageMetadata\":" + metadata
                        + "}"),
                TARGET);

        assertThat(counts(answer.usage())).isEqualTo(counts);
        assertThat(answer.usage().cacheWrite()).isEmpty();
    }

    /** U6. */
    @Test
    void decode_usageOnEachChunk_lastOneWins() {
        String stream = stream("R {\"usageMetadata\":{\"promptTokenCount\":9,\"candidatesTokenCount\":2}} ; "
                + "R {\"usageMetadata\":{\"candidatesTokenCount\":64}} ; F STOP");
        Usage usage = Usage.UNKNOWN;
        for (AnswerEvent event : decoded(GEMINI.newDecoder(TARGET), stream, 50)) {
            usage = event instanceof AnswerEvent.UsageReported(var later) ? usage.merge(later) : usage;
        }

        assertThat(counts(usage)).isEqualTo("9 - 64 -");
    }

    @Test
    void decode_grounding_countsCodePoints() {
        String stream = stream("P [{\"text\":\"é😀 fact\"}] ; "
                + "R {\"candidates\":[{\"finishReason\":\"STOP\",\"groundingMetadata\":{\"groundingChunks\":[{\"web\":"
                + "{\"uri\":\"http://u\",\"title\":\"t\"}}],\"groundingSupports\":[{\"segment\":{\"startIndex\":7,"
                + "\"endIndex\":11},\"groundingChunkIndices\":[0]}]}}]}");

        assertThat(decoded(GEMINI.newDecoder(TARGET), stream, 3))
                .filteredOn(AnswerEvent.Cited.class::isInstance)
                .singleElement()
                .hasToString("Cited[block=0, citation=Citation[url=http://u, title=Optional[t], start=3, end=7, "
                        + "raw=Optional[{\"web\":{\"uri\":\"http://u\",\"title\":\"t\"}}]]]");
    }

    /** E9, and the array form. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        {"responseId":"r","modelVersion":"v","candidates":[{"content":{"parts":[{"text":"ab"}]},"finishReason":"STOP"}]}
        [{"responseId":"r","modelVersion":"v","candidates":[{"content":{"parts":[{"text":"a"}]}}]},{"candidates":[{"content":{"parts":[{"text":"b"}]},"finishReason":"STOP"}]}]
        """)
    void readAnswer_objectOrArray_isTheWholeAnswer(String body) {
        Answer answer = GEMINI.readAnswer(bytes(body), TARGET);

        assertThat(answer.id() + answer.model()).isEqualTo("rv");
        assertThat(answer.first().blocks()).containsExactly(new Block.Text("ab"));
        assertThat(answer.first().reason()).isEqualTo(StopReason.END);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        <html>                                                    | BAD_GATEWAY
        {}                                                        | BAD_GATEWAY
        "text"                                                    | BAD_GATEWAY
        {"error":{"code":429,"message":"m","status":"RESOURCE_EXHAUSTED"}} | RATE_LIMIT
        [{"error":{"code":400,"message":"m","status":"INVALID_ARGUMENT"}}] | BAD_REQUEST
        """)
    void readAnswer_noAnswer_throws(String body, GatewayError.Kind kind) {
        assertThatThrownBy(() -> GEMINI.readAnswer(bytes(body), TARGET))
                .isInstanceOfSatisfying(
                        GatewayException.class,
                        e -> assertThat(e.error().kind()).isEqualTo(kind));
    }

    /** J5, both ways of answering. */
    @Test
    void restore_enumOfNumbers_givesNumbersBack() {
        Tool tool = new Tool.Function(
                "f", Optional.empty(), Optional.of(new RawJson("{\"properties\":{\"n\":{\"enum\":[1,2]}}}")));
        Conversation conversation = Conversation.builder(Dialect.CHAT, "m")
                .tools(new Tools(List.of(tool), new ToolChoice.Unset(), Optional.empty()))
                .build();
        String part = "{\"functionCall\":{\"id\":\"c1\",\"name\":\"f\",\"args\":{\"n\":\"2\"}}}";
        String whole = "{\"candidates\":[{\"content\":{\"parts\":[" + part + "]},\"finishReason\":\"STOP\"}]}";

        Answer answer = EnumRestoration.restore(GEMINI.readAnswer(bytes(whole), TARGET), conversation);

        assertThat(answer.first().blocks()).containsExactly(new Block.ToolCall("c1", "f", "{\"n\":2}"));
        assertThat(told(decoded(
                        new EnumRestoration(GEMINI.newDecoder(TARGET), conversation),
                        stream("P [" + part + "] ; F STOP"),
                        20)))
                .isEqualTo("+0:call(c1,f) '{\"n\":2}' -0 TOOL_USE");
    }

    @Test
    void decode_comment_isASignOfLife() {
        assertThat(decoded(GEMINI.newDecoder(TARGET), ": hello\n\n" + stream("F STOP"), 4))
                .first()
                .isEqualTo(new AnswerEvent.Ping());
    }

    private static String counts(Usage usage) {
        return List.of(usage.input(), usage.cacheRead(), usage.output(), usage.reasoning()).stream()
                .map(count -> count.isPresent() ? Long.toString(count.getAsLong()) : "-")
                .collect(Collectors.joining(" "));
    }

    /** {@code P} brings parts, {@code F} a finish reason, {@code R} a whole chunk. */
    private static String stream(String script) {
        StringBuilder stream = new StringBuilder();
        for (String step : script.split(" ; ")) {
            String value = step.substring(2);
            String chunk = switch (step.charAt(0)) {
                case 'P' ->
                    "{\"candidates\":[{\"content\":{\"role\":\"model\",\"parts\":" + value + "}}],"
                            + "\"responseId\":\"r1\"}";
                case 'F' -> "{\"candidates\":[{\"finishReason\":\"" + value + "\"}],\"responseId\":\"r1\"}";
                default -> value;
            };
            stream.append("data: ").append(chunk).append("\r\n\r\n");
        }
        return stream.toString();
    }

    private static String told(List<AnswerEvent> events) {
        return events.stream()
                .map(GeminiDecoderTest::told)
                .filter(text -> !text.isEmpty())
                .collect(Collectors.joining(" "));
    }

    private static String told(AnswerEvent event) {
        return switch (event) {
            case AnswerEvent.BlockStarted(var block, var choice, var kind) ->
                "+" + block + ":"
                        + switch (kind) {
                            case BlockKind.ToolCall call -> "call(" + call.id() + "," + call.name() + ")";
                            case BlockKind.Opaque opaque -> opaque.type();
                            default -> kind.getClass().getSimpleName();
                        };
            case AnswerEvent.Delta(var block, var text) -> "'" + text.replace('\n', '⏎') + "'";
            case AnswerEvent.Signed(var block, var signature) -> "~" + signature.vendor() + ":" + signature.data();
            case AnswerEvent.BlockEnded(var block) -> "-" + block;
            case AnswerEvent.Finished finished -> finished.reason().name();
            case AnswerEvent.Failed(var error) -> "FAILED " + error.kind() + " " + error.message();
            default -> "";
        };
    }
}
