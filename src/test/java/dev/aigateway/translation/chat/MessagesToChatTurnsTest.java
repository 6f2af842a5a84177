package dev.aigateway.translation.chat;

import dev.aigateway.translation.Quirk;
import dev.aigateway.translation.RequestCase;
import dev.aigateway.translation.messages.MessagesDialect;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Turns of Messages as Chat messages: sections 7.2, 9.3, 10, 18.4 and 19 of the translation reference. */
class MessagesToChatTurnsTest {
    private static final String HI = "{'role':'user','content':'Hi'}";
    private static final String PNG =
            "{'type':'image','source':{'type':'base64','media_type':'image/png','data':'QUJD'}}";
    private static final String PNG_PART = "{'type':'image_url','image_url':{'url':'data:image/png;base64,QUJD'}}";

    private static RequestCase messages(String label, String... messages) {
        return new RequestCase(
                        label,
                        new MessagesDialect(),
                        new ChatDialect(),
                        "{'model':'asked','max_tokens':100}",
                        "some-model")
                .messages(messages);
    }

    private static Stream<DynamicTest> all(RequestCase... cases) {
        return Stream.of(cases).map(RequestCase::test);
    }

    private static String text(String text) {
        return "{'type':'text','text':'" + text + "'}";
    }

    private static String user(String... blocks) {
        return "{'role':'user','content':[" + String.join(",", blocks) + "]}";
    }

    private static String assistant(String... blocks) {
        return "{'role':'assistant','content':[" + String.join(",", blocks) + "]}";
    }

    private static String use(String id, String input) {
        return "{'type':'tool_use','id':'" + id + "','name':'f','input':" + input + "}";
    }

    private static String result(String id, String rest) {
        return "{'type':'tool_result','tool_use_id':'" + id + "'" + rest + "}";
    }

    private static String tool(String id, String content) {
        return "{'role':'tool','tool_call_id':'" + id + "','content':'" + content + "'}";
    }

    @TestFactory
    Stream<DynamicTest> system_isOneLeadingMessage() {
        return all(
                messages("M2: system as a text", HI)
                        .with("'system':'S'")
                        .gives("/messages/0", "{'role':'system','content':'S'}"),
                messages("18.4: system blocks are joined", HI)
                        .with("'system':[" + text("A") + "," + text("B") + "]")
                        .gives("/messages/0", "{'role':'system','content':'A\\n\\nB'}")
                        .gives("/messages/1/role", "'user'"),
                messages("10.1: the developer role", HI)
                        .to("gpt-5", Quirk.DEVELOPER_ROLE)
                        .with("'system':'S'")
                        .gives("/messages/0/role", "'developer'"),
                messages("M7: the billing block is removed", HI)
                        .with("'system':[" + text("x-anthropic-billing-header: cc=1") + "," + text("B") + "]")
                        .gives("/messages/0", "{'role':'system','content':'B'}"),
                messages("18.4: cache_control on system", HI)
                        .with("'system':[{'type':'text','text':'A','cache_control':{'type':'ephemeral'}}]")
                        .gives("/messages/0/content", "'A'")
                        .notes("dropped:cache_control"),
                messages("18.4: system in the middle stays there", HI, "{'role':'system','content':'S'}", HI)
                        .gives("/messages/1", "{'role':'system','content':'S'}"),
                messages(
                                "10.1: behind the results",
                                HI,
                                assistant(use("c1", "{}")),
                                "{'role':'system','content':'S'}",
                                user(result("c1", ",'content':'1'")))
                        .gives("/messages/2/role", "'tool'")
                        .gives("/messages/3/role", "'system'"));
    }

