package dev.aigateway.translation.messages;

import dev.aigateway.translation.RequestCase;
import dev.aigateway.translation.chat.ChatDialect;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Chat messages as turns of Messages: sections 7.2, 9.3, 10, 11.3 and 19 of the translation reference. */
class ChatToMessagesTurnsTest {
    private static final String HI = "{'role':'user','content':'Hi'}";

    private static RequestCase chat(String label, String... messages) {
        return new RequestCase(
                        label, new ChatDialect(), new MessagesDialect(), "{'model':'asked'}", "claude-sonnet-4-5")
                .messages(messages);
    }

    private static Stream<DynamicTest> all(RequestCase... cases) {
        return Stream.of(cases).map(RequestCase::test);
    }

    private static String text(String text) {
        return "{'type':'text','text':'" + text + "'}";
    }

    private static String user(String content) {
        return "{'role':'user','content':[" + content + "]}";
    }

    private static String assistant(String content) {
        return "{'role':'assistant','content':[" + content + "]}";
    }

    private static String use(String id, String input) {
        return "{'type':'tool_use','id':'" + id + "','name':'f','input':" + input + "}";
    }

    private static String toolResult(String id, String content) {
        return "{'type':'tool_result','tool_use_id':'" + id + "','content':" + content + "}";
    }

    private static String calls(String content, String... calls) {
        return "{'role':'assistant','content':" + content + ",'tool_calls':[" + String.join(",", calls) + "]}";
    }

    /** @param arguments a JSON text */
    private static String call(String id, String arguments) {
        return "{'id':'" + id + "','type':'function','function':{'name':'f','arguments':" + arguments + "}}";
    }

    private static String tool(String id, String content) {
        return "{'role':'tool','tool_call_id':'" + id + "','content':" + content + "}";
    }

    @TestFactory
    Stream<DynamicTest> instructions_keepTheirPlace() {
        return all(
                chat(
                                "M1: all leading instructions",
                                system("A"),
                                "{'role':'developer','content':[" + text("B") + "]}",
                                HI)
                        .gives("/system", "[" + text("A") + "," + text("B") + "]")
                        .gives("/messages", "[" + user(text("Hi")) + "]"),
                chat("10.5: empty instructions vanish", system(""), system(" "), HI)
                        .lacks("/system"),
                chat("M7: the billing block stays for Anthropic", system("x-anthropic-billing-header: 1"), HI)
                        .gives("/system", "[" + text("x-anthropic-billing-header: 1") + "]"),
                chat("10.1: in the middle, for models that take it", HI, system("S"), HI)
                        .to("claude-opus-4-8")
                        .gives("/messages/1", "{'role':'system','content':[" + text("S") + "]}")
                        .gives("/messages/2/role", "'user'"),
                chat("10.1: in the middle, for others", HI, system("S"), HI)
                        .gives(
                                "/messages",
                                "["
                                        + user(text("Hi") + "," + text("<system-reminder>\\nS\\n</system-reminder>")
                                                + "," + text("Hi"))
                                        + "]")
                        .notes("approximated:messages.system"),
                chat(
                                "10.1: never between a call and its result",
                                HI,
                                calls("null", call("c1", "'{}'")),
                                system("S"),
                                tool("c1", "'1'"))
                        .gives("/messages/1/content/0/type", "'tool_use'")
                        .gives("/messages/2/content/0/type", "'tool_result'")
                        .gives("/messages/2/content/1/text", "'<system-reminder>\\nS\\n</system-reminder>'")
                        .notes("approximated:messages.system"),
                chat(
                                "3.1: instructions that are no text",
                                "{'role':'system','content':[{'type':'image_url','image_url':{'url':'http://x/y'}}]}",
                                HI)
                        .isRefusedFor("messages[0].content"));
    }

    private static String system(String text) {
        return "{'role':'system','content':'" + text + "'}";
    }

