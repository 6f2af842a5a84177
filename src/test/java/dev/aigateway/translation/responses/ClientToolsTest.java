package dev.aigateway.translation.responses;

import static dev.aigateway.translation.responses.Fixtures.DIALECT;
import static dev.aigateway.translation.responses.Fixtures.bytes;
import static dev.aigateway.translation.responses.Fixtures.context;
import static dev.aigateway.translation.responses.Fixtures.json;
import static dev.aigateway.translation.responses.Fixtures.notes;
import static dev.aigateway.translation.responses.Fixtures.request;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.aigateway.conversation.Answer;
import dev.aigateway.conversation.Conversation;
import dev.aigateway.conversation.Dialect;
import dev.aigateway.sse.SseParser;
import dev.aigateway.sse.SseWriter;
import dev.aigateway.translation.EventDecoder;
import dev.aigateway.translation.EventEncoder;
import dev.aigateway.translation.Json;
import dev.aigateway.translation.RequestCase;
import dev.aigateway.translation.Target;
import dev.aigateway.translation.TranslationNotes;
import dev.aigateway.translation.UpstreamDialect;
import dev.aigateway.translation.chat.ChatDialect;
import dev.aigateway.translation.gemini.GeminiDialect;
import dev.aigateway.translation.messages.MessagesDialect;
import dev.aigateway.translation.tools.ToolNames;
import dev.aigateway.translation.tools.ToolRestoration;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.IntSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tools that Responses names by type but the client runs, at upstreams that know only functions (section 11.6). */
class ClientToolsTest {
    private static final ChatDialect CHAT = new ChatDialect();
    private static final MessagesDialect MESSAGES = new MessagesDialect();
    private static final GeminiDialect GEMINI = new GeminiDialect();

    private static final String HISTORY = "'input':["
            + "{'role':'user','content':'go'},"
            + "{'type':'local_shell_call','id':'lsh_1','call_id':'c1','status':'completed','action':"
            + "{'type':'exec','command':['ls','-l'],'env':{},'timeout_ms':null,'working_directory':'/w'}},"
            + "{'type':'shell_call','id':'sh_1','call_id':'c2','status':'completed','environment':{'type':'local'},"
            + "'action':{'commands':['ls','pwd'],'timeout_ms':100,'max_output_length':null}},"
            + "{'type':'apply_patch_call','id':'apc_1','call_id':'c3','status':'completed','operation':"
            + "{'type':'update_file','path':'a','diff':'@@'}},"
            + "{'type':'local_shell_call_output','id':'lsh_1','output':'one'},"
            + "{'type':'shell_call_output','call_id':'c2','max_output_length':9,'output':"
            + "[{'stdout':'two','stderr':'','outcome':{'type':'exit','exit_code':0}}]},"
            + "{'type':'apply_patch_call_output','call_id':'c3','status':'failed','output':'no such file'}]";

