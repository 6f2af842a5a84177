package dev.aigateway.translation.responses;

import static dev.aigateway.translation.responses.Fixtures.DIALECT;
import static dev.aigateway.translation.responses.Fixtures.bytes;
import static dev.aigateway.translation.responses.Fixtures.json;
import static dev.aigateway.translation.responses.Fixtures.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aigateway.conversation.Block;
import dev.aigateway.conversation.Conversation;
import dev.aigateway.conversation.Dialect;
import dev.aigateway.conversation.Effort;
import dev.aigateway.conversation.GatewayException;
import dev.aigateway.conversation.RawJson;
import dev.aigateway.conversation.Reasoning;
import dev.aigateway.conversation.Signature;
import dev.aigateway.conversation.Source;
import dev.aigateway.conversation.Tool;
import dev.aigateway.conversation.ToolChoice;
import dev.aigateway.conversation.Tools;
import dev.aigateway.conversation.Turn;
import dev.aigateway.conversation.Vendor;
import dev.aigateway.translation.Target;
import dev.aigateway.translation.TranslationNotes;
import dev.aigateway.translation.chat.ChatDialect;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Writes upstream requests for clients of other dialects. */
class ResponsesWritingTest {
    private static final String USER = "{'type':'message','role':'user','content':[{'type':'input_text','text':'hi'}]}";

    static Stream<Arguments> chatFields() {
        return Stream.of(
                row("", "", ""),
                row("'max_tokens':3", "'max_output_tokens':16", "approximated:max_tokens"),
                row("'max_completion_tokens':300", "'max_output_tokens':300", ""),
                row("'temperature':0.20,'top_p':1", "'temperature':0.20,'top_p':1", ""),
                row(
                        "'stop':'X','seed':1,'presence_penalty':1,'frequency_penalty':1,'logit_bias':{'1':1}",
                        "",
                        "approximated:stop dropped:seed dropped:presence_penalty dropped:frequency_penalty dropped:logit_bias"),
                row("'presence_penalty':0", "", ""),
                row("'verbosity':'high'", "'text':{'verbosity':'high'}", ""),
                row("'response_format':{'type':'json_object'}", "'text':{'format':{'type':'json_object'}}", ""),
                row(
                        "'response_format':{'type':'json_schema','json_schema':{'name':'n','schema':{'type':'object','properties':{}}}}",
                        "'text':{'format':{'type':'json_schema','name':'n','schema':{'type':'object','properties':{}},'strict':false}}",
                        ""),
                row("'prediction':{'type':'content'}", "", "dropped:prediction"),
                row("'stream_options':{'include_usage':true}", "", ""),
                row(
                        "'tools':[{'type':'function','function':{'name':'f','parameters':{'type':'object'}}}],'tool_choice':'none',"
                                + "'parallel_tool_calls':true",
                        "'tools':[{'type':'function','name':'f','parameters':{'type':'object'},'strict':false}],'tool_choice':'none',"
                                + "'parallel_tool_calls':true",
                        ""),
                row(
                        "'tools':[{'type':'function','function':{'name':'f'}}],'tool_choice':{'type':'function','function':{'name':'f'}}",
                        "'tools':[{'type':'function','name':'f','parameters':{'type':'object','properties':{}},'strict':false}],"
                                + "'tool_choice':{'type':'function','name':'f'}",
                        ""),
                row(
                        "'tools':[{'type':'custom','custom':{'name':'p','format':{'type':'grammar','grammar':"
                                + "{'syntax':'lark','definition':'d'}}}}],'tool_choice':{'type':'custom','custom':{'name':'p'}}",
                        "'tools':[{'type':'custom','name':'p','format':{'type':'grammar','syntax':'lark','definition':'d'}}],"
                                + "'tool_choice':{'type':'custom','name':'p'}",
                        ""));
    }

    @ParameterizedTest
    @MethodSource("chatFields")
    void chatField_toResponses_isCarriedOrNoted(String fields, String expected, String warnings) {
        TranslationNotes notes = new TranslationNotes(false);
        Conversation conversation = chat("{'messages':[{'role':'user','content':'hi'}]" + comma(fields) + "}", notes);
        assertThat(write(conversation, "gpt-4o", notes))
                .isEqualTo(json("{'model':'gpt-4o','input':[" + USER + "]" + comma(expected) + ",'store':false}"));
        assertThat(Fixtures.notes(notes)).isEqualTo(warnings);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '~',
            value = {"'n':2; n", "'modalities':['text','audio']; modalities", "'audio':{'voice':'x'}; audio"})
    void chatField_withoutEqual_isRefused(String field, String param) {
        Conversation conversation =
                chat("{'messages':[{'role':'user','content':'hi'}]," + field + "}", new TranslationNotes(false));
        assertThatThrownBy(() -> write(conversation, "gpt-4o", new TranslationNotes(false)))
                .isInstanceOfSatisfying(
                        GatewayException.class,
                        e -> assertThat(e.error().param()).contains(param));
    }