    @TestFactory
    Stream<DynamicTest> turns_alternate() {
        return all(
                chat("10.2: neighbours of one role merge", HI, HI)
                        .gives("/messages", "[" + user(text("Hi") + "," + text("Hi")) + "]"),
                chat("10.2: the first turn is the user's", "{'role':'assistant','content':'A'}", HI)
                        .gives("/messages/0", user(text("(continue)")))
                        .gives("/messages/1", assistant(text("A")))
                        .notes("approximated:messages.content"),
                chat("10.2: prefill where it is taken", HI, "{'role':'assistant','content':'A '}")
                        .gives("/messages/1", assistant(text("A"))),
                chat("10.2: prefill where it is refused", HI, "{'role':'assistant','content':'A'}")
                        .to("claude-opus-4-6")
                        .isRefusedFor("messages"),
                chat("M6: an assistant turn of nothing", HI, "{'role':'assistant','content':null}", HI)
                        .gives("/messages", "[" + user(text("Hi") + "," + text("Hi")) + "]"),
                chat(
                                "M5: empty texts in the history",
                                HI,
                                "{'role':'assistant','content':[" + text("") + "," + text("A") + "," + text("\\n ")
                                        + "]}",
                                HI)
                        .gives("/messages/1", assistant(text("A"))),
                chat("10.5: an empty user turn", "{'role':'user','content':''}")
                        .gives("/messages", "[" + user(text(".")) + "]")
                        .notes("approximated:messages.content"),
                chat("10.5: no content beside calls", HI, calls("''", call("c1", "'{}'")), tool("c1", "'1'"))
                        .gives("/messages/1", assistant(use("c1", "{}"))),
                chat("18.1: names are dropped", "{'role':'user','name':'Ann','content':'Hi'}")
                        .notes("dropped:messages.name"),
                chat(
                                "18.1: a refusal in the history becomes text",
                                HI,
                                "{'role':'assistant','content':null,'refusal':'No'}",
                                HI)
                        .gives("/messages/1", assistant(text("No")))
                        .notes("approximated:messages.refusal"),
                chat(
                                "7.2: a refusal part",
                                HI,
                                "{'role':'assistant','content':[{'type':'refusal','refusal':'No'}]}",
                                HI)
                        .gives("/messages/1", assistant(text("No")))
                        .notes("approximated:messages.refusal"),
                chat(
                                "18.1: audio of an earlier answer",
                                HI,
                                "{'role':'assistant','content':'A','audio':{'id':'a1'}}",
                                HI)
                        .gives("/messages/1", assistant(text("A")))
                        .notes("dropped:messages.audio"),
                chat("10.5: no messages").isRefusedFor("messages"),
                chat("3.1: an unknown role", "{'role':'robot','content':'x'}").isRefusedFor("messages[0].role"),
                chat("3.1: a user without content", "{'role':'user'}").isRefusedFor("messages[0].content"));
    }

    @TestFactory
    Stream<DynamicTest> content_isConverted() {
        return all(
                part("18.1: image as data URL", "{'type':'image_url','image_url':{'url':'data:image/png;base64,QUJD'}}")
                        .gives(
                                "/messages/0/content/0",
                                "{'type':'image','source':{'type':'base64','media_type':'image/png','data':'QUJD'}}"),
                part("18.1: image by URL", "{'type':'image_url','image_url':{'url':'https://x/y.png','detail':'auto'}}")
                        .gives(
                                "/messages/0/content/0",
                                "{'type':'image','source':{'type':'url','url':'https://x/y.png'}}"),
                part("18.1: image detail", "{'type':'image_url','image_url':{'url':'https://x/y.png','detail':'low'}}")
                        .notes("dropped:messages.content.image_url.detail"),
                part(
                                "7.2: an image type that Anthropic refuses",
                                "{'type':'image_url','image_url':{'url':'data:image/svg+xml;base64,QUJD'}}")
                        .isRefusedFor("messages.content.image_url"),
                part("18.1: input_audio", "{'type':'input_audio','input_audio':{'data':'QUJD','format':'wav'}}")
                        .isRefusedFor("messages.content.input_audio"),
                part(
                                "18.1: PDF",
                                "{'type':'file','file':{'filename':'a.pdf','file_data':'data:application/pdf;base64,QUJD'}}")
                        .gives(
                                "/messages/0/content/0",
                                "{'type':'document','source':{'type':'base64','media_type':'application/pdf','data':'QUJD'},"
                                        + "'title':'a.pdf'}"),
                part(
                                "18.1: text file",
                                "{'type':'file','file':{'filename':'a.txt','file_data':'data:text/markdown;base64,QUJD'}}")
                        .gives(
                                "/messages/0/content/0",
                                "{'type':'document','source':{'type':'text','media_type':'text/plain','data':'ABC'},'title':'a.txt'}"),
                part(
                                "7.2: a text file that is no base64",
                                "{'type':'file','file':{'file_data':'data:text/plain;base64,Q'}}")
                        .isRefusedFor("messages.content.file"),
                part("18.1: another file", "{'type':'file','file':{'file_data':'data:application/zip;base64,QUJD'}}")
                        .isRefusedFor("messages.content.file"),
                part("18.1: file_id", "{'type':'file','file':{'file_id':'file-1'}}")
                        .isRefusedFor("messages.content.file"),
                part("3.1: an unknown part", "{'type':'hologram'}").isRefusedFor("messages[0].content[0].type"),
                part(
                                "7.2: text and image keep their order",
                                text("a") + ",{'type':'image_url','image_url':{'url':'http://x/y'}}," + text("b"))
                        .gives("/messages/0/content/0/text", "'a'")
                        .gives("/messages/0/content/1/type", "'image'")
                        .gives("/messages/0/content/2/text", "'b'"));
    }