    @TestFactory
    Stream<DynamicTest> requests() {
        return Stream.of(
                        to("local_shell becomes a Chat function", CHAT, "gpt-4.1")
                                .with("'tools':[{'type':'local_shell'}]")
                                .gives("/tools/0/type", "'function'")
                                .gives("/tools/0/function/name", "'local_shell'")
                                .gives("/tools/0/function/parameters/required", "['command']")
                                .notes("approximated:tools.local_shell"),
                        to("shell becomes a Messages tool", MESSAGES, "claude-sonnet-4-5")
                                .with("'tools':[{'type':'shell','environment':{'type':'local'}}]")
                                .gives("/tools/0/name", "'shell'")
                                .gives("/tools/0/input_schema/required", "['commands']")
                                .notes("approximated:tools.shell"),
                        to("apply_patch becomes a Gemini function", GEMINI, "gemini-2.5-pro")
                                .with("'tools':[{'type':'apply_patch'}]")
                                .gives("/tools/0/functionDeclarations/0/name", "'apply_patch'")
                                .gives(
                                        "/tools/0/functionDeclarations/0/parametersJsonSchema/required",
                                        "['type','path']")
                                .notes("approximated:tools.apply_patch"),
                        to("a shell in the vendor's container is dropped", CHAT, "gpt-4.1")
                                .with("'tools':[{'type':'shell','environment':{'type':'container_auto'}}]")
                                .lacks("/tools")
                                .notes("dropped:tools.shell"),
                        to("the client's own function of that name stays alone", CHAT, "gpt-4.1")
                                .with("'tools':[{'type':'shell'},{'type':'shell'},"
                                        + "{'type':'function','name':'shell','parameters':{}}]")
                                .gives("/tools", "[{'type':'function','function':{'name':'shell','parameters':{}}}]")
                                .notes("dropped:tools.shell"),
                        to("a tool declared twice is sent once", CHAT, "gpt-4.1")
                                .with("'tools':[{'type':'apply_patch'},{'type':'apply_patch'}]")
                                .lacks("/tools/1")
                                .notes("approximated:tools.apply_patch", "dropped:tools.apply_patch"),
                        to("the choice of a tool is the choice of its function", CHAT, "gpt-4.1")
                                .with("'tools':[{'type':'shell'}],'tool_choice':{'type':'shell'}")
                                .gives("/tool_choice", "{'type':'function','function':{'name':'shell'}}")
                                .notes("approximated:tools.shell"),
                        to("the choice of a tool at Messages", MESSAGES, "claude-sonnet-4-5")
                                .with("'tools':[{'type':'shell'}],'tool_choice':{'type':'shell'}")
                                .gives("/tool_choice", "{'type':'tool','name':'shell'}")
                                .notes("approximated:tools.shell"),
                        to("the choice of a tool at Gemini", GEMINI, "gemini-2.5-pro")
                                .with("'tools':[{'type':'shell'}],'tool_choice':{'type':'shell'}")
                                .gives(
                                        "/toolConfig/functionCallingConfig",
                                        "{'mode':'ANY','allowedFunctionNames':['shell']}")
                                .notes("approximated:tools.shell"),
                        to("history at Chat", CHAT, "gpt-4.1")
                                .with(HISTORY)
                                .gives("/messages/1/tool_calls/0/id", "'c1'")
                                .gives(
                                        "/messages/1/tool_calls/0/function",
                                        "{'name':'local_shell','arguments':"
                                                + "'{\\'command\\':[\\'ls\\',\\'-l\\'],\\'working_directory\\':\\'/w\\'}'}")
                                .gives(
                                        "/messages/1/tool_calls/1/function",
                                        "{'name':'shell','arguments':"
                                                + "'{\\'commands\\':[\\'ls\\',\\'pwd\\'],\\'timeout_ms\\':100}'}")
                                .gives("/messages/1/tool_calls/2/function/name", "'apply_patch'")
                                .gives("/messages/2", "{'role':'tool','tool_call_id':'c1','content':'one'}")
                                .gives("/messages/3/tool_call_id", "'c2'")
                                .gives(
                                        "/messages/4",
                                        "{'role':'tool','tool_call_id':'c3','content':'Error: no such file'}")
                                .notes("approximated:input.output.is_error"),
                        to("history at Messages", MESSAGES, "claude-sonnet-4-5")
                                .with(HISTORY)
                                .gives("/messages/1/content/1/input", "{'commands':['ls','pwd'],'timeout_ms':100}")
                                .gives("/messages/2/content/0/content", "'one'")
                                .gives("/messages/2/content/2/is_error", "true"),
                        to("history at Gemini", GEMINI, "gemini-2.5-pro")
                                .with(HISTORY)
                                .gives(
                                        "/contents/1/parts/2/functionCall/args",
                                        "{'type':'update_file','path':'a','diff':'@@'}")
                                .gives("/contents/2/parts/0/functionResponse/name", "'local_shell'")
                                .gives("/contents/2/parts/2/functionResponse/response", "{'error':'no such file'}"),
                        to("what the vendor's container did is dropped", CHAT, "gpt-4.1")
                                .with("'input':[{'role':'user','content':'go'},"
                                        + "{'type':'shell_call','call_id':'c','action':{'commands':['ls']},"
                                        + "'environment':{'type':'container_reference','container_id':'x'}},"
                                        + "{'type':'shell_call_output','call_id':'c','output':[]}]")
                                .lacks("/messages/1")
                                .notes("dropped:input.content.shell_call", "dropped:input.content.shell_call_output"))
                .map(RequestCase::test);
    }

