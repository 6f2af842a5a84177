package dev.aigateway.translation.messages;

import dev.aigateway.translation.Quirk;
import dev.aigateway.translation.RequestCase;
import dev.aigateway.translation.chat.ChatDialect;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Chat requests as an Anthropic upstream sees them: sections 7.1, 9, 11, 18.1 and 19 of the translation reference. */
class ChatToMessagesRequestTest {
    private static final String SONNET = "claude-sonnet-4-5";
    private static final String F = "{'type':'function','function':{'name':'f','parameters':{'type':'object'}}}";
    private static final String G = "{'type':'function','function':{'name':'g'}}";
    private static final String TOOLS = "'tools':[" + F + "," + G + "]";

    private static RequestCase chat(String label) {
        String body = "{'model':'asked','messages':[{'role':'user','content':'Hi'}]}";
        return new RequestCase(label, new ChatDialect(), new MessagesDialect(), body, SONNET);
    }

    private static Stream<DynamicTest> all(RequestCase... cases) {
        return Stream.of(cases).map(RequestCase::test);
    }

    @TestFactory
    Stream<DynamicTest> limits_areWritten() {
        return all(
                chat("M18: without a limit, the model's ceiling").gives("/max_tokens", "65536"),
                chat("M18: the ceiling of a newer model").to("claude-opus-4-8").gives("/max_tokens", "131072"),
                chat("7.1: the operator's default").defaultMaxTokens(9000).gives("/max_tokens", "9000"),
                chat("7.1: the operator's default is capped")
                        .defaultMaxTokens(90000)
                        .gives("/max_tokens", "65536"),
                chat("7.1: max_tokens").with("'max_tokens':50").gives("/max_tokens", "50"),
                chat("7.1: max_completion_tokens wins")
                        .with("'max_tokens':50,'max_completion_tokens':60")
                        .gives("/max_tokens", "60"),
                chat("7.1: a limit over the ceiling is capped")
                        .with("'max_tokens':100000")
                        .gives("/max_tokens", "65536")
                        .notes("approximated:max_tokens"),
                chat("3.1: a limit of 0 is refused").with("'max_tokens':0").isRefusedFor("max_tokens"),
                chat("7.1: no stream flag").lacks("/stream"),
                chat("7.1: the stream flag, without stream_options")
                        .with("'stream_options':{'include_usage':true}")
                        .streamed()
                        .gives("/stream", "true")
                        .lacks("/stream_options"));
    }

    @TestFactory
    Stream<DynamicTest> sampling_isWrittenAsTheModelTakesIt() {
        return all(
                chat("7.1: temperature up to 1 is kept")
                        .with("'temperature':0.30")
                        .gives("/temperature", "0.30"),
                chat("M14: temperature over 1 becomes 1")
                        .with("'temperature':1.4")
                        .gives("/temperature", "1")
                        .notes("approximated:temperature"),
                chat("M15: of temperature and top_p, temperature stays")
                        .with("'temperature':0.5,'top_p':0.9")
                        .gives("/temperature", "0.5")
                        .lacks("/top_p")
                        .notes("dropped:top_p"),
                chat("7.1: both for a model that takes both")
                        .to("claude-3-5-sonnet")
                        .with("'temperature':0.5,'top_p':0.9")
                        .gives("/temperature", "0.5")
                        .gives("/top_p", "0.9"),
                chat("M16: temperature for a model that refuses it")
                        .to("claude-opus-5")
                        .with("'temperature':0.3")
                        .lacks("/temperature")
                        .notes("dropped:temperature"),
                chat("7.1: the default temperature is no loss")
                        .to("claude-opus-5")
                        .with("'temperature':1.0,'top_p':1")
                        .lacks("/temperature", "/top_p"),
                chat("7.1: top_p for a model that refuses it")
                        .to("claude-opus-5")
                        .with("'top_p':0.5")
                        .lacks("/top_p")
                        .notes("dropped:top_p"),
                chat("18.1: top_k").with("'top_k':7").gives("/top_k", "7"),
                chat("7.1: top_k for a model that refuses it")
                        .to("claude-opus-5")
                        .with("'top_k':7")
                        .lacks("/top_k")
                        .notes("dropped:top_k"),
                chat("M13: a stop text becomes a list").with("'stop':'X'").gives("/stop_sequences", "['X']"),
                chat("7.1: a stop list").with("'stop':['X','Y']").gives("/stop_sequences", "['X','Y']"),
                chat("7.1: a blank stop is dropped")
                        .with("'stop':['\\n','Y']")
                        .gives("/stop_sequences", "['Y']")
                        .notes("dropped:stop"),
                chat("7.1: only blank stops")
                        .with("'stop':' '")
                        .lacks("/stop_sequences")
                        .notes("dropped:stop"),
                chat("18.1: n of 1").with("'n':1"),
                chat("18.1: n over 1").with("'n':2").isRefusedFor("n"),
                chat("18.1: penalties")
                        .with("'presence_penalty':0.5,'frequency_penalty':-1")
                        .notes("dropped:presence_penalty", "dropped:frequency_penalty"),
                chat("7.1: penalties of 0 are no loss").with("'presence_penalty':0,'frequency_penalty':0.0"),
                chat("18.1: logit_bias").with("'logit_bias':{'50256':-100}").notes("dropped:logit_bias"),
                chat("18.1: seed").with("'seed':7").notes("dropped:seed"),
                chat("18.1: logprobs").with("'logprobs':true,'top_logprobs':2").notes("dropped:logprobs"),
                chat("7.1: logprobs false is no loss").with("'logprobs':false"));
    }

