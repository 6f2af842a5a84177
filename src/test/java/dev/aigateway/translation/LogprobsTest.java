package dev.aigateway.translation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.aigateway.conversation.Answer;
import dev.aigateway.conversation.AnswerReplay;
import dev.aigateway.conversation.Conversation;
import dev.aigateway.conversation.Dialect;
import dev.aigateway.sse.SseParser;
import dev.aigateway.sse.SseWriter;
import dev.aigateway.translation.chat.ChatDialect;
import dev.aigateway.translation.completions.CompletionsDialect;
import dev.aigateway.translation.gemini.GeminiDialect;
import dev.aigateway.translation.messages.MessagesDialect;
import dev.aigateway.translation.relay.TranslatedRelay;
import dev.aigateway.translation.responses.ResponsesDialect;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Log probabilities between all dialects that have them, asked for and answered (translation reference, 7.1 and 7.3). */
class LogprobsTest {
    private static final ChatDialect CHAT = new ChatDialect();
    private static final ResponsesDialect RESPONSES = new ResponsesDialect();
    private static final GeminiDialect GEMINI = new GeminiDialect();
    private static final MessagesDialect MESSAGES = new MessagesDialect();
    private static final CompletionsDialect COMPLETIONS = new CompletionsDialect();
    private static final List<ClientDialect> CLIENTS = List.of(CHAT, RESPONSES, GEMINI, COMPLETIONS);

    /** The two tokens of every answer here: the text, its logarithm, and beside it the one alternative. */
    private static final List<String> TOKENS = List.of("Hé -0.25 [Hé -0.25, Ho -1.5]", "y -1.0 [y -1.0]");

    private static final String CHAT_TOKEN_1 = """
            {"token":"Hé","bytes":[72,195,169],"logprob":-0.25,"top_logprobs":[\
            {"token":"Hé","bytes":[72,195,169],"logprob":-0.25},{"token":"Ho","bytes":[72,111],"logprob":-1.5}]}""";

    private static final String CHAT_TOKEN_2 = """
            {"token":"y","bytes":[121],"logprob":-1.0,"top_logprobs":[{"token":"y","bytes":[121],"logprob":-1.0}]}""";

    private static final Map<Dialect, String> WHOLE = Map.of(
            Dialect.CHAT,
            """
            {"id":"c","choices":[{"index":0,"message":{"role":"assistant","content":"Héy"},"finish_reason":"stop",\
            "logprobs":{"content":[%s,%s],"refusal":null}}]}""".formatted(CHAT_TOKEN_1, CHAT_TOKEN_2),
            Dialect.RESPONSES,
            """
            {"id":"r","status":"completed","output":[{"type":"message","id":"m","content":[\
            {"type":"output_text","text":"Héy","annotations":[],"logprobs":[%s,%s]}]}]}""".formatted(CHAT_TOKEN_1, CHAT_TOKEN_2),
            Dialect.GEMINI,
            """
            {"responseId":"g","candidates":[{"content":{"parts":[{"text":"Héy"}]},"finishReason":"STOP","logprobsResult":{\
            "chosenCandidates":[{"token":"Hé","logProbability":-0.25},{"token":"y","logProbability":-1.0}],\
            "topCandidates":[{"candidates":[{"token":"Hé","logProbability":-0.25},{"token":"Ho","logProbability":-1.5}]},\
            {"candidates":[{"token":"y","logProbability":-1.0}]}]}}]}""");