    /** Arguments of the function, the type of the item that the client gets, its action or operation, its status. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "local_shell | {'command':['ls','-l']} | {'type':'exec','command':['ls','-l'],'env':{}}",
                "local_shell | {'command':'ls; wc','working_directory':'/w','env':{'A':'b'}}"
                        + " | {'type':'exec','command':['bash','-lc','ls; wc'],'env':{'A':'b'},'working_directory':'/w'}",
                "shell | {'commands':['ls','pwd'],'timeout_ms':5}"
                        + " | {'commands':['ls','pwd'],'timeout_ms':5,'max_output_length':null}",
                "shell | {'commands':'ls'} | {'commands':['ls'],'timeout_ms':null,'max_output_length':null}",
                "shell | {} | {'commands':[],'timeout_ms':null,'max_output_length':null}",
                "apply_patch | {'type':'create_file','path':'a','diff':'+x'} | {'type':'create_file','path':'a','diff':'+x'}",
                "apply_patch | {'type':'delete_file','path':'a','diff':''} | {'type':'delete_file','path':'a'}",
            })
    void call_ofTheFunction_isTheClientsItem_wholeAndStreamed(String tool, String arguments, String action) {
        Conversation asked = request("{'input':'hi','tools':[{'type':'" + tool + "'}]}");
        Grammar streamed = streamed(asked, call(tool, arguments), "tool_calls");
        JsonNode item = streamed.item(0);
        assertThat(item.path("type").asText()).isEqualTo(tool + "_call");
        assertThat(item.path("call_id").asText()).isEqualTo("c1");
        assertThat(item.path("status").asText()).isEqualTo("completed");
        assertThat(item.path(tool.equals("apply_patch") ? "operation" : "action"))
                .isEqualTo(RequestCase.json(action));
        assertThat(item.path("environment").path("type").asText()).isEqualTo(tool.equals("shell") ? "local" : "");
        assertThat(streamed.types())
                .containsExactly(
                        "response.created",
                        "response.in_progress",
                        "response.output_item.added",
                        "response.output_item.done",
                        "response.completed");
        assertThat(whole(asked, call(tool, arguments), "tool_calls")).isEqualTo(item);
    }

    @Test
    void call_thatIsCutShort_doesNothing() {
        Conversation asked = request("{'input':'hi','tools':[{'type':'shell'},{'type':'apply_patch'}]}");
        JsonNode shell = streamed(asked, call("shell", "{'commands':['rm -rf /tmp"), "length")
                .item(0);
        assertThat(shell.at("/action/commands")).isEmpty();
        assertThat(shell.path("status").asText()).isEqualTo("incomplete");
        JsonNode patch = streamed(asked, call("apply_patch", "{'type':'delete_file','path':'/etc"), "length")
                .item(0);
        assertThat(patch.at("/operation/path").asText()).isEmpty();
        assertThat(patch.path("status").asText()).isEqualTo("in_progress");
    }

    @Test
    void functionOfThatName_staysAFunction() {
        Conversation asked =
                request("{'input':'hi','tools':[{'type':'shell'},{'type':'function','name':'shell','parameters':{}}]}");
        assertThat(streamed(asked, call("shell", "{}"), "tool_calls")
                        .item(0)
                        .path("type")
                        .asText())
                .isEqualTo("function_call");
    }

    @Test
    void callOfTheHistory_isKnownWithoutItsDeclaration() {
        Conversation asked = request("{" + HISTORY + "}");
        assertThat(streamed(asked, call("shell", "{}"), "tool_calls")
                        .item(0)
                        .path("type")
                        .asText())
                .isEqualTo("shell_call");
    }

    @Test
    void item_givenBackByTheClient_isTheSameCall() {
        Conversation asked = request("{'input':'hi','tools':[{'type':'shell'}]}");
        JsonNode item = whole(asked, call("shell", "{'commands':['ls'],'timeout_ms':5}"), "tool_calls");
        Conversation next = request("{'input':[{'role':'user','content':'hi'}," + Json.text(item) + "]}");
        JsonNode written = Json.parse(CHAT.writeRequest(next, target(CHAT), new TranslationNotes(false)))
                .orElseThrow();
        assertThat(written.at("/messages/1/tool_calls/0/function/arguments").asText())
                .isEqualTo(json("{'commands':['ls'],'timeout_ms':5}"));
    }

    @Test
    void items_atResponsesItself_areItemsAgain() {
        TranslationNotes notes = new TranslationNotes(false);
        JsonNode written = Json.parse(DIALECT.writeRequest(request("{" + HISTORY + "}"), target(DIALECT), notes))
                .orElseThrow();
        assertThat(written.path("input")
                        .valueStream()
                        .map(item -> item.path("type").asText()))
                .containsExactly(
                        "message",
                        "local_shell_call",
                        "shell_call",
                        "apply_patch_call",
                        "local_shell_call_output",
                        "shell_call_output",
                        "apply_patch_call_output");
        assertThat(written.at("/input/1/action/command")).isEqualTo(RequestCase.json("['ls','-l']"));
        assertThat(written.at("/input/5/output/0/stdout").asText()).isEqualTo("two");
        assertThat(written.at("/input/6/status").asText()).isEqualTo("failed");
        assertThat(notes(notes)).isEqualTo("approximated:input.output.is_error");
    }

    private static RequestCase to(String label, UpstreamDialect upstream, String model) {
        return new RequestCase(label, DIALECT, upstream, "{'input':'hi'}", model);
    }

    private static Target target(UpstreamDialect upstream) {
        return Target.of(upstream.dialect(), "m");
    }

    /** A Chat call, its arguments in fragments of three characters. */
    private static List<String> call(String name, String arguments) {
        Stream<String> fragments = Stream.iterate(0, at -> at < arguments.length(), at -> at + 3)
                .map(at -> arguments.substring(at, Math.min(arguments.length(), at + 3)));
        return Stream.concat(Stream.of(name), fragments).toList();
    }

