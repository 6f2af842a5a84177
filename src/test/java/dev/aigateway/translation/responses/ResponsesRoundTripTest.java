package dev.aigateway.translation.responses;

import static dev.aigateway.translation.responses.Fixtures.DIALECT;
import static dev.aigateway.translation.responses.Fixtures.bytes;
import static dev.aigateway.translation.responses.Fixtures.context;
import static dev.aigateway.translation.responses.Fixtures.json;
import static dev.aigateway.translation.responses.Fixtures.request;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.aigateway.conversation.Answer;
import dev.aigateway.conversation.Block;
import dev.aigateway.conversation.Conversation;
import dev.aigateway.conversation.Dialect;
import dev.aigateway.conversation.Signature;
import dev.aigateway.conversation.StopReason;
import dev.aigateway.conversation.ToolKind;
import dev.aigateway.conversation.Turn;
import dev.aigateway.conversation.Usage;
import dev.aigateway.conversation.Vendor;
import dev.aigateway.sse.SseParser;
import dev.aigateway.sse.SseWriter;
import dev.aigateway.translation.EventDecoder;
import dev.aigateway.translation.EventEncoder;
import dev.aigateway.translation.Json;
import dev.aigateway.translation.Target;
import dev.aigateway.translation.TranslationNotes;
import dev.aigateway.translation.chat.ChatDialect;
import dev.aigateway.translation.tools.ToolNames;
import dev.aigateway.translation.tools.ToolRestoration;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What goes out to a client comes back from it, and what an upstream calls by another name gets its own again. */
class ResponsesRoundTripTest {
    static Stream<List<Block>> answers() {
        return Stream.of(
                List.of(
                        new Block.Thinking("t", Optional.of(new Signature(Vendor.ANTHROPIC, "s"))),
                        new Block.Text("x")),
                List.of(new Block.Thinking("", Optional.of(new Signature(Vendor.ANTHROPIC, "s"))), new Block.Text("x")),
                List.of(
                        new Block.Thinking("t", Optional.of(new Signature(Vendor.OPENAI, "e", Optional.of("rs_7")))),
                        new Block.ToolCall("a", "f", "{}")),
                List.of(new Block.RedactedThinking(Vendor.ANTHROPIC, "d"), new Block.Refusal("no")),
                List.of(
                        call("a", ToolKind.FUNCTION, Optional.of(new Signature(Vendor.GOOGLE, "g"))),
                        call("b", ToolKind.CUSTOM, Optional.empty())));
    }

    @ParameterizedTest
    @MethodSource("answers")
    void answer_givenBackByTheClient_isTheSameTurn(List<Block> blocks) {
        Conversation asking = request("{'input':'hi','include':['reasoning.encrypted_content']}");
        Answer answer = new Answer(
                "", "", List.of(new Answer.Candidate(blocks, StopReason.END, Optional.empty())), Usage.UNKNOWN);
        JsonNode output = Json.parse(DIALECT.writeAnswer(answer, context(asking)))
                .orElseThrow()
                .path("output");
        Conversation next = DIALECT.readRequest(
                "m",
                false,
                ("{\"input\":" + Json.text(output) + "}").getBytes(StandardCharsets.UTF_8),
                new TranslationNotes(false));
        assertThat(next.turns()).containsExactly(new Turn(Turn.Role.ASSISTANT, blocks));
    }

    /** S7. */
    @Test
    void encryptedReasoning_ofTheUpstream_returnsByteForByteBeforeItsCall() {
        String items = "{'type':'reasoning','id':'rs_1','summary':[],'encrypted_content':'gAAA=='},"
                + "{'type':'function_call','call_id':'a','name':'f','arguments':'{}'}";
        Answer answer =
                DIALECT.readAnswer(bytes("{'id':'r','output':[" + items + "]}"), Target.of(Dialect.RESPONSES, "gpt-5"));
        Conversation next = Conversation.builder(Dialect.MESSAGES, "m")
                .turn(new Turn(Turn.Role.USER, List.of(new Block.Text("hi"))))
                .turn(new Turn(Turn.Role.ASSISTANT, answer.first().blocks()))
                .build();
        byte[] written = DIALECT.writeRequest(next, Target.of(Dialect.RESPONSES, "gpt-5"), new TranslationNotes(false));
        assertThat(new String(written, StandardCharsets.UTF_8)).contains(json(items));
    }

    @Test
    void customAndNamespaceTools_overAChatUpstream_keepTheirNamesAndKinds() {
        Conversation request = request("{'input':'hi','tools':[{'type':'custom','name':'apply_patch'},"
                + "{'type':'namespace','name':'mcp__x','tools':[{'type':'function','name':'read'}]}]}");
        String stream = """
                data: {'id':'chatcmpl-1','model':'m','choices':[{'index':0,'delta':{'tool_calls':[{'index':0,'id':'a','function':{'name':'apply_patch','arguments':''}}]}}]}

                data: {'choices':[{'index':0,'delta':{'tool_calls':[{'index':0,'function':{'arguments':'{\\'input\\':\\'*** Beg'}}]}}]}

                data: {'choices':[{'index':0,'delta':{'tool_calls':[{'index':0,'function':{'arguments':'in\\\\n+\\\\u00e9\\'}'}}]}}]}

                data: {'choices':[{'index':0,'delta':{'tool_calls':[{'index':1,'id':'b','function':{'name':'mcp__x__read','arguments':'{}'}}]}}]}

                data: {'choices':[{'index':0,'delta':{},'finish_reason':'tool_calls'}]}

                data: [DONE]

                """;
        ChatDialect chat = new ChatDialect();
        ToolNames names = ToolNames.of(request, Dialect.CHAT);
        EventDecoder decoder = new ToolRestoration(chat.newDecoder(Target.of(Dialect.CHAT, "m")), names);
        EventEncoder encoder = DIALECT.newEncoder(context(request));
        SseWriter out = new SseWriter();
        SseParser parser = new SseParser(1 << 20);
        parser.feed(
                json(stream).getBytes(StandardCharsets.UTF_8),
                event -> decoder.decode(event, decoded -> encoder.encode(decoded, out)));

        Grammar grammar = Grammar.check(out.drain());

        assertThat(grammar.types().stream().filter("response.custom_tool_call_input.delta"::equals))
                .hasSize(2);
        assertThat(grammar.item(0).path("input").asText()).isEqualTo("*** Begin\n+é");
        assertThat(grammar.item(0).path("type").asText()).isEqualTo("custom_tool_call");
        assertThat(grammar.item(1).path("name").asText()).isEqualTo("read");
        assertThat(grammar.item(1).path("namespace").asText()).isEqualTo("mcp__x");
    }

    private static Block.ToolCall call(String id, ToolKind kind, Optional<Signature> signature) {
        return new Block.ToolCall(id, "f", Optional.of("ns"), kind, "{\"x\":1}", signature, Optional.empty());
    }
}
