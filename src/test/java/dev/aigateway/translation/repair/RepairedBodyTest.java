package dev.aigateway.translation.repair;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aigateway.conversation.Dialect;
import dev.aigateway.conversation.Effort;
import dev.aigateway.translation.TranslationNotes;
import dev.aigateway.translation.repair.Repair.BypassSignatures;
import dev.aigateway.translation.repair.Repair.CleanSchemas;
import dev.aigateway.translation.repair.Repair.DropEncryptedReasoning;
import dev.aigateway.translation.repair.Repair.DropThinking;
import dev.aigateway.translation.repair.Repair.FittingBudget;
import dev.aigateway.translation.repair.Repair.NearestEffort;
import dev.aigateway.translation.repair.Repair.Remove;
import dev.aigateway.translation.repair.Repair.Rename;
import dev.aigateway.translation.repair.Repair.SystemAsUser;
import dev.aigateway.translation.repair.Repair.ThinkingMode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Bodies before and after a repair; single quotes stand for double ones. */
class RepairedBodyTest {
    private static final Dialect C = Dialect.CHAT;
    private static final Dialect R = Dialect.RESPONSES;
    private static final Dialect A = Dialect.MESSAGES;
    private static final Dialect G = Dialect.GEMINI;
    private static final List<Effort> LOW_HIGH = List.of(Effort.LOW, Effort.HIGH);

    static Stream<Arguments> thinking() {
        return Stream.of(
                Arguments.of(
                        A,
                        new DropThinking(),
                        "{'thinking':{'type':'enabled','budget_tokens':2000},'messages':[{'role':'user','content':'q'},"
                                + "{'role':'assistant','content':[{'type':'thinking','thinking':'t','signature':'s'},{'type':'text','text':'a'}]},"
                                + "{'role':'user','content':'next'}]}",
                        "{'thinking':{'type':'enabled','budget_tokens':2000},'messages':[{'role':'user','content':'q'},"
                                + "{'role':'assistant','content':[{'type':'text','text':'a'}]},{'role':'user','content':'next'}]}"),
                Arguments.of(
                        A,
                        new DropThinking(),
                        "{'thinking':{'type':'enabled','budget_tokens':2000},'context_management':{'edits':[{'type':'clear_thinking_20251015'},{'type':'other'}]},"
                                + "'messages':[{'role':'assistant','content':[{'type':'redacted_thinking','data':'d'},{'type':'tool_use','id':'t','name':'f','input':{}}]},"
                                + "{'role':'user','content':[{'type':'tool_result','tool_use_id':'t'}]}]}",
                        "{'context_management':{'edits':[{'type':'other'}]},"
                                + "'messages':[{'role':'assistant','content':[{'type':'tool_use','id':'t','name':'f','input':{}}]},"
                                + "{'role':'user','content':[{'type':'tool_result','tool_use_id':'t'}]}]}"),
                Arguments.of(
                        A,
                        new DropThinking(),
                        "{'messages':[{'role':'assistant','content':[{'type':'thinking','thinking':'','signature':'s'}]},{'role':'user','content':'q'}]}",
                        "{'messages':[{'role':'user','content':'q'}]}"),
                Arguments.of(
                        C,
                        new DropThinking(),
                        "{'messages':[{'role':'assistant','content':'a','reasoning_details':[{}],'reasoning_content':'r'}]}",
                        "{'messages':[{'role':'assistant','content':'a'}]}"),
                Arguments.of(
                        R,
                        new DropEncryptedReasoning(),
                        "{'input':[{'type':'reasoning','encrypted_content':'e','summary':[]},{'type':'message','role':'user','content':'q'}]}",
                        "{'input':[{'type':'message','role':'user','content':'q'}]}"),
                Arguments.of(
                        G,
                        new BypassSignatures(),
                        "{'contents':[{'role':'model','parts':[{'text':'a','thoughtSignature':'x'},{'functionCall':{'name':'f'},'thought_signature':'y'},{'functionCall':{'name':'g'}}]},"
                                + "{'role':'user','parts':[{'functionResponse':{'name':'f'}}]}]}",
                        "{'contents':[{'role':'model','parts':[{'text':'a'},{'functionCall':{'name':'f'},'thoughtSignature':'skip_thought_signature_validator'},{'functionCall':{'name':'g'}}]},"
                                + "{'role':'user','parts':[{'functionResponse':{'name':'f'}}]}]}"),
                Arguments.of(
                        C,
                        new BypassSignatures(),
                        "{'messages':[{'role':'assistant','tool_calls':[{'id':'1'},{'id':'2','extra_content':{}}]}]}",
                        "{'messages':[{'role':'assistant','tool_calls':[{'id':'1','extra_content':{'google':{'thought_signature':'skip_thought_signature_validator'}}},{'id':'2'}]}]}"),
                Arguments.of(
                        A,
                        new ThinkingMode(true),
                        "{'max_tokens':9000,'thinking':{'type':'enabled','budget_tokens':5000},'messages':[]}",
                        "{'max_tokens':9000,'thinking':{'type':'adaptive','display':'summarized'},'messages':[],'output_config':{'effort':'medium'}}"),
                Arguments.of(
                        A,
                        new ThinkingMode(true),
                        "{'thinking':{'type':'enabled','budget_tokens':100,'display':'omitted'},'output_config':{'effort':'max'}}",
                        "{'thinking':{'type':'adaptive','display':'omitted'},'output_config':{'effort':'max'}}"),
                Arguments.of(
                        A,
                        new ThinkingMode(true),
                        "{'thinking':{'type':'enabled','budget_tokens':100,'display':'omitted'},'output_config':null}",
                        "{'thinking':{'type':'adaptive','display':'omitted'},'output_config':{'effort':'low'}}"),
                Arguments.of(
                        A,
                        new ThinkingMode(false),
                        "{'max_tokens':32000,'thinking':{'type':'adaptive'},'output_config':{'effort':'high'}}",
                        "{'max_tokens':32000,'thinking':{'type':'enabled','budget_tokens':24576}}"),
                Arguments.of(
                        A,
                        new ThinkingMode(false),
                        "{'max_tokens':4096,'thinking':{'type':'adaptive'}}",
                        "{'max_tokens':4096,'thinking':{'type':'enabled','budget_tokens':4095}}"),
                Arguments.of(
                        A,
                        new ThinkingMode(false),
                        "{'max_tokens':500,'thinking':{'type':'adaptive'}}",
                        "{'max_tokens':500}"));
    }