    @TestFactory
    Stream<DynamicTest> reasoning_isAskedForAsTheModelTakesIt() {
        return all(
                chat("9.1: unset").lacks("/thinking", "/output_config"),
                chat("9.1: none on a budget model")
                        .with("'reasoning_effort':'none'")
                        .gives("/thinking", "{'type':'disabled'}"),
                chat("9.1: none on an adaptive model")
                        .to("claude-opus-4-6")
                        .with("'reasoning_effort':'none'")
                        .gives("/thinking", "{'type':'disabled'}"),
                effort("minimal", 1024),
                effort("low", 1024),
                effort("medium", 8192),
                effort("high", 24576),
                effort("xhigh", 32768),
                effort("max", 64000),
                adaptive("minimal", "low"),
                adaptive("low", "low"),
                adaptive("medium", "medium"),
                adaptive("high", "high"),
                adaptive("xhigh", "xhigh"),
                adaptive("max", "max"),
                chat("18.1: a budget by extension")
                        .with("'thinking':{'type':'enabled','budget_tokens':2000}")
                        .gives("/thinking", "{'type':'enabled','budget_tokens':2000}"),
                chat("18.1: OpenRouter's budget")
                        .with("'reasoning':{'max_tokens':3000}")
                        .gives("/thinking/budget_tokens", "3000"),
                chat("9.1: a budget on an adaptive model becomes an effort")
                        .to("claude-opus-5")
                        .with("'reasoning':{'max_tokens':9000}")
                        .gives("/thinking/type", "'adaptive'")
                        .gives("/output_config/effort", "'high'")
                        .notes("approximated:reasoning_effort"),
                chat("9.1: a budget below the minimum is raised")
                        .with("'reasoning':{'max_tokens':100}")
                        .gives("/thinking/budget_tokens", "1024"),
                chat("9.1: enable_thinking")
                        .with("'enable_thinking':true")
                        .gives("/thinking", "{'type':'enabled','budget_tokens':8192}")
                        .notes("approximated:reasoning_effort"),
                chat("9.1: excluded reasoning is omitted, adaptive")
                        .to("claude-opus-5")
                        .with("'reasoning':{'effort':'high','exclude':true}")
                        .gives("/thinking/display", "'omitted'")
                        .notes("approximated:reasoning_effort"),
                chat("9.1: excluded reasoning is omitted, by budget")
                        .with("'reasoning':{'max_tokens':2000,'exclude':true}")
                        .gives("/thinking", "{'type':'enabled','budget_tokens':2000,'display':'omitted'}"),
                chat("S12: max_tokens is raised over the budget")
                        .with("'max_tokens':100,'reasoning':{'max_tokens':4000}")
                        .gives("/max_tokens", "4100")
                        .gives("/thinking/budget_tokens", "4000"),
                chat("S12: a limit that leaves room stays")
                        .with("'max_tokens':5000,'reasoning':{'max_tokens':4000}")
                        .gives("/max_tokens", "5000"),
                chat("S12: the raised limit is capped")
                        .with("'max_tokens':60000,'reasoning':{'max_tokens':64000}")
                        .gives("/max_tokens", "65536"),
                chat("S10: a forced tool turns thinking off")
                        .with(TOOLS + ",'tool_choice':'required','reasoning_effort':'high'")
                        .lacks("/thinking")
                        .gives("/tool_choice", "{'type':'any'}")
                        .notes("dropped:reasoning_effort"),
                chat("S10: one forced tool, adaptive")
                        .to("claude-opus-5")
                        .with(TOOLS
                                + ",'tool_choice':{'type':'function','function':{'name':'f'}},'reasoning_effort':'low'")
                        .lacks("/thinking", "/output_config")
                        .gives("/tool_choice", "{'type':'tool','name':'f'}")
                        .notes("dropped:reasoning_effort"),
                chat("9.1: thinking forbids temperature and top_k")
                        .with("'reasoning':{'max_tokens':2000},'temperature':0.5,'top_k':3")
                        .lacks("/temperature", "/top_k")
                        .notes("dropped:temperature", "dropped:top_k"),
                chat("7.1: thinking keeps a high top_p")
                        .with("'reasoning':{'max_tokens':2000},'top_p':0.95")
                        .gives("/top_p", "0.95"),
                chat("7.1: thinking drops a low top_p")
                        .with("'reasoning':{'max_tokens':2000},'top_p':0.9")
                        .lacks("/top_p")
                        .notes("dropped:top_p"),
                chat("9.1: a model without reasoning")
                        .to("claude-3-5-haiku")
                        .with("'reasoning_effort':'high'")
                        .lacks("/thinking")
                        .notes("dropped:reasoning_effort"),
                chat("9.3: a waiting turn without its thinking turns thinking off")
                        .with("'reasoning':{'max_tokens':2000}," + TOOLS)
                        .messages(user("Hi"), call("c1", "{}"), tool("c1", "1"))
                        .lacks("/thinking")
                        .notes("dropped:reasoning_effort"),
                chat("9.3: adaptive models may miss it")
                        .to("claude-opus-5")
                        .with("'reasoning_effort':'high'," + TOOLS)
                        .messages(user("Hi"), call("c1", "{}"), tool("c1", "1"))
                        .gives("/thinking/type", "'adaptive'")
                        .notes("approximated:reasoning_effort"),
                chat("3.1: an unknown effort is refused")
                        .with("'reasoning_effort':'extreme'")
                        .isRefusedFor("reasoning_effort"));
    }

