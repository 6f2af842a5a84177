package dev.aigateway.translation.chat;

import dev.aigateway.translation.Quirk;
import dev.aigateway.translation.RequestCase;
import dev.aigateway.translation.messages.MessagesDialect;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Messages requests as a Chat upstream sees them: sections 7, 9, 10, 11, 18.4 and 19 of the translation reference. */
class MessagesToChatRequestTest {
    private static final String HI = "{'role':'user','content':'Hi'}";
    private static final String F = "{'name':'f','input_schema':{'type':'object'}}";

    private static RequestCase messages(String label) {
        String body = "{'model':'asked','max_tokens':100,'messages':[" + HI + "]}";
        return new RequestCase(label, new MessagesDialect(), new ChatDialect(), body, "some-model");
    }

    private static Stream<DynamicTest> all(RequestCase... cases) {
        return Stream.of(cases).map(RequestCase::test);
    }

    @TestFactory
    Stream<DynamicTest> scalars_areWritten() {
        return all(
                messages("18.4: max_tokens").gives("/max_tokens", "100").lacks("/max_completion_tokens", "/stream"),
                messages("7.1: max_completion_tokens at OpenAI")
                        .to("gpt-5.2", Quirk.MAX_COMPLETION_TOKENS)
                        .gives("/max_completion_tokens", "100")
                        .lacks("/max_tokens"),
                messages("18.4: max_tokens of 0").with("'max_tokens':0").isRefusedFor("max_tokens"),
                messages("5.2: max_tokens is required")
                        .with("'max_tokens':null")
                        .isRefusedFor("max_tokens"),
                messages("7.1: usage is always asked for")
                        .streamed()
                        .gives("/stream", "true")
                        .gives("/stream_options", "{'include_usage':true}"),
                messages("7.1: not where it is refused")
                        .to("some-model", Quirk.NO_STREAM_OPTIONS)
                        .streamed()
                        .gives("/stream", "true")
                        .lacks("/stream_options"),
                messages("18.4: temperature").with("'temperature':0.70").gives("/temperature", "0.70"),
                messages("7.1: temperature for a reasoning model")
                        .to("gpt-5")
                        .with("'temperature':0.7,'top_p':0.5")
                        .lacks("/temperature", "/top_p")
                        .notes("dropped:temperature", "dropped:top_p"),
                messages("7.1: the default for a reasoning model")
                        .to("gpt-5")
                        .with("'temperature':1.0")
                        .lacks("/temperature"),
                messages("5.2: temperature over 1 is refused")
                        .with("'temperature':1.5")
                        .isRefusedFor("temperature"),
                messages("18.4: top_p").with("'top_p':0.9").gives("/top_p", "0.9"),
                messages("18.4: top_k").with("'top_k':5").lacks("/top_k").notes("dropped:top_k"),
                messages("7.1: top_k where it is known")
                        .to("some-model", Quirk.TOP_K)
                        .with("'top_k':5")
                        .gives("/top_k", "5"),
                messages("18.4: stop_sequences")
                        .with("'stop_sequences':['a','b']")
                        .gives("/stop", "['a','b']"),
                messages("18.4: at most four")
                        .with("'stop_sequences':['a','b','c','d','e']")
                        .gives("/stop", "['a','b','c','d']")
                        .notes("approximated:stop_sequences"),
                messages("7.1: stop for a reasoning model")
                        .to("gpt-5")
                        .with("'stop_sequences':['a']")
                        .lacks("/stop")
                        .notes("approximated:stop_sequences"),
                messages("18.4: metadata.user_id")
                        .with("'metadata':{'user_id':'u_session_1'}")
                        .gives("/user", "'u_session_1'")
                        .lacks("/safety_identifier", "/prompt_cache_key", "/metadata"),
                messages("18.4: metadata.user_id at OpenAI")
                        .to("gpt-4o", Quirk.MAX_COMPLETION_TOKENS)
                        .with("'metadata':{'user_id':'u_session_1'}")
                        .gives("/safety_identifier", "'u_session_1'")
                        .gives("/prompt_cache_key", "'3a1d7b6848ba4816d72ee2f2d98b95b4'"),
                messages("18.4: tier standard_only")
                        .with("'service_tier':'standard_only'")
                        .gives("/service_tier", "'default'"),
                messages("18.4: tier auto").with("'service_tier':'auto'").gives("/service_tier", "'auto'"),
                messages("18.4: container").with("'container':'c1'").isRefusedFor("container"),
                messages("18.4: mcp_servers")
                        .with("'mcp_servers':[{'name':'x'}]")
                        .notes("dropped:mcp_servers"),
                messages("18.4: context_management is dropped silently").with("'context_management':{'edits':[]}"),
                messages("18.4: speed").with("'speed':'fast'").notes("dropped:speed"),
                messages("18.4: inference_geo").with("'inference_geo':'us'").notes("dropped:inference_geo"),
                messages("18.4: cache_control on the request")
                        .with("'cache_control':{'type':'ephemeral'}")
                        .notes("dropped:cache_control"));
    }

