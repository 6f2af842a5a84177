package dev.aigateway.translation;

import dev.aigateway.translation.chat.ChatDialect;
import dev.aigateway.translation.gemini.GeminiDialect;
import dev.aigateway.translation.messages.MessagesDialect;
import dev.aigateway.translation.responses.ResponsesDialect;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Requests that other gateways spoilt, at the pairs of dialects where no test of one dialect holds them (section 19). */
class KnownRequestBugsTest {
    private static final ChatDialect CHAT = new ChatDialect();
    private static final MessagesDialect MESSAGES = new MessagesDialect();
    private static final ResponsesDialect RESPONSES = new ResponsesDialect();
    private static final GeminiDialect GEMINI = new GeminiDialect();

    private static final String CLAUDE = "claude-sonnet-4-5";
    private static final String FLASH = "gemini-2.5-flash";
    private static final String HI = "{'role':'user','content':'hi'}";
    private static final String CALL =
            "{'role':'assistant','content':[{'type':'tool_use','id':'c1','name':'f','input':{}}]}";
    private static final String PATCH = "'tools':[{'type':'custom','name':'apply_patch','description':'d','format':"
            + "{'type':'grammar','syntax':'lark','definition':'start: x'}}]";
    private static final String PATCHED = "'input':[{'role':'user','content':'hi'},"
            + "{'type':'custom_tool_call','call_id':'c1','name':'apply_patch','input':'*** x'},"
            + "{'type':'custom_tool_call_output','call_id':'c1','output':'ok'}]";
    private static final String NAMESPACE = "'tools':[{'type':'namespace','name':'mcp__x','tools':["
            + "{'type':'function','name':'f'},{'type':'function','name':'g'}]}]";
    private static final String NAMESPACED = "'input':[{'role':'user','content':'hi'},"
            + "{'type':'function_call','call_id':'c1','name':'g','namespace':'mcp__x','arguments':'{}'},"
            + "{'type':'function_call_output','call_id':'c1','output':'ok'}]";