    static Stream<Arguments> history() {
        return Stream.of(
                row(
                        "{'role':'system','content':'a'},{'role':'system','content':'b'},{'role':'user','content':'hi'}",
                        "'instructions':'a\\n\\nb','input':[" + USER + "]",
                        ""),
                row(
                        "{'role':'user','content':'hi'},{'role':'developer','content':'d'}",
                        "'input':[" + USER
                                + ",{'type':'message','role':'developer','content':[{'type':'input_text','text':'d'}]}]",
                        ""),
                row(
                        "{'role':'user','name':'bob','content':[{'type':'image_url','image_url':{'url':'https://x','detail':'low'}},"
                                + "{'type':'input_audio','input_audio':{'data':'AA','format':'wav'}},"
                                + "{'type':'file','file':{'filename':'a.pdf','file_data':'data:application/pdf;base64,CC'}}]}",
                        "'input':[{'type':'message','role':'user','content':[{'type':'input_image','image_url':'https://x','detail':'low'},"
                                + "{'type':'input_audio','input_audio':{'data':'AA','format':'wav'}},"
                                + "{'type':'input_file','filename':'a.pdf','file_data':'data:application/pdf;base64,CC'}]}]",
                        "dropped:messages.name"),
                row(
                        "{'role':'user','content':'hi'},{'role':'assistant','content':'x','refusal':'no','reasoning_content':'t'}",
                        "'input':[" + USER
                                + ",{'type':'message','role':'assistant','content':[{'type':'output_text','text':'x'},"
                                + "{'type':'refusal','refusal':'no'}]}]",
                        "dropped:messages.reasoning_content"),
                row(
                        "{'role':'user','content':'hi'},{'role':'assistant','content':'x','tool_calls':[{'id':'a','type':'function',"
                                + "'function':{'name':'f','arguments':'{\\'n\\':1.0}'}},{'id':'b','type':'custom','custom':"
                                + "{'name':'p','input':'raw'}}]},{'role':'tool','tool_call_id':'a','content':'1'},"
                                + "{'role':'tool','tool_call_id':'b','content':[{'type':'text','text':'2'},{'type':'image_url',"
                                + "'image_url':{'url':'https://x'}}]}",
                        "'input':[" + USER
                                + ",{'type':'message','role':'assistant','content':[{'type':'output_text','text':'x'}]},"
                                + "{'type':'function_call','call_id':'a','name':'f','arguments':'{\\'n\\':1.0}'},"
                                + "{'type':'custom_tool_call','call_id':'b','name':'p','input':'raw'},"
                                + "{'type':'function_call_output','call_id':'a','output':'1'},"
                                + "{'type':'custom_tool_call_output','call_id':'b','output':[{'type':'input_text','text':'2'},"
                                + "{'type':'input_image','image_url':'https://x'}]}]",
                        ""),
                row(
                        "{'role':'user','content':'hi'},{'role':'assistant','tool_calls':[{'id':'a','type':'function',"
                                + "'function':{'name':'f','arguments':''}}]},{'role':'user','content':'hi'}",
                        "'input':[" + USER + ",{'type':'function_call','call_id':'a','name':'f','arguments':'{}'},"
                                + "{'type':'function_call_output','call_id':'a','output':'Error: (no result: call was interrupted)'},"
                                + USER + "]",
                        "approximated:messages.tool_results approximated:messages.content.is_error"));
    }

    @ParameterizedTest
    @MethodSource("history")
    void chatHistory_toResponses_keepsItsOrder(String messages, String expected, String warnings) {
        TranslationNotes notes = new TranslationNotes(false);
        Conversation conversation = chat("{'messages':[" + messages + "]}", notes);
        assertThat(write(conversation, "gpt-4o", notes))
                .isEqualTo(json("{'model':'gpt-4o'," + expected + ",'store':false}"));
        assertThat(Fixtures.notes(notes)).isEqualTo(warnings);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '~',
            value = {
                "gpt-5; {'effort':'high'}; 'reasoning':{'effort':'high'}",
                "gpt-5; {'effort':'high','exclude':false}; 'reasoning':{'effort':'high','summary':'auto'}",
                "gpt-5; {'enabled':false}; 'reasoning':{'effort':'minimal'}",
                "gpt-5.4; {'effort':'max'}; 'reasoning':{'effort':'xhigh'}",
                "o3; {'max_tokens':9000}; 'reasoning':{'effort':'high'}"
            })
    void reasoning_ofAReasoningModel_asksForWhatCanBeContinued(String model, String reasoning, String expected) {
        TranslationNotes notes = new TranslationNotes(false);
        Conversation conversation =
                chat("{'messages':[{'role':'user','content':'hi'}],'reasoning':" + reasoning + "}", notes);
        assertThat(write(conversation, model, notes))
                .isEqualTo(json("{'model':'" + model + "','input':[" + USER + "]," + expected
                        + ",'store':false,'include':['reasoning.encrypted_content']}"));
    }

