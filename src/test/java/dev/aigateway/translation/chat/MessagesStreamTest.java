package dev.aigateway.translation.chat;

import dev.aigateway.translation.StreamCase;
import dev.aigateway.translation.messages.MessagesDialect;
import dev.aigateway.translation.messages.MessagesWire;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Messages streams as a Chat client sees them: sections 12 to 14 and 19 of the translation reference. */
class MessagesStreamTest {
    private static final String ZERO = "usage {'prompt_tokens':0,'completion_tokens':0,'total_tokens':0}";
    private static final String CUT =
            "! server_error upstream_error The provider closed the stream before the answer was complete.";

    private static StreamCase stream(String label) {
        return new StreamCase(
                label,
                new MessagesDialect(),
                new MessagesWire(),
                new ChatDialect(),
                new ChatWire(),
                request(",'stream_options':{'include_usage':true}"));
    }

    private static String request(String more) {
        return "{'model':'asked','messages':[{'role':'user','content':'Hi'}]" + more + "}";
    }

    private static Stream<DynamicTest> all(StreamCase... cases) {
        return Stream.of(cases).map(StreamCase::test);
    }

    @TestFactory
    Stream<DynamicTest> text_isContent() {
        return all(
                stream("14.4: text")
                        .sends("start", "ping", "+0 text", "0 text Hel", "0 text lo", "-0", "end end_turn", "stop")
                        .gives(": keep-alive", "content Hel", "content lo", "finish stop", ZERO, "done"),
                stream("E13: characters of several bytes")
                        .sends("start", "+0 text", "0 text Grüße 😀", "-0", "end end_turn", "stop")
                        .gives("content Grüße 😀", "finish stop", ZERO, "done"),
                stream("14.4: text given at the start of its block")
                        .sends("start", "+0 {'type':'text','text':'Hel'}", "0 text lo", "-0", "end end_turn", "stop")
                        .gives("content Hel", "content lo", "finish stop", ZERO, "done"),
                stream("7.3: two texts join")
                        .sends(
                                "start",
                                "+0 text",
                                "0 text a",
                                "-0",
                                "+1 text",
                                "1 text b",
                                "-1",
                                "end end_turn",
                                "stop")
                        .gives("content a", "content b", "finish stop", ZERO, "done"),
                stream("14.4: an empty answer")
                        .sends("start", "end end_turn", "stop")
                        .gives("finish stop", ZERO, "done"),
                stream("E12: message_start twice")
                        .sends("start", "start", "+0 text", "0 text Hi", "-0", "end end_turn", "stop")
                        .gives("content Hi", "finish stop", ZERO, "done"),
                stream("14.4: unknown events and deltas")
                        .sends(
                                "start",
                                "{'type':'news'}",
                                "+0 text",
                                "0 {'type':'odd_delta'}",
                                "0 text Hi",
                                "-0",
                                "end end_turn",
                                "stop")
                        .gives("content Hi", "finish stop", ZERO, "done"),
                stream("14.4: no message_stop after a stop reason")
                        .sends("start", "+0 text", "0 text Hi", "-0", "end end_turn")
                        .gives("content Hi", "finish stop", ZERO, "done"),
                stream("14.4: no message_start")
                        .sends("+0 text", "0 text Hi", "-0", "end end_turn", "stop")
                        .streamOnly()
                        .gives("content Hi", "finish stop", ZERO, "done"),
                stream("14.4: a block that is not stopped before the next of its number")
                        .sends("start", "+0 text", "0 text a", "+0 text", "0 text b", "-0", "end end_turn", "stop")
                        .streamOnly()
                        .gives("content a", "content b", "finish stop", ZERO, "done"),
                stream("14.4: blocks of a server tool are not shown")
                        .sends(
                                "start",
                                "+0 {'type':'server_tool_use','id':'s1','name':'web_search','input':{}}",
                                "0 json {\"query\":\"x\"}",
                                "-0",
                                "+1 {'type':'web_search_tool_result','tool_use_id':'s1','content':[]}",
                                "-1",
                                "+2 text",
                                "2 text Hi",
                                "-2",
                                "end end_turn",
                                "stop")
                        .gives("content Hi", "finish stop", ZERO, "done"),
                stream("7.3: citations of web pages become annotations")
                        .sends(
                                "start",
                                "+0 text",
                                "0 text Hi",
                                "0 {'type':'citations_delta','citation':{'type':'web_search_result_location','url':'http://x','title':'T','encrypted_index':'e','cited_text':'c'}}",
                                "-0",
                                "end end_turn",
                                "stop")
                        .streamOnly()
                        .gives(
                                "content Hi",
                                "delta {'annotations':[{'type':'url_citation','url_citation':{'title':'T','url':'http://x'}}]}",
                                "finish stop",
                                ZERO,
                                "done"),
                stream("7.3: citations of documents have no URL to show")
                        .sends(
                                "start",
                                "+0 text",
                                "0 text Hi",
                                "0 {'type':'citations_delta','citation':{'type':'char_location','cited_text':'c','document_index':0,'document_title':'D'}}",
                                "-0",
                                "end end_turn",
                                "stop")
                        .gives("content Hi", "finish stop", ZERO, "done"));
    }

