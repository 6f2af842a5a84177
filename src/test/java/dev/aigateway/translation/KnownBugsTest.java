package dev.aigateway.translation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aigateway.conversation.Answer;
import dev.aigateway.conversation.Conversation;
import dev.aigateway.sse.SseWriter;
import dev.aigateway.translation.chat.ChatDialect;
import dev.aigateway.translation.completions.CompletionsDialect;
import dev.aigateway.translation.gemini.GeminiDialect;
import dev.aigateway.translation.messages.MessagesDialect;
import dev.aigateway.translation.relay.Relay;
import dev.aigateway.translation.relay.TranslatedRelay;
import dev.aigateway.translation.responses.Grammar;
import dev.aigateway.translation.responses.ResponsesDialect;
import dev.aigateway.translation.tools.ToolNames;
import dev.aigateway.translation.tools.ToolRestoration;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Random;
import java.util.function.IntSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Bugs that other gateways had between two dialects, as far as no test of one dialect holds them off (section 19). */
class KnownBugsTest {
    private static final ChatDialect CHAT = new ChatDialect();
    private static final MessagesDialect MESSAGES = new MessagesDialect();
    private static final ResponsesDialect RESPONSES = new ResponsesDialect();
    private static final GeminiDialect GEMINI = new GeminiDialect();

    private static final String ASK_MESSAGES =
            "{'max_tokens':9000,'thinking':{'type':'enabled','budget_tokens':2000},'messages':[{'role':'user','content':'hi'}]}";
    private static final String ASK_RESPONSES = "{'input':'hi','include':['reasoning.encrypted_content']}";
    private static final String ASK_CHAT =
            "{'messages':[{'role':'user','content':'hi'}]," + "'stream_options':{'include_usage':true}}";
    private static final String ASK_GEMINI = "{'contents':[{'parts':[{'text':'hi'}]}]}";
    private static final String CREATED = "{'type':'response.created','response':{'id':'resp_1','model':'m'}}";
    private static final String RESPONSES_USAGE = "'usage':{'input_tokens':1000,'input_tokens_details':"
            + "{'cached_tokens':600,'cache_write_tokens':300},'output_tokens':5}";

