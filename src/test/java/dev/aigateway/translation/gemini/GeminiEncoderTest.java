package dev.aigateway.translation.gemini;

import static dev.aigateway.translation.gemini.GeminiTestData.GEMINI;
import static dev.aigateway.translation.gemini.GeminiTestData.bytes;
import static dev.aigateway.translation.gemini.GeminiTestData.context;
import static dev.aigateway.translation.gemini.GeminiTestData.encoded;
import static dev.aigateway.translation.gemini.GeminiTestData.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.aigateway.conversation.Answer;
import dev.aigateway.conversation.AnswerEvent;
import dev.aigateway.conversation.AnswerReplay;
import dev.aigateway.conversation.Block;
import dev.aigateway.conversation.Citation;
import dev.aigateway.conversation.Dialect;
import dev.aigateway.conversation.GatewayError;
import dev.aigateway.conversation.RawJson;
import dev.aigateway.conversation.Signature;
import dev.aigateway.conversation.StopReason;
import dev.aigateway.conversation.ToolKind;
import dev.aigateway.conversation.Usage;
import dev.aigateway.conversation.Vendor;
import dev.aigateway.sse.SseWriter;
import dev.aigateway.translation.Json;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class GeminiEncoderTest {
    private static final String TAIL = ",\"modelVersion\":\"model-1\",\"responseId\":\"u1\"}";
    private static final String USAGE =
            "\"usageMetadata\":{\"promptTokenCount\":10,\"candidatesTokenCount\":30,\"totalTokenCount\":110,"
                    + "\"cachedContentTokenCount\":4,\"thoughtsTokenCount\":70}";
    private static final Signature GOOGLE = new Signature(Vendor.GOOGLE, "c2ln");
    private static final Signature FOREIGN = new Signature(Vendor.OPENAI, "enc");
    private static final String WRAPPED = GeminiSignatures.write(FOREIGN);

    static Stream<Arguments> blocks() {
        return Stream.of(
                Arguments.of("text", new Block.Text("a"), StopReason.END, "STOP", List.of("{\"text\":\"a\"}")),
                Arguments.of(
                        "signed text",
                        new Block.Text("a", List.of(), Optional.empty(), Optional.of(GOOGLE)),
                        StopReason.STOP_SEQUENCE,
                        "STOP",
                        List.of("{\"text\":\"a\"}", "{\"text\":\"\",\"thoughtSignature\":\"c2ln\"}")),
                Arguments.of(
                        "thinking",
                        new Block.Thinking("h", Optional.of(FOREIGN)),
                        StopReason.LENGTH,
                        "MAX_TOKENS",
                        List.of(
                                "{\"text\":\"h\",\"thought\":true}",
                                "{\"text\":\"\",\"thought\":true,\"thoughtSignature\":\"" + WRAPPED + "\"}")),
                Arguments.of(
                        "redacted",
                        new Block.RedactedThinking(Vendor.OPENAI, "enc"),
                        StopReason.CONTEXT,
                        "MAX_TOKENS",
                        List.of("{\"text\":\"\",\"thought\":true,\"thoughtSignature\":\"" + WRAPPED + "\"}")),
                Arguments.of(
                        "call",
                        new Block.ToolCall("c1", "f", "{\"n\":12345678901234567890,\"x\":1.0}"),
                        StopReason.TOOL_USE,
                        "STOP",
                        List.of("{\"functionCall\":{\"id\":\"c1\",\"name\":\"f\",\"args\":"
                                + "{\"n\":12345678901234567890,\"x\":1.0}}}")),
                Arguments.of(
                        "signed call without arguments",
                        new Block.ToolCall(
                                "c1",
                                "f",
                                Optional.empty(),
                                ToolKind.FUNCTION,
                                "",
                                Optional.of(GOOGLE),
                                Optional.empty()),
                        StopReason.TOOL_USE,
                        "STOP",
                        List.of("{\"functionCall\":{\"id\":\"c1\",\"name\":\"f\",\"args\":{}},"
                                + "\"thoughtSignature\":\"c2ln\"}")),
                Arguments.of(
                        "refusal", new Block.Refusal("no"), StopReason.REFUSAL, "SAFETY", List.of("{\"text\":\"no\"}")),
                Arguments.of(
                        "own block",
                        new Block.Opaque(Dialect.GEMINI, "x", new RawJson("{\"x\":1.0}")),
                        StopReason.PAUSE,
                        "STOP",
                        List.of("{\"x\":1.0}")),
                Arguments.of(
                        "foreign block",
                        new Block.Opaque(Dialect.MESSAGES, "x", new RawJson("{\"x\":1}")),
                        StopReason.FILTER,
                        "SAFETY",
                        List.of()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("blocks")
    void encode_block_becomesChunks(String name, Block block, StopReason reason, String finish, List<String> parts) {
        String expected = parts.stream()
                        .map(part -> "data: {\"candidates\":[{\"content\":{\"parts\":[" + part
                                + "],\"role\":\"model\"},\"index\":0}]" + TAIL + "\r\n\r\n")
                        .collect(Collectors.joining())
                + "data: {\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"\"}],\"role\":\"model\"},\"index\":0,"
                + "\"finishReason\":\"" + finish + "\"}]," + USAGE + TAIL + "\r\n\r\n";

        assertThat(encoded(true, replayed(answer(reason, block)))).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("blocks")
    void writeAnswer_block_saysTheSame(String name, Block block, StopReason reason, String finish, List<String> parts) {
        String whole = text(GEMINI.writeAnswer(answer(reason, block), context(true)));

        JsonNode candidate = Json.parse(whole).orElseThrow().path("candidates").path(0);
        assertThat(candidate.path("finishReason").asText()).isEqualTo(finish);
        assertThat(joined(candidate.path("content").path("parts")))
                .isEqualTo(
                        joined(Json.parse("[" + String.join(",", parts) + "]").orElseThrow()));
        assertThat(whole).endsWith("," + USAGE + TAIL);
    }

    /** What the parts say, wherever the signature stands. */
    private static String joined(JsonNode parts) {
        StringBuilder said = new StringBuilder();
        parts.forEach(part -> said.append(part.path("text").asText(""))
                .append(part.path("functionCall"))
                .append(part.path("thoughtSignature").asText(""))
                .append(part.path("x")));
        return said.toString();
    }

    @Test
    void encode_clientAskedForNoThoughts_seesNone() {
        Answer answer = answer(
                StopReason.END,
                new Block.Thinking("h", Optional.of(FOREIGN)),
                new Block.RedactedThinking(Vendor.OPENAI, "e"),
                new Block.Text("a"));

        assertThat(encoded(false, replayed(answer))).doesNotContain("thought\"", "thoughtSignature");
        assertThat(text(GEMINI.writeAnswer(answer, context(false))))
                .isEqualTo("{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"a\"}],\"role\":\"model\"},"
                        + "\"finishReason\":\"STOP\",\"index\":0}]," + USAGE + TAIL);
    }

    @Test
    void encode_citations_countBytesOfTheWholeText() {
        Block cited = new Block.Text(
                "😀 fact",
                List.of(new Citation("http://u", Optional.of("t"), 2, 6, Optional.empty())),
                Optional.empty(),
                Optional.empty());
        Answer answer = answer(StopReason.END, new Block.Text("é"), cited);
        String grounding =
                "\"groundingMetadata\":{\"groundingChunks\":[{\"web\":{\"uri\":\"http://u\",\"title\":\"t\"}}],"
                        + "\"groundingSupports\":[{\"segment\":{\"startIndex\":7,\"endIndex\":11},\"groundingChunkIndices\":[0]}]}";

        assertThat(encoded(false, replayed(answer))).contains(grounding);
        assertThat(text(GEMINI.writeAnswer(answer, context(false)))).contains(grounding);
    }

    @Test
    void encode_failure_endsWithAnErrorObject() {
        List<AnswerEvent> events = List.of(
                new AnswerEvent.Started("u1", "m", Usage.UNKNOWN),
                new AnswerEvent.Failed(GatewayError.of(GatewayError.Kind.OVERLOADED, "busy")));

        assertThat(encoded(false, events))
                .isEqualTo("data: {\"error\":{\"code\":503,\"message\":\"busy\",\"status\":\"UNAVAILABLE\"}}\r\n\r\n");
    }

    @Test
    void encode_ping_isAnEventOfItsOwn() {
        assertThat(encoded(false, List.of(new AnswerEvent.Ping()))).isEqualTo(": keep-alive\n\n");
    }

    @Test
    void encode_twoCandidates_finishInOneChunk() {
        Answer answer = new Answer(
                "u1",
                "m",
                List.of(candidate(StopReason.END, new Block.Text("a")), candidate(StopReason.LENGTH)),
                Usage.UNKNOWN);

        String last = encoded(false, replayed(answer)).split("\r\n\r\n")[1];

        JsonNode chunk = Json.parse(last.substring("data: ".length())).orElseThrow();
        assertThat(chunk.path("candidates")).hasSize(2);
        assertThat(chunk.path("candidates").path(1).path("index").asInt()).isEqualTo(1);
        assertThat(chunk.path("candidates").path(1).path("finishReason").asText())
                .isEqualTo("MAX_TOKENS");
    }

    /** E10. */
    @ParameterizedTest
    @CsvSource({"1", "5", "1000"})
    void arrayStream_events_areOneValidArray(int size) {
        String events =
                ": keep-alive\n\ndata: {\"a\":1.0}\r\n\r\n: keep-alive\n\ndata: {\"b\":\"é\"}\n\ndata: {\"error\":{}}";
        GeminiArrayStream stream = new GeminiArrayStream(1000);
        SseWriter out = new SseWriter();
        byte[] bytes = bytes(events);
        for (int at = 0; at < bytes.length; at += size) {
            byte[] chunk = Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + size));
            stream.write(chunk, out);
        }
        stream.end(out);

        String array = text(out.drain());

        assertThat(array).isEqualTo("\r\n[{\"a\":1.0}\r\n,\r\n{\"b\":\"é\"},\r\n{\"error\":{}}]");
        assertThat(Json.parse(array).orElseThrow()).hasSize(3);
    }

    @Test
    void arrayStream_elements_comeWithTheirEvents() {
        GeminiArrayStream stream = new GeminiArrayStream(1000);
        SseWriter out = new SseWriter();

        stream.write(bytes("data: {}\r\n\r\ndata: {\"a\""), out);

        assertThat(text(out.drain())).isEqualTo("[{}");
    }

    @Test
    void arrayStream_nothing_isAnEmptyArray() {
        SseWriter out = new SseWriter();

        new GeminiArrayStream(10).end(out);

        assertThat(text(out.drain())).isEqualTo("[]");
    }

    private static Answer.Candidate candidate(StopReason reason, Block... blocks) {
        return new Answer.Candidate(List.of(blocks), reason, Optional.empty());
    }

    private static Answer answer(StopReason reason, Block... blocks) {
        Usage usage = new Usage(
                OptionalLong.of(10),
                OptionalLong.of(4),
                OptionalLong.empty(),
                OptionalLong.of(100),
                OptionalLong.of(70));
        return new Answer("u1", "m", List.of(candidate(reason, blocks)), usage);
    }

    private static List<AnswerEvent> replayed(Answer answer) {
        List<AnswerEvent> events = new ArrayList<>();
        AnswerReplay.replay(answer, events::add);
        return events;
    }
}
