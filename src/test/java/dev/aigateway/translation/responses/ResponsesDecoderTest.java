package dev.aigateway.translation.responses;

import static dev.aigateway.translation.responses.Fixtures.DIALECT;
import static dev.aigateway.translation.responses.Fixtures.bytes;
import static dev.aigateway.translation.responses.Fixtures.decode;
import static dev.aigateway.translation.responses.Fixtures.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aigateway.conversation.Answer;
import dev.aigateway.conversation.AnswerReplay;
import dev.aigateway.conversation.Dialect;
import dev.aigateway.conversation.GatewayError.Kind;
import dev.aigateway.conversation.GatewayException;
import dev.aigateway.translation.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Reads upstream streams and answers. A row's events omit the leading {@code response.} of their types. */
class ResponsesDecoderTest {
    private static final Target TARGET = Target.of(Dialect.RESPONSES, "gpt-5");
    private static final String CREATED = "created 'response':{'id':'resp_1','model':'gpt-5'}";
    private static final String MESSAGE =
            "{'type':'message','id':'msg_1','content':[{'type':'output_text','text':'Hi','annotations':[]}]}";
    private static final String CALL =
            "{'type':'function_call','id':'fc_1','call_id':'a','name':'f','arguments':'{\\'x\\':1}'}";
    private static final String REASONING = "{'type':'reasoning','id':'rs_1','summary':[],'encrypted_content':'enc'}";
    private static final String EMPTY_DONE = "completed 'response':{'id':'resp_1','output':[]}";
    private static final String START = "start resp_1 gpt-5 | ";
    private static final String END = " | finish END | completed";
    private static final String TOOLS = " | finish TOOL_USE | completed";