    @TestFactory
    Stream<DynamicTest> requests() {
        return Stream.of(
                        request("T22: hosted and unknown tools are dropped", RESPONSES, CHAT, "gpt-4.1")
                                .with("'input':'hi','tools':[{'type':'web_search'},{'type':'image_generation'},"
                                        + "{'type':'brand_new'},{'type':'function','name':'f','parameters':{}}]")
                                .gives("/tools/0/function/name", "'f'")
                                .lacks("/tools/1")
                                .notes(
                                        "dropped:tools.web_search",
                                        "dropped:tools.image_generation",
                                        "dropped:tools.brand_new"),
                        request("T23: parts of an output are no input_text", RESPONSES, MESSAGES, "claude-sonnet-4-5")
                                .with("'input':[{'role':'user','content':'hi'},"
                                        + "{'type':'function_call','call_id':'c','name':'f','arguments':'{}'},"
                                        + "{'type':'function_call_output','call_id':'c','output':"
                                        + "[{'type':'input_text','text':'a'},{'type':'input_text','text':'b'}]}]")
                                .gives(
                                        "/messages/2/content/0/content",
                                        "[{'type':'text','text':'a'},{'type':'text','text':'b'}]"),
                        request("8.1: alternatives at a schema's root", RESPONSES, MESSAGES, "claude-sonnet-4-5")
                                .with("'input':'hi','tools':[{'type':'function','name':'f','parameters':{'anyOf':["
                                        + "{'properties':{'a':{'type':'string'}},'required':['a']},"
                                        + "{'properties':{'a':{'const':1},'b':{'type':'string'}}}],'$defs':{'d':{}}}}]")
                                .gives(
                                        "/tools/0/input_schema",
                                        "{'type':'object','$defs':{'d':{}},"
                                                + "'properties':{'a':{'anyOf':[{'type':'string'},{'const':1}]},'b':{'type':'string'}}}")
                                .notes("approximated:tools.schema"),
                        request("8.1: all parts of a schema's root", CHAT, MESSAGES, "claude-sonnet-4-5")
                                .with(
                                        "'messages':[{'role':'user','content':'hi'}],'tools':[{'type':'function','function':"
                                                + "{'name':'f','parameters':{'type':'object','properties':{'x':{}},'required':['x'],"
                                                + "'allOf':[{'properties':{'a':{}},'required':['a','x']},{'not':{}}]}}}]")
                                .gives(
                                        "/tools/0/input_schema",
                                        "{'type':'object','properties':{'x':{},'a':{}},'required':['x','a']}")
                                .notes("approximated:tools.schema"),
                        request("8.1: a schema that is none", CHAT, MESSAGES, "claude-sonnet-4-5")
                                .with(
                                        "'messages':[{'role':'user','content':'hi'}],'tools':[{'type':'function','function':"
                                                + "{'name':'f','parameters':{}}}]")
                                .gives("/tools/0/input_schema/type", "'object'"),
                        request("8.1: strict, where the schema is not", MESSAGES, CHAT, "gpt-4.1")
                                .with(
                                        "'max_tokens':9,'messages':[{'role':'user','content':'hi'}],'tools':[{'name':'f',"
                                                + "'strict':true,'input_schema':{'type':'object','properties':{'a':{'type':'string'}}}}]")
                                .gives("/tools/0/function/strict", "false")
                                .gives(
                                        "/tools/0/function/parameters",
                                        "{'type':'object','properties':{'a':{'type':'string'}}}")
                                .notes("approximated:tools.strict"),
                        request("8.1: strict, where the schema is too", MESSAGES, RESPONSES, "gpt-4.1")
                                .with(
                                        "'max_tokens':99,'messages':[{'role':'user','content':'hi'}],'tools':[{'name':'f',"
                                                + "'strict':true,'input_schema':{'type':'object','additionalProperties':false,"
                                                + "'properties':{'a':{'type':'string'}},'required':['a']}}]")
                                .gives("/tools/0/strict", "true"),
                        request("8.1: strict of OpenAI's own clients", RESPONSES, CHAT, "gpt-4.1")
                                .with("'input':'hi','tools':[{'type':'function','name':'f','strict':true,'parameters':"
                                        + "{'type':'object','properties':{'a':{'type':'string'}}}}]")
                                .gives("/tools/0/function/strict", "true"),
                        request("11.2: the choice of a mapped search", RESPONSES, MESSAGES, "claude-sonnet-4-5")
                                .to("claude-sonnet-4-5", Quirk.HOSTED_TOOLS)
                                .with("'input':'hi','tools':[{'type':'web_search'}],"
                                        + "'tool_choice':{'type':'web_search'}")
                                .gives("/tool_choice", "{'type':'tool','name':'web_search'}")
                                .notes("approximated:tools.web_search"),
                        request("11.2: the choice of a dropped search", RESPONSES, MESSAGES, "claude-sonnet-4-5")
                                .with("'input':'hi','tools':[{'type':'web_search'},{'type':'function','name':'f'}],"
                                        + "'tool_choice':{'type':'web_search'}")
                                .gives("/tool_choice", "{'type':'auto'}")
                                .notes("dropped:tools.web_search", "approximated:tool_choice"),
                        request("S11: thinking keeps its place and bytes", MESSAGES, MESSAGES, "claude-sonnet-4-5")
                                .with(
                                        "'max_tokens':9000,'thinking':{'type':'enabled','budget_tokens':2000},'messages':["
                                                + "{'role':'user','content':'hi'},{'role':'assistant','content':["
                                                + "{'type':'thinking','thinking':'a','signature':'S1'},"
                                                + "{'type':'redacted_thinking','data':'D'},{'type':'text','text':'t'},"
                                                + "{'type':'thinking','thinking':'b','signature':'S2'},"
                                                + "{'type':'tool_use','id':'c','name':'f','input':{}}]},"
                                                + "{'role':'user','content':[{'type':'tool_result','tool_use_id':'c','content':'r'}]}]")
                                .gives(
                                        "/messages/1/content",
                                        "[{'type':'thinking','thinking':'a','signature':'S1'},"
                                                + "{'type':'redacted_thinking','data':'D'},{'type':'text','text':'t'},"
                                                + "{'type':'thinking','thinking':'b','signature':'S2'},"
                                                + "{'type':'tool_use','id':'c','name':'f','input':{}}]"),
                        request("M2: both forms of system are instructions", MESSAGES, RESPONSES, "gpt-4.1")
                                .with("'max_tokens':99,'messages':[{'role':'user','content':'hi'}],"
                                        + "'system':[{'type':'text','text':'a'},{'type':'text','text':'b'}]")
                                .gives("/instructions", "'a\\n\\nb'"),
                        request("M3: a system message in the middle stays there", MESSAGES, RESPONSES, "gpt-4.1")
                                .with("'max_tokens':99,'messages':[{'role':'user','content':'hi'},"
                                        + "{'role':'system','content':'now'},{'role':'user','content':'go'}]")
                                .gives("/input/1/role", "'system'")
                                .lacks("/instructions"),
                        request("M4: a leading developer item is the system", RESPONSES, MESSAGES, "claude-sonnet-4-5")
                                .with("'input':[{'role':'developer','content':'d'},{'role':'user','content':'hi'}]")
                                .gives("/system", "[{'type':'text','text':'d'}]")
                                .gives("/messages", "[{'role':'user','content':[{'type':'text','text':'hi'}]}]"),
                        request("M11: an image", MESSAGES, GEMINI, "gemini-2.5-pro")
                                .with("'max_tokens':99,'messages':[{'role':'user','content':[{'type':'image','source':"
                                        + "{'type':'base64','media_type':'image/webp','data':'AA=='}}]}]")
                                .gives("/contents/0/parts/0", "{'inlineData':{'mimeType':'image/webp','data':'AA=='}}"),
                        request("M12: Gemini's own client", GEMINI, MESSAGES, "claude-sonnet-4-5")
                                .with("'systemInstruction':{'parts':[{'text':'s'}]},'contents':[{'role':'user','parts':"
                                        + "[{'text':'a'}]},{'role':'user','parts':[{'text':'b'}]}],'tools':"
                                        + "[{'functionDeclarations':[{'name':'f','parametersJsonSchema':{'type':'object',"
                                        + "'properties':{'x':{'type':'string'}}}}]}]")
                                .gives("/system", "[{'type':'text','text':'s'}]")
                                .gives(
                                        "/messages",
                                        "[{'role':'user','content':[{'type':'text','text':'a'},{'type':'text','text':'b'}]}]")
                                .gives(
                                        "/tools/0/input_schema",
                                        "{'type':'object','properties':{'x':{'type':'string'}}}"),
                        request("M19: an image that Gemini cannot fetch", MESSAGES, GEMINI, "gemini-2.5-pro")
                                .with("'max_tokens':99,'messages':[{'role':'user','content':[{'type':'image','source':"
                                        + "{'type':'url','url':'https://x/y.png'}}]}]")
                                .isRefusedFor("messages.content.source"),
                        request("E22: one prompt and the protocol's limit", new CompletionsDialect(), CHAT, "gpt-4.1")
                                .with("'prompt':['a']")
                                .gives("/messages", "[{'role':'user','content':'a'}]")
                                .gives("/max_tokens", "16")
                                .notes("approximated:prompt"))
                .map(RequestCase::test);
    }

