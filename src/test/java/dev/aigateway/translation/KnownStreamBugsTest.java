package dev.aigateway.translation;

import static dev.aigateway.translation.KnownBugsTest.relayed;
import static dev.aigateway.translation.KnownBugsTest.written;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.aigateway.conversation.Conversation;
import dev.aigateway.translation.chat.ChatDialect;
import dev.aigateway.translation.gemini.GeminiDialect;
import dev.aigateway.translation.messages.MessagesDialect;
import dev.aigateway.translation.messages.MessagesWire;
import dev.aigateway.translation.responses.Grammar;
import dev.aigateway.translation.responses.ResponsesDialect;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Answers that other gateways spoilt, at the pairs of dialects where no test of one dialect holds them (sections 18.6 and
 * 19). Every stream is fed whole, byte by byte and in random chunks.
 */
class KnownStreamBugsTest {
    private static final ChatDialect CHAT = new ChatDialect();
    private static final MessagesDialect MESSAGES = new MessagesDialect();
    private static final ResponsesDialect RESPONSES = new ResponsesDialect();
    private static final GeminiDialect GEMINI = new GeminiDialect();

    private static final String ASK_CHAT =
            "{'messages':[{'role':'user','content':'hi'}],'stream_options':{'include_usage':true}}";
    private static final String ASK_MESSAGES = "{'max_tokens':9000,'messages':[{'role':'user','content':'hi'}]}";
    private static final String ASK_RESPONSES = "{'input':'hi','include':['reasoning.encrypted_content']}";
    private static final String ASK_GEMINI = "{'contents':[{'parts':[{'text':'hi'}]}]}";
    private static final String STOP = "{'candidates':[{'finishReason':'STOP'}],'usageMetadata':"
            + "{'promptTokenCount':10,'candidatesTokenCount':30,'thoughtsTokenCount':70,'totalTokenCount':110}}";
    private static final String BLOCKED = "{'promptFeedback':{'blockReason':'SAFETY'}}";

    /** T8. */
    @Test
    void t8_textAndCall_isToolUse_whateverTheUpstream() {
        assertThat(relayed(
                        GEMINI,
                        MESSAGES,
                        ASK_MESSAGES,
                        parts("{'text':'a'},{'functionCall':{'name':'f','args':{}}}"),
                        STOP))
                .contains("\"stop_reason\":\"tool_use\"")
                .doesNotContain("end_turn");
        assertThat(relayed(
                        RESPONSES,
                        MESSAGES,
                        ASK_MESSAGES,
                        "{'type':'response.created','response':{'id':'resp_1','model':'m'}}",
                        done(0, "{'type':'message','id':'m','content':[{'type':'output_text','text':'a'}]}"),
                        done(1, "{'type':'function_call','id':'fc','call_id':'c1','name':'f','arguments':'{}'}"),
                        "{'type':'response.completed','response':{'id':'resp_1','output':[]}}"))
                .contains("\"stop_reason\":\"tool_use\"")
                .doesNotContain("end_turn");
    }

    /** T11. */
    @Test
    void t11_callLongBeforeTheFinish_isToolCalls() {
        assertThat(relayed(
                        GEMINI,
                        CHAT,
                        ASK_CHAT,
                        parts("{'functionCall':{'id':'c1','name':'f','args':{'n':1}}}"),
                        parts(""),
                        STOP))
                .contains("\"finish_reason\":\"tool_calls\"")
                .doesNotContain("\"finish_reason\":\"stop\"");
    }

    /** T13. */
    @Test
    void t13_callsOfOneNameWithoutIds_haveIdsAndNumbersOfTheirOwn() {
        String[] events = {call("f"), call("f"), STOP};
        String chat = relayed(GEMINI, CHAT, ASK_CHAT, events);
        assertThat(ids(chat)).hasSize(2).doesNotHaveDuplicates();
        assertThat(chat).contains("{\"tool_calls\":[{\"index\":0,\"id\":", "{\"tool_calls\":[{\"index\":1,\"id\":");
        String messages = relayed(GEMINI, MESSAGES, ASK_MESSAGES, events);
        assertThat(ids(messages)).isEqualTo(ids(chat));
        new MessagesWire().check(messages);
    }