    private static RequestCase effort(String word, int budget) {
        return chat("9.1: effort " + word + " on a budget model")
                .with("'reasoning_effort':'" + word + "'")
                .gives("/thinking", "{'type':'enabled','budget_tokens':" + budget + "}")
                .notes("approximated:reasoning_effort");
    }

    private static RequestCase adaptive(String word, String effort) {
        return chat("S14: effort " + word + " on an adaptive model")
                .to("claude-opus-4-8")
                .with("'reasoning_effort':'" + word + "'")
                .gives("/thinking", "{'type':'adaptive','display':'summarized'}")
                .gives("/output_config", "{'effort':'" + effort + "'}")
                .lacks("/temperature")
                .notes("approximated:reasoning_effort");
    }

    @TestFactory
    Stream<DynamicTest> outputFormat_isAskedFor() {
        String closed = "{'type':'object','properties':{'a':{'type':'string'}},'additionalProperties':false}";
        String open = "{'type':'object','properties':{'a':{'type':'integer','minimum':1},'pattern':{'type':'string'}}}";
        return all(
                chat("7.1: text is the default")
                        .with("'response_format':{'type':'text'}")
                        .lacks("/output_config"),
                chat("M17: json_schema")
                        .with(schema(closed))
                        .gives("/output_config", "{'format':{'type':'json_schema','schema':" + closed + "}}"),
                chat("M17: with thinking and tools")
                        .with(schema(closed) + "," + TOOLS + ",'reasoning':{'max_tokens':2000}")
                        .gives("/output_config/format/type", "'json_schema'")
                        .gives("/thinking/type", "'enabled'")
                        .lacks("/tool_choice"),
                chat("M17: beside an effort")
                        .to("claude-opus-5")
                        .with(schema(closed) + ",'reasoning_effort':'low'")
                        .gives("/output_config/effort", "'low'")
                        .gives("/output_config/format/schema", closed)
                        .notes("approximated:reasoning_effort"),
                chat("7.1: unsupported keywords go, properties of their names stay")
                        .with(schema(open))
                        .gives(
                                "/output_config/format/schema",
                                "{'type':'object','properties':{'a':{'type':'integer'},'pattern':{'type':'string'}},"
                                        + "'additionalProperties':false}")
                        .notes("approximated:response_format"),
                chat("7.1: a model without structured output is told the schema")
                        .to("claude-3-7-sonnet")
                        .with(schema("{'type':'object'}"))
                        .lacks("/output_config")
                        .gives(
                                "/system/0/text",
                                "'Answer with one JSON value only, without any text around it, that satisfies this JSON"
                                        + " schema:\\n{\\\"type\\\":\\\"object\\\"}'")
                        .notes("approximated:response_format"),
                chat("18.1: json_object becomes an instruction")
                        .with("'response_format':{'type':'json_object'}")
                        .messages("{'role':'system','content':'S'}", user("Hi"))
                        .gives("/system/0/text", "'S'")
                        .gives("/system/1/text", "'Answer with one JSON object only, without any text around it.'")
                        .notes("approximated:response_format"),
                chat("3.1: a schema without a name")
                        .with("'response_format':{'type':'json_schema','json_schema':{'schema':{}}}")
                        .isRefusedFor("response_format.json_schema.name"));
    }

