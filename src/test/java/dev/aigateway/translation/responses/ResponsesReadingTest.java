package dev.aigateway.translation.responses;

import static dev.aigateway.translation.responses.Fixtures.json;
import static dev.aigateway.translation.responses.Fixtures.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aigateway.conversation.Block;
import dev.aigateway.conversation.Conversation;
import dev.aigateway.conversation.Dialect;
import dev.aigateway.conversation.GatewayException;
import dev.aigateway.conversation.Reasoning;
import dev.aigateway.conversation.Source;
import dev.aigateway.conversation.Turn;
import dev.aigateway.conversation.Vendor;
import dev.aigateway.translation.Target;
import dev.aigateway.translation.TranslationNotes;
import dev.aigateway.translation.chat.ChatDialect;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Reads requests; what the hub got is judged by what it would tell a Chat upstream. */
class ResponsesReadingTest {
    private static final String CALL_A = "{'type':'function_call','call_id':'a','name':'f','arguments':'{}'}";
    private static final String CHAT_A = "{'id':'a','type':'function','function':{'name':'f','arguments':'{}'}}";

    static Stream<Arguments> messages() {
        return Stream.of(
                row("'hi'", "{'role':'user','content':'hi'}", ""),
                row("[{'role':'user','content':'hi'}]", "{'role':'user','content':'hi'}", ""),
                row(
                        "[{'type':'message','role':'user','content':[{'type':'input_text','text':'hi'}]}]",
                        "{'role':'user','content':'hi'}",
                        ""),
                row(
                        "[{'role':'developer','content':'d'},{'role':'system','content':'s'},{'role':'user','content':'hi'}]",
                        "{'role':'system','content':'d\\n\\ns'},{'role':'user','content':'hi'}",
                        ""),
                row(
                        "[{'role':'user','content':'hi'},{'role':'developer','content':'d'}]",
                        "{'role':'user','content':'hi'},{'role':'system','content':'d'}",
                        ""),
                row(
                        "[{'role':'user','content':[{'type':'input_text','text':'see'},"
                                + "{'type':'input_image','image_url':'data:image/png;base64,AA','detail':'low'},"
                                + "{'type':'input_audio','input_audio':{'data':'BB','format':'mp3'}},"
                                + "{'type':'input_file','filename':'a.pdf','file_data':'data:application/pdf;base64,CC'},"
                                + "{'type':'input_file','file_id':'file-1'}]}]",
                        "{'role':'user','content':[{'type':'text','text':'see'},"
                                + "{'type':'image_url','image_url':{'url':'data:image/png;base64,AA','detail':'low'}},"
                                + "{'type':'input_audio','input_audio':{'data':'BB','format':'mp3'}},"
                                + "{'type':'file','file':{'filename':'a.pdf','file_data':'data:application/pdf;base64,CC'}},"
                                + "{'type':'file','file':{'file_id':'file-1'}}]}",
                        ""),
                row(
                        "[{'role':'user','content':'q'},{'type':'message','id':'msg_1','status':'completed','role':'assistant',"
                                + "'phase':'final_answer','content':[{'type':'output_text','text':'x','annotations':"
                                + "[{'type':'url_citation','url':'u','title':'t','start_index':0,'end_index':1}]}]}]",
                        "{'role':'user','content':'q'},{'role':'assistant','content':'x'}",
                        "dropped:input.phase dropped:input.content.annotations"),
                row(
                        "[{'role':'user','content':'q'},{'role':'assistant','content':[{'type':'refusal','refusal':'no'}]}]",
                        "{'role':'user','content':'q'},{'role':'assistant','content':null,'refusal':'no'}",
                        ""),
                row(
                        "[{'role':'user','content':'q'},{'type':'reasoning','id':'rs_1','summary':[{'type':'summary_text',"
                                + "'text':'think'}],'encrypted_content':'enc'},{'role':'assistant','content':'x'},"
                                + CALL_A
                                + ",{'type':'function_call_output','call_id':'a','output':'42'}]",
                        "{'role':'user','content':'q'},{'role':'assistant','content':'x','tool_calls':[" + CHAT_A
                                + "]},{'role':'tool','tool_call_id':'a','content':'42'}",
                        "dropped:input.reasoning"),
                row(
                        "[{'role':'user','content':'q'}," + CALL_A
                                + ",{'type':'function_call_output','call_id':'a','output':"
                                + "[{'type':'input_text','text':'one'},{'type':'input_text','text':'two'}]}]",
                        "{'role':'user','content':'q'},{'role':'assistant','content':null,'tool_calls':[" + CHAT_A
                                + "]},{'role':'tool','tool_call_id':'a','content':'one\\ntwo'}",
                        ""),
                row(
                        "[{'role':'user','content':'q'}," + CALL_A
                                + ",{'type':'function_call_output','call_id':'a','output':"
                                + "[{'type':'input_image','image_url':'https://x/y.png'}]}]",
                        "{'role':'user','content':'q'},{'role':'assistant','content':null,'tool_calls':[" + CHAT_A
                                + "]},{'role':'tool','tool_call_id':'a','content':''},{'role':'user','content':"
                                + "[{'type':'text','text':'[image from tool f a]'},{'type':'image_url','image_url':"
                                + "{'url':'https://x/y.png'}}]}",
                        "approximated:input.output.image"),
                row(
                        "[{'role':'user','content':'q'}," + CALL_A + "," + CALL_A.replace("'a'", "'b'")
                                + ",{'type':'function_call_output','call_id':'b','output':'B'},{'role':'developer','content':'d'},"
                                + "{'type':'function_call_output','call_id':'a','output':{'n':1}}]",
                        "{'role':'user','content':'q'},{'role':'assistant','content':null,'tool_calls':[" + CHAT_A + ","
                                + CHAT_A.replace("'a'", "'b'")
                                + "]},{'role':'tool','tool_call_id':'b','content':'B'},{'role':'tool','tool_call_id':'a',"
                                + "'content':'{\\'n\\':1}'},{'role':'system','content':'d'}",
                        ""),
                row(
                        "[{'role':'user','content':'q'},{'type':'custom_tool_call','call_id':'a','name':'patch','input':'+x'},"
                                + "{'type':'custom_tool_call_output','call_id':'a','output':'ok'}]",
                        "{'role':'user','content':'q'},{'role':'assistant','content':null,'tool_calls':[{'id':'a',"
                                + "'type':'function','function':{'name':'patch','arguments':'{\\'input\\':\\'+x\\'}'}}]},"
                                + "{'role':'tool','tool_call_id':'a','content':'ok'}",
                        ""),
                row(
                        "[{'role':'user','content':'q'},{'type':'function_call','call_id':'a','name':'f','namespace':'mcp__x',"
                                + "'arguments':{'n':12345678901234567890,'x':1.0}},"
                                + "{'type':'function_call_output','call_id':'a','output':''}]",
                        "{'role':'user','content':'q'},{'role':'assistant','content':null,'tool_calls':[{'id':'a',"
                                + "'type':'function','function':{'name':'mcp__x__f','arguments':"
                                + "'{\\'n\\':12345678901234567890,\\'x\\':1.0}'}}]},"
                                + "{'role':'tool','tool_call_id':'a','content':''}",
                        ""),
                row(
                        "[{'role':'user','content':'q'},{'type':'web_search_call','id':'ws_1','status':'completed'},"
                                + "{'role':'assistant','content':'x'}]",
                        "{'role':'user','content':'q'},{'role':'assistant','content':'x'}",
                        "dropped:input.content.web_search_call"));
    }

