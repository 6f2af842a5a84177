package dev.aigateway.translation.messages;

import dev.aigateway.translation.StreamCase;
import dev.aigateway.translation.chat.ChatDialect;
import dev.aigateway.translation.chat.ChatWire;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Chat streams as a Messages client sees them: sections 12 to 14 and 19 of the translation reference. */
class ChatStreamTest {
    private static final String CUT = "! api_error The provider closed the stream before the answer was complete.";

    private static StreamCase stream(String label) {
        return new StreamCase(
                label,
                new ChatDialect(),
                new ChatWire(),
                new MessagesDialect(),
                new MessagesWire(),
                "{'model':'asked','max_tokens':100,'messages':[{'role':'user','content':'Hi'}]}");
    }

    private static Stream<DynamicTest> all(StreamCase... cases) {
        return Stream.of(cases).map(StreamCase::test);
    }

    @TestFactory
    Stream<DynamicTest> text_isOneBlock() {
        return all(
                stream("14.8: text")
                        .sends("role", "content Hel", "content lo", "finish stop", "done")
                        .gives("+0 text", "0 text Hel", "0 text lo", "-0", "end end_turn"),
                stream("E13: characters of several bytes")
                        .sends("role", "content Grüße 😀", "content 日本", "finish stop", "done")
                        .gives("+0 text", "0 text Grüße 😀", "0 text 日本", "-0", "end end_turn"),
                stream("14.8: nothing said")
                        .sends("role", "finish stop", "done")
                        .gives("end end_turn"),
                stream("14.2: content as parts")
                        .sends("delta {'content':[{'type':'text','text':'Hi'}]}", "finish stop", "done")
                        .gives("+0 text", "0 text Hi", "-0", "end end_turn"),
                stream("14.1: CRLF, comments and no space")
                        .sendsRaw(
                                ": ping\r\n\r\ndata:{\"id\":\"chatcmpl-1\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Hi\"},"
                                        + "\"finish_reason\":\"stop\"}]}\r\n\r\ndata: [DONE]\r\n\r\n")
                        .streamOnly()
                        .gives("ping", "start", "ping", "+0 text", "0 text Hi", "-0", "end end_turn"),
                stream("14.2: a keepalive becomes a ping")
                        .sendsRaw(new ChatWire().stream(List.of("role", "content Hi")) + ": keep-alive\n\n"
                                + new ChatWire().stream(List.of("finish stop", "done")))
                        .gives("+0 text", "0 text Hi", "ping", "-0", "end end_turn"),
                stream("14.2: [DONE] without a finish")
                        .sends("content Hi", "done")
                        .gives("+0 text", "0 text Hi", "-0", "end end_turn"),
                stream("14.2: a finish without [DONE]")
                        .sends("content Hi", "finish stop")
                        .gives("+0 text", "0 text Hi", "-0", "end end_turn"),
                stream("14.2: nothing counts after [DONE]")
                        .sends("content Hi", "finish stop", "done", "content more")
                        .streamOnly()
                        .gives("+0 text", "0 text Hi", "-0", "end end_turn"),
                stream("14.2: only the first of several choices")
                        .sends(
                                "chunk {'choices':[{'index':0,'delta':{'content':'a'}},{'index':1,'delta':{'content':'b'}}]}",
                                "chunk {'choices':[{'index':1,'delta':{},'finish_reason':'length'}]}",
                                "finish stop",
                                "done")
                        .gives("+0 text", "0 text a", "-0", "end end_turn"));
    }