    private static String schema(String schema) {
        return "'response_format':{'type':'json_schema','json_schema':{'name':'n','strict':true,'schema':" + schema
                + "}}";
    }

    @TestFactory
    Stream<DynamicTest> caller_isDescribed() {
        return all(
                chat("18.1: user").with("'user':'u1'").gives("/metadata", "{'user_id':'u1'}"),
                chat("7.1: safety_identifier wins")
                        .with("'user':'u1','safety_identifier':'s1'")
                        .gives("/metadata", "{'user_id':'s1'}"),
                chat("7.1: a long id is hashed")
                        .with("'user':'" + "x".repeat(257) + "'")
                        .gives(
                                "/metadata/user_id",
                                "'15eb95a462ee20bd91a415ae2d4aed341288186ddaa2b37908f7d592f0c3f85f'"),
                chat("18.1: metadata keeps the user id only")
                        .with("'metadata':{'user_id':'m1','team':'t'}")
                        .gives("/metadata", "{'user_id':'m1'}")
                        .notes("dropped:metadata"),
                chat("7.1: tier auto").with("'service_tier':'auto'").gives("/service_tier", "'auto'"),
                chat("7.1: tier default").with("'service_tier':'default'").gives("/service_tier", "'standard_only'"),
                chat("7.1: tier flex")
                        .with("'service_tier':'flex'")
                        .lacks("/service_tier")
                        .notes("dropped:service_tier"),
                chat("18.1: prompt_cache_key").with("'prompt_cache_key':'k'").notes("dropped:prompt_cache_key"),
                chat("18.1: prompt_cache_options")
                        .with("'prompt_cache_options':{'mode':'x'}")
                        .notes("dropped:prompt_cache_options"),
                chat("18.1: verbosity").with("'verbosity':'low'").notes("dropped:verbosity"),
                chat("7.1: store is dropped silently").with("'store':true").lacks("/store"),
                chat("18.1: prediction")
                        .with("'prediction':{'type':'content','content':'x'}")
                        .notes("dropped:prediction"),
                chat("18.1: moderation").with("'moderation':{'model':'x'}").notes("dropped:moderation"),
                chat("18.1: text modality only").with("'modalities':['text']"),
                chat("18.1: audio output").with("'modalities':['text','audio']").isRefusedFor("modalities"),
                chat("1.5: audio settings")
                        .with("'audio':{'voice':'v','format':'wav'}")
                        .isRefusedFor("audio"),
                chat("M20: previous_response_id")
                        .with("'previous_response_id':'r'")
                        .isRefusedFor("previous_response_id"));
    }