    static Stream<Arguments> parameters() {
        return Stream.of(
                Arguments.of(C, remove("temperature"), "{'a':1.50,'temperature':0.7,'b':[]}", "{'a':1.50,'b':[]}"),
                Arguments.of(
                        R,
                        remove("reasoning.effort"),
                        "{'reasoning':{'effort':'low','summary':'auto'}}",
                        "{'reasoning':{'summary':'auto'}}"),
                Arguments.of(R, remove("reasoning.effort"), "{'x':1,'reasoning':{'effort':'low'}}", "{'x':1}"),
                Arguments.of(
                        G,
                        remove("generationConfig.topK"),
                        "{'generation_config':{'top_k':1,'seed':2}}",
                        "{'generation_config':{'seed':2}}"),
                Arguments.of(
                        C,
                        new Rename("max_tokens", "max_completion_tokens"),
                        "{'max_tokens':5,'n':1}",
                        "{'n':1,'max_completion_tokens':5}"),
                Arguments.of(
                        C,
                        new Rename("max_tokens", "max_completion_tokens"),
                        "{'max_tokens':5,'max_completion_tokens':6}",
                        "{'max_completion_tokens':6}"),
                Arguments.of(
                        C,
                        new NearestEffort("reasoning_effort", LOW_HIGH),
                        "{'reasoning_effort':'xhigh'}",
                        "{'reasoning_effort':'high'}"),
                Arguments.of(
                        C,
                        new NearestEffort("reasoning_effort", LOW_HIGH),
                        "{'reasoning_effort':'medium'}",
                        "{'reasoning_effort':'high'}"),
                Arguments.of(
                        C,
                        new NearestEffort("reasoning_effort", LOW_HIGH),
                        "{'reasoning_effort':'none'}",
                        "{'reasoning_effort':'low'}"),
                Arguments.of(
                        G,
                        new NearestEffort("generationConfig.thinkingConfig.thinkingLevel", LOW_HIGH),
                        "{'generationConfig':{'thinkingConfig':{'thinkingLevel':'MINIMAL'}}}",
                        "{'generationConfig':{'thinkingConfig':{'thinkingLevel':'LOW'}}}"),
                Arguments.of(
                        G,
                        new FittingBudget("generationConfig.thinkingConfig.thinkingBudget", 512, 24576),
                        "{'generationConfig':{'thinkingConfig':{'thinkingBudget':50000}}}",
                        "{'generationConfig':{'thinkingConfig':{'thinkingBudget':24576}}}"));
    }