    static Stream<Arguments> streams() {
        return Stream.of(
                row(
                        "text with usage",
                        START + "0 text | 0+H | 0+i é😀 | 0 end | usage 10/4/3/9/2" + END,
                        CREATED,
                        "in_progress 'response':{'id':'resp_1'}",
                        "output_item.added 'output_index':0,'item':{'type':'message','id':'msg_1','content':[]}",
                        "content_part.added 'item_id':'msg_1','output_index':0,'content_index':0,'part':{'type':'output_text','text':''}",
                        "output_text.delta 'item_id':'msg_1','output_index':0,'content_index':0,'delta':'H'",
                        "output_text.delta 'item_id':'msg_1','output_index':0,'content_index':0,'delta':'i é😀'",
                        "output_text.done 'item_id':'msg_1','output_index':0,'content_index':0,'text':'Hi é😀'",
                        "content_part.done 'item_id':'msg_1','output_index':0,'content_index':0,'part':{'type':'output_text','text':'Hi é😀'}",
                        "output_item.done 'output_index':0,'item':" + MESSAGE.replace("Hi", "Hi é😀"),
                        "completed 'response':{'output':[" + MESSAGE
                                + "],'usage':{'input_tokens':10,'input_tokens_details':"
                                + "{'cached_tokens':4,'cache_write_tokens':3},'output_tokens':9,'output_tokens_details':"
                                + "{'reasoning_tokens':2}}}"),
                row(
                        "output empty in completed",
                        START + "0 text | 0+Hi | 0 end" + END,
                        CREATED,
                        "output_item.done 'output_index':0,'item':" + MESSAGE,
                        EMPTY_DONE),
                row(
                        "items only in completed",
                        START + "0 text | 0+Hi | 0 end | 1 FUNCTION a f | 1+{\"x\":1} | 1 end" + TOOLS,
                        CREATED,
                        "completed 'response':{'output':[" + MESSAGE + "," + CALL + "]}"),
                row(
                        "ids that change on the way",
                        START + "0 text | 0+Hi | 0 end" + END,
                        CREATED,
                        "output_item.added 'output_index':0,'item':{'type':'message','id':'x1'}",
                        "output_text.delta 'item_id':'x2','output_index':0,'delta':'Hi'",
                        "output_item.done 'output_index':0,'item':" + MESSAGE.replace("msg_1", "x3"),
                        "completed 'response':{'output':[" + MESSAGE.replace("msg_1", "x4") + "]}"),
                row(
                        "no indices and no announcement",
                        START + "0 text | 0+H | 0+i | 0 end" + END,
                        CREATED,
                        "output_text.delta 'item_id':'msg_1','delta':'H'",
                        "output_text.done 'item_id':'msg_1','text':'Hi'",
                        EMPTY_DONE),
                row(
                        "message before call, late text",
                        START + "0 text | 0+H | 1 FUNCTION a f | 1+{\"x\" | 0+i | 1+:1} | 1 end | 0 end" + TOOLS,
                        CREATED,
                        "output_item.added 'output_index':0,'item':{'type':'message','id':'msg_1'}",
                        "output_text.delta 'output_index':0,'content_index':0,'delta':'H'",
                        "output_item.added 'output_index':1,'item':{'type':'function_call','id':'fc_1','call_id':'a','name':'f','arguments':''}",
                        "function_call_arguments.delta 'output_index':1,'delta':'{\\'x\\''",
                        "output_text.delta 'output_index':0,'content_index':0,'delta':'i'",
                        "function_call_arguments.done 'output_index':1,'arguments':'{\\'x\\':1}'",
                        "output_item.done 'output_index':1,'item':" + CALL,
                        "output_item.done 'output_index':0,'item':" + MESSAGE,
                        EMPTY_DONE),
                row(
                        "encrypted reasoning, then call",
                        START + "0 thinking | 0 sign OPENAI:enc@rs_1 | 0 end | 1 FUNCTION a f | 1+{\"x\":1} | 1 end"
                                + TOOLS,
                        CREATED,
                        "output_item.added 'output_index':0,'item':{'type':'reasoning','id':'rs_1','summary':[]}",
                        "output_item.done 'output_index':0,'item':" + REASONING,
                        "output_item.added 'output_index':1,'item':" + CALL.replace("{\\'x\\':1}", ""),
                        "output_item.done 'output_index':1,'item':" + CALL,
                        "completed 'response':{'output':[" + REASONING + "," + CALL + "]}"),
                row(
                        "reasoning without anything",
                        START + "0 text | 0+Hi | 0 end" + END,
                        CREATED,
                        "output_item.done 'output_index':0,'item':{'type':'reasoning','id':'rs_1','summary':[]}",
                        "output_item.done 'output_index':1,'item':" + MESSAGE,
                        EMPTY_DONE),
                row(
                        "summary of two parts",
                        START + "0 thinking | 0+A | 0+\n\n | 0+B | 0 sign OPENAI:enc@rs_1 | 0 end" + END,
                        CREATED,
                        "output_item.added 'output_index':0,'item':{'type':'reasoning','id':'rs_1'}",
                        "reasoning_summary_text.delta 'output_index':0,'summary_index':0,'delta':'A'",
                        "reasoning_summary_text.delta 'output_index':0,'summary_index':1,'delta':'B'",
                        "output_item.done 'output_index':0,'item':"
                                + REASONING.replace(
                                        "[]",
                                        "[{'type':'summary_text','text':'A'},{'type':'summary_text','text':'B'}]"),
                        EMPTY_DONE),
                row(
                        "raw reasoning, whose summary is not repeated",
                        START + "0 thinking | 0+raw | 0 end" + END,
                        CREATED,
                        "reasoning_text.delta 'output_index':0,'content_index':0,'delta':'raw'",
                        "reasoning_summary_text.delta 'output_index':0,'summary_index':0,'delta':'sum'",
                        "output_item.done 'output_index':0,'item':{'type':'reasoning','content':[{'type':'reasoning_text','text':'raw'}],"
                                + "'summary':[{'type':'summary_text','text':'sum'}]}",
                        EMPTY_DONE),
                row(
                        "custom call with namespace",
                        START + "0 CUSTOM a ns:p | 0+*** | 0 end" + TOOLS,
                        CREATED,
                        "output_item.added 'output_index':0,'item':{'type':'custom_tool_call','id':'c','call_id':'a','name':'p',"
                                + "'namespace':'ns','input':''}",
                        "custom_tool_call_input.delta 'output_index':0,'delta':'***'",
                        "custom_tool_call_input.done 'output_index':0,'input':'***'",
                        EMPTY_DONE),
                row(
                        "arguments before the call is known",
                        START + "0 FUNCTION a f | 0+{\"x\":1} | 0 end" + TOOLS,
                        CREATED,
                        "function_call_arguments.delta 'output_index':0,'item_id':'fc_1','delta':'{'",
                        "output_item.done 'output_index':0,'item':" + CALL,
                        EMPTY_DONE),
                row(
                        "refusal",
                        START + "0 refusal | 0+No | 0 end | finish REFUSAL | completed",
                        CREATED,
                        "refusal.delta 'output_index':0,'content_index':0,'delta':'N'".replace("'N'", "'No'"),
                        "refusal.done 'output_index':0,'content_index':0,'refusal':'No'",
                        EMPTY_DONE),
                row(
                        "citations, each once",
                        START + "0 text | 0+Hi | 0 cite u | 0 cite v | 0 end" + END,
                        CREATED,
                        "output_text.delta 'output_index':0,'content_index':0,'delta':'Hi'",
                        "output_text.annotation.added 'output_index':0,'content_index':0,'annotation':{'type':'url_citation','url':'u'}",
                        "output_item.done 'output_index':0,'item':"
                                + MESSAGE.replace(
                                        "'annotations':[]",
                                        "'annotations':[{'type':'url_citation','url':'u'},{'type':'url_citation','url':'v'},{'type':'file_path'}]"),
                        EMPTY_DONE),
                row(
                        "hosted tool",
                        START + "0 opaque web_search_call | 0 end | 1 text | 1+Hi | 1 end" + END,
                        CREATED,
                        "output_item.added 'output_index':0,'item':{'type':'web_search_call','id':'ws_1'}",
                        "web_search_call.searching 'output_index':0,'item_id':'ws_1'",
                        "output_item.done 'output_index':0,'item':{'type':'web_search_call','id':'ws_1','status':'completed'}",
                        "output_item.done 'output_index':1,'item':" + MESSAGE,
                        EMPTY_DONE),
                row(
                        "cut short",
                        START + "0 text | 0+Hi | 0 end | finish LENGTH | completed",
                        CREATED,
                        "output_text.delta 'output_index':0,'delta':'Hi'",
                        "incomplete 'response':{'output':[],'incomplete_details':{'reason':'max_output_tokens'}}"),
                row(
                        "filtered",
                        START + "finish FILTER | completed",
                        CREATED,
                        "incomplete 'response':{'output':[],'incomplete_details':{'reason':'content_filter'}}"),
                row(
                        "failed",
                        START + "0 text | 0+Hi | failed RATE_LIMIT",
                        CREATED,
                        "output_text.delta 'output_index':0,'delta':'Hi'",
                        "failed 'response':{'status':'failed','error':{'code':'rate_limit_exceeded','message':'slow'}}",
                        EMPTY_DONE),
                row(
                        "closed early",
                        START + "0 text | 0+Hi | failed BAD_GATEWAY",
                        CREATED,
                        "output_text.delta 'output_index':0,'delta':'Hi'"),
                row(
                        "unknown events",
                        START + "0 text | 0+Hi | 0 end" + END,
                        CREATED,
                        "rate_limits 'limits':{}",
                        "new_thing.delta 'output_index':7,'delta':'x'",
                        "output_item.done 'output_index':0,'item':" + MESSAGE,
                        EMPTY_DONE));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("streams")
    void stream_inAnyChunking_givesCanonicalEvents(String name, String expected, List<String> events) {
        StringBuilder stream = new StringBuilder();
        for (String event : events) {
            String[] parts = event.split(" ", 2);
            String type = "response." + parts[0];
            stream.append("event: ").append(type).append("\ndata: ");
            stream.append(json("{'type':'" + type + "'," + parts[1] + "}")).append("\n\n");
        }
        assertThat(decode(stream.toString(), 1, new ResponsesDecoder())).isEqualTo(expected);
        assertThat(decode(stream.toString(), Integer.MAX_VALUE / 2, new ResponsesDecoder()))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '~',
            value = {
                "data: {'type':'error','code':'server_error','message':'x'}; failed BAD_GATEWAY",
                "data: {'type':'error','error':{'code':'rate_limit_exceeded','message':'x'}}; failed RATE_LIMIT",
                "data: {'error':{'message':'x','type':'insufficient_quota'}}; failed BILLING",
                "data: {'type':'response.failed','response':{'error':{'code':'invalid_prompt','message':'x'}}}; failed BAD_REQUEST",
                "data: {'type':'response.failed','response':{'error':{'code':'context_length_exceeded','message':'x'}}};"
                        + " failed CONTEXT_TOO_LONG",
                "data: {'type':'response.failed','response':{'error':null}}; failed BAD_GATEWAY",
                "data: nonsense; failed BAD_GATEWAY",
                "data: [DONE]; failed BAD_GATEWAY",
                ": alive; ping | failed BAD_GATEWAY",
                "data: {'type':'keepalive','sequence_number':3}; ping | failed BAD_GATEWAY"
            })
    void stream_withoutAnswer_failsOnce(String stream, String expected) {
        assertThat(decode(json(stream) + "\n\n", 1, new ResponsesDecoder())).isEqualTo(expected);
    }

    @Test
    void answer_whole_givesTheSameBlocks() {
        Answer answer = DIALECT.readAnswer(
                bytes("{'id':'resp_1','model':'gpt-5','status':'completed','error':null,'output':[" + REASONING + ","
                        + MESSAGE + "," + CALL + "],'usage':{'input_tokens':1,'output_tokens':2}}"),
                TARGET);
        List<String> trace = new ArrayList<>();
        AnswerReplay.replay(answer, event -> trace.add(Fixtures.trace(event)));
        assertThat(String.join(" | ", trace))
                .isEqualTo(
                        START + "0 thinking | 0 sign OPENAI:enc@rs_1 | 0 end | 1 text | 1+Hi | 1 end | 2 FUNCTION a f"
                                + " | 2+{\"x\":1} | 2 end | usage 1/-1/-1/2/-1" + TOOLS);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '~',
            value = {
                "no json; BAD_GATEWAY",
                "{'object':'other'}; BAD_GATEWAY",
                "{'error':{'code':'rate_limit_exceeded','message':'x'}}; RATE_LIMIT",
                "{'status':'failed','output':[],'error':{'code':'server_error','message':'x'}}; BAD_GATEWAY",
                "{'status':'in_progress','output':[]}; BAD_GATEWAY"
            })
    void answer_thatIsNone_isAnError(String body, Kind kind) {
        assertThatThrownBy(() -> DIALECT.readAnswer(bytes(body), TARGET))
                .isInstanceOfSatisfying(
                        GatewayException.class,
                        e -> assertThat(e.error().kind()).isEqualTo(kind));
    }

    private static Arguments row(String name, String expected, String... events) {
        return Arguments.of(name, expected, List.of(events));
    }
}