    @TestFactory
    Stream<DynamicTest> tools_areDeclared() {
        return all(
                chat("11.1: functions")
                        .with(
                                "'tools':[{'type':'function','function':{'name':'f','description':'D',"
                                        + "'parameters':{'type':'object','properties':{'a':{'type':'string'}}},'strict':true}}]")
                        .gives(
                                "/tools",
                                "[{'name':'f','description':'D','input_schema':{'type':'object',"
                                        + "'properties':{'a':{'type':'string'}}},'strict':true}]")
                        .lacks("/tool_choice"),
                chat("11.1: a null description and no parameters")
                        .with("'tools':[{'type':'function','function':{'name':'f','description':null}}]")
                        .gives("/tools", "[{'name':'f','input_schema':{'type':'object','properties':{}}}]"),
                chat("11.1: a schema without a type")
                        .with("'tools':[{'type':'function','function':{'name':'f','parameters':{'properties':{}}}}]")
                        .gives("/tools/0/input_schema", "{'type':'object','properties':{}}"),
                chat("11.1: no tools, no choice")
                        .with("'tools':[],'tool_choice':'auto','parallel_tool_calls':false")
                        .lacks("/tools", "/tool_choice"),
                chat("11.2: auto").with(TOOLS + ",'tool_choice':'auto'").gives("/tool_choice", "{'type':'auto'}"),
                chat("T18: none stays none")
                        .with(TOOLS + ",'tool_choice':'none'")
                        .gives("/tool_choice", "{'type':'none'}")
                        .gives("/tools/1/name", "'g'"),
                chat("T18: none with single calls")
                        .with(TOOLS + ",'tool_choice':'none','parallel_tool_calls':false")
                        .gives("/tool_choice", "{'type':'none'}"),
                chat("11.2: required")
                        .with(TOOLS + ",'tool_choice':'required'")
                        .gives("/tool_choice", "{'type':'any'}"),
                chat("11.2: allowed tools, auto")
                        .with(TOOLS + "," + allowed("auto"))
                        .gives("/tools/0/name", "'f'")
                        .lacks("/tools/1")
                        .gives("/tool_choice", "{'type':'auto'}")
                        .notes("approximated:tool_choice"),
                chat("11.2: allowed tools, required")
                        .with(TOOLS + "," + allowed("required"))
                        .lacks("/tools/1")
                        .gives("/tool_choice", "{'type':'any'}")
                        .notes("approximated:tool_choice"),
                chat("T17: single calls without a choice")
                        .with(TOOLS + ",'parallel_tool_calls':false")
                        .gives("/tool_choice", "{'type':'auto','disable_parallel_tool_use':true}"),
                chat("11.2: single calls with a choice")
                        .with(TOOLS + ",'parallel_tool_calls':false,'tool_choice':'required'")
                        .gives("/tool_choice", "{'type':'any','disable_parallel_tool_use':true}"),
                chat("7.1: parallel calls are the default")
                        .with(TOOLS + ",'parallel_tool_calls':true")
                        .lacks("/tool_choice"),
                chat("11.4: a custom tool becomes a function")
                        .with("'tools':[" + custom() + "],'tool_choice':{'type':'custom','custom':{'name':'p'}}")
                        .gives("/tools/0/name", "'p'")
                        .gives("/tools/0/description", "'D\\n\\nThe input must follow this lark grammar:\\nstart: X'")
                        .gives("/tools/0/input_schema/required", "['input']")
                        .gives("/tools/0/input_schema/properties/input/type", "'string'")
                        .gives("/tool_choice", "{'type':'tool','name':'p'}")
                        .notes("approximated:tools.custom"),
                chat("11.6: unknown tools are dropped, not refused")
                        .with("'tools':[{'type':'computer'}," + F + "]")
                        .gives("/tools/0/name", "'f'")
                        .lacks("/tools/1")
                        .notes("dropped:tools.computer"),
                chat("11.6: all tools dropped, the choice too")
                        .with("'tools':[{'type':'computer'}],'tool_choice':'required'")
                        .lacks("/tools", "/tool_choice")
                        .notes("dropped:tools.computer"),
                chat("11.6: the chosen tool must be there")
                        .with(TOOLS + ",'tool_choice':{'type':'function','function':{'name':'h'}}")
                        .isRefusedFor("tool_choice"),
                chat("18.1: web search at Anthropic itself")
                        .to(SONNET, Quirk.HOSTED_TOOLS)
                        .with(
                                "'web_search_options':{'user_location':{'type':'approximate','approximate':{'city':'Rome'}}}")
                        .gives(
                                "/tools",
                                "[{'type':'web_search_20250305','name':'web_search',"
                                        + "'user_location':{'type':'approximate','city':'Rome'}}]")
                        .notes("approximated:tools.web_search"),
                chat("11.6: web search elsewhere")
                        .with("'web_search_options':{}")
                        .lacks("/tools")
                        .notes("dropped:tools.web_search"),
                chat("18.1: deprecated functions")
                        .with("'functions':[{'name':'f','parameters':{'type':'object'}}],'function_call':{'name':'f'}")
                        .gives("/tools", "[{'name':'f','input_schema':{'type':'object'}}]")
                        .gives("/tool_choice", "{'type':'tool','name':'f'}"),
                chat("18.1: a deprecated choice by word")
                        .with("'functions':[{'name':'f'}],'function_call':'none'")
                        .gives("/tool_choice", "{'type':'none'}"),
                chat("T25: a name that Anthropic refuses")
                        .with("'tools':[{'type':'function','function':{'name':'a.b/c'}}]")
                        .gives("/tools/0/name", "'a_b_c'"));
    }