    @TestFactory
    Stream<DynamicTest> calls_areNumberedFromZero() {
        return all(
                stream("T5: text and three calls")
                        .sends(
                                "start",
                                "+0 text",
                                "0 text Hi",
                                "-0",
                                "+1 tool_use c1 f",
                                "1 json ",
                                "1 json {\"a\":",
                                "1 json 1}",
                                "-1",
                                "+2 tool_use c2 g",
                                "2 json {}",
                                "-2",
                                "+3 tool_use c3 f",
                                "3 json {\"b\":2}",
                                "-3",
                                "end tool_use",
                                "stop")
                        .gives(
                                "content Hi",
                                "tool 0 c1 f",
                                "args 0 {\"a\":",
                                "args 0 1}",
                                "tool 1 c2 g",
                                "args 1 {}",
                                "tool 2 c3 f",
                                "args 2 {\"b\":2}",
                                "finish tool_calls",
                                ZERO,
                                "done"),
                stream("14.4: a call without arguments")
                        .sends("start", "+0 tool_use c1 f", "-0", "end tool_use", "stop")
                        .gives("tool 0 c1 f", "args 0 {}", "finish tool_calls", ZERO, "done"),
                stream("14.4: only an empty fragment")
                        .sends("start", "+0 tool_use c1 f", "0 json ", "-0", "end tool_use", "stop")
                        .gives("tool 0 c1 f", "args 0 {}", "finish tool_calls", ZERO, "done"),
                stream("14.4: the input given whole at the start")
                        .sends(
                                "start",
                                "+0 {'type':'tool_use','id':'c1','name':'f','input':{'x':1.0}}",
                                "-0",
                                "end tool_use",
                                "stop")
                        .gives("tool 0 c1 f", "args 0 {\"x\":1.0}", "finish tool_calls", ZERO, "done"),
                stream("T28: numbers keep their spelling")
                        .sends(
                                "start",
                                "+0 tool_use c1 f",
                                "0 json {\"n\":12345678901234567890,\"x\":1.0}",
                                "-0",
                                "end tool_use",
                                "stop")
                        .gives(
                                "tool 0 c1 f",
                                "args 0 {\"n\":12345678901234567890,\"x\":1.0}",
                                "finish tool_calls",
                                ZERO,
                                "done"),
                stream("12: end_turn although a tool was called")
                        .sends("start", "+0 tool_use c1 f", "0 json {}", "-0", "end end_turn", "stop")
                        .gives("tool 0 c1 f", "args 0 {}", "finish tool_calls", ZERO, "done"),
                stream("12: tool_use although none was called")
                        .sends("start", "+0 text", "0 text Hi", "-0", "end tool_use", "stop")
                        .gives("content Hi", "finish stop", ZERO, "done"),
                stream("12: a call cut by the limit")
                        .sends("start", "+0 tool_use c1 f", "0 json {\"a\":\"x", "-0", "end max_tokens", "stop")
                        .streamOnly()
                        .gives("tool 0 c1 f", "args 0 {\"a\":\"x", "finish length", ZERO, "done"),
                stream("11.4: the text of a custom tool is unwrapped as it comes")
                        .request(
                                request(
                                        ",'stream_options':{'include_usage':true},'tools':[{'type':'custom','custom':{'name':'p'}}]"))
                        .sends(
                                "start",
                                "+0 tool_use c1 p",
                                "0 json {\"input\":\"a\\",
                                "0 json nb",
                                "0 json \"}",
                                "-0",
                                "end tool_use",
                                "stop")
                        .gives(
                                "delta {'tool_calls':[{'index':0,'id':'c1','type':'custom','custom':{'name':'p','input':''}}]}",
                                "delta {'tool_calls':[{'index':0,'custom':{'input':'a'}}]}",
                                "delta {'tool_calls':[{'index':0,'custom':{'input':'\\nb'}}]}",
                                "finish tool_calls",
                                ZERO,
                                "done"),
                stream("11.4: arguments of another form stay as they are")
                        .request(
                                request(
                                        ",'stream_options':{'include_usage':true},'tools':[{'type':'custom','custom':{'name':'p'}}]"))
                        .sends("start", "+0 tool_use c1 p", "0 json {\"patch\":1}", "-0", "end tool_use", "stop")
                        .gives(
                                "delta {'tool_calls':[{'index':0,'id':'c1','type':'custom','custom':{'name':'p','input':''}}]}",
                                "delta {'tool_calls':[{'index':0,'custom':{'input':'{\\'patch\\':1}'}}]}",
                                "finish tool_calls",
                                ZERO,
                                "done"));
    }