    /** T6. */
    @Test
    void t6_lateTextOfResponses_fitsItsBlock() {
        String stream = relayed(
                RESPONSES,
                MESSAGES,
                ASK_MESSAGES,
                CREATED,
                item("added", 0, "{'type':'message','id':'msg_1','content':[]}"),
                "{'type':'response.output_text.delta','output_index':0,'item_id':'msg_1','content_index':0,'delta':'a'}",
                item("added", 1, "{'type':'function_call','id':'fc_1','call_id':'c1','name':'f','arguments':''}"),
                "{'type':'response.function_call_arguments.delta','output_index':1,'item_id':'fc_1','delta':'{'}",
                "{'type':'response.output_text.delta','output_index':0,'item_id':'msg_1','content_index':0,'delta':'b'}",
                "{'type':'response.function_call_arguments.delta','output_index':1,'item_id':'fc_1','delta':'}'}",
                item("done", 1, "{'type':'function_call','id':'fc_1','call_id':'c1','name':'f','arguments':'{}'}"),
                item("done", 0, "{'type':'message','id':'msg_1','content':[{'type':'output_text','text':'ab'}]}"),
                "{'type':'response.completed','response':{'id':'resp_1','output':[]," + RESPONSES_USAGE + "}}");
        assertThat(stream)
                .containsSubsequence(
                        start(0, "text"),
                        delta(0, "text_delta"),
                        start(1, "tool_use"),
                        delta(1, "input_json_delta"),
                        delta(1, "input_json_delta"),
                        start(2, "text"),
                        delta(2, "text_delta"),
                        "\"stop_reason\":\"tool_use\"")
                .doesNotContain(start(3, ""));
    }