    private static String allowed(String mode) {
        return "'tool_choice':{'type':'allowed_tools','allowed_tools':{'mode':'" + mode
                + "','tools':[{'type':'function','function':{'name':'f'}}]}}";
    }

    private static String custom() {
        return "{'type':'custom','custom':{'name':'p','description':'D','format':{'type':'grammar',"
                + "'grammar':{'syntax':'lark','definition':'start: X'}}}}";
    }

    @TestFactory
    Stream<DynamicTest> cacheMarks_keepToTheLimits() {
        String part = "{'type':'text','text':'x','cache_control':{'type':'ephemeral'}}";
        return all(
                chat("18.1: marks of the extension are kept")
                        .messages(
                                "{'role':'user','content':[{'type':'text','text':'x','cache_control':{'type':'ephemeral','ttl':'1h'}}]}")
                        .gives("/messages/0/content/0/cache_control", "{'type':'ephemeral','ttl':'1h'}"),
                chat("7.1: at most four, the last ones")
                        .messages("{'role':'user','content':[" + String.join(",", part, part, part, part, part) + "]}")
                        .lacks("/messages/0/content/0/cache_control")
                        .gives("/messages/0/content/1/cache_control", "{'type':'ephemeral'}")
                        .gives("/messages/0/content/4/cache_control", "{'type':'ephemeral'}")
                        .notes("approximated:cache_control"),
                chat("5.2: none outlives one before it")
                        .messages(
                                "{'role':'system','content':[" + part + "]}",
                                "{'role':'user','content':[{'type':'text','text':'x','cache_control':{'type':'ephemeral','ttl':'1h'}}]}")
                        .gives("/system/0/cache_control", "{'type':'ephemeral'}")
                        .gives("/messages/0/content/0/cache_control", "{'type':'ephemeral'}"));
    }

    private static String user(String text) {
        return "{'role':'user','content':'" + text + "'}";
    }

    private static String call(String id, String arguments) {
        return "{'role':'assistant','content':null,'tool_calls':[{'id':'" + id
                + "','type':'function','function':{'name':'f','arguments':'" + arguments.replace("'", "\\\"") + "'}}]}";
    }

    private static String tool(String id, String content) {
        return "{'role':'tool','tool_call_id':'" + id + "','content':'" + content + "'}";
    }
}