    @TestFactory
    Stream<DynamicTest> thinking_isReasoning() {
        String wrapped = "gw1.anthropic.eyJkIjoiU0lHIn0";
        return all(
                stream("9.2: thinking and its signature")
                        .sends(
                                "start",
                                "+0 thinking",
                                "0 thinking Th",
                                "0 thinking ink",
                                "0 signature SIG",
                                "-0",
                                "+1 text",
                                "1 text Hi",
                                "-1",
                                "end end_turn",
                                "stop")
                        .gives(
                                "reasoning Th",
                                "reasoning ink",
                                "delta {'reasoning_details':[{'type':'reasoning.text','text':'Think','signature':'"
                                        + wrapped + "','index':0}]}",
                                "content Hi",
                                "finish stop",
                                ZERO,
                                "done"),
                stream("9.2: a signature without text")
                        .sends(
                                "start",
                                "+0 thinking",
                                "0 signature SIG",
                                "-0",
                                "+1 tool_use c1 f",
                                "-1",
                                "end tool_use",
                                "stop")
                        .gives(
                                "delta {'reasoning_details':[{'type':'reasoning.text','text':'','signature':'" + wrapped
                                        + "','index':0}]}",
                                "tool 0 c1 f",
                                "args 0 {}",
                                "finish tool_calls",
                                ZERO,
                                "done"),
                stream("9.2: redacted thinking")
                        .sends(
                                "start",
                                "+0 {'type':'redacted_thinking','data':'SIG'}",
                                "-0",
                                "+1 text",
                                "1 text Hi",
                                "-1",
                                "end end_turn",
                                "stop")
                        .gives(
                                "delta {'reasoning_details':[{'type':'reasoning.encrypted','data':'" + wrapped
                                        + "','index':0}]}",
                                "content Hi",
                                "finish stop",
                                ZERO,
                                "done"),
                stream("9.2: two thinking blocks are joined by a blank line")
                        .sends(
                                "start",
                                "+0 thinking",
                                "0 thinking a",
                                "-0",
                                "+1 text",
                                "1 text Hi",
                                "-1",
                                "+2 thinking",
                                "2 thinking b",
                                "2 thinking c",
                                "2 signature SIG",
                                "-2",
                                "end end_turn",
                                "stop")
                        .gives(
                                "reasoning a",
                                "content Hi",
                                "reasoning \n\nb",
                                "reasoning c",
                                "delta {'reasoning_details':[{'type':'reasoning.text','text':'bc','signature':'"
                                        + wrapped + "','index':0}]}",
                                "finish stop",
                                ZERO,
                                "done"));
    }

    @TestFactory
    Stream<DynamicTest> stopReason_isTranslated() {
        return all(
                stop("end_turn", "stop"),
                stop("stop_sequence:X", "stop"),
                stop("max_tokens", "length"),
                stop("model_context_window_exceeded", "length"),
                stop("pause_turn", "stop"),
                stop("refusal", "content_filter"),
                stop("unheard_of", "stop"));
    }