    /** T9. */
    @Test
    void t9_reasoningThatIsOnlyEncrypted_isClosedBeforeTheCall() {
        assertThat(relayed(
                        RESPONSES,
                        MESSAGES,
                        ASK_MESSAGES,
                        CREATED,
                        item("added", 0, "{'type':'reasoning','id':'rs_1','summary':[]}"),
                        item("done", 0, "{'type':'reasoning','id':'rs_1','summary':[],'encrypted_content':'gAAA'}"),
                        item(
                                "added",
                                1,
                                "{'type':'function_call','id':'fc_1','call_id':'c1','name':'f','arguments':''}"),
                        item(
                                "done",
                                1,
                                "{'type':'function_call','id':'fc_1','call_id':'c1','name':'f','arguments':'{}'}"),
                        "{'type':'response.completed','response':{'id':'resp_1','output':[]," + RESPONSES_USAGE + "}}"))
                .containsSubsequence(
                        start(0, "thinking"),
                        delta(0, "signature_delta"),
                        "{\"type\":\"content_block_stop\",\"index\":0}",
                        start(1, "tool_use"),
                        "\"partial_json\":\"{}\"",
                        "\"stop_reason\":\"tool_use\"");
    }

    /** S8. */
    @Test
    void s8_signature_comesOnceBeforeTheStop() {
        String stream = relayed(
                MESSAGES,
                MESSAGES,
                ASK_MESSAGES,
                "{'type':'message_start','message':{'id':'msg_1','model':'m','content':[],'usage':{'input_tokens':1}}}",
                "{'type':'content_block_start','index':0,'content_block':{'type':'thinking','thinking':'','signature':''}}",
                "{'type':'content_block_delta','index':0,'delta':{'type':'thinking_delta','thinking':'T'}}",
                "{'type':'content_block_delta','index':0,'delta':{'type':'signature_delta','signature':'SIG'}}",
                "{'type':'content_block_stop','index':0}",
                "{'type':'message_delta','delta':{'stop_reason':'end_turn'},'usage':{'output_tokens':2}}",
                "{'type':'message_stop'}");
        assertThat(stream)
                .containsOnlyOnce("signature_delta")
                .containsSubsequence(
                        "thinking_delta",
                        "{\"type\":\"signature_delta\",\"signature\":\"SIG\"}",
                        "{\"type\":\"content_block_stop\",\"index\":0}");
    }