    private static RequestCase part(String label, String part) {
        return chat(label, user(part));
    }

    @TestFactory
    Stream<DynamicTest> calls_areBuiltWithTheirArguments() {
        return all(
                arguments(
                        "T28: numbers keep their spelling",
                        "{\\\"n\\\":12345678901234567890,\\\"x\\\":1.0}",
                        "{'n':12345678901234567890,'x':1.0}"),
                arguments("T29: no arguments", "", "{}"),
                arguments("11.3: null", "null", "{}").notes("approximated:messages.tool_calls.function.arguments"),
                arguments("11.3: a list", "[1]", "{'value':[1]}")
                        .notes("approximated:messages.tool_calls.function.arguments"),
                arguments("11.3: a scalar", "1.50", "{'value':1.50}")
                        .notes("approximated:messages.tool_calls.function.arguments"),
                arguments("11.3: a cut text is closed", "{\\\"a\\\":[1,{\\\"b\\\":\\\"x", "{'a':[1,{'b':'x'}]}")
                        .notes("approximated:messages.tool_calls.function.arguments"),
                arguments("11.3: no JSON at all", "oops", "{'_raw':'oops'}")
                        .notes("approximated:messages.tool_calls.function.arguments"),
                arguments(
                        "J9: arguments are no schema",
                        "{\\\"$schema\\\":1,\\\"additionalProperties\\\":2}",
                        "{'$schema':1,'additionalProperties':2}"),
                chat("11.3: arguments given as a value", HI, calls("null", call("c1", "{'a':1}")), tool("c1", "'1'"))
                        .gives("/messages/1/content/0", use("c1", "{'a':1}")),
                chat("10.2: text before its call", HI, calls("'A'", call("c1", "'{}'")), tool("c1", "'1'"))
                        .gives("/messages/1", assistant(text("A") + "," + use("c1", "{}"))),
                chat(
                                "18.1: a custom call",
                                HI,
                                calls("null", "{'id':'c1','type':'custom','custom':{'name':'f','input':'a\\nb'}}"),
                                tool("c1", "'1'"))
                        .gives("/messages/1", assistant(use("c1", "{'input':'a\\nb'}"))),
                chat(
                                "18.1: a call of the deprecated form",
                                HI,
                                "{'role':'assistant','content':null,'function_call':{'name':'f','arguments':'{}'}}",
                                "{'role':'function','name':'f','content':'1'}")
                        .gives("/messages/1/content/0/name", "'f'")
                        .gives("/messages/2/content/0/content", "'1'")
                        .gives("/messages/2/content/0/type", "'tool_result'"),
                chat("10.3: ids that Anthropic refuses", HI, calls("null", call("a:b", "'{}'")), tool("a:b", "'1'"))
                        .gives("/messages/1/content/0/id", "'call_6783a31eabf68ccc0660'")
                        .gives("/messages/2/content/0/tool_use_id", "'call_6783a31eabf68ccc0660'"));
    }

    private static RequestCase arguments(String label, String arguments, String input) {
        return chat(label, HI, calls("null", call("c1", "'" + arguments + "'")), tool("c1", "'1'"))
                .gives("/messages/1/content/0", use("c1", input));
    }