    /** T20. */
    @Test
    void t20_freeText_isRestored_whateverTheUpstream() {
        String asked = "{'input':'hi','tools':[{'type':'custom','name':'apply_patch','format':"
                + "{'type':'grammar','syntax':'lark','definition':'start: x'}}]}";
        String fromMessages = relayed(
                MESSAGES,
                RESPONSES,
                asked,
                "{'type':'message_start','message':{'id':'msg_1','model':'m','content':[],'usage':{'input_tokens':1}}}",
                "{'type':'content_block_start','index':0,'content_block':{'type':'tool_use','id':'c1','name':'apply_patch','input':{}}}",
                "{'type':'content_block_delta','index':0,'delta':{'type':'input_json_delta','partial_json':'{\\'input\\':\\'*** \\\\n'}}",
                "{'type':'content_block_delta','index':0,'delta':{'type':'input_json_delta','partial_json':'+é\\'}'}}",
                "{'type':'content_block_stop','index':0}",
                "{'type':'message_delta','delta':{'stop_reason':'tool_use'},'usage':{'output_tokens':2}}",
                "{'type':'message_stop'}");
        String fromGemini = relayed(
                GEMINI,
                RESPONSES,
                asked,
                parts("{'functionCall':{'id':'c1','name':'apply_patch','args':{'input':'*** \\n+é'}}}"),
                STOP);
        for (String stream : List.of(fromMessages, fromGemini)) {
            assertThat(Grammar.check(stream.getBytes(StandardCharsets.UTF_8)).types())
                    .contains("response.custom_tool_call_input.delta", "response.custom_tool_call_input.done");
            assertThat(stream)
                    .contains("\"type\":\"custom_tool_call\"", "\"input\":\"*** \\n+é\"")
                    .doesNotContain("function_call_arguments");
        }
    }

    /** T21. */
    @Test
    void t21_namespace_isRestored_whateverTheUpstream() {
        String asked = "{'input':'hi','tools':[{'type':'namespace','name':'mcp__x','tools':["
                + "{'type':'function','name':'f'},{'type':'function','name':'g'}]}]}";
        assertThat(relayed(GEMINI, RESPONSES, asked, call("mcp__x__g"), STOP))
                .contains("\"name\":\"g\",\"namespace\":\"mcp__x\"")
                .doesNotContain("mcp__x__g");
    }

    /** T25. */
    @Test
    void t25_nameThatTheUpstreamRefuses_comesBackAsTheClientKnowsIt() {
        String name = "mcp/files.read a" + "x".repeat(70);
        String asked = "{'max_tokens':99,'messages':[{'role':'user','content':'hi'}],'tools':[{'name':'" + name
                + "','input_schema':{'type':'object'}}]}";
        String sent = legal(asked);
        assertThat(sent).matches("[a-zA-Z_][a-zA-Z0-9_.:-]{0,63}").isNotEqualTo(name);
        assertThat(relayed(GEMINI, MESSAGES, asked, call(sent), STOP))
                .contains("\"name\":\"" + name + "\"")
                .doesNotContain("\"" + sent + "\"");
    }

    private static String legal(String asked) {
        byte[] body = Json.bytes(RequestCase.json(asked));
        Conversation read = MESSAGES.readRequest("m", true, body, new TranslationNotes(false));
        byte[] written =
                GEMINI.writeRequest(read, Target.of(GEMINI.dialect(), "gemini-2.5-flash"), new TranslationNotes(false));
        JsonNode request = Json.parse(written).orElseThrow();
        return request.at("/tools/0/functionDeclarations/0/name").asText();
    }

    /** T30. */
    @Test
    void t30_callWithoutArguments_hasAnEmptyInput() {
        String stream = relayed(GEMINI, MESSAGES, ASK_MESSAGES, call("f"), STOP);
        new MessagesWire().check(stream);
        assertThat(stream)
                .containsSubsequence(
                        "\"type\":\"tool_use\"", "{\"type\":\"content_block_stop\",\"index\":0}", "tool_use");
        assertThat(written(GEMINI, MESSAGES, ASK_MESSAGES, whole("{'functionCall':{'name':'f'}}")))
                .contains("\"input\":{}");
    }

