package dev.aigateway.translation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aigateway.conversation.Conversation;
import dev.aigateway.conversation.Dialect;
import dev.aigateway.conversation.GatewayError;
import dev.aigateway.conversation.GatewayException;
import dev.aigateway.translation.chat.ChatDialect;
import dev.aigateway.translation.messages.MessagesDialect;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whole answers between Chat and Messages: sections 7.3, 9.2, 12 and 13 of the translation reference. */
class WholeAnswerTest {
    private static final ChatDialect CHAT = new ChatDialect();
    private static final MessagesDialect MESSAGES = new MessagesDialect();
    private static final AnswerContext CONTEXT = new AnswerContext(
            "req1",
            "asked",
            Instant.EPOCH,
            Conversation.builder(Dialect.CHAT, "asked").build());

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "7.3: text|{'content':'Hi'}|stop|[{'type':'text','text':'Hi'}]|end_turn",
                "7.3: no content|{'content':null}|stop|[]|end_turn",
                "T7: calls only|{'content':null,'tool_calls':[{'id':'c1','type':'function','function':{'name':'f','arguments':'{}'}}]}|tool_calls|[{'type':'tool_use','id':'c1','name':'f','input':{}}]|tool_use",
                "T8: text and call|{'content':'Hi','tool_calls':[{'id':'c1','function':{'name':'f','arguments':'{\\'a\\':1}'}}]}|stop|[{'type':'text','text':'Hi'},{'type':'tool_use','id':'c1','name':'f','input':{'a':1}}]|tool_use",
                "T28: numbers|{'tool_calls':[{'id':'c1','function':{'name':'f','arguments':'{\\'n\\':12345678901234567890,\\'x\\':1.0}'}}]}|tool_calls|[{'type':'tool_use','id':'c1','name':'f','input':{'n':12345678901234567890,'x':1.0}}]|tool_use",
                "T29: no arguments|{'tool_calls':[{'id':'c1','function':{'name':'f','arguments':''}}]}|tool_calls|[{'type':'tool_use','id':'c1','name':'f','input':{}}]|tool_use",
                "12: a cut call|{'tool_calls':[{'id':'c1','function':{'name':'f','arguments':'{\\'a\\':\\'x'}}]}|length|[{'type':'tool_use','id':'c1','name':'f','input':{'a':'x'}}]|max_tokens",
                "9.2: reasoning_content|{'reasoning_content':'T','content':'Hi'}|stop|[{'type':'thinking','thinking':'T','signature':''},{'type':'text','text':'Hi'}]|end_turn",
                "12: refusal|{'content':null,'refusal':'No'}|stop|[{'type':'text','text':'No'}]|refusal",
                "12: content_filter|{'content':'Hi'}|content_filter|[{'type':'text','text':'Hi'}]|refusal",
                "12: function_call|{'function_call':{'name':'f','arguments':'{}'},'content':'Hi'}|function_call|[{'type':'text','text':'Hi'},{'type':'tool_use','id':'call_ID','name':'f','input':{}}]|tool_use"
            })
    void chatAnswer_isGivenAsMessage(String label, String message, String finish, String content, String reason) {
        String body = "{'id':'chatcmpl-1','model':'m','choices':[{'index':0,'message':" + message + ",'finish_reason':'"
                + finish + "'}],'usage':{'prompt_tokens':100,'completion_tokens':9,"
                + "'prompt_tokens_details':{'cached_tokens':40,'cache_write_tokens':10}}}";
        JsonNode given = Json.parse(MESSAGES.writeAnswer(CHAT.readAnswer(bytes(body), target(CHAT)), CONTEXT))
                .orElseThrow();
        String expected = content.replace("call_ID", given.at("/content/1/id").asText("none"));
        assertThat(given)
                .isEqualTo(
                        json("{'id':'msg_1','type':'message','role':'assistant','model':'asked','content':" + expected
                                + ",'stop_reason':'" + reason
                                + "','stop_sequence':null,'stop_details':null,'container':null,'usage':{'input_tokens':50,"
                                + "'cache_creation_input_tokens':10,'cache_read_input_tokens':40,'output_tokens':9}}"));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "7.3: texts join without a separator|[{'type':'text','text':'a'},{'type':'text','text':'b'}]|end_turn|{'content':'ab','refusal':null}|stop",
                "7.3: calls only|[{'type':'tool_use','id':'c1','name':'f','input':{'x':1.0}}]|tool_use|{'content':null,'refusal':null,'tool_calls':[{'id':'c1','type':'function','function':{'name':'f','arguments':'{\\'x\\':1.0}'}}]}|tool_calls",
                "T29: no input|[{'type':'tool_use','id':'c1','name':'f','input':{}}]|tool_use|{'content':null,'refusal':null,'tool_calls':[{'id':'c1','type':'function','function':{'name':'f','arguments':'{}'}}]}|tool_calls",
                "9.2: thinking|[{'type':'thinking','thinking':'T','signature':'SIG'},{'type':'text','text':'Hi'}]|end_turn|{'content':'Hi','refusal':null,'reasoning_content':'T','reasoning_details':[{'type':'reasoning.text','text':'T','signature':'gw1.anthropic.eyJkIjoiU0lHIn0','index':0}]}|stop",
                "9.2: redacted thinking|[{'type':'redacted_thinking','data':'SIG'},{'type':'text','text':'Hi'}]|end_turn|{'content':'Hi','refusal':null,'reasoning_details':[{'type':'reasoning.encrypted','data':'gw1.anthropic.eyJkIjoiU0lHIn0','index':0}]}|stop",
                "12: stop_sequence|[{'type':'text','text':'Hi'}]|stop_sequence|{'content':'Hi','refusal':null}|stop",
                "12: max_tokens|[{'type':'text','text':'Hi'}]|max_tokens|{'content':'Hi','refusal':null}|length",
                "12: refusal|[]|refusal|{'content':'','refusal':null}|content_filter",
                "12: pause_turn|[{'type':'text','text':'Hi'}]|pause_turn|{'content':'Hi','refusal':null}|stop",
                "7.3: web citations|[{'type':'text','text':'Hi','citations':[{'type':'web_search_result_location','url':'http://x','title':'T'}]}]|end_turn|{'content':'Hi','refusal':null,'annotations':[{'type':'url_citation','url_citation':{'title':'T','url':'http://x'}}]}|stop",
                "7.3: document citations|[{'type':'text','text':'Hi','citations':[{'type':'page_location','document_title':'T'}]}]|end_turn|{'content':'Hi','refusal':null}|stop",
                "14.6: server tools|[{'type':'server_tool_use','id':'s','name':'web_search','input':{}},{'type':'text','text':'Hi'}]|end_turn|{'content':'Hi','refusal':null}|stop"
            })
    void message_isGivenAsChatAnswer(String label, String content, String reason, String message, String finish) {
        String body = "{'id':'msg_1','type':'message','role':'assistant','model':'m','content':" + content
                + ",'stop_reason':'" + reason + "','stop_sequence':null,'usage':{'input_tokens':100,"
                + "'cache_read_input_tokens':600,'cache_creation_input_tokens':300,'output_tokens':50}}";
        JsonNode given = Json.parse(CHAT.writeAnswer(MESSAGES.readAnswer(bytes(body), target(MESSAGES)), CONTEXT))
                .orElseThrow();
        ObjectNode expected =
                (ObjectNode) json("{'id':'chatcmpl-1','object':'chat.completion','created':0,'model':'asked',"
                        + "'choices':[{'index':0,'message':{'role':'assistant'},'logprobs':null,'finish_reason':'"
                        + finish
                        + "'}],'usage':{'prompt_tokens':1000,'completion_tokens':50,'total_tokens':1050,"
                        + "'prompt_tokens_details':{'cached_tokens':600,'cache_write_tokens':300}}}");
        ((ObjectNode) expected.at("/choices/0/message")).setAll((ObjectNode) json(message));
        assertThat(given).isEqualTo(expected);
    }

    @ParameterizedTest(name = "15.3: {0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "chat|oops|BAD_GATEWAY",
                "chat|[]|BAD_GATEWAY",
                "chat|{'id':'x'}|BAD_GATEWAY",
                "chat|{'choices':[]}|BAD_GATEWAY",
                "chat|{'error':{'message':'Slow down','code':'rate_limit_exceeded'}}|RATE_LIMIT",
                "messages|oops|BAD_GATEWAY",
                "messages|[]|BAD_GATEWAY",
                "messages|{'type':'message'}|BAD_GATEWAY",
                "messages|{'type':'error','error':{'type':'overloaded_error','message':'Busy'}}|OVERLOADED",
                "messages|{'error':{'type':'rate_limit_error','message':'Slow down'}}|RATE_LIMIT"
            })
    void answerThatIsNone_isAnError(String dialect, String body, GatewayError.Kind kind) {
        UpstreamDialect upstream = dialect.equals("chat") ? CHAT : MESSAGES;
        GatewayException error =
                catchThrowableOfType(GatewayException.class, () -> upstream.readAnswer(bytes(body), target(upstream)));
        assertThat(error).isNotNull();
        assertThat(error.error().kind()).isEqualTo(kind);
    }

    private static Target target(UpstreamDialect upstream) {
        return Target.of(upstream.dialect(), "m");
    }

    /** {@code \'} stands for a quote inside a text. */
    private static byte[] bytes(String text) {
        return text.replace("\\'", "\\\"").replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    }

    private static JsonNode json(String text) {
        return Json.parse(bytes(text)).orElseThrow(() -> new AssertionError("not JSON: " + text));
    }
}