    @TestFactory
    Stream<DynamicTest> tools() {
        return Stream.of(
                        messages("T14: permuted results", GEMINI, "gemini-3-pro")
                                .messages(
                                        HI,
                                        "{'role':'assistant','content':[" + use("c1", "f") + "," + use("c2", "g") + ","
                                                + use("c3", "f") + "]}",
                                        user(result("c3", "'3'") + "," + result("c1", "'1'") + ","
                                                + result("c2", "'2'")))
                                .gives(
                                        "/contents/2/parts",
                                        "[" + answer("c1", "f", "1") + "," + answer("c2", "g", "2") + ","
                                                + answer("c3", "f", "3") + "]")
                                .lacks("/contents/3")
                                .notes("approximated:messages.content.thinking"),
                        messages("T15: a result of nothing", GEMINI, "gemini-3-pro")
                                .messages(HI, CALL, user(result("c1", "[]")))
                                .gives("/contents/2/parts", "[" + answer("c1", "f", "") + "]")
                                .notes("approximated:messages.content.thinking"),
                        messages("T15: a result that only refers to a tool", GEMINI, "gemini-3-pro")
                                .messages(
                                        HI, CALL, user(result("c1", "[{'type':'tool_reference','tool_name':'Read'}]")))
                                .gives("/contents/2/parts/0/functionResponse/id", "'c1'")
                                .lacks("/contents/2/parts/1")
                                .notes(
                                        "approximated:messages.content.thinking",
                                        "approximated:messages.content.tool_result"),
                        messages("T19: single calls", RESPONSES, "gpt-4.1")
                                .with("'messages':[" + HI + "],'tools':[{'name':'f','input_schema':{'type':'object'}}],"
                                        + "'tool_choice':{'type':'auto','disable_parallel_tool_use':true}")
                                .gives("/parallel_tool_calls", "false"),
                        responses("T20: apply_patch", MESSAGES, CLAUDE)
                                .with(PATCH)
                                .with(PATCHED)
                                .gives("/tools/0/name", "'apply_patch'")
                                .gives("/tools/0/input_schema/properties/input/type", "'string'")
                                .gives("/messages/1/content/0/input", "{'input':'*** x'}")
                                .gives("/messages/2/content/0/content", "'ok'")
                                .notes("approximated:tools.custom"),
                        responses("T20: apply_patch", GEMINI, FLASH)
                                .with(PATCH)
                                .with(PATCHED)
                                .gives("/tools/0/functionDeclarations/0/name", "'apply_patch'")
                                .gives(
                                        "/tools/0/functionDeclarations/0/parametersJsonSchema/properties/input/type",
                                        "'string'")
                                .gives("/contents/1/parts/0/functionCall/args", "{'input':'*** x'}")
                                .gives("/contents/2/parts/0/functionResponse/name", "'apply_patch'")
                                .notes("approximated:tools.custom"),
                        responses("T21: namespace and replay", CHAT, "gpt-4.1")
                                .with(NAMESPACE)
                                .with(NAMESPACED)
                                .gives("/tools/0/function/name", "'mcp__x__f'")
                                .gives("/tools/1/function/name", "'mcp__x__g'")
                                .gives("/messages/1/tool_calls/0/function/name", "'mcp__x__g'"),
                        responses("T21: namespace and replay", MESSAGES, CLAUDE)
                                .with(NAMESPACE)
                                .with(NAMESPACED)
                                .gives("/tools/0/name", "'mcp__x__f'")
                                .gives("/tools/1/name", "'mcp__x__g'")
                                .gives("/messages/1/content/0/name", "'mcp__x__g'"),
                        responses("T21: namespace and replay", GEMINI, FLASH)
                                .with(NAMESPACE)
                                .with(NAMESPACED)
                                .gives("/tools/0/functionDeclarations/1/name", "'mcp__x__g'")
                                .gives("/contents/1/parts/0/functionCall/name", "'mcp__x__g'")
                                .gives("/contents/2/parts/0/functionResponse/name", "'mcp__x__g'"),
                        gemini("T26: same name twice, no ids", CHAT, "gpt-4.1")
                                .with(twoCalls())
                                .gives("/messages/1/tool_calls/0/id", "'call_b8434209dff9e4f7f2d8'")
                                .gives("/messages/1/tool_calls/1/id", "'call_6a17d5d2b4c4bc812fc0'")
                                .gives(
                                        "/messages/2",
                                        "{'role':'tool','tool_call_id':'call_b8434209dff9e4f7f2d8','content':'one'}")
                                .gives(
                                        "/messages/3",
                                        "{'role':'tool','tool_call_id':'call_6a17d5d2b4c4bc812fc0','content':'two'}"),
                        gemini("T26: same name twice, no ids", MESSAGES, CLAUDE)
                                .with(twoCalls())
                                .gives("/messages/1/content/0/id", "'call_b8434209dff9e4f7f2d8'")
                                .gives("/messages/1/content/1/id", "'call_6a17d5d2b4c4bc812fc0'")
                                .gives("/messages/2/content/0", result("call_b8434209dff9e4f7f2d8", "'one'"))
                                .gives("/messages/2/content/1", result("call_6a17d5d2b4c4bc812fc0", "'two'")))
                .map(RequestCase::test);
    }

    @TestFactory
    Stream<DynamicTest> reasoning() {
        return Stream.of(
                        messages("S5: from Gemini to Claude", MESSAGES, CLAUDE)
                                .messages(HI, thought("gw1.google.eyJkIjoiU0lHIn0"), HI)
                                .gives("/messages/1/content", "[{'type':'text','text':'a'}]")
                                .notes("dropped:messages.content.thinking"),
                        messages("S6: from Claude to GPT", RESPONSES, "gpt-5")
                                .messages(HI, thought("SIG"), HI)
                                .gives(
                                        "/input/1",
                                        "{'type':'message','role':'assistant','content':[{'type':'output_text','text':'a'}]}")
                                .lacks("/input/3")
                                .notes("dropped:messages.content.thinking"),
                        messages("S12: a budget of the whole limit", MESSAGES, CLAUDE)
                                .with("'max_tokens':2000,'thinking':{'type':'enabled','budget_tokens':2000}")
                                .messages(HI)
                                .gives("/thinking/budget_tokens", "2000")
                                .gives("/max_tokens", "4000"),
                        new RequestCase("S13: no thinking", CHAT, GEMINI, "{}", "gemini-2.5-pro")
                                .messages(HI)
                                .with("'reasoning_effort':'none'")
                                .gives("/generationConfig/thinkingConfig/thinkingBudget", "128")
                                .notes("approximated:reasoning_effort"),
                        responses("S14: effort on an adaptive model", MESSAGES, "claude-opus-4-7")
                                .with("'input':'hi','reasoning':{'effort':'high'},'temperature':0.5")
                                .gives("/thinking/type", "'adaptive'")
                                .gives("/output_config/effort", "'high'")
                                .lacks("/thinking/budget_tokens", "/temperature")
                                .notes("approximated:reasoning", "dropped:temperature"))
                .map(RequestCase::test);
    }