    /** S3. */
    @Test
    void s3_textWithASignature_isText() {
        String[] events = {parts("{'text':'seen','thoughtSignature':'c2ln'}"), STOP};
        assertThat(relayed(GEMINI, CHAT, ASK_CHAT, events))
                .contains("\"content\":\"seen\"")
                .doesNotContain("reasoning_content");
        assertThat(relayed(GEMINI, MESSAGES, ASK_MESSAGES, events))
                .contains("{\"type\":\"text_delta\",\"text\":\"seen\"}")
                .doesNotContain("thinking_delta");
        assertThat(relayed(GEMINI, RESPONSES, ASK_RESPONSES, events))
                .contains("\"type\":\"response.output_text.delta\"")
                .doesNotContain("reasoning_summary_text");
    }

    /** A Messages client at Responses: what it is given back, it sends again, turn by turn. */
    @Test
    void s7_encryptedReasoning_returnsByteForByte_turnAfterTurn() {
        String history = "{'role':'user','content':'hi'}".replace('\'', '"');
        List<String> items = new ArrayList<>();
        for (int turn = 1; turn <= 3; turn++) {
            String reasoning = "{'type':'reasoning','id':'rs_%1$d','summary':[],'encrypted_content':'gAAA+/%1$d=='}"
                    .formatted(turn);
            String call =
                    "{'type':'function_call','call_id':'c%1$d','name':'f','arguments':'{\\'n\\':1.0}'}".formatted(turn);
            items.add((reasoning + "," + call.replace("\\'", "\\\"")).replace('\'', '"'));
            JsonNode content = Json.parse(written(
                                    RESPONSES,
                                    MESSAGES,
                                    "{'max_tokens':9000,'thinking':{'type':'enabled','budget_tokens':2000},"
                                            + "'messages':[{'role':'user','content':'hi'}]}",
                                    "{'id':'r','status':'completed','output':[" + reasoning + "," + call + "]}")
                            .getBytes(StandardCharsets.UTF_8))
                    .orElseThrow()
                    .path("content");
            history += ",{\"role\":\"assistant\",\"content\":" + Json.text(content)
                    + "},{\"role\":\"user\",\"content\":[{\"type\":\"tool_result\",\"tool_use_id\":\"c" + turn
                    + "\",\"content\":\"ok\"}]}";
        }
        byte[] body = ("{\"max_tokens\":9000,\"messages\":[" + history + "]}").getBytes(StandardCharsets.UTF_8);
        Conversation next = MESSAGES.readRequest("m", false, body, new TranslationNotes(false));
        byte[] sent =
                RESPONSES.writeRequest(next, Target.of(RESPONSES.dialect(), "gpt-5"), new TranslationNotes(false));
        assertThat(new String(sent, StandardCharsets.UTF_8))
                .contains("\"store\":false")
                .containsSubsequence(items);
    }

    /** U5. */
    @Test
    void u5_thoughts_areCompletionTokens_inStreamAndWholeAnswer() {
        String counts = "\"completion_tokens\":100,\"total_tokens\":110";
        assertThat(relayed(GEMINI, CHAT, ASK_CHAT, parts("{'text':'a'}"), STOP))
                .contains(counts, "\"reasoning_tokens\":70");
        assertThat(written(GEMINI, CHAT, ASK_CHAT, whole("{'text':'a'}"))).contains(counts, "\"reasoning_tokens\":70");
    }

    /** U6. */
    @Test
    void u6_usageOnEachChunk_theLastCounts() {
        assertThat(relayed(
                        GEMINI,
                        CHAT,
                        ASK_CHAT,
                        "{'usageMetadata':{'promptTokenCount':9,'candidatesTokenCount':2}}",
                        "{'usageMetadata':{'promptTokenCount':9,'candidatesTokenCount':30}}",
                        "{'candidates':[{'content':{'parts':[{'text':'a'}]}}],"
                                + "'usageMetadata':{'promptTokenCount':9,'candidatesTokenCount':64}}",
                        "{'candidates':[{'finishReason':'STOP'}]}"))
                .contains("\"prompt_tokens\":9,\"completion_tokens\":64,\"total_tokens\":73");
    }