    @ParameterizedTest
    @MethodSource("messages")
    void input_everyItem_reachesAChatUpstream(String input, String messages, String warnings) {
        TranslationNotes notes = new TranslationNotes(false);
        Conversation conversation = request("{'input':" + input + "}", notes);
        assertThat(chat(conversation, notes)).isEqualTo(json("{'model':'gpt-4o','messages':[") + messages(messages));
        assertThat(Fixtures.notes(notes)).isEqualTo(warnings);
    }

    static Stream<Arguments> settings() {
        return Stream.of(
                row("'instructions':'be kind'", "", ""),
                row(
                        "'max_output_tokens':9,'temperature':0.5,'top_p':0.25",
                        "'max_tokens':9,'temperature':0.5,'top_p':0.25",
                        ""),
                row("'top_logprobs':3", "'logprobs':true,'top_logprobs':3", ""),
                row("'include':['message.output_text.logprobs']", "'logprobs':true", ""),
                row("'include':['file_search_call.results']", "", "dropped:include"),
                row("'text':{'format':{'type':'text'},'verbosity':'low'}", "'verbosity':'low'", ""),
                row("'text':{'format':{'type':'json_object'}}", "'response_format':{'type':'json_object'}", ""),
                row(
                        "'text':{'format':{'type':'json_schema','name':'n','strict':false,'schema':{'type':'object'}}}",
                        "'response_format':{'type':'json_schema','json_schema':{'name':'n','strict':false,'schema':{'type':'object'}}}",
                        ""),
                row("'metadata':{'k':'v'},'user':'u'", "'user':'u','metadata':{'k':'v'}", ""),
                row("'service_tier':'flex','safety_identifier':'s'", "'user':'s','service_tier':'flex'", ""),
                row("'store':true,'background':false,'truncation':'disabled'", "", ""),
                row("'truncation':'auto','max_tool_calls':3", "", "dropped:truncation dropped:max_tool_calls"),
                row("'previous_response_id':null,'conversation':null", "", ""),
                row(
                        "'tools':[{'type':'function','name':'f','description':'d','parameters':{'type':'object'},'strict':true,"
                                + "'defer_loading':true}],'tool_choice':{'type':'function','name':'f'},'parallel_tool_calls':false",
                        "'tools':[{'type':'function','function':{'name':'f','description':'d','parameters':{'type':'object'},"
                                + "'strict':true}}],'tool_choice':{'type':'function','function':{'name':'f'}},'parallel_tool_calls':false",
                        "dropped:tools.defer_loading"),
                row(
                        "'tools':[{'type':'web_search'},{'type':'image_generation'},{'type':'new_thing'}],'tool_choice':'auto'",
                        "",
                        "dropped:tools.web_search dropped:tools.image_generation dropped:tools.new_thing"),
                row(
                        "'tools':[{'type':'namespace','name':'mcp__x__','tools':[{'type':'function','name':'f'},"
                                + "{'type':'function','name':'g'}]},{'type':'namespace','name':'empty','tools':[]}]",
                        "'tools':[{'type':'function','function':{'name':'mcp__x__f'}},{'type':'function','function':{'name':'mcp__x__g'}}]",
                        ""),
                row(
                        "'tools':[{'type':'function','name':'f'},{'type':'function','name':'g'}],"
                                + "'tool_choice':{'type':'allowed_tools','mode':'required','tools':[{'type':'function','name':'g'}]}",
                        "'tools':[{'type':'function','function':{'name':'f'}},{'type':'function','function':{'name':'g'}}],"
                                + "'tool_choice':{'type':'allowed_tools','allowed_tools':{'mode':'required','tools':"
                                + "[{'type':'function','function':{'name':'g'}}]}}",
                        ""),
                row(
                        "'tools':[{'type':'function','name':'f'}],'tool_choice':{'type':'web_search'}",
                        "'tools':[{'type':'function','function':{'name':'f'}}],'tool_choice':'auto'",
                        "approximated:tool_choice"));
    }