    @TestFactory
    Stream<DynamicTest> turns() {
        String systems = "{'role':'system','content':'a'},{'role':'system','content':'b'}";
        String billed = "'system':[{'type':'text','text':'x-anthropic-billing-header: 1'},{'type':'text','text':'s'}]";
        String late = user("{'type':'text','text':'t'}," + result("c1", "'1'"));
        return Stream.of(
                        chat("M1: two system messages", RESPONSES, "gpt-4.1")
                                .messages(systems, HI)
                                .gives("/instructions", "'a\\n\\nb'"),
                        chat("M1: two system messages", GEMINI, FLASH)
                                .messages(systems, HI)
                                .gives("/systemInstruction/parts", "[{'text':'a'},{'text':'b'}]"),
                        messages("M2: system as a text", RESPONSES, "gpt-4.1")
                                .messages(HI)
                                .with("'system':'all of it'")
                                .gives("/instructions", "'all of it'"),
                        messages("M5: an empty text", MESSAGES, CLAUDE)
                                .messages(
                                        HI,
                                        "{'role':'assistant','content':[{'type':'text','text':''},{'type':'text','text':'a'}]}",
                                        HI)
                                .gives("/messages/1/content", "[{'type':'text','text':'a'}]"),
                        chat("M6: an assistant turn of nothing", GEMINI, FLASH)
                                .messages(HI, "{'role':'assistant','content':null}", HI)
                                .gives("/contents", "[{'role':'user','parts':[{'text':'hi'},{'text':'hi'}]}]"),
                        messages("M7: the billing block", RESPONSES, "gpt-4.1")
                                .messages(HI)
                                .with(billed)
                                .gives("/instructions", "'s'"),
                        messages("M7: the billing block", GEMINI, FLASH)
                                .messages(HI)
                                .with(billed)
                                .gives("/systemInstruction/parts", "[{'text':'s'}]"),
                        messages("M7: the billing block stays", MESSAGES, CLAUDE)
                                .messages(HI)
                                .with(billed)
                                .gives("/system/0/text", "'x-anthropic-billing-header: 1'"),
                        messages("M9: a call without a result", GEMINI, FLASH)
                                .messages(HI, CALL, HI)
                                .gives(
                                        "/contents/2/parts/0/functionResponse/response",
                                        "{'error':'(no result: call was interrupted)'}")
                                .notes("approximated:messages.tool_results"),
                        messages("M9: a call without a result", RESPONSES, "gpt-4.1")
                                .messages(HI, CALL, HI)
                                .gives("/input/2/type", "'function_call_output'")
                                .gives("/input/2/call_id", "'c1'")
                                .notes(
                                        "approximated:messages.tool_results",
                                        "approximated:messages.content.tool_result.is_error"),
                        messages("M9: a call without a result", MESSAGES, CLAUDE)
                                .messages(HI, CALL, HI)
                                .gives("/messages/2/content/0/is_error", "true")
                                .notes("approximated:messages.tool_results"),
                        messages("M10: text before the result", GEMINI, FLASH)
                                .messages(HI, CALL, late)
                                .gives("/contents/2/parts/0/functionResponse/name", "'f'")
                                .gives("/contents/2/parts/1", "{'text':'t'}"),
                        messages("M10: text before the result", MESSAGES, CLAUDE)
                                .messages(HI, CALL, late)
                                .gives("/messages/2/content/0/type", "'tool_result'")
                                .gives("/messages/2/content/1/type", "'text'"),
                        messages("M10: text before the result", RESPONSES, "gpt-4.1")
                                .messages(HI, CALL, late)
                                .gives("/input/2/type", "'function_call_output'")
                                .gives("/input/3/role", "'user'"),
                        responses("M20: an earlier response that is not at hand", MESSAGES, CLAUDE)
                                .with("'input':'hi','previous_response_id':'resp_1'")
                                .isRefusedFor("previous_response_id"),
                        messages("E21: nothing is invented", CHAT, "gpt-4.1")
                                .messages(HI)
                                .lacks("/temperature", "/top_p", "/top_k", "/seed", "/n", "/presence_penalty"),
                        messages("E21: nothing is invented", RESPONSES, "gpt-4.1")
                                .messages(HI)
                                .lacks("/temperature", "/top_p", "/reasoning", "/truncation"),
                        messages("E21: nothing is invented", GEMINI, FLASH)
                                .messages(HI)
                                .gives("/generationConfig", "{'maxOutputTokens':99}"))
                .map(RequestCase::test);
    }