    /** E7. */
    @Test
    void e7_interleavedAnswer_isAStreamOfTheStrictestGrammar() {
        String stream = relayed(
                CHAT,
                RESPONSES,
                ASK_RESPONSES,
                delta("{'role':'assistant','reasoning_content':'T'}"),
                delta("{'content':'a'}"),
                delta("{'tool_calls':[{'index':0,'id':'c1','function':{'name':'f','arguments':'{'}}]}"),
                delta("{'tool_calls':[{'index':1,'id':'c2','function':{'name':'g','arguments':'{'}}]}"),
                delta("{'tool_calls':[{'index':0,'function':{'arguments':'}'}}]}"),
                delta("{'tool_calls':[{'index':1,'function':{'arguments':'}'}}]}"),
                "{'id':'x','choices':[{'index':0,'delta':{},'finish_reason':'tool_calls'}]}",
                "{'id':'x','choices':[],'usage':{'prompt_tokens':1,'completion_tokens':2}}");
        Grammar grammar = Grammar.check(stream.getBytes(StandardCharsets.UTF_8));
        assertThat(grammar.types().getLast()).isEqualTo("response.completed");
        assertThat(grammar.types())
                .filteredOn("response.output_item.added"::equals)
                .hasSize(4);
        OpenAiSchemas.areValid("responseEvent", stream);
    }

    /** E12. */
    @Test
    void e12_messageStartTwice_isOneForTheClient() {
        String start =
                "{'type':'message_start','message':{'id':'msg_1','model':'m','content':[],'usage':{'input_tokens':1}}}";
        assertThat(relayed(
                        MESSAGES,
                        MESSAGES,
                        ASK_MESSAGES,
                        start,
                        start,
                        "{'type':'content_block_start','index':0,'content_block':{'type':'text','text':''}}",
                        "{'type':'content_block_delta','index':0,'delta':{'type':'text_delta','text':'a'}}",
                        "{'type':'content_block_stop','index':0}",
                        "{'type':'message_delta','delta':{'stop_reason':'end_turn'},'usage':{'output_tokens':2}}",
                        "{'type':'message_stop'}"))
                .containsOnlyOnce("event: message_start");
    }

    /** E16. */
    @Test
    void e16_blockedPrompt_isAnAnswerOfEachDialect() {
        assertThat(relayed(GEMINI, CHAT, ASK_CHAT, BLOCKED)).contains("\"finish_reason\":\"content_filter\"", "[DONE]");
        assertThat(relayed(GEMINI, MESSAGES, ASK_MESSAGES, BLOCKED))
                .contains("\"stop_reason\":\"refusal\"", "message_stop");
        assertThat(relayed(GEMINI, RESPONSES, ASK_RESPONSES, BLOCKED))
                .contains("\"type\":\"response.incomplete\"", "\"reason\":\"content_filter\"");
        assertThat(written(GEMINI, CHAT, ASK_CHAT, BLOCKED)).contains("\"finish_reason\":\"content_filter\"");
        assertThat(written(GEMINI, MESSAGES, ASK_MESSAGES, BLOCKED)).contains("\"stop_reason\":\"refusal\"");
        assertThat(written(GEMINI, RESPONSES, ASK_RESPONSES, BLOCKED)).contains("\"reason\":\"content_filter\"");
    }

    private static String parts(String parts) {
        return "{'candidates':[{'content':{'role':'model','parts':[" + parts + "]}}],'responseId':'r1'}";
    }

    private static String call(String name) {
        return parts("{'functionCall':{'name':'" + name + "'}}");
    }

    private static String whole(String part) {
        return "{'candidates':[{'content':{'parts':[" + part + "]}," + STOP.substring("{'candidates':[{".length());
    }

    private static String done(int index, String item) {
        return "{'type':'response.output_item.done','output_index':" + index + ",'item':" + item + "}";
    }

    private static String delta(String delta) {
        return "{'id':'x','choices':[{'index':0,'delta':" + delta + "}]}";
    }

    private static List<String> ids(String stream) {
        return Pattern.compile("\"id\":\"(call_[^\"]*)\"")
                .matcher(stream)
                .results()
                .map(match -> match.group(1))
                .toList();
    }
}
