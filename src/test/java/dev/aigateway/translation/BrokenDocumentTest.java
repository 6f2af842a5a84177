package dev.aigateway.translation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.aigateway.conversation.Answer;
import dev.aigateway.conversation.Conversation;
import dev.aigateway.conversation.Dialect;
import dev.aigateway.conversation.GatewayException;
import dev.aigateway.translation.chat.ChatDialect;
import dev.aigateway.translation.messages.MessagesDialect;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Malformed documents are refused as errors of the gateway, never as defects of it (sections 1.9 and 15). */
class BrokenDocumentTest {
    private static final int ROUNDS = 4000;

    private static final String CHAT_REQUEST = """
            {'model':'m','messages':[{'role':'system','content':'S'},{'role':'user','name':'n','content':[
            {'type':'text','text':'Hi','cache_control':{'type':'ephemeral'}},
            {'type':'image_url','image_url':{'url':'data:image/png;base64,QUJD','detail':'low'}},
            {'type':'file','file':{'filename':'a','file_data':'data:text/plain;base64,QUJD'}}]},
            {'role':'assistant','content':null,'reasoning_content':'T','reasoning_details':[{'type':'reasoning.text','text':'T','signature':'gw1.anthropic.eyJkIjoiU0lHIn0'}],
            'tool_calls':[{'id':'c1','type':'function','function':{'name':'f','arguments':'{}'},'extra_content':{'google':{'thought_signature':'x'}}}]},
            {'role':'tool','tool_call_id':'c1','content':'1'}],
            'tools':[{'type':'function','function':{'name':'f','description':'D','parameters':{'type':'object','properties':{'a':{'type':'string'}}},'strict':true}},
            {'type':'custom','custom':{'name':'p','format':{'type':'grammar','grammar':{'syntax':'lark','definition':'x'}}}},{'type':'web_search'}],
            'tool_choice':{'type':'allowed_tools','allowed_tools':{'mode':'auto','tools':[{'type':'function','function':{'name':'f'}}]}},
            'max_tokens':5,'temperature':0.5,'stop':['a'],'reasoning':{'effort':'low','exclude':true},'thinking':{'type':'enabled','budget_tokens':2000},
            'response_format':{'type':'json_schema','json_schema':{'name':'n','schema':{'type':'object','properties':{'a':{'anyOf':[{'type':'null'}]}},'required':['a']}}},
            'web_search_options':{'user_location':{'type':'approximate','approximate':{'city':'Rome'}}},
            'metadata':{'user_id':'u'},'stream_options':{'include_usage':true},'logit_bias':{'1':2},'service_tier':'auto'}""";

    private static final String MESSAGES_REQUEST = """
            {'model':'m','max_tokens':9,'system':[{'type':'text','text':'S','cache_control':{'type':'ephemeral','ttl':'1h'}}],
            'messages':[{'role':'user','content':[{'type':'text','text':'Hi'},{'type':'image','source':{'type':'base64','media_type':'image/png','data':'QUJD'}},
            {'type':'document','source':{'type':'content','content':[{'type':'text','text':'W'}]},'title':'T','context':'C','citations':{'enabled':true}},
            {'type':'search_result','title':'T','source':'s','content':[{'type':'text','text':'W'}]}]},
            {'role':'assistant','content':[{'type':'thinking','thinking':'T','signature':'S'},{'type':'redacted_thinking','data':'D'},
            {'type':'text','text':'A','citations':[{'type':'char_location','cited_text':'x'}]},{'type':'tool_use','id':'c1','name':'f','input':{'a':1}}]},
            {'role':'user','content':[{'type':'tool_result','tool_use_id':'c1','is_error':true,'content':[{'type':'text','text':'R'},{'type':'tool_reference','tool_name':'g'}]}]}],
            'tools':[{'name':'f','description':'D','input_schema':{'type':'object'},'cache_control':{'type':'ephemeral'},'defer_loading':true},{'type':'bash_20250124','name':'bash'}],
            'tool_choice':{'type':'tool','name':'f','disable_parallel_tool_use':true},'stop_sequences':['a'],
            'thinking':{'type':'enabled','budget_tokens':2000,'display':'omitted'},
            'output_config':{'effort':'low','format':{'type':'json_schema','schema':{'type':'object'}}},'metadata':{'user_id':'u'},'service_tier':'auto'}""";