    @TestFactory
    Stream<DynamicTest> content_isConverted() {
        return all(
                messages("7.2: one text is a string", user(text("Hi"))).gives("/messages/0/content", "'Hi'"),
                messages("7.2: texts are parts", user(text("a"), text("b")))
                        .gives("/messages/0/content", "[" + text("a") + "," + text("b") + "]"),
                messages("18.4: image as base64", user(PNG)).gives("/messages/0/content", "[" + PNG_PART + "]"),
                messages("18.4: image by URL", user("{'type':'image','source':{'type':'url','url':'http://x/y'}}"))
                        .gives("/messages/0/content", "[{'type':'image_url','image_url':{'url':'http://x/y'}}]"),
                messages("18.4: image file", user("{'type':'image','source':{'type':'file','file_id':'f1'}}"))
                        .isRefusedFor("messages.content.source"),
                messages(
                                "18.4: PDF",
                                user(document(
                                        "{'type':'base64','media_type':'application/pdf','data':'QUJD'}",
                                        ",'title':'T'")))
                        .gives(
                                "/messages/0/content",
                                "[{'type':'file','file':{'filename':'T','file_data':'data:application/pdf;base64,QUJD'}}]"),
                messages(
                                "18.4: text document",
                                user(document(
                                        "{'type':'text','media_type':'text/plain','data':'W'}",
                                        ",'title':'T','context':'C'")))
                        .gives("/messages/0/content", "[" + text("C") + "," + text("[document T]\\nW") + "]")
                        .notes("approximated:messages.content.source"),
                messages(
                                "18.4: content document",
                                user(document(
                                        "{'type':'content','content':[" + text("a") + "," + text("b") + "]}", "")))
                        .gives("/messages/0/content", "[" + text("a\\nb") + "]")
                        .notes("approximated:messages.content.source"),
                messages(
                                "18.4: a text document that is no base64",
                                user(document("{'type':'base64','media_type':'text/plain','data':'Q'}", "")))
                        .isRefusedFor("messages.content.source"),
                messages("18.4: document by URL", user(document("{'type':'url','url':'http://x/y'}", "")))
                        .isRefusedFor("messages.content.source"),
                messages("18.4: document file", user(document("{'type':'file','file_id':'f1'}", "")))
                        .isRefusedFor("messages.content.source"),
                messages(
                                "18.4: citations on a document",
                                user(document(
                                        "{'type':'base64','media_type':'application/pdf','data':'QUJD'}",
                                        ",'citations':{'enabled':true}")))
                        .notes("dropped:messages.content.citations"),
                messages(
                                "18.4: search_result",
                                user("{'type':'search_result','title':'T','source':'http://x','content':[" + text("W")
                                        + "]}"))
                        .gives("/messages/0/content", "'T\\nhttp://x\\nW'")
                        .notes("approximated:messages.content.search_result"),
                messages(
                                "18.4: cache_control on content",
                                user("{'type':'text','text':'Hi','cache_control':{'type':'ephemeral'}}"))
                        .gives("/messages/0/content", "'Hi'")
                        .notes("dropped:cache_control"),
                messages("7.2: an unknown block", user(text("Hi"), "{'type':'container_upload','file_id':'f1'}"))
                        .gives("/messages/0/content", "[" + text("Hi") + "]")
                        .notes("dropped:messages.content.container_upload"),
                messages("5.2: a block without a type", user("{'text':'Hi'}"))
                        .isRefusedFor("messages[0].content[0].type"),
                messages("5.2: an unknown role", "{'role':'tool','content':'x'}")
                        .isRefusedFor("messages[0].role"),
                messages("10.5: no messages").isRefusedFor("messages"));
    }

    private static String document(String source, String rest) {
        return "{'type':'document','source':" + source + rest + "}";
    }