    private static Grammar streamed(Conversation asked, List<String> call, String finish) {
        StringBuilder stream = new StringBuilder(chunk(
                "{'tool_calls':[{'index':0,'id':'c1','type':'function','function':{'name':'" + call.getFirst()
                        + "','arguments':''}}]}",
                "null"));
        call.stream()
                .skip(1)
                .forEach(fragment -> stream.append(chunk(
                        "{'tool_calls':[{'index':0,'function':{'arguments':" + quoted(fragment) + "}}]}", "null")));
        stream.append(chunk("{}", "'" + finish + "'")).append("data: [DONE]\n\n");
        byte[] bytes = stream.toString().getBytes(StandardCharsets.UTF_8);
        byte[] relayed = relay(asked, bytes, () -> bytes.length);
        assertThat(relay(asked, bytes, () -> 1)).as("byte by byte").isEqualTo(relayed);
        Random random = new Random(7);
        assertThat(relay(asked, bytes, () -> 1 + random.nextInt(40)))
                .as("random chunks")
                .isEqualTo(relayed);
        return Grammar.check(relayed);
    }

    private static byte[] relay(Conversation asked, byte[] bytes, IntSupplier chunk) {
        EventDecoder decoder = new ToolRestoration(CHAT.newDecoder(target(CHAT)), ToolNames.of(asked, Dialect.CHAT));
        EventEncoder encoder = DIALECT.newEncoder(context(asked));
        SseWriter out = new SseWriter();
        SseParser parser = new SseParser(1 << 20);
        int at = 0;
        while (at < bytes.length) {
            int next = Math.min(bytes.length, at + chunk.getAsInt());
            parser.feed(
                    Arrays.copyOfRange(bytes, at, next),
                    event -> decoder.decode(event, decoded -> encoder.encode(decoded, out)));
            at = next;
        }
        decoder.end(decoded -> encoder.encode(decoded, out));
        return out.drain();
    }

    private static JsonNode whole(Conversation asked, List<String> call, String finish) {
        String arguments = String.join("", call.subList(1, call.size()));
        Answer answer = CHAT.readAnswer(
                bytes("{'id':'x','choices':[{'index':0,'finish_reason':'" + finish
                        + "','message':{'role':'assistant','content':null,'tool_calls':[{'id':'c1','type':'function',"
                        + "'function':{'name':'" + call.getFirst() + "','arguments':" + quoted(arguments) + "}}]}}]}"),
                target(CHAT));
        Answer restored = ToolRestoration.restore(answer, ToolNames.of(asked, Dialect.CHAT));
        return Json.parse(DIALECT.writeAnswer(restored, context(asked)))
                .orElseThrow()
                .at("/output/0");
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "\\'") + "'";
    }

    private static String chunk(String delta, String finish) {
        return "data: "
                + json("{'id':'x','choices':[{'index':0,'delta':" + delta + ",'finish_reason':" + finish + "}]}")
                + "\n\n";
    }
}
