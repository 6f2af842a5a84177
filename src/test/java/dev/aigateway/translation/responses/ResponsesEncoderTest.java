package dev.aigateway.translation.responses;

import static dev.aigateway.translation.responses.Fixtures.DIALECT;
import static dev.aigateway.translation.responses.Fixtures.context;
import static dev.aigateway.translation.responses.Fixtures.json;
import static dev.aigateway.translation.responses.Fixtures.request;
import static dev.aigateway.translation.responses.Fixtures.usage;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aigateway.conversation.AnswerEvent;
import dev.aigateway.conversation.AnswerEvent.BlockEnded;
import dev.aigateway.conversation.AnswerEvent.BlockStarted;
import dev.aigateway.conversation.AnswerEvent.Cited;
import dev.aigateway.conversation.AnswerEvent.Completed;
import dev.aigateway.conversation.AnswerEvent.Delta;
import dev.aigateway.conversation.AnswerEvent.Failed;
import dev.aigateway.conversation.AnswerEvent.Finished;
import dev.aigateway.conversation.AnswerEvent.Ping;
import dev.aigateway.conversation.AnswerEvent.Signed;
import dev.aigateway.conversation.AnswerEvent.Started;
import dev.aigateway.conversation.AnswerEvent.UsageReported;
import dev.aigateway.conversation.AnswerFolder;
import dev.aigateway.conversation.BlockKind;
import dev.aigateway.conversation.Citation;
import dev.aigateway.conversation.Conversation;
import dev.aigateway.conversation.Dialect;
import dev.aigateway.conversation.GatewayError;
import dev.aigateway.conversation.RawJson;
import dev.aigateway.conversation.Signature;
import dev.aigateway.conversation.StopReason;
import dev.aigateway.conversation.ToolKind;
import dev.aigateway.conversation.Usage;
import dev.aigateway.conversation.Vendor;
import dev.aigateway.sse.SseWriter;
import dev.aigateway.translation.EventEncoder;
import dev.aigateway.translation.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Writes client streams, each of them checked by {@link Grammar}, and the whole answers that must equal them. */
class ResponsesEncoderTest {
    private static final Conversation PLAIN = request("{'input':'hi'}");
    private static final Conversation ENCRYPTED = request("{'input':'hi','include':['reasoning.encrypted_content']}");
    private static final BlockKind TEXT = new BlockKind.Text();
    private static final BlockKind THINKING = new BlockKind.Thinking();
    private static final BlockKind CALL = new BlockKind.ToolCall("a", "f");
    private static final BlockKind CUSTOM = new BlockKind.ToolCall("b", "patch", Optional.of("ns"), ToolKind.CUSTOM);
    private static final Signature GOOGLE = new Signature(Vendor.GOOGLE, "sig");