    @TestFactory
    Stream<DynamicTest> calls_areOneBlockEach() {
        return all(
                stream("T1: name and arguments in one chunk")
                        .sends(
                                "delta {'tool_calls':[{'index':0,'id':'c1','type':'function','function':{'name':'f','arguments':'{}'}}]}",
                                "finish tool_calls",
                                "done")
                        .gives("+0 tool_use c1 f", "0 json {}", "-0", "end tool_use"),
                stream("T2: repeated empty names and ids")
                        .sends(
                                "tool 0 c1 f",
                                "delta {'tool_calls':[{'index':0,'id':'','function':{'name':'','arguments':'{\\\"a\\\":'}}]}",
                                "delta {'tool_calls':[{'index':0,'id':null,'function':{'name':null,'arguments':'1}'}}]}",
                                "finish tool_calls",
                                "done")
                        .gives("+0 tool_use c1 f", "0 json {\"a\":", "0 json 1}", "-0", "end tool_use"),
                stream("T3: two calls")
                        .sends(
                                "tool 0 c1 f",
                                "args 0 {}",
                                "tool 1 c2 g",
                                "args 1 {\"a\":1}",
                                "finish tool_calls",
                                "done")
                        .gives(
                                "+0 tool_use c1 f",
                                "0 json {}",
                                "-0",
                                "+1 tool_use c2 g",
                                "1 json {\"a\":1}",
                                "-1",
                                "end tool_use"),
                stream("T4: interleaved fragments")
                        .sends(
                                "tool 0 c1 f",
                                "tool 1 c2 g",
                                "args 0 {\"a\":",
                                "args 1 {\"b\":",
                                "args 0 1}",
                                "args 1 2}",
                                "finish tool_calls",
                                "done")
                        .gives(
                                "+0 tool_use c1 f",
                                "0 json {\"a\":",
                                "0 json 1}",
                                "-0",
                                "+1 tool_use c2 g",
                                "1 json {\"b\":",
                                "1 json 2}",
                                "-1",
                                "end tool_use"),
                stream("T4: braces inside strings do not end a call")
                        .sends(
                                "tool 0 c1 f",
                                "args 0 {\"a\":\"}\\\"",
                                "tool 1 c2 g",
                                "args 0 {\"}",
                                "args 1 {}",
                                "finish tool_calls",
                                "done")
                        .gives(
                                "+0 tool_use c1 f",
                                "0 json {\"a\":\"}\\\"",
                                "0 json {\"}",
                                "-0",
                                "+1 tool_use c2 g",
                                "1 json {}",
                                "-1",
                                "end tool_use"),
                stream("T7: calls only have no empty text")
                        .sends("role", "content ", "tool 0 c1 f", "args 0 {}", "finish tool_calls", "done")
                        .gives("+0 tool_use c1 f", "0 json {}", "-0", "end tool_use"),
                stream("T8: text and call")
                        .sends("content Hi", "tool 0 c1 f", "args 0 {}", "finish tool_calls", "done")
                        .gives("+0 text", "0 text Hi", "-0", "+1 tool_use c1 f", "1 json {}", "-1", "end tool_use"),
                stream("T12: finish stop with a call")
                        .sends("tool 0 c1 f", "args 0 {}", "finish stop", "done")
                        .gives("+0 tool_use c1 f", "0 json {}", "-0", "end tool_use"),
                stream("12: finish tool_calls without a call")
                        .sends("content Hi", "finish tool_calls", "done")
                        .gives("+0 text", "0 text Hi", "-0", "end end_turn"),
                stream("12: a call cut by the limit")
                        .sends("tool 0 c1 f", "args 0 {\"a\":\"x", "finish length", "done")
                        .gives("+0 tool_use c1 f", "0 json {\"a\":\"x", "-0", "end max_tokens"),
                stream("T29: no arguments")
                        .sends("tool 0 c1 f", "finish tool_calls", "done")
                        .gives("+0 tool_use c1 f", "-0", "end tool_use"),
                stream("T28: numbers keep their spelling")
                        .sends(
                                "tool 0 c1 f",
                                "args 0 {\"n\":12345678901234567890,\"x\":1.0}",
                                "finish tool_calls",
                                "done")
                        .gives(
                                "+0 tool_use c1 f",
                                "0 json {\"n\":12345678901234567890,\"x\":1.0}",
                                "-0",
                                "end tool_use"),
                stream("14.2: a call without an index")
                        .sends(
                                "delta {'tool_calls':[{'id':'c1','function':{'name':'f','arguments':'{'}}]}",
                                "delta {'tool_calls':[{'function':{'arguments':'}'}}]}",
                                "delta {'tool_calls':[{'id':'c2','function':{'name':'g','arguments':'{}'}}]}",
                                "finish tool_calls",
                                "done")
                        .streamOnly()
                        .gives(
                                "+0 tool_use c1 f",
                                "0 json {",
                                "0 json }",
                                "-0",
                                "+1 tool_use c2 g",
                                "1 json {}",
                                "-1",
                                "end tool_use"),
                stream("14.2: an index used twice")
                        .sends(
                                "tool 0 c1 f",
                                "args 0 {}",
                                "tool 0 c2 g",
                                "args 0 {\"b\":1}",
                                "finish tool_calls",
                                "done")
                        .streamOnly()
                        .gives(
                                "+0 tool_use c1 f",
                                "0 json {}",
                                "-0",
                                "+1 tool_use c2 g",
                                "1 json {\"b\":1}",
                                "-1",
                                "end tool_use"),
                stream("14.2: the name comes late")
                        .sends(
                                "delta {'tool_calls':[{'index':0,'id':'c1','function':{'arguments':'{\\\"a\\\":'}}]}",
                                "delta {'tool_calls':[{'index':0,'function':{'name':'f','arguments':'1}'}}]}",
                                "finish tool_calls",
                                "done")
                        .gives("+0 tool_use c1 f", "0 json {\"a\":1}", "-0", "end tool_use"),
                stream("14.2: the name never comes")
                        .sends(
                                "content Hi",
                                "delta {'tool_calls':[{'index':0,'id':'c1','function':{'arguments':'{}'}}]}",
                                "finish tool_calls",
                                "done")
                        .gives(
                                "+0 text",
                                "0 text Hi",
                                "-0",
                                "! api_error The provider sent a tool call without a name."),
                stream("14.2: an invented id")
                        .sends(
                                "delta {'tool_calls':[{'index':0,'function':{'name':'f','arguments':'{}'}}]}",
                                "finish tool_calls",
                                "done")
                        .gives("+0 tool_use call_cf49fbc987687939db02 f", "0 json {}", "-0", "end tool_use"),
                stream("14.2: arguments as an object")
                        .sends(
                                "delta {'tool_calls':[{'index':0,'id':'c1','function':{'name':'f','arguments':{'a':1}}}]}",
                                "finish tool_calls",
                                "done")
                        .streamOnly()
                        .gives("+0 tool_use c1 f", "0 json {\"a\":1}", "-0", "end tool_use"),
                stream("14.2: a call of the deprecated form")
                        .sends(
                                "delta {'function_call':{'name':'f','arguments':'{'}}",
                                "delta {'function_call':{'arguments':'}'}}",
                                "finish function_call",
                                "done")
                        .streamOnly()
                        .gives("+0 tool_use call_cf49fbc987687939db02 f", "0 json {", "0 json }", "-0", "end tool_use"),
                stream("14.8: text between fragments of a call waits")
                        .sends("tool 0 c1 f", "args 0 {\"a\":", "content Hi", "args 0 1}", "finish tool_calls", "done")
                        .streamOnly()
                        .gives(
                                "+0 tool_use c1 f",
                                "0 json {\"a\":",
                                "0 json 1}",
                                "-0",
                                "+1 text",
                                "1 text Hi",
                                "-1",
                                "end tool_use"),
                stream("14.8: blanks behind a complete call")
                        .sends(
                                "tool 0 c1 f",
                                "args 0 {}",
                                "tool 1 c2 g",
                                "args 0  ",
                                "args 1 {}",
                                "finish tool_calls",
                                "done")
                        .gives(
                                "+0 tool_use c1 f",
                                "0 json {}",
                                "-0",
                                "+1 tool_use c2 g",
                                "1 json {}",
                                "-1",
                                "end tool_use"),
                stream("14.12: worked example")
                        .sends(
                                "role",
                                "content Hi",
                                "tool 0 c1 f",
                                "args 0 {\"a\":1",
                                "delta {'tool_calls':[{'index':0,'function':{'arguments':'}'}},"
                                        + "{'index':1,'id':'c2','type':'function','function':{'name':'g','arguments':'{}'}}]}",
                                "finish tool_calls",
                                "usage {'prompt_tokens':100,'prompt_tokens_details':{'cached_tokens':40},'completion_tokens':9}",
                                "done")
                        .gives(
                                "+0 text",
                                "0 text Hi",
                                "-0",
                                "+1 tool_use c1 f",
                                "1 json {\"a\":1",
                                "1 json }",
                                "-1",
                                "+2 tool_use c2 g",
                                "2 json {}",
                                "-2",
                                "end tool_use in 60 read 40 write 0 out 9"),
                stream("T25: the client's own name comes back")
                        .request("{'model':'asked','max_tokens':9,'messages':[{'role':'user','content':'Hi'}],"
                                + "'tools':[{'name':'a.b','input_schema':{'type':'object'}}]}")
                        .sends("tool 0 c1 a_b", "args 0 {}", "finish tool_calls", "done")
                        .gives("+0 tool_use c1 a.b", "0 json {}", "-0", "end tool_use"),
                stream("10.3: an id that Anthropic's clients refuse")
                        .sends("tool 0 functions.f:0 f", "args 0 {}", "finish tool_calls", "done")
                        .gives("+0 tool_use call_d6bdd4de328a22edd610 f", "0 json {}", "-0", "end tool_use"),
                manyFragments());
    }