    private static StreamCase stop(String reason, String finish) {
        return stream("12: stop_reason " + reason)
                .sends("start", "+0 text", "0 text Hi", "-0", "end " + reason, "stop")
                .gives("content Hi", "finish " + finish, ZERO, "done");
    }

    @TestFactory
    Stream<DynamicTest> usage_isCounted() {
        String counted = "usage {'prompt_tokens':1000,'completion_tokens':50,'total_tokens':1050,"
                + "'prompt_tokens_details':{'cached_tokens':600,'cache_write_tokens':300}}";
        return all(
                stream("U3: cache tokens belong to the prompt")
                        .sends(
                                "start {'input_tokens':100,'cache_read_input_tokens':600,'cache_creation_input_tokens':300,'output_tokens':1}",
                                "+0 text",
                                "0 text Hi",
                                "-0",
                                "end end_turn {'output_tokens':50}",
                                "stop")
                        .gives("content Hi", "finish stop", counted, "done"),
                stream("13: the final counts overwrite the first")
                        .sends(
                                "start {'input_tokens':1,'output_tokens':0}",
                                "+0 text",
                                "0 text Hi",
                                "-0",
                                "end end_turn {'input_tokens':100,'cache_read_input_tokens':600,'cache_creation_input_tokens':300,'output_tokens':50}",
                                "stop")
                        .gives("content Hi", "finish stop", counted, "done"),
                stream("13: thinking tokens")
                        .sends(
                                "start {'input_tokens':1}",
                                "+0 text",
                                "0 text Hi",
                                "-0",
                                "end end_turn {'output_tokens':9,'output_tokens_details':{'thinking_tokens':4}}",
                                "stop")
                        .gives(
                                "content Hi",
                                "finish stop",
                                "usage {'prompt_tokens':1,'completion_tokens':9,'total_tokens':10,'completion_tokens_details':{'reasoning_tokens':4}}",
                                "done"),
                stream("U7: no usage chunk unless asked for")
                        .request(request(""))
                        .sends(
                                "start {'input_tokens':1}",
                                "+0 text",
                                "0 text Hi",
                                "-0",
                                "end end_turn {'output_tokens':9}",
                                "stop")
                        .gives("content Hi", "finish stop", "done"),
                stream("U8: the usage chunk comes after the finish")
                        .sends(
                                "start {'input_tokens':1}",
                                "+0 text",
                                "0 text Hi",
                                "-0",
                                "end end_turn {'output_tokens':9}",
                                "stop")
                        .gives(
                                "content Hi",
                                "finish stop",
                                "usage {'prompt_tokens':1,'completion_tokens':9,'total_tokens':10}",
                                "done"));
    }

    @TestFactory
    Stream<DynamicTest> failure_isTheOnlyEnding() {
        return all(
                stream("E1: overloaded after text")
                        .sends("start", "+0 text", "0 text Hi", "! overloaded_error Overloaded", "0 text more")
                        .gives("content Hi", "! server_error overloaded Overloaded"),
                stream("15: an api_error")
                        .sends("start", "+0 text", "0 text Hi", "! api_error Broken")
                        .gives("content Hi", "! server_error upstream_error Broken"),
                stream("15: an error in place of an answer")
                        .sends("! rate_limit_error Slow down")
                        .gives("! rate_limit_error rate_limit_exceeded Slow down"),
                stream("E3: cut inside the arguments of a call")
                        .sends("start", "+0 tool_use c1 f", "0 json {\"a\":")
                        .gives("tool 0 c1 f", "args 0 {\"a\":", CUT),
                stream("14.4: cut behind all blocks")
                        .sends("start", "+0 text", "0 text Hi", "-0")
                        .gives("content Hi", CUT),
                stream("14.4: a part of a block that never began")
                        .sends("start", "0 text Hi", "end end_turn", "stop")
                        .gives(
                                "! server_error upstream_error The provider sent a part of a block that it had not begun."),
                stream("14.4: message_stop only")
                        .sends("stop")
                        .gives("! server_error upstream_error The provider's answer is empty."),
                stream("14.4: an event that is no JSON")
                        .sendsRaw("event: message_start\ndata: oops\n\n")
                        .gives("! server_error upstream_error The provider sent an event that is not a JSON object."));
    }
}