    @ParameterizedTest
    @MethodSource("settings")
    void settings_everyField_reachesAChatUpstream(String fields, String expected, String warnings) {
        TranslationNotes notes = new TranslationNotes(false);
        Conversation conversation = request("{'input':'hi'," + fields + "}", notes);
        String system = fields.contains("instructions") ? "{'role':'system','content':'be kind'}," : "";
        assertThat(chat(conversation, notes))
                .isEqualTo(json("{'model':'gpt-4o','messages':[" + system + "{'role':'user','content':'hi'}]"
                        + (expected.isEmpty() ? "" : "," + expected) + "}"));
        assertThat(Fixtures.notes(notes)).isEqualTo(warnings);
    }

    @Test
    void customTool_withGrammar_becomesAFunctionOfOneInput() {
        TranslationNotes notes = new TranslationNotes(false);
        Conversation conversation = request(
                "{'input':'hi','tools':[{'type':'custom','name':'apply_patch','description':'d','format':"
                        + "{'type':'grammar','syntax':'lark','definition':'start: x'}}]}",
                notes);
        assertThat(chat(conversation, notes))
                .contains(
                        json(
                                "'name':'apply_patch','description':'d\\n\\nThe input must follow this lark grammar:\\nstart: x'"))
                .contains(json("'required':['input']"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '~',
            value = {
                "{}; input",
                "{'input':''}; input",
                "{'input':[]}; input",
                "{'input':7}; input",
                "{'input':[{'content':'x'}]}; input[0].type",
                "{'input':[{'role':'tool','content':'x'}]}; input[0].role",
                "{'input':[{'role':'user','content':[{'type':'video'}]}]}; input[0].content[0].type",
                "{'input':[{'role':'developer','content':[{'type':'input_image','image_url':'u'}]}]}; input[0].content",
                "{'input':[{'type':'function_call','name':'f'}]}; input[0].call_id",
                "{'input':[{'type':'function_call_output','output':'x'}]}; input[0].call_id",
                "{'input':'x','max_output_tokens':0}; max_output_tokens",
                "{'input':'x','temperature':3}; temperature",
                "{'input':'x','reasoning':{'effort':'huge'}}; reasoning.effort",
                "{'input':'x','text':{'format':{'type':'xml'}}}; text.format.type",
                "{'input':'x','text':{'format':{'type':'json_schema','schema':{}}}}; text.format.name",
                "{'input':'x','tools':[{'name':'f'}]}; tools[0].type",
                "{'input':'x','tools':[{'type':'function'}]}; tools[0].name",
                "{'input':'x','tool_choice':'maybe'}; tool_choice"
            })
    void request_malformed_namesTheField(String body, String field) {
        assertThatThrownBy(() -> request(body.strip()))
                .isInstanceOfSatisfying(
                        GatewayException.class,
                        e -> assertThat(e.error().param()).contains(field));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '~',
            value = {
                "'previous_response_id':'resp_1'; previous_response_id",
                "'conversation':'conv_1'; conversation",
                "'background':true; background",
                "'prompt':{'id':'p'}; prompt",
                "'input':[{'type':'item_reference','id':'msg_1'}]; item_reference",
                "'input':[{'type':'compaction','encrypted_content':'x'}]; compaction"
            })
    void request_storedState_isRefusedByForeignUpstreams(String field, String param) {
        String input = field.contains("input") || !field.contains("background") ? "" : "'input':'x',";
        Conversation conversation = request("{" + input + field + "}");
        assertThatThrownBy(() -> chat(conversation, new TranslationNotes(false)))
                .isInstanceOfSatisfying(GatewayException.class, e -> {
                    assertThat(e.error().status()).isEqualTo(400);
                    assertThat(e.error().param()).contains(param);
                });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '~',
            value = {
                "{'effort':'high'}; []; ByEffort[effort=HIGH]; ; false",
                "{'effort':'none'}; []; Off[]; ; false",
                "{'summary':'auto'}; []; Unset[]; true; false",
                "{'generate_summary':'concise'}; []; Unset[]; true; false",
                "{'effort':'low'}; ['reasoning.encrypted_content']; ByEffort[effort=LOW]; false; true",
                "{'summary':'none'}; []; Unset[]; ; false"
            })
    void reasoning_everyForm_isUnderstood(
            String reasoning, String include, String depth, Boolean wantsText, boolean encrypted) {
        Reasoning read = request("{'input':'x','reasoning':" + reasoning + ",'include':" + include + "}")
                .reasoning();
        assertThat(read.depth()).hasToString(depth);
        assertThat(read.wantsText()).isEqualTo(Optional.ofNullable(wantsText));
        assertThat(read.wantsEncrypted()).isEqualTo(encrypted);
    }

    @Test
    void deferredTools_inTheInput_joinTheDeclaredOnes() {
        TranslationNotes notes = new TranslationNotes(false);
        Conversation conversation = request(
                "{'input':[{'role':'user','content':'x'},{'type':'tool_search_output','tools':[{'type':'function','name':'late'}]}],"
                        + "'tools':[{'type':'function','name':'early'}]}",
                notes);
        assertThat(conversation.tools().declared()).extracting("name").containsExactly("early", "late");
        assertThat(Fixtures.notes(notes)).isEqualTo("approximated:input.tool_search_output");
    }

    @Test
    void opaqueItems_ofHostedTools_stayInTheAssistantsTurn() {
        Conversation conversation = request(
                "{'input':[{'role':'user','content':'x'},{'type':'mcp_call','id':'mcp_1'},{'role':'assistant','content':'y'}]}");
        assertThat(conversation.turns()).hasSize(2);
        Turn turn = conversation.turns().get(1);
        assertThat(turn.blocks().getFirst())
                .isEqualTo(new Block.Opaque(
                        Dialect.RESPONSES,
                        "mcp_call",
                        new dev.aigateway.conversation.RawJson(json("{'type':'mcp_call','id':'mcp_1'}"))));
    }

    @Test
    void sources_ofImagesAndFiles_areKept() {
        Conversation conversation =
                request("{'input':[{'role':'user','content':[{'type':'input_image','file_id':'file-1'},"
                        + "{'type':'input_file','file_url':'https://x/y.pdf'}]}]}");
        assertThat(conversation.turns().getFirst().blocks())
                .containsExactly(
                        new Block.Image(new Source.FileId(Vendor.OPENAI, "file-1")),
                        new Block.Document(
                                new Source.Url("https://x/y.pdf"),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                false,
                                Optional.empty()));
    }

    private static String messages(String messages) {
        // Quotes inside of strings stay escaped.
        return json(messages) + "]}";
    }

    private static String chat(Conversation conversation, TranslationNotes notes) {
        Target target = Target.of(Dialect.CHAT, "gpt-4o");
        return new String(new ChatDialect().writeRequest(conversation, target, notes), StandardCharsets.UTF_8);
    }

    private static Arguments row(String first, String second, String third) {
        return Arguments.of(first, second, third);
    }
}