    static Stream<Arguments> instructionsAndSchemas() {
        return Stream.of(
                Arguments.of(
                        C,
                        new SystemAsUser(),
                        "{'messages':[{'role':'system','content':'s'},{'role':'user','content':'q'},{'role':'assistant','content':'a'},{'role':'developer','content':'d'}]}",
                        "{'messages':[{'role':'user','content':'s\\n\\nq'},{'role':'assistant','content':'a'},{'role':'user','content':'d'}]}"),
                Arguments.of(
                        C,
                        new SystemAsUser(),
                        "{'messages':[{'role':'system','content':'s'},{'role':'system','content':'t'},{'role':'user','content':[{'type':'image_url'}]}]}",
                        "{'messages':[{'role':'user','content':[{'type':'text','text':'s\\n\\nt'},{'type':'image_url'}]}]}"),
                Arguments.of(
                        A,
                        new SystemAsUser(),
                        "{'system':'top','messages':[{'role':'user','content':[{'type':'tool_result'}]},{'role':'system','content':'s'}]}",
                        "{'system':'top','messages':[{'role':'user','content':[{'type':'tool_result'},{'type':'text','text':'s'}]}]}"),
                Arguments.of(
                        R,
                        new SystemAsUser(),
                        "{'input':[{'role':'system','content':'s'},{'role':'user','content':'q'}]}",
                        "{'input':[{'role':'user','content':'s'},{'role':'user','content':'q'}]}"),
                Arguments.of(
                        G,
                        new SystemAsUser(),
                        "{'systemInstruction':{'parts':[{'text':'s'}]},'contents':[{'role':'user','parts':[{'text':'q'}]}]}",
                        "{'contents':[{'role':'user','parts':[{'text':'s'},{'text':'q'}]}]}"),
                Arguments.of(
                        G,
                        new SystemAsUser(),
                        "{'system_instruction':{'parts':[{'text':'s'}]},'contents':[{'role':'model','parts':[]}]}",
                        "{'contents':[{'role':'user','parts':[{'text':'s'}]},{'role':'model','parts':[]}]}"),
                Arguments.of(
                        G,
                        new CleanSchemas(),
                        "{'tools':[{'functionDeclarations':[{'name':'f','parametersJsonSchema':{'type':'object','properties':{'a':{'type':'integer','exclusiveMinimum':1}},'additionalProperties':false}}]}],"
                                + "'generationConfig':{'responseJsonSchema':{'type':'object','properties':{'b':{'const':'x'}}}}}",
                        "{'tools':[{'functionDeclarations':[{'name':'f','parameters':{'type':'object','properties':{'a':{'type':'integer','minimum':2}}}}]}],"
                                + "'generationConfig':{'responseSchema':{'type':'object','properties':{'b':{'type':'string','enum':['x']}}}}}"),
                Arguments.of(
                        G,
                        new CleanSchemas(),
                        "{'tools':[{'function_declarations':[{'name':'f','parameters':{'type':'object','properties':{}}}]}]}",
                        "{'tools':[{'function_declarations':[{'name':'f'}]}]}"));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource({"thinking", "parameters", "instructionsAndSchemas"})
    void body_isRepaired(Dialect upstream, Repair repair, String before, String after) {
        TranslationNotes notes = new TranslationNotes(false);
        assertThat(repaired(upstream, upstream, before, List.of(repair), notes)).isEqualTo(json(after));
        assertThat(notes.all())
                .hasSize(1)
                .first()
                .satisfies(note -> assertThat(note.fidelity()).isEqualTo(repair.fidelity()));
    }

    static Stream<Arguments> unconcerned() {
        return Stream.of(
                Arguments.of(A, new DropThinking(), "{ 'messages':[{'role':'user','content':'thinking'}]}"),
                Arguments.of(A, new ThinkingMode(true), "{ 'thinking':{'type':'disabled'}}"),
                Arguments.of(A, new ThinkingMode(false), "{ 'thinking':'adaptive'}"),
                Arguments.of(C, remove("temperature"), "{ 'messages':[{'temperature':1}]}"),
                Arguments.of(R, remove("reasoning.effort"), "{ 'reasoning':null}"),
                Arguments.of(C, new Rename("max_tokens", "max_completion_tokens"), "{ 'max_completion_tokens':5}"),
                Arguments.of(C, new NearestEffort("reasoning_effort", LOW_HIGH), "{ 'reasoning_effort':'low'}"),
                Arguments.of(C, new NearestEffort("reasoning_effort", LOW_HIGH), "{ 'reasoning_effort':'own'}"),
                Arguments.of(
                        G,
                        new FittingBudget("generationConfig.thinkingConfig.thinkingBudget", 512, 24576),
                        "{ 'generationConfig':{'thinkingConfig':{'thinkingBudget':-1}}}"),
                Arguments.of(G, new BypassSignatures(), "{ 'contents':[{'parts':[{'text':'a'}]},3,null]}"),
                Arguments.of(G, new CleanSchemas(), "{ 'tools':[{'googleSearch':{}},7]}"),
                Arguments.of(G, new SystemAsUser(), "{ 'contents':[]}"),
                Arguments.of(C, new SystemAsUser(), "{ 'messages':'system'}"),
                Arguments.of(R, new DropEncryptedReasoning(), "{ 'input':'text'}"),
                Arguments.of(C, new DropThinking(), "[1]"),
                Arguments.of(C, new DropThinking(), "no JSON"));
    }

    @ParameterizedTest(name = "{0} {1} {2}")
    @MethodSource("unconcerned")
    void body_thatARepairDoesNotConcern_isTheSameArray(Dialect upstream, Repair repair, String body) {
        byte[] bytes = json(body).getBytes(StandardCharsets.UTF_8);
        TranslationNotes notes = new TranslationNotes(true);
        assertThat(RepairedBody.of(upstream, upstream, bytes, List.of(repair), notes))
                .isSameAs(bytes);
        assertThat(notes.all()).isEmpty();
    }

    @Test
    void severalRepairs_areAppliedTogether() {
        TranslationNotes notes = new TranslationNotes(false);
        assertThat(repaired(
                        C,
                        C,
                        "{'max_tokens':5,'temperature':1,'x':2}",
                        List.of(
                                new Rename("max_tokens", "max_completion_tokens"),
                                remove("temperature"),
                                remove("seed")),
                        notes))
                .isEqualTo("{\"x\":2,\"max_completion_tokens\":5}");
        assertThat(notes.all().toString()).isEqualTo("[approximated:max_tokens, dropped:temperature]");
    }

    static Stream<Arguments> names() {
        return Stream.of(
                Arguments.of(C, G, remove("stop"), "{'stop':['x']}", "dropped:generationConfig.stopSequences"),
                Arguments.of(
                        C,
                        A,
                        new Rename("max_tokens", "max_completion_tokens"),
                        "{'max_tokens':1}",
                        "approximated:max_tokens"),
                Arguments.of(R, A, remove("reasoning.effort"), "{'reasoning':{'effort':'low'}}", "dropped:thinking"),
                Arguments.of(R, C, remove("truncation"), "{'truncation':'auto'}", "dropped:truncation"),
                Arguments.of(
                        A,
                        C,
                        new ThinkingMode(true),
                        "{'thinking':{'type':'enabled'}}",
                        "approximated:reasoning_effort"));
    }

    @ParameterizedTest
    @MethodSource("names")
    void note_namesTheFieldAsTheClientDoes(Dialect upstream, Dialect client, Repair repair, String body, String note) {
        TranslationNotes notes = new TranslationNotes(false);
        repaired(upstream, client, body, List.of(repair), notes);
        assertThat(notes.all()).map(Object::toString).containsExactly(note);
    }

    private static String repaired(
            Dialect upstream, Dialect client, String body, List<Repair> repairs, TranslationNotes notes) {
        byte[] bytes = json(body).getBytes(StandardCharsets.UTF_8);
        return new String(RepairedBody.of(upstream, client, bytes, repairs, notes), StandardCharsets.UTF_8);
    }

    private static Repair remove(String path) {
        return new Remove(List.of(path), true);
    }

    private static String json(String text) {
        return text.replace('\'', '"');
    }
}