    static Stream<Arguments> thinking() {
        Block.Text text = new Block.Text("x");
        Block.ToolCall call = new Block.ToolCall("a", "f", "{}");
        Block.Thinking own = thinking(Vendor.OPENAI, Optional.of("rs_1"));
        String item =
                "{'type':'reasoning','id':'rs_1','summary':[{'type':'summary_text','text':'t'}],'encrypted_content':'enc'}";
        String said = "{'type':'message','role':'assistant','content':[{'type':'output_text','text':'x'}]}";
        String called = "{'type':'function_call','call_id':'a','name':'f','arguments':'{}'}";
        return Stream.of(
                Arguments.of(List.of(own, text), item + "," + said, ""),
                Arguments.of(List.of(own, call), item + "," + called, "approximated:messages.tool_results"),
                Arguments.of(List.of(own, text, own, text), item + "," + said + "," + item + "," + said, ""),
                Arguments.of(List.of(text, own), said, "dropped:messages.content.thinking"),
                Arguments.of(
                        List.of(thinking(Vendor.ANTHROPIC, Optional.empty()), text),
                        said,
                        "dropped:messages.content.thinking"),
                Arguments.of(
                        List.of(new Block.Thinking("t", Optional.empty()), text),
                        said,
                        "dropped:messages.content.thinking"),
                Arguments.of(
                        List.of(new Block.RedactedThinking(Vendor.ANTHROPIC, "d"), text),
                        said,
                        "dropped:messages.content.thinking"),
                Arguments.of(
                        List.of(text, call, text),
                        said + "," + called + "," + said,
                        "approximated:messages.tool_results"));
    }

    @ParameterizedTest
    @MethodSource("thinking")
    void thinking_inTheHistory_goesBackToItsVendorOnly(List<Block> blocks, String expected, String warnings) {
        TranslationNotes notes = new TranslationNotes(false);
        Conversation conversation = Conversation.builder(Dialect.MESSAGES, "m")
                .turn(new Turn(Turn.Role.USER, List.of(new Block.Text("hi"))))
                .turn(new Turn(Turn.Role.ASSISTANT, blocks))
                .turn(new Turn(Turn.Role.USER, List.of(new Block.Text("hi"))))
                .build();
        assertThat(write(conversation, "gpt-4o", notes)).contains(json(USER + "," + expected + ","));
        assertThat(Fixtures.notes(notes)).startsWith(warnings);
    }

    @Test
    void messagesClient_thatThinks_seesSummaries() {
        Conversation conversation = Conversation.builder(Dialect.MESSAGES, "m")
                .turn(new Turn(Turn.Role.USER, List.of(new Block.Text("hi"))))
                .system(List.of(
                        new Block.Text("x-anthropic-billing-header: x"), new Block.Text("a"), new Block.Text("b")))
                .reasoning(
                        new Reasoning(new Reasoning.Depth.Adaptive(Optional.of(Effort.HIGH)), Optional.empty(), false))
                .build();
        assertThat(write(conversation, "gpt-5", new TranslationNotes(false)))
                .isEqualTo(json("{'model':'gpt-5','instructions':'a\\n\\nb','input':[" + USER
                        + "],'reasoning':{'effort':'high','summary':'auto'},'store':false,"
                        + "'include':['reasoning.encrypted_content']}"));
    }

    @Test
    void hostedTools_ofOtherVendors_becomeTheirLike() {
        TranslationNotes notes = new TranslationNotes(false);
        Tools tools = new Tools(
                List.of(
                        hosted(
                                Tool.HostedKind.WEB_SEARCH,
                                "{'type':'web_search_20250305','allowed_domains':['a.b'],'user_location':{'type':'approximate'}}"),
                        hosted(Tool.HostedKind.CODE_EXECUTION, "{'type':'code_execution_x'}"),
                        hosted(Tool.HostedKind.WEB_FETCH, "{'type':'web_fetch_x'}"),
                        hosted(Tool.HostedKind.OTHER, "{'type':'bash_x','name':'bash'}")),
                new ToolChoice.HostedTool("web_search_20250305"),
                Optional.empty());
        Conversation conversation =
                Conversation.builder(Dialect.MESSAGES, "m").tools(tools).build();
        assertThat(write(conversation, "gpt-4o", notes))
                .contains(json("'tools':[{'type':'web_search','filters':{'allowed_domains':['a.b']},'user_location':"
                        + "{'type':'approximate'}},{'type':'code_interpreter','container':{'type':'auto'}},"
                        + "{'type':'function','name':'h',"))
                .contains(json("'tool_choice':'auto'"));
        assertThat(Fixtures.notes(notes))
                .isEqualTo("approximated:tools.web_search_20250305 approximated:tools.code_execution_x"
                        + " dropped:tools.web_fetch_x approximated:tools.bash_x approximated:tool_choice");
    }