    @TestFactory
    Stream<DynamicTest> schemas() {
        String input = "{'$schema':1,'additionalProperties':2}";
        return Stream.of(messages("J9: data named like a schema", GEMINI, "gemini-2.0-flash")
                        .messages(
                                HI,
                                "{'role':'assistant','content':[{'type':'tool_use','id':'c1','name':'f','input':"
                                        + input + "}]}",
                                user(result("c1", "'1'")))
                        .with("'tools':[{'name':'f','input_schema':{'$schema':'x','type':'object','properties':"
                                + "{'$schema':{'type':'integer'}},'additionalProperties':false}}]")
                        .gives(
                                "/tools/0/functionDeclarations/0/parameters",
                                "{'type':'object','properties':{'$schema':{'type':'integer'}}}")
                        .gives("/contents/1/parts/0/functionCall/args", input)
                        .notes("approximated:tools.schema"))
                .map(RequestCase::test);
    }

    private static RequestCase chat(String label, UpstreamDialect upstream, String model) {
        return labelled(label, CHAT, upstream, "{}", model);
    }

    private static RequestCase messages(String label, UpstreamDialect upstream, String model) {
        return labelled(label, MESSAGES, upstream, "{'max_tokens':99}", model);
    }

    private static RequestCase responses(String label, UpstreamDialect upstream, String model) {
        return labelled(label, RESPONSES, upstream, "{}", model);
    }

    private static RequestCase gemini(String label, UpstreamDialect upstream, String model) {
        return labelled(label, GEMINI, upstream, "{}", model);
    }

    private static RequestCase labelled(
            String label, ClientDialect client, UpstreamDialect upstream, String body, String model) {
        String pair = ", " + client.dialect() + " to " + upstream.dialect();
        return new RequestCase(label + pair, client, upstream, body, model);
    }

    private static String user(String blocks) {
        return "{'role':'user','content':[" + blocks + "]}";
    }

    private static String use(String id, String name) {
        return "{'type':'tool_use','id':'" + id + "','name':'" + name + "','input':{}}";
    }

    private static String result(String id, String content) {
        return "{'type':'tool_result','tool_use_id':'" + id + "','content':" + content + "}";
    }

    private static String answer(String id, String name, String output) {
        return "{'functionResponse':{'id':'" + id + "','name':'" + name + "','response':{'output':'" + output + "'}}}";
    }

    private static String thought(String signature) {
        return "{'role':'assistant','content':[{'type':'thinking','thinking':'T','signature':'" + signature
                + "'},{'type':'text','text':'a'}]}";
    }

    private static String twoCalls() {
        return "'contents':[{'role':'user','parts':[{'text':'q'}]},"
                + "{'role':'model','parts':[{'functionCall':{'name':'f','args':{'n':1}}},"
                + "{'functionCall':{'name':'f','args':{'n':2}}}]},"
                + "{'role':'user','parts':[{'functionResponse':{'name':'f','response':{'output':'one'}}},"
                + "{'functionResponse':{'name':'f','response':{'output':'two'}}}]}]";
    }
}