    private static final String CHAT_ANSWER = """
            {'id':'x','model':'m','choices':[{'index':0,'message':{'role':'assistant','content':'Hi','refusal':null,'reasoning_content':'T',
            'reasoning_details':[{'type':'reasoning.text','text':'T','signature':'S'}],'annotations':[{'type':'url_citation','url_citation':{'url':'u','start_index':0,'end_index':1}}],
            'tool_calls':[{'id':'c1','type':'function','function':{'name':'f','arguments':'{}'}}],'function_call':{'name':'f','arguments':'{}'}},
            'finish_reason':'tool_calls'}],'usage':{'prompt_tokens':1,'completion_tokens':2,'prompt_tokens_details':{'cached_tokens':1}}}""";

    private static final String MESSAGES_ANSWER = """
            {'id':'msg_1','type':'message','model':'m','content':[{'type':'thinking','thinking':'T','signature':'S'},{'type':'redacted_thinking','data':'D'},
            {'type':'text','text':'Hi','citations':[{'type':'web_search_result_location','url':'u','title':'t'}]},{'type':'tool_use','id':'c1','name':'f','input':{'a':1}},
            {'type':'server_tool_use','id':'s','name':'w','input':{}}],'stop_reason':'tool_use','stop_sequence':null,'usage':{'input_tokens':1,'output_tokens':2}}""";

    @ParameterizedTest(name = "{0} request for {1}")
    @CsvSource({"CHAT, claude-sonnet-4-5", "CHAT, claude-opus-5", "MESSAGES, gpt-5", "MESSAGES, some-model"})
    void brokenRequest_isWrittenOrRefused(Dialect client, String model) {
        int written = 0;
        for (int seed = 0; seed < ROUNDS; seed++) {
            JsonNode body = mutated(client == Dialect.CHAT ? CHAT_REQUEST : MESSAGES_REQUEST, seed);
            try {
                written += request(client, model, body).isObject() ? 1 : 0;
            } catch (GatewayException e) {
                assertThat(e.error().status()).as(e.getMessage()).isEqualTo(400);
            } catch (RuntimeException e) {
                throw new AssertionError("seed " + seed + ": " + body, e);
            }
        }
        assertThat(written).isPositive().isLessThan(ROUNDS);
    }

    @ParameterizedTest
    @EnumSource(names = {"CHAT", "MESSAGES"})
    void brokenAnswer_isGivenOrAnError(Dialect upstream) {
        int given = 0;
        for (int seed = 0; seed < ROUNDS; seed++) {
            JsonNode body = mutated(upstream == Dialect.CHAT ? CHAT_ANSWER : MESSAGES_ANSWER, seed);
            try {
                Answer answer = upstream(upstream).readAnswer(Json.bytes(body), Target.of(upstream, "m"));
                for (Dialect dialect : new Dialect[] {Dialect.CHAT, Dialect.MESSAGES}) {
                    Conversation request =
                            Conversation.builder(dialect, "asked").build();
                    byte[] answered = client(dialect)
                            .writeAnswer(answer, new AnswerContext("req1", "asked", Instant.EPOCH, request));
                    given += Json.parse(answered).orElseThrow().isObject() ? 1 : 0;
                }
            } catch (GatewayException e) {
                assertThat(e.error().status()).as(e.getMessage()).isGreaterThanOrEqualTo(400);
            } catch (RuntimeException e) {
                throw new AssertionError("seed " + seed + ": " + body, e);
            }
        }
        assertThat(given).isPositive();
    }

    private static JsonNode mutated(String document, int seed) {
        Random random = new Random(seed);
        JsonNode body = RequestCase.json(document);
        for (int times = 1 + random.nextInt(3); times > 0; times--) {
            Mutation.of(body, random);
        }
        return body;
    }

    private static JsonNode request(Dialect client, String model, JsonNode body) {
        Dialect upstream = client == Dialect.CHAT ? Dialect.MESSAGES : Dialect.CHAT;
        TranslationNotes notes = new TranslationNotes(false);
        Conversation conversation = client(client).readRequest("asked", false, Json.bytes(body), notes);
        byte[] written = upstream(upstream).writeRequest(conversation, Target.of(upstream, model), notes);
        return Json.parse(written).orElseThrow();
    }

    private static ClientDialect client(Dialect dialect) {
        return dialect == Dialect.CHAT ? new ChatDialect() : new MessagesDialect();
    }

    private static UpstreamDialect upstream(Dialect dialect) {
        return dialect == Dialect.CHAT ? new ChatDialect() : new MessagesDialect();
    }
}