    /** Name, events between start and finish, types and ids as {@code index:type} of the output, reason. */
    static Stream<Arguments> answers() {
        return Stream.of(
                row("text", "completed message", StopReason.END, block(0, TEXT, "H", "i 😀")),
                row("an empty text leaves no item", "completed", StopReason.END, block(0, TEXT)),
                row(
                        "thinking, text, two calls",
                        "completed reasoning message function_call custom_tool_call",
                        StopReason.TOOL_USE,
                        block(0, THINKING, "t"),
                        block(1, TEXT, "x"),
                        block(2, CALL, "{\"x\"", ":1}"),
                        block(3, CUSTOM, "*** ", "Begin")),
                row("a call without arguments", "completed function_call", StopReason.TOOL_USE, block(0, CALL)),
                row(
                        "interleaved calls",
                        "completed function_call custom_tool_call",
                        StopReason.TOOL_USE,
                        List.of(
                                new BlockStarted(0, 0, CALL),
                                new BlockStarted(1, 0, CUSTOM),
                                new Delta(1, "p"),
                                new Delta(0, "{"),
                                new Delta(1, "q"),
                                new Delta(0, "}"),
                                new BlockEnded(0),
                                new BlockEnded(1))),
                row(
                        "refusal",
                        "completed message",
                        StopReason.REFUSAL,
                        block(0, new BlockKind.Refusal(), "I ", "cannot")),
                row("refused without words", "incomplete", StopReason.REFUSAL),
                row("cut short", "incomplete message", StopReason.LENGTH, block(0, TEXT, "x")),
                row("context full", "incomplete message", StopReason.CONTEXT, block(0, TEXT, "x")),
                row("filtered", "incomplete", StopReason.FILTER),
                row("stop sequence", "completed message", StopReason.STOP_SEQUENCE, block(0, TEXT, "x")),
                row("paused", "completed message", StopReason.PAUSE, block(0, TEXT, "x")),
                row(
                        "signature only",
                        "completed reasoning function_call",
                        StopReason.TOOL_USE,
                        List.of(
                                new BlockStarted(0, 0, THINKING),
                                new Signed(0, new Signature(Vendor.ANTHROPIC, "s")),
                                new BlockEnded(0)),
                        block(1, CALL, "{}")),
                row(
                        "redacted thinking",
                        "completed reasoning message",
                        StopReason.END,
                        block(0, new BlockKind.RedactedThinking(Vendor.ANTHROPIC, "d")),
                        block(1, TEXT, "x")),
                row(
                        "a signed call",
                        "completed function_call reasoning",
                        StopReason.TOOL_USE,
                        List.of(
                                new BlockStarted(0, 0, CALL),
                                new Delta(0, "{}"),
                                new Signed(0, GOOGLE),
                                new BlockEnded(0))),
                row(
                        "citations",
                        "completed message",
                        StopReason.END,
                        List.of(
                                new BlockStarted(0, 0, TEXT),
                                new Delta(0, "abc"),
                                new Cited(0, new Citation("u", Optional.of("t"), 1, 2, Optional.empty())),
                                new Cited(0, new Citation("v", Optional.empty(), -1, -1, Optional.empty())),
                                new BlockEnded(0))),
                row(
                        "foreign opaque blocks are not shown",
                        "completed message",
                        StopReason.END,
                        block(0, new BlockKind.Opaque(Dialect.MESSAGES, "x", RawJson.EMPTY_OBJECT)),
                        block(1, TEXT, "x")),
                row(
                        "own opaque blocks are",
                        "completed web_search_call",
                        StopReason.END,
                        block(
                                0,
                                new BlockKind.Opaque(
                                        Dialect.RESPONSES,
                                        "web_search_call",
                                        new RawJson(json("{'id':'ws_1','type':'web_search_call'}"))))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("answers")
    void stream_everyAnswer_isLegalAndEqualsTheWholeAnswer(
            String name, String expected, StopReason reason, List<AnswerEvent> blocks) {
        List<AnswerEvent> events = new ArrayList<>(List.of(new Started("chatcmpl-1", "up", Usage.UNKNOWN)));
        events.addAll(blocks);
        events.add(new UsageReported(usage(10, 4, 3, 9, 2)));
        events.add(new Finished(0, reason, Optional.empty()));
        events.add(new Completed());

        Grammar grammar = Grammar.check(encode(ENCRYPTED, events));

        List<String> found =
                new ArrayList<>(List.of(grammar.response().path("status").asText()));
        grammar.response()
                .path("output")
                .forEach(item -> found.add(item.path("type").asText()));
        assertThat(String.join(" ", found)).isEqualTo(expected);
        assertThat(grammar.types().getLast()).isEqualTo("response." + found.getFirst());

        AnswerFolder folder = new AnswerFolder();
        events.forEach(folder);
        JsonNode whole = Json.parse(DIALECT.writeAnswer(folder.answer(), context(ENCRYPTED)))
                .orElseThrow();
        assertThat(whole).isEqualTo(grammar.response());
    }

    @Test
    void stream_ofText_hasExactlyTheseEvents() {
        List<AnswerEvent> events = new ArrayList<>(List.of(new Started("", "", Usage.UNKNOWN)));
        events.addAll(block(0, THINKING, "t"));
        events.addAll(block(1, TEXT, "x"));
        events.addAll(block(2, CALL, "{}"));
        events.add(new Finished(0, StopReason.TOOL_USE, Optional.empty()));
        events.add(new Completed());
        assertThat(String.join(" ", Grammar.check(encode(PLAIN, events)).types())
                        .replace("response.", ""))
                .isEqualTo("created in_progress output_item.added reasoning_summary_part.added"
                        + " reasoning_summary_text.delta reasoning_summary_text.done reasoning_summary_part.done"
                        + " output_item.done output_item.added content_part.added output_text.delta output_text.done"
                        + " content_part.done output_item.done output_item.added function_call_arguments.delta"
                        + " function_call_arguments.done output_item.done completed");
    }

    @ParameterizedTest
    @EnumSource(
            value = GatewayError.Kind.class,
            names = {"RATE_LIMIT", "BAD_GATEWAY", "CONTEXT_TOO_LONG", "BILLING", "BAD_REQUEST"})
    void failure_inTheMiddle_leavesOpenItemsUndone(GatewayError.Kind kind) {
        List<AnswerEvent> events = new ArrayList<>(List.of(new Started("resp_9", "", Usage.UNKNOWN)));
        events.addAll(block(0, TEXT, "x"));
        events.add(new BlockStarted(1, 0, CALL));
        events.add(new Delta(1, "{\"cut"));
        events.add(new Failed(GatewayError.of(kind, "broken")));
        Grammar grammar = Grammar.check(encode(PLAIN, events));
        assertThat(grammar.types().getLast()).isEqualTo("response.failed");
        assertThat(grammar.response().path("id").asText()).isEqualTo("resp_9");
        assertThat(grammar.response().path("status").asText()).isEqualTo("failed");
        assertThat(grammar.response().path("output").size()).isEqualTo(1);
        assertThat(grammar.response().path("error").path("message").asText()).isEqualTo("broken");
        assertThat(grammar.response().path("error").path("code").asText())
                .isEqualTo(
                        switch (kind) {
                            case RATE_LIMIT -> "rate_limit_exceeded";
                            case CONTEXT_TOO_LONG -> "context_length_exceeded";
                            case BILLING -> "insufficient_quota";
                            case BAD_REQUEST -> "invalid_prompt";
                            default -> "server_error";
                        });
    }

    @Test
    void failure_beforeTheStart_isStillALegalStream() {
        Failed failed = new Failed(GatewayError.of(GatewayError.Kind.TIMEOUT, "late"));
        assertThat(Grammar.check(encode(PLAIN, List.of(failed))).types())
                .containsExactly("response.created", "response.in_progress", "response.failed");
    }

    @Test
    void keepalive_anywhere_takesANumberAndKeepsCreatedFirst() {
        List<AnswerEvent> events =
                new ArrayList<>(List.of(new Ping(), new Started("x", "", Usage.UNKNOWN), new Ping()));
        events.addAll(block(0, TEXT, "x"));
        events.add(new Ping());
        events.add(new Finished(0, StopReason.END, Optional.empty()));
        events.add(new Completed());
        assertThat(Grammar.check(encode(PLAIN, events)).types())
                .filteredOn("keepalive"::equals)
                .hasSize(3);
    }

    @Test
    void otherCandidates_areNotShown() {
        List<AnswerEvent> events = new ArrayList<>(List.of(new Started("", "", Usage.UNKNOWN)));
        events.addAll(block(0, TEXT, "x"));
        events.add(new BlockStarted(1, 1, TEXT));
        events.add(new Delta(1, "other"));
        events.add(new BlockEnded(1));
        events.add(new Finished(0, StopReason.END, Optional.empty()));
        events.add(new Finished(1, StopReason.LENGTH, Optional.empty()));
        events.add(new Completed());
        Grammar grammar = Grammar.check(encode(PLAIN, events));
        assertThat(grammar.types().getLast()).isEqualTo("response.completed");
        assertThat(grammar.response().path("output").size()).isEqualTo(1);
    }

    @Test
    void cutAnswer_marksItsLastItemOnly() {
        List<AnswerEvent> events = new ArrayList<>(List.of(new Started("", "", Usage.UNKNOWN)));
        events.addAll(block(0, TEXT, "x"));
        events.addAll(block(1, CALL, "{\"cut"));
        events.add(new Finished(0, StopReason.LENGTH, Optional.empty()));
        events.add(new Completed());
        Grammar grammar = Grammar.check(encode(PLAIN, events));
        assertThat(grammar.item(0).path("status").asText()).isEqualTo("completed");
        assertThat(grammar.item(1).path("status").asText()).isEqualTo("incomplete");
        assertThat(grammar.response().path("incomplete_details").path("reason").asText())
                .isEqualTo("max_output_tokens");
    }

    @Test
    void encryptedContent_isOnlyInDoneAndOnlyWhenAsked() {
        List<AnswerEvent> events = List.of(
                new Started("", "", Usage.UNKNOWN),
                new BlockStarted(0, 0, THINKING),
                new Delta(0, "t"),
                new Signed(0, GOOGLE),
                new BlockEnded(0),
                new Finished(0, StopReason.END, Optional.empty()),
                new Completed());
        assertThat(Grammar.check(encode(ENCRYPTED, events))
                        .item(0)
                        .path("encrypted_content")
                        .asText())
                .startsWith("gw1.google.");
        String plain = new String(encode(PLAIN, events), StandardCharsets.UTF_8);
        assertThat(plain).doesNotContain("encrypted_content");
        String asked = new String(encode(ENCRYPTED, events), StandardCharsets.UTF_8);
        assertThat(asked.substring(0, asked.indexOf("output_item.done"))).doesNotContain("encrypted_content");
    }

    @Test
    void response_ofARichRequest_echoesItsSettings() {
        Conversation request =
                request("{'input':'hi','instructions':'be kind','max_output_tokens':50,'temperature':0.3,"
                        + "'reasoning':{'effort':'low','summary':'auto'},'tools':[{'type':'namespace','name':'ns','tools':["
                        + "{'type':'custom','name':'p','format':{'type':'grammar','syntax':'lark','definition':'d'}}]},"
                        + "{'type':'web_search'}],'tool_choice':{'type':'custom','name':'p'},'parallel_tool_calls':false,"
                        + "'text':{'verbosity':'low'},'metadata':{'k':'v'},'service_tier':'flex'}");
        List<AnswerEvent> events = List.of(
                new Started("resp_9", "", Usage.UNKNOWN),
                new Finished(0, StopReason.END, Optional.empty()),
                new Completed());
        ObjectNode response = Grammar.check(encode(request, events)).response().deepCopy();
        assertThat(Json.text(response))
                .isEqualTo(json(
                        "{'id':'resp_9','object':'response','created_at':1700000000,'status':'completed','background':false,"
                                + "'error':null,'incomplete_details':null,'instructions':'be kind','max_output_tokens':50,'model':'m',"
                                + "'output':[],'parallel_tool_calls':false,'previous_response_id':null,"
                                + "'reasoning':{'effort':'low','summary':'auto'},'service_tier':'flex','store':false,'temperature':0.3,"
                                + "'text':{'format':{'type':'text'},'verbosity':'low'},'tool_choice':{'type':'custom','name':'p'},"
                                + "'tools':[{'type':'namespace','name':'ns','tools':[{'type':'custom','name':'p','format':"
                                + "{'type':'grammar','syntax':'lark','definition':'d'}}]},{'type':'web_search'}],'top_p':1,"
                                + "'truncation':'disabled','usage':null,'metadata':{'k':'v'}}"));
    }

    @Test
    void usage_alwaysHasBothDetails() {
        List<AnswerEvent> events = List.of(
                new Started("", "", Usage.UNKNOWN),
                new UsageReported(usage(10, 4, 3, 9, 2)),
                new Finished(0, StopReason.END, Optional.empty()),
                new Completed());
        assertThat(Json.text(Grammar.check(encode(PLAIN, events)).response().path("usage")))
                .isEqualTo(json("{'input_tokens':10,'input_tokens_details':{'cached_tokens':4,'cache_write_tokens':3},"
                        + "'output_tokens':9,'output_tokens_details':{'reasoning_tokens':2},'total_tokens':19}"));
    }

    private static byte[] encode(Conversation request, List<AnswerEvent> events) {
        EventEncoder encoder = DIALECT.newEncoder(context(request));
        SseWriter out = new SseWriter();
        events.forEach(event -> encoder.encode(event, out));
        return out.drain();
    }

    private static List<AnswerEvent> block(int number, BlockKind kind, String... deltas) {
        List<AnswerEvent> events = new ArrayList<>(List.of(new BlockStarted(number, 0, kind)));
        for (String delta : deltas) {
            events.add(new Delta(number, delta));
        }
        events.add(new BlockEnded(number));
        return events;
    }

    @SafeVarargs
    private static Arguments row(
            String name, String expected, StopReason reason, List<? extends AnswerEvent>... blocks) {
        List<AnswerEvent> events = new ArrayList<>();
        for (List<? extends AnswerEvent> block : blocks) {
            events.addAll(block);
        }
        return Arguments.of(name, expected, reason, events);
    }
}