    @TestFactory
    Stream<DynamicTest> assistantTurns_areOneMessageEach() {
        return all(
                messages(
                                "10.2: text and calls",
                                HI,
                                assistant(text("A"), use("c1", "{'b':1,'a':2}")),
                                user(result("c1", ",'content':'1'")))
                        .gives(
                                "/messages/1",
                                "{'role':'assistant','content':'A','tool_calls':[{'id':'c1','type':'function',"
                                        + "'function':{'name':'f','arguments':'{\\\"b\\\":1,\\\"a\\\":2}'}}]}"),
                messages("7.3: calls only", HI, assistant(use("c1", "{}")), user(result("c1", "")))
                        .gives("/messages/1/content", "null")
                        .gives("/messages/1/tool_calls/0/function/arguments", "'{}'"),
                messages(
                                "18.4: text between calls",
                                HI,
                                assistant(use("c1", "{}"), text("A"), use("c2", "{}")),
                                user(result("c1", ""), result("c2", "")))
                        .gives("/messages/1/content", "'A'")
                        .gives("/messages/1/tool_calls/1/id", "'c2'")
                        .notes("approximated:messages.content.text"),
                messages(
                                "T28: numbers keep their spelling",
                                HI,
                                assistant(use("c1", "{'n':12345678901234567890,'x':1.0}")),
                                user(result("c1", "")))
                        .gives(
                                "/messages/1/tool_calls/0/function/arguments",
                                "'{\\\"n\\\":12345678901234567890,\\\"x\\\":1.0}'"),
                messages("M6: an assistant turn of nothing", HI, assistant(text("")), HI)
                        .gives("/messages/1/role", "'user'")
                        .lacks("/messages/2"),
                messages("18.4: prefill is passed on", HI, assistant(text("A")))
                        .gives("/messages/1", "{'role':'assistant','content':'A'}"),
                messages(
                                "7.2: citations in the history",
                                HI,
                                assistant(
                                        "{'type':'text','text':'A','citations':[{'type':'char_location','cited_text':'x'}]}"),
                                HI)
                        .gives("/messages/1/content", "'A'")
                        .notes("dropped:messages.content.citations"),
                messages(
                                "18.4: server tool use in the history",
                                HI,
                                assistant(
                                        "{'type':'server_tool_use','id':'s1','name':'web_search','input':{}}",
                                        "{'type':'web_search_tool_result','tool_use_id':'s1','content':[]}",
                                        text("A")),
                                HI)
                        .gives("/messages/1", "{'role':'assistant','content':'A'}")
                        .notes(
                                "dropped:messages.content.server_tool_use",
                                "dropped:messages.content.web_search_tool_result"),
                messages(
                                "S6: Anthropic's thinking never becomes text",
                                HI,
                                assistant("{'type':'thinking','thinking':'T','signature':'SIG'}", text("A")),
                                HI)
                        .gives("/messages/1", "{'role':'assistant','content':'A'}")
                        .notes("dropped:messages.content.thinking"),
                messages(
                                "9.3: reasoning_content where it is wanted back",
                                HI,
                                assistant("{'type':'thinking','thinking':'T','signature':''}", text("A")),
                                HI)
                        .to("deepseek", Quirk.REASONING_CONTENT_BACK)
                        .gives("/messages/1/reasoning_content", "'T'"),
                messages(
                                "18.4: redacted thinking",
                                HI,
                                assistant("{'type':'redacted_thinking','data':'D'}", text("A")),
                                HI)
                        .gives("/messages/1", "{'role':'assistant','content':'A'}")
                        .notes("dropped:messages.content.thinking"),
                messages(
                                "10.3: ids over 40 characters",
                                HI,
                                assistant(use("i".repeat(41), "{}")),
                                user(result("i".repeat(41), "")))
                        .gives("/messages/1/tool_calls/0/id", "'call_2f53ab97230bb0423a81'")
                        .gives("/messages/2/tool_call_id", "'call_2f53ab97230bb0423a81'"));
    }