    private static StreamCase manyFragments() {
        List<String> sent = new ArrayList<>(List.of("tool 0 c1 f", "args 0 {\"a\":\""));
        List<String> given = new ArrayList<>(List.of("+0 tool_use c1 f", "0 json {\"a\":\""));
        IntStream.range(0, 198).forEach(i -> {
            sent.add("args 0 x" + i);
            given.add("0 json x" + i);
        });
        sent.addAll(List.of("args 0 \"}", "finish tool_calls", "done"));
        given.addAll(List.of("0 json \"}", "-0", "end tool_use"));
        return stream("T10: 200 fragments are not collected")
                .sends(sent.toArray(String[]::new))
                .gives(given.toArray(String[]::new));
    }

    @TestFactory
    Stream<DynamicTest> reasoning_isAThinkingBlock() {
        return all(
                stream("9.2: reasoning_content, then text")
                        .sends("reasoning Th", "reasoning ink", "content Hi", "finish stop", "done")
                        .gives(
                                "+0 thinking",
                                "0 thinking Th",
                                "0 thinking ink",
                                "-0",
                                "+1 text",
                                "1 text Hi",
                                "-1",
                                "end end_turn"),
                stream("14.2: reasoning of OpenRouter, said twice")
                        .sends(
                                "delta {'reasoning':'T','reasoning_details':[{'type':'reasoning.text','text':'T'}]}",
                                "content Hi",
                                "finish stop",
                                "done")
                        .gives("+0 thinking", "0 thinking T", "-0", "+1 text", "1 text Hi", "-1", "end end_turn"),
                stream("14.2: reasoning and reasoning_content of the same text")
                        .sends("delta {'reasoning':'T','reasoning_content':'T'}", "finish stop", "done")
                        .gives("+0 thinking", "0 thinking T", "-0", "end end_turn"),
                stream("14.2: reasoning_details only")
                        .sends(
                                "delta {'reasoning_details':[{'type':'reasoning.text','text':'T'}]}",
                                "finish stop",
                                "done")
                        .gives("+0 thinking", "0 thinking T", "-0", "end end_turn"),
                stream("14.2: reasoning as parts of the content")
                        .sends(
                                "delta {'content':[{'type':'thinking','thinking':[{'type':'text','text':'T'}]}]}",
                                "content Hi",
                                "finish stop",
                                "done")
                        .streamOnly()
                        .gives("+0 thinking", "0 thinking T", "-0", "+1 text", "1 text Hi", "-1", "end end_turn"),
                stream("14.2: reasoning after text is another block")
                        .sends("reasoning a", "content b", "reasoning c", "content d", "finish stop", "done")
                        .streamOnly()
                        .gives(
                                "+0 thinking",
                                "0 thinking a",
                                "-0",
                                "+1 text",
                                "1 text b",
                                "-1",
                                "+2 thinking",
                                "2 thinking c",
                                "-2",
                                "+3 text",
                                "3 text d",
                                "-3",
                                "end end_turn"),
                stream("9.2: reasoning, then a call")
                        .sends("reasoning T", "tool 0 c1 f", "args 0 {}", "finish tool_calls", "done")
                        .gives(
                                "+0 thinking",
                                "0 thinking T",
                                "-0",
                                "+1 tool_use c1 f",
                                "1 json {}",
                                "-1",
                                "end tool_use"),
                stream("9.4: a wrapped signature comes out bare")
                        .sends(
                                "reasoning T",
                                signed("", "gw1.anthropic.eyJkIjoiU0lHIn0"),
                                "content Hi",
                                "finish stop",
                                "done")
                        .streamOnly()
                        .gives(
                                "+0 thinking",
                                "0 thinking T",
                                "0 signature SIG",
                                "-0",
                                "+1 text",
                                "1 text Hi",
                                "-1",
                                "end end_turn"),
                stream("S9: the chunk with the signature repeats the text")
                        .sends(
                                "reasoning Th",
                                "reasoning ink",
                                signed("Think", "gw1.anthropic.eyJkIjoiU0lHIn0"),
                                "content Hi",
                                "finish stop",
                                "done")
                        .gives(
                                "+0 thinking",
                                "0 thinking Th",
                                "0 thinking ink",
                                "0 signature SIG",
                                "-0",
                                "+1 text",
                                "1 text Hi",
                                "-1",
                                "end end_turn"),
                stream("S9: it repeats it in reasoning_content too")
                        .sends(
                                "reasoning Th",
                                "reasoning ink",
                                "delta {'reasoning_content':'Think','reasoning_details':[{'type':'reasoning.text','text':'Think',"
                                        + "'signature':'gw1.anthropic.eyJkIjoiU0lHIn0'}]}",
                                "content Hi",
                                "finish stop",
                                "done")
                        .streamOnly()
                        .gives(
                                "+0 thinking",
                                "0 thinking Th",
                                "0 thinking ink",
                                "0 signature SIG",
                                "-0",
                                "+1 text",
                                "1 text Hi",
                                "-1",
                                "end end_turn"),
                stream("S9: it repeats it after the answer has begun")
                        .sends(
                                "reasoning Think",
                                "content Hi",
                                signed("Think", "gw1.anthropic.eyJkIjoiU0lHIn0"),
                                "content !",
                                "finish stop",
                                "done")
                        .streamOnly()
                        .gives(
                                "+0 thinking",
                                "0 thinking Think",
                                "-0",
                                "+1 text",
                                "1 text Hi",
                                "1 text !",
                                "-1",
                                "end end_turn"),
                stream("S9: new text beside the signature is not lost")
                        .sends(
                                "delta {'reasoning_details':[{'type':'reasoning.text','text':'Th'}]}",
                                signed("ink", "gw1.anthropic.eyJkIjoiU0lHIn0"),
                                "finish stop",
                                "done")
                        .streamOnly()
                        .gives(
                                "+0 thinking",
                                "0 thinking Th",
                                "0 thinking ink",
                                "0 signature SIG",
                                "-0",
                                "end end_turn"),
                stream("9.2: a signature without text")
                        .sends(
                                signed("", "gw1.anthropic.eyJkIjoiU0lHIn0"),
                                "tool 0 c1 f",
                                "args 0 {}",
                                "finish tool_calls",
                                "done")
                        .gives(
                                "+0 thinking",
                                "0 signature SIG",
                                "-0",
                                "+1 tool_use c1 f",
                                "1 json {}",
                                "-1",
                                "end tool_use"));
    }