    @TestFactory
    Stream<DynamicTest> reasoning_becomesAnEffort() {
        return all(
                messages("9.1: unset").lacks("/reasoning_effort"),
                budget(1024, "low"),
                budget(8192, "medium"),
                budget(24576, "high"),
                budget(32000, "xhigh"),
                messages("9.1: xhigh elsewhere is high")
                        .with("'thinking':{'type':'enabled','budget_tokens':32000}")
                        .gives("/reasoning_effort", "'high'")
                        .notes("approximated:thinking"),
                messages("9.1: disabled where none is known")
                        .to("gpt-5.2")
                        .with("'thinking':{'type':'disabled'}")
                        .gives("/reasoning_effort", "'none'")
                        .notes("approximated:thinking"),
                messages("9.1: disabled where minimal is the least")
                        .to("gpt-5")
                        .with("'thinking':{'type':'disabled'}")
                        .gives("/reasoning_effort", "'minimal'")
                        .notes("approximated:thinking"),
                messages("9.1: disabled on o-models")
                        .to("o3")
                        .with("'thinking':{'type':'disabled'}")
                        .gives("/reasoning_effort", "'low'")
                        .notes("approximated:thinking"),
                messages("9.1: adaptive asks for nothing")
                        .to("gpt-5")
                        .with("'thinking':{'type':'adaptive'}")
                        .lacks("/reasoning_effort"),
                messages("9.1: adaptive with an effort")
                        .to("gpt-5")
                        .with("'thinking':{'type':'adaptive'},'output_config':{'effort':'medium'}")
                        .gives("/reasoning_effort", "'medium'")
                        .notes("approximated:thinking"),
                messages("18.4: effort without thinking")
                        .to("gpt-5")
                        .with("'output_config':{'effort':'low'}")
                        .gives("/reasoning_effort", "'low'"),
                messages("9.1: max where it is not known")
                        .to("gpt-5.2")
                        .with("'output_config':{'effort':'max'}")
                        .gives("/reasoning_effort", "'xhigh'")
                        .notes("approximated:thinking"),
                messages("9.1: a model without reasoning")
                        .to("gpt-4o")
                        .with("'thinking':{'type':'enabled','budget_tokens':2000}")
                        .lacks("/reasoning_effort")
                        .notes("dropped:thinking"),
                messages("18.4: thinking.display")
                        .to("gpt-5")
                        .with("'thinking':{'type':'adaptive','display':'omitted'}")
                        .notes("dropped:thinking.display"),
                messages("5.2: an unknown thinking type")
                        .with("'thinking':{'type':'deep'}")
                        .isRefusedFor("thinking.type"));
    }

    private static RequestCase budget(int tokens, String effort) {
        return messages("9.1: budget " + tokens)
                .to("gpt-5.2")
                .with("'thinking':{'type':'enabled','budget_tokens':" + tokens + "}")
                .gives("/reasoning_effort", "'" + effort + "'")
                .notes("approximated:thinking");
    }

    @TestFactory
    Stream<DynamicTest> outputFormat_getsANameAndStrictness() {
        String strict =
                "{'type':'object','properties':{'a':{'type':'string'}},'required':['a'],'additionalProperties':false}";
        return all(
                messages("18.4: output_config.format")
                        .with("'output_config':{'format':{'type':'json_schema','schema':" + strict + "}}")
                        .gives(
                                "/response_format",
                                "{'type':'json_schema','json_schema':{'name':'response','strict':true,'schema':"
                                        + strict + "}}"),
                messages("7.1: a schema that strict mode refuses")
                        .with(
                                "'output_config':{'format':{'type':'json_schema','schema':{'type':'object','properties':{'a':{}}}}}")
                        .gives("/response_format/json_schema/strict", "false"),
                messages("18.4: output_format of the beta")
                        .with("'output_format':{'type':'json_schema','schema':{'type':'string'}}")
                        .gives("/response_format/json_schema/schema", "{'type':'string'}"),
                messages("5.2: another format")
                        .with("'output_config':{'format':{'type':'xml'}}")
                        .isRefusedFor("output_config.format.type"));
    }