    /** S15. */
    @Test
    void s15_thinking_isAReasoningItem_signedAtItsEnd() {
        String stream = relayed(
                MESSAGES,
                RESPONSES,
                ASK_RESPONSES,
                "{'type':'message_start','message':{'id':'msg_1','model':'m','content':[],'usage':{'input_tokens':1}}}",
                "{'type':'content_block_start','index':0,'content_block':{'type':'thinking','thinking':'','signature':''}}",
                "{'type':'content_block_delta','index':0,'delta':{'type':'thinking_delta','thinking':'T'}}",
                "{'type':'content_block_delta','index':0,'delta':{'type':'signature_delta','signature':'SIG'}}",
                "{'type':'content_block_stop','index':0}",
                "{'type':'content_block_start','index':1,'content_block':{'type':'text','text':''}}",
                "{'type':'content_block_delta','index':1,'delta':{'type':'text_delta','text':'Hi'}}",
                "{'type':'content_block_stop','index':1}",
                "{'type':'message_delta','delta':{'stop_reason':'end_turn'},'usage':{'output_tokens':2}}",
                "{'type':'message_stop'}");
        assertThat(Grammar.check(stream.getBytes(StandardCharsets.UTF_8)).types())
                .containsSubsequence(
                        "response.output_item.added",
                        "response.reasoning_summary_part.added",
                        "response.reasoning_summary_text.delta",
                        "response.reasoning_summary_text.done",
                        "response.reasoning_summary_part.done",
                        "response.output_item.done",
                        "response.output_item.added");
        assertThat(stream.substring(0, stream.indexOf("event: response.output_item.done")))
                .doesNotContain("encrypted_content\":\"");
        assertThat(stream).contains("encrypted_content\":\"gw1.anthropic.");
    }

    /** U4. */
    @Test
    void u4_countsOfWholeAnswers_areThoseOfStreamsU1ToU3() {
        assertThat(written(
                        CHAT,
                        MESSAGES,
                        ASK_MESSAGES,
                        "{'id':'x','choices':[{'index':0,'message':{'content':'a'},'finish_reason':'stop'}],'usage':"
                                + "{'prompt_tokens':15305,'completion_tokens':5,"
                                + "'prompt_tokens_details':{'cached_tokens':15104}}}"))
                .contains("\"input_tokens\":201,")
                .contains("\"cache_read_input_tokens\":15104,\"output_tokens\":5");
        assertThat(written(
                        RESPONSES,
                        MESSAGES,
                        ASK_MESSAGES,
                        "{'id':'r','status':'completed','output':[{'type':'message','content':"
                                + "[{'type':'output_text','text':'a'}]}]," + RESPONSES_USAGE + "}"))
                .contains("\"input_tokens\":100,\"cache_creation_input_tokens\":300,\"cache_read_input_tokens\":600");
        assertThat(written(
                        MESSAGES,
                        CHAT,
                        ASK_CHAT,
                        "{'id':'msg_1','type':'message','content':[{'type':'text','text':'a'}],'stop_reason':'end_turn',"
                                + "'usage':{'input_tokens':100,'cache_read_input_tokens':600,"
                                + "'cache_creation_input_tokens':300,'output_tokens':50}}"))
                .contains("\"prompt_tokens\":1000,\"completion_tokens\":50,\"total_tokens\":1050")
                .contains("\"cached_tokens\":600,\"cache_write_tokens\":300");
    }

    /** U2. */
    @Test
    void u2_cacheWritesOfAStream_areNoInput() {
        assertThat(relayed(
                        RESPONSES,
                        MESSAGES,
                        ASK_MESSAGES,
                        CREATED,
                        item("done", 0, "{'type':'message','id':'m','content':[{'type':'output_text','text':'a'}]}"),
                        "{'type':'response.completed','response':{'id':'resp_1'," + RESPONSES_USAGE + "}}"))
                .contains("\"input_tokens\":100,\"cache_creation_input_tokens\":300,\"cache_read_input_tokens\":600");
    }

    /** E4. */
    @Test
    void e4_streamThatIsCut_isAFailedResponse() {
        String stream =
                relayed(CHAT, RESPONSES, ASK_RESPONSES, "{'id':'x','choices':[{'index':0,'delta':{'content':'Hi'}}]}");
        assertThat(Grammar.check(stream.getBytes(StandardCharsets.UTF_8))
                        .types()
                        .getLast())
                .isEqualTo("response.failed");
    }

    /** E8. */
    @Test
    void e8_completedWithoutOutput_keepsWhatWasStreamed() {
        String[] events = {
            CREATED,
            item("added", 0, "{'type':'message','id':'m','content':[]}"),
            item("done", 0, "{'type':'message','id':'m','content':[{'type':'output_text','text':'whole'}]}"),
            "{'type':'response.completed','response':{'id':'resp_1','output':[]," + RESPONSES_USAGE + "}}"
        };
        assertThat(relayed(RESPONSES, CHAT, ASK_CHAT, events)).contains("\"content\":\"whole\"");
        assertThat(relayed(RESPONSES, MESSAGES, ASK_MESSAGES, events)).contains("\"text\":\"whole\"");
        assertThat(relayed(RESPONSES, GEMINI, ASK_GEMINI, events)).contains("\"text\":\"whole\"");
        assertThat(relayed(RESPONSES, new CompletionsDialect(), "{'prompt':'a'}", events))
                .contains("\"text\":\"whole\"");
    }

