package dev.aigateway.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aigateway.conversation.Dialect;
import dev.aigateway.translation.splice.Envelope;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConversationHashTest {
    private static final String[][] CONVERSATIONS = {
        {"CHAT", """
            {"messages":[{"role":"system","content":"S"},{"role":"user","content":"Hi"}]}""", """
            {"temperature":1,"messages":[{"role":"system","content":"S"},{"role":"user","content":"Hi"},
             {"role":"assistant","content":"Yes?"},{"role":"user","content":"Go on"}]}""", """
            {"messages":[{"role":"system","content":[{"type":"text","text":"S","cache_control":{"type":"ephemeral"}}]},
             {"role":"user","content":[{"text":"Hi","type":"text"}]},{"role":"assistant","tool_calls":[{"id":"1"}]},
             {"role":"tool","tool_call_id":"1","content":"x"}]}"""},
        {"MESSAGES", """
            {"system":[{"type":"text","text":"S","cache_control":{"type":"ephemeral"}}],
             "messages":[{"role":"user","content":[{"type":"text","text":"Hi","cache_control":{"type":"ephemeral"}}]}]}""", """
            {"system":[{"type":"text","text":"S","cache_control":{"type":"ephemeral"}}],
             "messages":[{"role":"user","content":[{"type":"text","text":"Hi"}]},{"role":"assistant","content":"Yes?"},
             {"role":"user","content":[{"type":"text","text":"Go on","cache_control":{"type":"ephemeral"}}]}]}""", """
            {"messages":[{"role":"user","content":"Hi"},{"role":"assistant","content":"Yes?"},
             {"role":"user","content":"Go on"}],"system":"S"}"""},
        {"RESPONSES", """
            {"instructions":"S","input":"Hi"}""", """
            {"instructions":"S","input":[{"role":"user","content":"Hi"},{"type":"reasoning","id":"r"},
             {"role":"assistant","content":"Yes?"},{"role":"user","content":"Go on"}]}""", """
            {"input":[{"type":"message","role":"user","content":[{"type":"input_text","text":"Hi"}]},
             {"type":"function_call","name":"f"}],"instructions":"S"}"""},
        {"GEMINI", """
            {"systemInstruction":{"parts":[{"text":"S"}]},"contents":[{"parts":[{"text":"Hi"}]}]}""", """
            {"systemInstruction":{"parts":[{"text":"S"}]},"contents":[{"role":"user","parts":[{"text":"Hi"}]},
             {"role":"model","parts":[{"text":"Yes?"}]},{"role":"user","parts":[{"text":"Go on"}]}]}""", """
            {"contents":[{"role":"user","parts":[{"text":"Hi"}]},{"role":"model","parts":[{"functionCall":{}}]}],
             "systemInstruction":{"role":"system","parts":[{"text":"S"}]}}"""},
        {"COMPLETIONS", """
            {"prompt":"Hi"}""", """
            {"prompt":"Hi","stream":true}""", """
            {"max_tokens":5,"prompt":"Hi"}"""}
    };

    @ParameterizedTest
    @CsvSource({"0", "1", "2", "3", "4"})
    void laterTurns_hashAsTheFirst(int which) {
        String[] conversation = CONVERSATIONS[which];
        long first = hash(conversation[0], conversation[1]);
        assertThat(hash(conversation[0], conversation[2])).isEqualTo(first);
        assertThat(hash(conversation[0], conversation[3])).isEqualTo(first);
    }

    @ParameterizedTest
    @CsvSource({"0", "1", "2", "3", "4"})
    void otherWords_ownersOrModels_hashElsewhere(int which) {
        String dialect = CONVERSATIONS[which][0];
        String body = CONVERSATIONS[which][1];
        long first = hash(dialect, body);
        assertThat(hash(dialect, body.replace("Hi", "Ho"))).isNotEqualTo(first);
        assertThat(hash("bob", "m", dialect, body)).isNotEqualTo(first);
        assertThat(hash("alice", "n", dialect, body)).isNotEqualTo(first);
        if (body.contains("\"S\"")) {
            assertThat(hash(dialect, body.replace("\"S\"", "\"T\""))).isNotEqualTo(first);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "CHAT | \"prompt_cache_key\":\"K\"",
                "COMPLETIONS | \"prompt_cache_key\":\"K\"",
                "RESPONSES | \"prompt_cache_key\":\"K\"",
                "RESPONSES | \"conversation\":\"K\"",
                "MESSAGES | \"metadata\":{\"user_id\":\"K\"}",
                "GEMINI | \"cachedContent\":\"K\""
            })
    void cacheKey_decidesAlone(String dialect, String key) {
        String words = "\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}],\"prompt\":\"Hi\",\"input\":\"Hi\","
                + "\"contents\":[{\"parts\":[{\"text\":\"Hi\"}]}]";
        long first = hash(dialect, "{" + words + "," + key + "}");
        assertThat(hash(dialect, "{" + key + "," + words.replace("Hi", "Ho") + "}"))
                .isEqualTo(first);
        assertThat(hash(dialect, "{" + words + "," + key.replace("K", "L") + "}"))
                .isNotEqualTo(first);
        assertThat(hash("bob", "m", dialect, "{" + words + "," + key + "}")).isNotEqualTo(first);
        assertThat(hash(dialect, "{" + words + "," + key.replace("K", "") + "}"))
                .isEqualTo(hash(dialect, "{" + words + "}"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"{}", "{\"messages\":[]}", "{\"messages\":[1,null,\"x\"]}", "{\"messages\":{}}", "''", "["})
    void oddBodies_haveAHashToo(String body) {
        assertThat(hash("CHAT", body)).isEqualTo(hash("CHAT", body));
    }

    private static long hash(String dialect, String body) {
        return hash("alice", "m", dialect, body);
    }

    private static long hash(String owner, String model, String dialect, String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        return ConversationHash.of(new ClientRequest(
                "r",
                owner,
                Dialect.valueOf(dialect),
                model,
                new Envelope(bytes, Optional.empty(), false, Optional.empty()),
                Map.of()));
    }
}