    private static String signed(String text, String signature) {
        return "delta {'reasoning_details':[{'type':'reasoning.text','text':'" + text + "','signature':'" + signature
                + "'}]}";
    }

    @TestFactory
    Stream<DynamicTest> stopReason_isTranslated() {
        return all(
                stop("stop", "end_turn"),
                stop("length", "max_tokens"),
                stop("content_filter", "refusal"),
                stop("eos", "end_turn"),
                stream("12: words of refusal")
                        .sends("refusal I ", "refusal cannot", "finish stop", "done")
                        .gives("+0 text", "0 text I ", "0 text cannot", "-0", "end refusal"));
    }

    private static StreamCase stop(String finish, String reason) {
        return stream("12: finish " + finish)
                .sends("content Hi", "finish " + finish, "done")
                .gives("+0 text", "0 text Hi", "-0", "end " + reason);
    }

    @TestFactory
    Stream<DynamicTest> usage_isCounted() {
        return all(
                usage(
                        "U1: cached tokens",
                        "{'prompt_tokens':15305,'completion_tokens':5,'prompt_tokens_details':{'cached_tokens':15104}}",
                        "in 201 read 15104 write 0 out 5"),
                usage(
                        "U2: read and written",
                        "{'prompt_tokens':1000,'completion_tokens':1,'prompt_tokens_details':{'cached_tokens':600,'cache_write_tokens':300}}",
                        "in 100 read 600 write 300 out 1"),
                usage(
                        "13: only written",
                        "{'prompt_tokens':10,'completion_tokens':1,'prompt_tokens_details':{'cache_write_tokens':4}}",
                        "in 6 read 0 write 4 out 1"),
                usage(
                        "13: never negative",
                        "{'prompt_tokens':10,'completion_tokens':1,'prompt_tokens_details':{'cached_tokens':40}}",
                        "in 0 read 40 write 0 out 1"),
                stream("U9: usage after the finish, in another chunk")
                        .sends("content Hi", "finish stop", "usage {'prompt_tokens':7,'completion_tokens':2}", "done")
                        .gives("+0 text", "0 text Hi", "-0", "end end_turn in 7 read 0 write 0 out 2"),
                stream("U9: usage inside the finish chunk")
                        .sends(
                                "content Hi",
                                "chunk {'choices':[{'index':0,'delta':{},'finish_reason':'stop'}],'usage':{'prompt_tokens':7,'completion_tokens':2}}",
                                "done")
                        .gives("+0 text", "0 text Hi", "-0", "end end_turn in 7 read 0 write 0 out 2"),
                stream("13: the last count of each field, never a sum")
                        .sends(
                                "chunk {'choices':[{'index':0,'delta':{'content':'Hi'}}],'usage':{'prompt_tokens':7,'completion_tokens':1}}",
                                "finish stop",
                                "usage {'prompt_tokens':null,'completion_tokens':5}",
                                "done")
                        .streamOnly()
                        .gives("+0 text", "0 text Hi", "-0", "end end_turn in 7 read 0 write 0 out 5"));
    }