    @TestFactory
    Stream<DynamicTest> results_areToolMessages() {
        String call = assistant(use("c1", "{}"));
        String two = assistant(use("c1", "{}"), use("c2", "{}"));
        return all(
                messages("M10: results before the text", HI, call, user(text("Hi"), result("c1", ",'content':'1'")))
                        .gives("/messages/2", tool("c1", "1"))
                        .gives("/messages/3", HI),
                messages(
                                "10.2: results in two user messages",
                                HI,
                                two,
                                user(result("c1", ",'content':'1'")),
                                user(result("c2", ",'content':'2'"), text("Hi")))
                        .gives("/messages/2", tool("c1", "1"))
                        .gives("/messages/3", tool("c2", "2"))
                        .gives("/messages/4", HI)
                        .lacks("/messages/5"),
                messages(
                                "18.4: text blocks",
                                HI,
                                call,
                                user(result("c1", ",'content':[" + text("a") + "," + text("b") + "]")))
                        .gives("/messages/2", tool("c1", "a\\nb")),
                messages("10.4: an empty result", HI, call, user(result("c1", ",'content':[]")))
                        .gives("/messages/2", tool("c1", "")),
                messages("18.4: is_error", HI, call, user(result("c1", ",'content':'no','is_error':true")))
                        .gives("/messages/2", tool("c1", "Error: no"))
                        .notes("approximated:messages.content.tool_result.is_error"),
                messages(
                                "10.4: an error that says so",
                                HI,
                                call,
                                user(result("c1", ",'content':'Error: no','is_error':true")))
                        .gives("/messages/2", tool("c1", "Error: no")),
                messages(
                                "T24: images follow behind all results",
                                HI,
                                two,
                                user(
                                        result("c1", ",'content':[" + text("a") + "," + PNG + "]"),
                                        result("c2", ",'content':'b'"),
                                        text("Hi")))
                        .gives("/messages/2", tool("c1", "a"))
                        .gives("/messages/3", tool("c2", "b"))
                        .gives(
                                "/messages/4",
                                "{'role':'user','content':[" + text("[image from tool f c1]") + "," + PNG_PART + "]}")
                        .gives("/messages/5", HI)
                        .notes("approximated:messages.content.tool_result.image"),
                messages(
                                "10.4: images in the result where they are taken",
                                HI,
                                call,
                                user(result("c1", ",'content':[" + text("a") + "," + PNG + "]")))
                        .to("some-model", Quirk.TOOL_IMAGES)
                        .gives("/messages/2/content", "[" + text("a") + "," + PNG_PART + "]"),
                messages(
                                "T15: only a tool_reference",
                                HI,
                                call,
                                user(result("c1", ",'content':[{'type':'tool_reference','tool_name':'g'}]")))
                        .gives(
                                "/messages/2/content",
                                "'{\\\"type\\\":\\\"tool_reference\\\",\\\"tool_name\\\":\\\"g\\\"}'")
                        .notes("approximated:messages.content.tool_result"),
                messages(
                                "18.4: a text document in a result",
                                HI,
                                call,
                                user(result(
                                        "c1",
                                        ",'content':["
                                                + document("{'type':'text','media_type':'text/plain','data':'W'}", "")
                                                + "]")))
                        .gives("/messages/2", tool("c1", "W"))
                        .notes("approximated:messages.content.tool_result"),
                messages("M9: an interrupted call", HI, two, user(result("c1", ",'content':'1'"), text("Hi")))
                        .gives("/messages/3", tool("c2", "Error: (no result: call was interrupted)"))
                        .gives("/messages/4", HI)
                        .notes(
                                "approximated:messages.tool_results",
                                "approximated:messages.content.tool_result.is_error"),
                messages("10.3: a result without a call", user(result("c9", ",'content':'1'")))
                        .gives("/messages/0/content", "[" + text("[tool result c9]") + "," + text("1") + "]")
                        .notes("approximated:messages.tool_results"),
                messages(
                                "10.3: of two results the later counts",
                                HI,
                                call,
                                user(result("c1", ",'content':'1'"), result("c1", ",'content':'2'")))
                        .gives("/messages/2", tool("c1", "2"))
                        .lacks("/messages/3")
                        .notes("dropped:messages.tool_results"));
    }
}