    private static final Map<Dialect, String> STREAM = Map.of(
            Dialect.CHAT,
            """
            data: {"id":"c","choices":[{"index":0,"delta":{"role":"assistant","content":""},"logprobs":null}]}

            data: {"id":"c","choices":[{"index":0,"delta":{"content":"Hé"},"logprobs":{"content":[%s]}}]}

            data: {"id":"c","choices":[{"index":0,"delta":{"content":"y"},"logprobs":{"content":[%s]}}]}

            data: {"id":"c","choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}

            data: [DONE]

            """.formatted(CHAT_TOKEN_1, CHAT_TOKEN_2),
            Dialect.RESPONSES,
            """
            data: {"type":"response.created","response":{"id":"r"}}

            data: {"type":"response.output_item.added","output_index":0,"item":{"type":"message","id":"m"}}

            data: {"type":"response.output_text.delta","output_index":0,"content_index":0,"delta":"Hé","logprobs":[%1$s]}

            data: {"type":"response.output_text.delta","output_index":0,"content_index":0,"delta":"y","logprobs":[]}

            data: {"type":"response.output_text.done","output_index":0,"content_index":0,"text":"Héy","logprobs":[%1$s,%2$s]}

            data: {"type":"response.completed","response":{"id":"r","output":[{"type":"message","id":"m","content":\
            [{"type":"output_text","text":"Héy","logprobs":[%1$s,%2$s]}]}]}}

            """.formatted(CHAT_TOKEN_1, CHAT_TOKEN_2),
            Dialect.GEMINI,
            """
            data: {"candidates":[{"content":{"parts":[{"text":"Hé"}]},"logprobsResult":{\
            "chosenCandidates":[{"token":"Hé","logProbability":-0.25}],"topCandidates":[{"candidates":[\
            {"token":"Hé","logProbability":-0.25},{"token":"Ho","logProbability":-1.5}]}]}}]}

            data: {"candidates":[{"content":{"parts":[{"text":"y"}]},"finishReason":"STOP","logprobsResult":{\
            "chosenCandidates":[{"token":"y","logProbability":-1.0}],"topCandidates":[{"candidates":[\
            {"token":"y","logProbability":-1.0}]}]}}]}

            """);