    private static StreamCase usage(String label, String usage, String counted) {
        return stream(label)
                .sends("content Hi", "finish stop", "usage " + usage, "done")
                .gives("+0 text", "0 text Hi", "-0", "end end_turn " + counted);
    }

    @TestFactory
    Stream<DynamicTest> failure_isTheOnlyEnding() {
        return all(
                stream("E3: cut inside the arguments of a call")
                        .sends("tool 0 c1 f", "args 0 {\"a\":")
                        .gives("+0 tool_use c1 f", "0 json {\"a\":", "-0", CUT),
                stream("E3: cut inside a text").sends("content Hi").gives("+0 text", "0 text Hi", "-0", CUT),
                stream("E3: cut while another call waits")
                        .sends("tool 0 c1 f", "args 0 {", "tool 1 c2 g", "args 1 {}")
                        .gives("+0 tool_use c1 f", "0 json {", "-0", CUT),
                stream("15: an error in the stream")
                        .sends("content Hi", "! server_error overloaded Too busy")
                        .gives("+0 text", "0 text Hi", "-0", "! overloaded_error Too busy"),
                stream("15: a rate limit in the stream")
                        .sends("content Hi", "! rate_limit_error rate_limit_exceeded Slow down", "content more", "done")
                        .gives("+0 text", "0 text Hi", "-0", "! rate_limit_error Slow down"),
                stream("15: an error in place of an answer")
                        .sends("! server_error null Broken")
                        .gives("! api_error Broken"),
                stream("14.2: a chunk that is no JSON")
                        .sendsRaw("data: oops\n\n")
                        .gives("! api_error The provider sent a chunk that is not a JSON object."),
                stream("14.2: nothing at all but [DONE]")
                        .sends("done")
                        .gives("! api_error The provider's answer is empty."),
                stream("14.8: a call that goes on after its end")
                        .sends(
                                "tool 0 c1 f",
                                "args 0 {}",
                                "tool 1 c2 g",
                                "args 0 {}",
                                "args 1 {}",
                                "finish tool_calls",
                                "done")
                        .streamOnly()
                        .gives(
                                "+0 tool_use c1 f",
                                "0 json {}",
                                "-0",
                                "+1 tool_use c2 g",
                                "1 json {}",
                                "-1",
                                "! api_error The provider went on with a tool call that was complete."));
    }
}