    @TestFactory
    Stream<DynamicTest> tools_areDeclared() {
        return all(
                messages("18.4: custom tools")
                        .with(
                                "'tools':[{'type':'custom','name':'f','description':'D','input_schema':{'type':'object','additionalProperties':false},'strict':true}]")
                        .gives(
                                "/tools",
                                "[{'type':'function','function':{'name':'f','description':'D','parameters':{'type':'object','additionalProperties':false},'strict':true}}]")
                        .lacks("/tool_choice", "/parallel_tool_calls"),
                messages("11.1: a choice without tools")
                        .with("'tool_choice':{'type':'auto'}")
                        .lacks("/tool_choice", "/tools"),
                choice("auto", "{'type':'auto'}", "'auto'"),
                choice("any", "{'type':'any'}", "'required'"),
                choice("none", "{'type':'none'}", "'none'"),
                choice("tool", "{'type':'tool','name':'f'}", "{'type':'function','function':{'name':'f'}}"),
                messages("11.6: a chosen tool that is not there")
                        .with("'tools':[" + F + "],'tool_choice':{'type':'tool','name':'g'}")
                        .isRefusedFor("tool_choice"),
                messages("T19: single calls")
                        .with("'tools':[" + F + "],'tool_choice':{'type':'auto','disable_parallel_tool_use':true}")
                        .gives("/tool_choice", "'auto'")
                        .gives("/parallel_tool_calls", "false"),
                messages("18.4: attributes of Anthropic's tools")
                        .with(
                                "'tools':[{'name':'f','input_schema':{'type':'object'},'defer_loading':true,'allowed_callers':['x'],"
                                        + "'cache_control':{'type':'ephemeral'}}]")
                        .gives("/tools/0/function/name", "'f'")
                        .notes("dropped:tools.defer_loading", "dropped:tools.allowed_callers", "dropped:cache_control"),
                messages("18.4: server tools")
                        .with("'tools':[{'type':'web_search_20250305','name':'web_search'}," + F + "]")
                        .gives("/tools/0/function/name", "'f'")
                        .lacks("/tools/1")
                        .notes("dropped:tools.web_search_20250305"),
                messages("11.6: only server tools")
                        .with("'tools':[{'type':'computer_20250124','name':'computer'}],'tool_choice':{'type':'any'}")
                        .lacks("/tools", "/tool_choice")
                        .notes("dropped:tools.computer_20250124"),
                messages("18.4: bash is a client's tool")
                        .with("'tools':[{'type':'bash_20250124','name':'bash'}]")
                        .gives("/tools/0/function/name", "'bash'")
                        .gives("/tools/0/function/parameters/properties/command/type", "'string'")
                        .notes("approximated:tools.bash_20250124"),
                messages("18.4: the text editor is a client's tool")
                        .with("'tools':[{'type':'text_editor_20250728','name':'str_replace_based_edit_tool'}]")
                        .gives("/tools/0/function/parameters/required", "['command','path']")
                        .notes("approximated:tools.text_editor_20250728"),
                messages("18.4: memory is a client's tool")
                        .with("'tools':[{'type':'memory_20250818','name':'memory'}]")
                        .gives("/tools/0/function/parameters/required", "['command']")
                        .notes("approximated:tools.memory_20250818"),
                messages("8.3: a name over 64 characters")
                        .with("'tools':[{'name':'" + "n".repeat(70) + "','input_schema':{'type':'object'}}]")
                        .gives("/tools/0/function/name", "'" + "n".repeat(57) + "_85069d'"));
    }

    private static RequestCase choice(String word, String choice, String expected) {
        return messages("11.2: " + word)
                .with("'tools':[" + F + "],'tool_choice':" + choice)
                .gives("/tool_choice", expected)
                .lacks("/parallel_tool_calls");
    }
}