    @Test
    void documents_ofEverySource_findAForm() {
        TranslationNotes notes = new TranslationNotes(false);
        Conversation conversation = Conversation.builder(Dialect.MESSAGES, "m")
                .turn(new Turn(
                        Turn.Role.USER,
                        List.of(
                                document(new Source.PlainText("plain"), "T"),
                                document(new Source.Base64("text/plain", "aGk="), "T"),
                                document(new Source.Url("https://x/y.pdf"), "T"),
                                new Block.Image(new Source.FileId(Vendor.OPENAI, "file-1")))))
                .build();
        assertThat(write(conversation, "gpt-4o", notes))
                .contains(
                        json(
                                "[{'type':'input_text','text':'[document T]\\nplain'},{'type':'input_text','text':'[document T]\\nhi'},"
                                        + "{'type':'input_file','file_url':'https://x/y.pdf'},{'type':'input_image','file_id':'file-1'}]"));
    }

    static Stream<Block> foreignMedia() {
        return Stream.of(
                new Block.Image(new Source.FileId(Vendor.ANTHROPIC, "f")),
                document(new Source.FileId(Vendor.GOOGLE, "f"), "T"),
                new Block.Video(new Source.Url("https://x")),
                new Block.Audio("AA", "audio/ogg"));
    }

    @ParameterizedTest
    @MethodSource("foreignMedia")
    void media_thatTheUpstreamCannotSee_isRefused(Block block) {
        Conversation conversation = Conversation.builder(Dialect.MESSAGES, "m")
                .turn(new Turn(Turn.Role.USER, List.of(block)))
                .build();
        assertThatThrownBy(() -> write(conversation, "gpt-4o", new TranslationNotes(false)))
                .isInstanceOfSatisfying(
                        GatewayException.class,
                        e -> assertThat(e.error().status()).isEqualTo(400));
    }

    @Test
    void ownRequest_throughTheHub_keepsItsExtensionsAndItems() {
        String body = "{'input':[{'role':'user','content':'hi'},{'type':'mcp_call','id':'mcp_1'},"
                + "{'type':'item_reference','id':'msg_1'},{'role':'user','content':'hi'}],'previous_response_id':'resp_1',"
                + "'truncation':'auto','include':['file_search_call.results'],'tools':[{'type':'web_search','x':1}],"
                + "'tool_choice':{'type':'web_search'}}";
        assertThat(write(request(body), "gpt-5", new TranslationNotes(false)))
                .isEqualTo(json("{'model':'gpt-5','input':[" + USER
                        + ",{'type':'mcp_call','id':'mcp_1'},{'type':'item_reference','id':'msg_1'}," + USER
                        + "],'tools':[{'type':'web_search','x':1}],'tool_choice':{'type':'web_search'},'store':false,"
                        + "'include':['file_search_call.results','reasoning.encrypted_content'],"
                        + "'previous_response_id':'resp_1','truncation':'auto'}"));
    }

    @Test
    void request_writtenTwice_isByteEqual() {
        Conversation conversation = request("{'input':'hi','instructions':'x','metadata':{'b':'1','a':'2'}}");
        assertThat(write(conversation, "gpt-5", new TranslationNotes(false)))
                .isEqualTo(write(conversation, "gpt-5", new TranslationNotes(false)));
    }

    private static Block.Thinking thinking(Vendor vendor, Optional<String> itemId) {
        return new Block.Thinking("t", Optional.of(new Signature(vendor, "enc", itemId)));
    }

    private static Block.Document document(Source source, String title) {
        return new Block.Document(
                source, Optional.empty(), Optional.of(title), Optional.empty(), false, Optional.empty());
    }

    private static Tool hosted(Tool.HostedKind kind, String raw) {
        return new Tool.Hosted("h", kind, Dialect.MESSAGES, new RawJson(json(raw)));
    }

    private static Conversation chat(String body, TranslationNotes notes) {
        return new ChatDialect().readRequest("m", false, bytes(body), notes);
    }

    private static String write(Conversation conversation, String model, TranslationNotes notes) {
        Target target = Target.of(Dialect.RESPONSES, model);
        return new String(DIALECT.writeRequest(conversation, target, notes), StandardCharsets.UTF_8);
    }

    private static String comma(String fields) {
        return fields.isEmpty() ? "" : "," + fields;
    }

    private static Arguments row(String first, String second, String third) {
        return Arguments.of(first, second, third);
    }
}