    @TestFactory
    Stream<DynamicTest> results_followTheirCalls() {
        String two = calls("null", call("c1", "'{}'"), call("c2", "'{}'"));
        return all(
                chat("T16: neighbouring results share a turn", HI, two, tool("c1", "'1'"), tool("c2", "'2'"), HI)
                        .gives(
                                "/messages/2",
                                user(toolResult("c1", "'1'") + "," + toolResult("c2", "'2'") + "," + text("Hi")))
                        .lacks("/messages/3"),
                chat("10.3: the order of results is kept", HI, two, tool("c2", "'2'"), tool("c1", "'1'"))
                        .gives("/messages/2", user(toolResult("c2", "'2'") + "," + toolResult("c1", "'1'"))),
                chat("10.2: results on both sides of a user message", HI, two, tool("c1", "'1'"), HI, tool("c2", "'2'"))
                        .gives(
                                "/messages/2",
                                user(toolResult("c1", "'1'") + "," + toolResult("c2", "'2'") + "," + text("Hi")))
                        .lacks("/messages/3"),
                chat("M9: a call without a result", HI, two, tool("c1", "'1'"), HI)
                        .gives("/messages/2/content/1/tool_use_id", "'c2'")
                        .gives("/messages/2/content/1/is_error", "true")
                        .gives("/messages/2/content/1/content", "'(no result: call was interrupted)'")
                        .gives("/messages/2/content/2", text("Hi"))
                        .notes("approximated:messages.tool_results"),
                chat("M9: the last call without a result", HI, calls("null", call("c1", "'{}'")))
                        .gives("/messages/2/content/0/is_error", "true")
                        .notes("approximated:messages.tool_results"),
                chat("10.3: a result without a call", HI, tool("c9", "'1'"))
                        .gives(
                                "/messages",
                                "[" + user(text("Hi") + "," + text("[tool result c9]") + "," + text("1")) + "]")
                        .notes("approximated:messages.tool_results"),
                chat(
                                "10.3: of two results the later counts",
                                HI,
                                calls("null", call("c1", "'{}'")),
                                tool("c1", "'1'"),
                                tool("c1", "'2'"))
                        .gives("/messages/2", user(toolResult("c1", "'2'")))
                        .notes("dropped:messages.tool_results"),
                chat(
                                "18.1: a result in parts",
                                HI,
                                calls("null", call("c1", "'{}'")),
                                tool("c1", "[" + text("a") + "," + text("b") + "]"))
                        .gives("/messages/2", user(toolResult("c1", "[" + text("a") + "," + text("b") + "]"))),
                chat(
                                "10.4: an image in a result",
                                HI,
                                calls("null", call("c1", "'{}'")),
                                tool("c1", "[{'type':'image_url','image_url':{'url':'http://x/y'}}]"))
                        .gives(
                                "/messages/2/content/0/content/0",
                                "{'type':'image','source':{'type':'url','url':'http://x/y'}}"),
                chat("10.4: an empty result", HI, calls("null", call("c1", "'{}'")), tool("c1", "''"))
                        .gives("/messages/2", user("{'type':'tool_result','tool_use_id':'c1'}")),
                chat(
                                "10.2: assistant turns that both call",
                                HI,
                                calls("null", call("c1", "'{}'")),
                                calls("null", call("c2", "'{}'")),
                                tool("c1", "'1'"),
                                tool("c2", "'2'"))
                        .gives("/messages/1", assistant(use("c1", "{}") + "," + use("c2", "{}")))
                        .gives("/messages/2", user(toolResult("c1", "'1'") + "," + toolResult("c2", "'2'"))));
    }

    @TestFactory
    Stream<DynamicTest> reasoning_goesBackToItsVendorOnly() {
        String own = "gw1.anthropic.eyJkIjoiU0lHIn0";
        return all(
                chat(
                                "18.1: reasoning_content is dropped",
                                HI,
                                "{'role':'assistant','content':'A','reasoning_content':'T'}",
                                HI)
                        .gives("/messages/1", assistant(text("A")))
                        .notes("dropped:messages.reasoning_content"),
                chat(
                                "9.4: Anthropic's signature comes back bare",
                                HI,
                                "{'role':'assistant','content':'A','reasoning_content':'T','reasoning_details':"
                                        + "[{'type':'reasoning.text','text':'T','signature':'" + own + "'}]}",
                                HI)
                        .gives(
                                "/messages/1",
                                assistant("{'type':'thinking','thinking':'T','signature':'SIG'}," + text("A"))),
                chat(
                                "9.4: hidden reasoning comes back bare",
                                HI,
                                "{'role':'assistant','content':'A','reasoning_details':[{'type':'reasoning.encrypted','data':'"
                                        + own + "'}]}",
                                HI)
                        .gives("/messages/1", assistant("{'type':'redacted_thinking','data':'SIG'}," + text("A"))),
                chat(
                                "S5: another vendor's signature is dropped",
                                HI,
                                "{'role':'assistant','content':'A','reasoning_details':[{'type':'reasoning.text','text':'T',"
                                        + "'signature':'gw1.google.eyJkIjoiU0lHIn0'}]}",
                                HI)
                        .gives("/messages/1", assistant(text("A")))
                        .notes("dropped:messages.reasoning_content"),
                chat(
                                "9.4: an unwrapped signature is nobody's",
                                HI,
                                "{'role':'assistant','content':'A','reasoning_details':[{'type':'reasoning.text','text':'T','signature':'SIG'}]}",
                                HI)
                        .gives("/messages/1", assistant(text("A")))
                        .notes("dropped:messages.reasoning_content"));
    }
}