    static Stream<Arguments> pairs() {
        return Stream.of(CHAT, RESPONSES, GEMINI)
                .flatMap(
                        upstream -> CLIENTS.stream().map(client -> Arguments.of(upstream.dialect(), client.dialect())));
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void wholeAnswer_tellsAllTokens(Dialect from, Dialect to) {
        Answer answer = upstream(from).readAnswer(utf8(WHOLE, from), target(from));
        JsonNode written = tree(new String(client(to).writeAnswer(answer, context(to)), StandardCharsets.UTF_8));
        assertThat(tokensOfWhole(to, written)).isEqualTo(TOKENS);
        if (to == Dialect.COMPLETIONS) {
            assertThat(written.at("/choices/0/logprobs/text_offset")).hasToString("[0,2]");
        }
        if (to == Dialect.CHAT) {
            assertThat(written.at("/choices/0/logprobs/content/0/bytes")).hasToString("[72,195,169]");
        }
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void stream_tellsEachTokenOnce_howeverItIsCut(Dialect from, Dialect to) {
        byte[] bytes = utf8(STREAM, from);
        String whole = relay(from, to, bytes, bytes.length);
        assertThat(relay(from, to, bytes, 1)).isEqualTo(whole);
        assertThat(tokensOfStream(to, whole)).isEqualTo(TOKENS);
        if (to == Dialect.COMPLETIONS) {
            assertThat(whole).contains("\"text_offset\":[0]").contains("\"text_offset\":[2]");
        }
    }

    /** A provider that answers whole although a stream was asked for. */
    @ParameterizedTest
    @MethodSource("pairs")
    void replayedAnswer_tellsAllTokens(Dialect from, Dialect to) {
        Answer answer = upstream(from).readAnswer(utf8(WHOLE, from), target(from));
        EventEncoder encoder = client(to).newEncoder(context(to));
        SseWriter out = new SseWriter();
        AnswerReplay.replay(answer, event -> encoder.encode(event, out));
        assertThat(tokensOfStream(to, new String(out.drain(), StandardCharsets.UTF_8)))
                .isEqualTo(TOKENS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"CHAT", "RESPONSES", "GEMINI"})
    void messagesClient_isToldNothing(Dialect from) {
        byte[] bytes = utf8(STREAM, from);
        assertThat(relay(from, Dialect.MESSAGES, bytes, 1))
                .contains("message_stop")
                .doesNotContain("-0.25");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "CHAT        | RESPONSES | \"top_logprobs\":2                       | message.output_text.logprobs | ",
                "CHAT        | GEMINI    | \"logprobs\":2                           | \"responseLogprobs\":true    | approximated:logprobs",
                "RESPONSES   | CHAT      | \"top_logprobs\":2                       | \"logprobs\":true            | ",
                "RESPONSES   | GEMINI    | \"logprobs\":2                           | \"responseLogprobs\":true    | approximated:top_logprobs",
                "GEMINI      | CHAT      | \"top_logprobs\":2                       | \"logprobs\":true            | ",
                "GEMINI      | RESPONSES | \"top_logprobs\":2                       | message.output_text.logprobs | ",
                "COMPLETIONS | CHAT      | \"top_logprobs\":2                       | \"logprobs\":true            | approximated:logprobs",
                "COMPLETIONS | RESPONSES | \"top_logprobs\":2                       | message.output_text.logprobs | approximated:logprobs",
                "COMPLETIONS | GEMINI    | \"logprobs\":2                           | \"responseLogprobs\":true    | approximated:logprobs",
            })
    void request_asksTheUpstream(Dialect from, Dialect to, String first, String second, String note) {
        TranslationNotes notes = new TranslationNotes(false);
        assertThat(written(from, to, notes)).contains(first).contains(second);
        List<String> about = notes.all().stream()
                .map(Object::toString)
                .filter(text -> text.contains("logprobs"))
                .toList();
        assertThat(about).isEqualTo(note == null ? List.of() : List.of(note));
    }

    @ParameterizedTest
    @CsvSource({"CHAT,logprobs", "RESPONSES,top_logprobs", "GEMINI,generationConfig.responseLogprobs"})
    void anthropic_hasNone_whichIsNoted(Dialect from, String field) {
        TranslationNotes notes = new TranslationNotes(false);
        assertThat(written(from, Dialect.MESSAGES, notes)).doesNotContain("logprobs");
        assertThat(notes.all()).extracting(Object::toString).contains("dropped:" + field);
    }

    @Test
    void tokensWithoutText_areToldAtTheEnd() {
        String stream = """
                data: {"id":"c","choices":[{"index":0,"delta":{"content":"Hé"},"logprobs":null}]}

                data: {"id":"c","choices":[{"index":0,"delta":{},"logprobs":{"content":[%s,%s]},"finish_reason":"stop"}]}

                data: [DONE]

                """.formatted(CHAT_TOKEN_1, CHAT_TOKEN_2);
        for (ClientDialect client : CLIENTS) {
            String told = relay(Dialect.CHAT, client.dialect(), stream.getBytes(StandardCharsets.UTF_8), 1);
            assertThat(tokensOfStream(client.dialect(), told)).as(told).isEqualTo(TOKENS);
        }
    }

    private static String written(Dialect from, Dialect to, TranslationNotes notes) {
        Conversation request =
                client(from).readRequest("m", false, request(from).getBytes(StandardCharsets.UTF_8), notes);
        return new String(upstream(to).writeRequest(request, target(to), notes), StandardCharsets.UTF_8);
    }

    private static String request(Dialect dialect) {
        return switch (dialect) {
            case CHAT -> "{\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}],\"logprobs\":true,\"top_logprobs\":2}";
            case RESPONSES -> "{\"input\":\"Hi\",\"include\":[\"message.output_text.logprobs\"],\"top_logprobs\":2}";
            case GEMINI ->
                "{\"contents\":[{\"parts\":[{\"text\":\"Hi\"}]}],"
                        + "\"generationConfig\":{\"responseLogprobs\":true,\"logprobs\":2}}";
            case COMPLETIONS -> "{\"prompt\":\"Hi\",\"logprobs\":2}";
            case MESSAGES -> "{\"max_tokens\":9,\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";
        };
    }

    private static String relay(Dialect from, Dialect to, byte[] bytes, int size) {
        TranslatedRelay relay = new TranslatedRelay(
                upstream(from).newDecoder(target(from)), client(to).newEncoder(context(to)), 1 << 20, false);
        SseWriter out = new SseWriter();
        for (int at = 0; at < bytes.length; at += size) {
            relay.feed(Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + size)), out);
        }
        relay.end(out);
        assertThat(relay.failure()).isEmpty();
        return new String(out.drain(), StandardCharsets.UTF_8);
    }

    private static List<String> tokensOfWhole(Dialect dialect, JsonNode answer) {
        return switch (dialect) {
            case CHAT -> openAi(answer.at("/choices/0/logprobs/content"));
            case RESPONSES -> openAi(answer.at("/output/0/content/0/logprobs"));
            case GEMINI -> gemini(answer.at("/candidates/0/logprobsResult"));
            case COMPLETIONS -> completions(answer.at("/choices/0/logprobs"));
            case MESSAGES -> List.of();
        };
    }

    /** Responses tells tokens with their text or, at the latest, at its end, which repeats them all. */
    private static List<String> tokensOfStream(Dialect dialect, String stream) {
        List<String> tokens = new ArrayList<>();
        byte[] bytes = stream.getBytes(StandardCharsets.UTF_8);
        new SseParser(1 << 20).feed(bytes, event -> {
            String data = event.data().text();
            if (!data.startsWith("{")) {
                return;
            }
            JsonNode node = tree(data);
            switch (node.path("type").asText()) {
                case "response.output_text.done" -> {
                    assertThat(tokens).isEqualTo(TOKENS.subList(0, tokens.size()));
                    tokens.clear();
                    tokens.addAll(openAi(node.path("logprobs")));
                }
                case "response.completed" ->
                    assertThat(tokensOfWhole(dialect, node.path("response"))).isEqualTo(TOKENS);
                case "response.output_text.delta" -> tokens.addAll(openAi(node.path("logprobs")));
                default -> tokens.addAll(tokensOfWhole(dialect, node));
            }
        });
        return List.copyOf(tokens);
    }

    private static List<String> openAi(JsonNode tokens) {
        return tokens.valueStream()
                .map(token -> token(token, "logprob")
                        + " "
                        + token.path("top_logprobs")
                                .valueStream()
                                .map(top -> token(top, "logprob"))
                                .toList())
                .toList();
    }

    private static List<String> gemini(JsonNode result) {
        List<String> tokens = new ArrayList<>();
        for (int i = 0; i < result.path("chosenCandidates").size(); i++) {
            tokens.add(token(result.path("chosenCandidates").get(i), "logProbability") + " "
                    + result.path("topCandidates")
                            .get(i)
                            .path("candidates")
                            .valueStream()
                            .map(top -> token(top, "logProbability"))
                            .toList());
        }
        return tokens;
    }

    private static List<String> completions(JsonNode logprobs) {
        List<String> tokens = new ArrayList<>();
        for (int i = 0; i < logprobs.path("tokens").size(); i++) {
            tokens.add(logprobs.at("/tokens/" + i).asText() + " " + logprobs.at("/token_logprobs/" + i) + " "
                    + logprobs.at("/top_logprobs/" + i).properties().stream()
                            .map(top -> top.getKey() + " " + top.getValue())
                            .toList());
        }
        return tokens;
    }

    private static String token(JsonNode node, String number) {
        return node.path("token").asText() + " " + node.path(number);
    }

    private static byte[] utf8(Map<Dialect, String> texts, Dialect dialect) {
        return Objects.requireNonNull(texts.get(dialect)).getBytes(StandardCharsets.UTF_8);
    }

    private static JsonNode tree(String json) {
        return Json.parse(json).orElseThrow();
    }

    private static Target target(Dialect dialect) {
        return Target.of(dialect, dialect == Dialect.MESSAGES ? "claude-sonnet-4-5" : "gpt-4o");
    }

    private static AnswerContext context(Dialect dialect) {
        Conversation request = client(dialect)
                .readRequest("m", true, request(dialect).getBytes(StandardCharsets.UTF_8), new TranslationNotes(false));
        return new AnswerContext("req", "m", Instant.EPOCH, request);
    }

    private static ClientDialect client(Dialect dialect) {
        return switch (dialect) {
            case CHAT -> CHAT;
            case RESPONSES -> RESPONSES;
            case GEMINI -> GEMINI;
            case MESSAGES -> MESSAGES;
            case COMPLETIONS -> COMPLETIONS;
        };
    }

    private static UpstreamDialect upstream(Dialect dialect) {
        return (UpstreamDialect) client(dialect);
    }
}