    /** E11. */
    @Test
    void e11_geminiClient_getsGeminiChunks() {
        assertThat(relayed(
                        CHAT,
                        GEMINI,
                        ASK_GEMINI,
                        "{'id':'x','choices':[{'index':0,'delta':{'content':'Hi'}}]}",
                        "{'id':'x','choices':[{'index':0,'delta':{},'finish_reason':'stop'}]}"))
                .contains("{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"Hi\"}],\"role\":\"model\"}")
                .contains("\"finishReason\":\"STOP\"")
                .doesNotContain("choices");
    }

    private static RequestCase request(String label, ClientDialect client, UpstreamDialect upstream, String model) {
        return new RequestCase(label, client, upstream, "{}", model);
    }

    private static String item(String what, int index, String item) {
        return "{'type':'response.output_item." + what + "','output_index':" + index + ",'item':" + item + "}";
    }

    private static String start(int index, String type) {
        return "{\"type\":\"content_block_start\",\"index\":" + index
                + (type.isEmpty() ? "" : ",\"content_block\":{\"type\":\"" + type);
    }

    private static String delta(int index, String type) {
        return "{\"type\":\"content_block_delta\",\"index\":" + index + ",\"delta\":{\"type\":\"" + type;
    }

    static String written(UpstreamDialect upstream, ClientDialect client, String request, String answer) {
        Conversation asked = client.readRequest("m", false, bytes(request), new TranslationNotes(false));
        Answer read = upstream.readAnswer(bytes(answer), Target.of(upstream.dialect(), "m"));
        return new String(client.writeAnswer(read, context(asked)), StandardCharsets.UTF_8);
    }

    /** The client's stream, the same however the upstream's is cut into chunks. */
    static String relayed(UpstreamDialect upstream, ClientDialect client, String request, String... events) {
        StringBuilder sent = new StringBuilder();
        for (String event : events) {
            sent.append("data: ")
                    .append(new String(bytes(event), StandardCharsets.UTF_8))
                    .append("\n\n");
        }
        byte[] stream = sent.toString().getBytes(StandardCharsets.UTF_8);
        String whole = relayed(upstream, client, request, stream, () -> stream.length);
        assertThat(relayed(upstream, client, request, stream, () -> 1))
                .as("byte by byte")
                .isEqualTo(whole);
        Random random = new Random(5);
        assertThat(relayed(upstream, client, request, stream, () -> 1 + random.nextInt(40)))
                .as("random chunks")
                .isEqualTo(whole);
        return whole;
    }

    private static String relayed(
            UpstreamDialect upstream, ClientDialect client, String request, byte[] stream, IntSupplier chunk) {
        Conversation asked = client.readRequest("m", true, bytes(request), new TranslationNotes(false));
        EventDecoder decoder = new ToolRestoration(
                upstream.newDecoder(Target.of(upstream.dialect(), "m")), ToolNames.of(asked, upstream.dialect()));
        Relay relay = new TranslatedRelay(decoder, client.newEncoder(context(asked)), 1 << 16, false);
        SseWriter out = new SseWriter();
        int at = 0;
        while (at < stream.length) {
            int next = Math.min(stream.length, at + chunk.getAsInt());
            relay.feed(Arrays.copyOfRange(stream, at, next), out);
            at = next;
        }
        relay.end(out);
        return new String(out.drain(), StandardCharsets.UTF_8);
    }

    private static AnswerContext context(Conversation asked) {
        return new AnswerContext("req1", "m", Instant.ofEpochSecond(1_700_000_000), asked);
    }

    private static byte[] bytes(String quoted) {
        return Json.bytes(RequestCase.json(quoted));
    }
}
