package dev.aigateway.translation.gemini;

import static dev.aigateway.translation.gemini.GeminiTestData.chat;
import static dev.aigateway.translation.gemini.GeminiTestData.gemini;
import static dev.aigateway.translation.gemini.GeminiTestData.notes;
import static dev.aigateway.translation.gemini.GeminiTestData.written;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aigateway.conversation.Block;
import dev.aigateway.conversation.Conversation;
import dev.aigateway.conversation.Dialect;
import dev.aigateway.conversation.GatewayException;
import dev.aigateway.conversation.RawJson;
import dev.aigateway.conversation.Source;
import dev.aigateway.conversation.Tool;
import dev.aigateway.conversation.ToolChoice;
import dev.aigateway.conversation.ToolKind;
import dev.aigateway.conversation.Tools;
import dev.aigateway.conversation.Turn;
import dev.aigateway.conversation.Turn.Role;
import dev.aigateway.translation.TranslationNotes;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GeminiRequestWriterTest {
    private static final String Q = "\"messages\":[{\"role\":\"user\",\"content\":\"q\"}]";
    private static final String CONTENTS = "\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"q\"}]}]";

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        "temperature":1.0,"top_p":0.5,"seed":7,"n":2             | {"temperature":1.0,"topP":0.5,"seed":7,"candidateCount":2}
        "max_tokens":5,"presence_penalty":1,"frequency_penalty":0.5 | {"maxOutputTokens":5,"presencePenalty":1,"frequencyPenalty":0.5}
        "stop":"x"                                               | {"stopSequences":["x"]}
        "stop":["1","2","3","4","5","6"]                         | {"stopSequences":["1","2","3","4","5"]}
        "response_format":{"type":"json_object"}                 | {"responseMimeType":"application/json"}
        "response_format":{"type":"json_schema","json_schema":{"name":"n","schema":{"$schema":"s","type":"object","additionalProperties":false}}} | {"responseMimeType":"application/json","responseJsonSchema":{"type":"object","additionalProperties":false}}
        "reasoning_effort":"high"                                | {"thinkingConfig":{"thinkingBudget":24576,"includeThoughts":true}}
        """)
    void write_scalars_standInGenerationConfig(String members, String config) {
        assertThat(written(chat(Q + "," + members), "gemini-2.5-flash"))
                .isEqualTo("{" + CONTENTS + ",\"generationConfig\":" + config + "}");
    }

    @Test
    void write_answerSchemaForOlderModel_isCleaned() {
        TranslationNotes notes = new TranslationNotes(false);

        String body = written(
                chat(
                        Q
                                + ",\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{\"name\":\"n\",\"schema\":"
                                + "{\"type\":\"object\",\"additionalProperties\":false,\"properties\":{\"a\":{\"const\":\"x\"}}}}}"),
                "gemini-2.0-flash",
                notes);

        assertThat(body)
                .endsWith("\"generationConfig\":{\"responseMimeType\":\"application/json\",\"responseSchema\":"
                        + "{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"string\",\"enum\":[\"x\"]}}}}}");
        assertThat(notes(notes)).isEqualTo("approximated:response_format");
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
        gemini-2.5-pro         | "reasoning_effort":"none"     | {"thinkingBudget":128}
        gemini-2.5-flash       | "reasoning_effort":"none"     | {"thinkingBudget":0}
        gemini-2.5-flash       | "reasoning_effort":"minimal"  | {"thinkingBudget":512,"includeThoughts":true}
        gemini-2.5-flash       | "reasoning_effort":"low"      | {"thinkingBudget":1024,"includeThoughts":true}
        gemini-2.5-pro         | "reasoning_effort":"medium"   | {"thinkingBudget":8192,"includeThoughts":true}
        gemini-2.5-pro         | "reasoning_effort":"max"      | {"thinkingBudget":32768,"includeThoughts":true}
        gemini-2.5-flash       | "reasoning_effort":"xhigh"    | {"thinkingBudget":24576,"includeThoughts":true}
        gemini-2.5-flash-lite  | "reasoning":{"max_tokens":5}  | {"thinkingBudget":512,"includeThoughts":true}
        gemini-2.5-pro         | "reasoning":{"max_tokens":5000} | {"thinkingBudget":5000,"includeThoughts":true}
        gemini-2.5-pro         | "reasoning":{"enabled":true}  | {"thinkingBudget":-1,"includeThoughts":true}
        gemini-3-flash-preview | "reasoning_effort":"none"     | {"thinkingLevel":"MINIMAL"}
        gemini-3-pro-preview   | "reasoning_effort":"none"     | {"thinkingLevel":"LOW"}
        gemini-3-pro-preview   | "reasoning_effort":"medium"   | {"thinkingLevel":"HIGH","includeThoughts":true}
        gemini-3.1-pro         | "reasoning_effort":"medium"   | {"thinkingLevel":"MEDIUM","includeThoughts":true}
        gemini-3.1-pro         | "reasoning_effort":"max"      | {"thinkingLevel":"HIGH","includeThoughts":true}
        gemini-3.1-pro         | "reasoning":{"max_tokens":900} | {"thinkingLevel":"LOW","includeThoughts":true}
        gemini-3.1-pro         | "reasoning":{"effort":"low","exclude":true} | {"thinkingLevel":"LOW"}
        gemini-3.1-pro         | "reasoning":{"enabled":true}  | {"includeThoughts":true}
        gemini-2.0-flash       | "reasoning_effort":"high"     | -
        gemini-3.1-pro         | "verbosity":"low"             | -
        """)
    void write_effort_isSaidInTheModelsWay(String model, String members, String config) {
        String expected = config == null ? "" : ",\"generationConfig\":{\"thinkingConfig\":" + config + "}";

        assertThat(written(chat(Q + "," + members), model)).isEqualTo("{" + CONTENTS + expected + "}");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
        -                                                         | -
        "none"                                                    | {"mode":"NONE"}
        "auto"                                                    | {"mode":"AUTO"}
        "required"                                                | {"mode":"ANY"}
        {"type":"function","function":{"name":"a b"}}             | {"mode":"ANY","allowedFunctionNames":["a_b"]}
        {"type":"allowed_tools","allowed_tools":{"mode":"required","tools":[{"type":"function","function":{"name":"a b"}}]}} | {"mode":"ANY","allowedFunctionNames":["a_b"]}
        """)
    void write_toolChoice_isFunctionCallingConfig(String choice, String config) {
        String body = written(
                chat(Q + ",\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"a b\",\"description\":\"d\","
                        + "\"parameters\":{\"type\":\"object\",\"properties\":{\"x\":{\"type\":\"integer\",\"maximum\":1.50}}}}}]"
                        + (choice == null ? "" : ",\"tool_choice\":" + choice)),
                "gemini-3-pro");

        assertThat(body)
                .isEqualTo("{" + CONTENTS
                        + ",\"tools\":[{\"functionDeclarations\":[{\"name\":\"a_b\",\"description\":\"d\","
                        + "\"parametersJsonSchema\":{\"type\":\"object\",\"properties\":{\"x\":{\"type\":\"integer\",\"maximum\":1.50}}}}]}]"
                        + (config == null ? "" : ",\"toolConfig\":{\"functionCallingConfig\":" + config + "}") + "}");
    }

    @Test
    void write_allowedSet_leavesOutTheOthers() {
        String body = written(
                chat(Q + ",\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\"}},{\"type\":\"function\","
                        + "\"function\":{\"name\":\"g\"}}],\"tool_choice\":{\"type\":\"allowed_tools\",\"allowed_tools\":"
                        + "{\"mode\":\"auto\",\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"g\"}}]}}"),
                "gemini-3-pro");

        assertThat(body)
                .contains("\"tools\":[{\"functionDeclarations\":[{\"name\":\"g\"}]}]"
                        + ",\"toolConfig\":{\"functionCallingConfig\":{\"mode\":\"AUTO\"}}");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        gemini-2.0-flash | "parameters":{"type":"object","properties":{"a":{"type":"string","nullable":true}}}
        gemini-2.5-pro   | "parametersJsonSchema":{"type":"object","properties":{"a":{"type":["string","null"]}},"additionalProperties":false}
        """)
    void write_toolSchema_hasTheFormOfTheModel(String model, String parameters) {
        String body = written(
                chat(Q
                        + ",\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\",\"strict\":true,\"parameters\":"
                        + "{\"$schema\":\"s\",\"type\":\"object\",\"properties\":{\"a\":{\"type\":[\"string\",\"null\"]}},"
                        + "\"additionalProperties\":false}}}]"),
                model);

        assertThat(body)
                .isEqualTo("{" + CONTENTS + ",\"tools\":[{\"functionDeclarations\":[{\"name\":\"f\"," + parameters
                        + "}]}]}");
    }

    /** T27. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        gemini-3-pro     | "tools":[{"functionDeclarations":[{"name":"f"}]},{"googleSearch":{}}],"toolConfig":{"includeServerSideToolInvocations":true} | approximated:tools.web_search
        gemini-2.5-flash | "tools":[{"functionDeclarations":[{"name":"f"}]}]  | approximated:tools.web_search dropped:tools.web_search
        """)
    void write_searchBesideFunctions_dependsOnTheModel(String model, String tools, String noted) {
        TranslationNotes notes = new TranslationNotes(false);
        Conversation conversation = conversation(
                new Tools(
                        List.of(
                                new Tool.Function("f", Optional.empty(), Optional.empty()),
                                new Tool.Hosted(
                                        "web_search",
                                        Tool.HostedKind.WEB_SEARCH,
                                        Dialect.RESPONSES,
                                        new RawJson("{\"type\":\"web_search\"}"))),
                        new ToolChoice.Unset(),
                        Optional.empty()),
                user(new Block.Text("q")));

        assertThat(written(conversation, model, notes)).isEqualTo("{" + CONTENTS + "," + tools + "}");
        assertThat(notes(notes)).isEqualTo(noted);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        {"role":"system","content":"s"},{"role":"system","content":"t"},{"role":"user","content":"q"} | "systemInstruction":{"parts":[{"text":"s"},{"text":"t"}]},"contents":[{"role":"user","parts":[{"text":"q"}]}]
        {"role":"user","content":"a"},{"role":"system","content":"s"},{"role":"user","content":"b"}   | "contents":[{"role":"user","parts":[{"text":"a"},{"text":"s"},{"text":"b"}]}]
        {"role":"assistant","content":"a"},{"role":"user","content":"b"}                              | "contents":[{"role":"user","parts":[{"text":"(continue)"}]},{"role":"model","parts":[{"text":"a"}]},{"role":"user","parts":[{"text":"b"}]}]
        {"role":"user","content":""}                                                                  | "contents":[{"role":"user","parts":[{"text":"."}]}]
        {"role":"user","content":"a"},{"role":"assistant","content":null},{"role":"user","content":"b"} | "contents":[{"role":"user","parts":[{"text":"a"},{"text":"b"}]}]
        {"role":"user","content":[{"type":"image_url","image_url":{"url":"data:image/png;base64,AA=="}}]} | "contents":[{"role":"user","parts":[{"inlineData":{"mimeType":"image/png","data":"AA=="}}]}]
        {"role":"user","content":[{"type":"input_audio","input_audio":{"data":"AA==","format":"mp3"}}]} | "contents":[{"role":"user","parts":[{"inlineData":{"mimeType":"audio/mp3","data":"AA=="}}]}]
        {"role":"user","content":[{"type":"file","file":{"filename":"a.pdf","file_data":"data:application/pdf;base64,AA=="}}]} | "contents":[{"role":"user","parts":[{"inlineData":{"mimeType":"application/pdf","data":"AA=="}}]}]
        {"role":"user","content":"a"},{"role":"assistant","content":"b","refusal":"no"}               | "contents":[{"role":"user","parts":[{"text":"a"}]},{"role":"model","parts":[{"text":"b"},{"text":"no"}]}]
        """)
    void write_messages_alternate(String messages, String expected) {
        assertThat(written(chat("\"messages\":[" + messages + "]"), "gemini-2.5-pro"))
                .isEqualTo("{" + expected + "}");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        {"type":"image_url","image_url":{"url":"https://x.org/a.png"}}            | messages.content.image_url: content by its URL cannot be given to the provider of this model; send its content
        {"type":"image_url","image_url":{"url":"data:image/svg+xml;base64,AA=="}} | messages.content.image_url: images of type image/svg+xml are not supported
        {"type":"file","file":{"file_id":"f"}}                                    | messages.content.file: an uploaded file of another provider cannot be given to the provider of this model; send its content
        """)
    void write_unreachableContent_isRefused(String part, String message) {
        Conversation conversation = chat("\"messages\":[{\"role\":\"user\",\"content\":[" + part + "]}]");

        assertThatThrownBy(() -> written(conversation, "gemini-3-pro"))
                .isInstanceOf(GatewayException.class)
                .hasMessage(message);
    }

    /** T14, T25: results in another order than their calls; a name that Gemini does not take. */
    @Test
    void write_results_followTheirCallsInOrder() {
        String name = "mcp/a b" + "x".repeat(70);
        Conversation conversation = conversation(
                Tools.NONE,
                user(new Block.Text("q")),
                new Turn(
                        Role.ASSISTANT,
                        List.of(
                                new Block.ToolCall("c1", "f", "{\"n\":12345678901234567890,\"x\":1.0}"),
                                new Block.ToolCall("c2", name, "{}"),
                                new Block.ToolCall("c3", "f", "not json"))),
                user(
                        result("c3", List.of(new Block.Text("three")), false),
                        result("c1", List.of(), false),
                        result("c2", List.of(new Block.Text("two")), true),
                        new Block.Text("go on")));

        String body = written(conversation, "gemini-3-pro");

        String legal = "mcp_a_b" + "x".repeat(50) + "_";
        assertThat(body.replaceAll("(x_)[0-9a-f]{6}", "$1"))
                .isEqualTo(
                        "{\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"q\"}]},{\"role\":\"model\",\"parts\":["
                                + "{\"functionCall\":{\"id\":\"c1\",\"name\":\"f\",\"args\":{\"n\":12345678901234567890,\"x\":1.0}},"
                                + "\"thoughtSignature\":\"skip_thought_signature_validator\"},"
                                + "{\"functionCall\":{\"id\":\"c2\",\"name\":\"" + legal + "\",\"args\":{}}},"
                                + "{\"functionCall\":{\"id\":\"c3\",\"name\":\"f\",\"args\":{\"_raw\":\"not json\"}}}]},"
                                + "{\"role\":\"user\",\"parts\":["
                                + "{\"functionResponse\":{\"id\":\"c1\",\"name\":\"f\",\"response\":{\"output\":\"\"}}},"
                                + "{\"functionResponse\":{\"id\":\"c2\",\"name\":\"" + legal
                                + "\",\"response\":{\"error\":\"two\"}}},"
                                + "{\"functionResponse\":{\"id\":\"c3\",\"name\":\"f\",\"response\":{\"output\":\"three\"}}},"
                                + "{\"text\":\"go on\"}]}]}");
        assertThat(written(conversation, "gemini-3-pro")).isEqualTo(body);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        gemini-3-pro   | {"functionResponse":{"id":"c1","name":"f","response":{"output":"seen"},"parts":[{"inlineData":{"mimeType":"image/png","data":"AA=="}}]}}
        gemini-2.5-pro | {"functionResponse":{"name":"f","response":{"output":"seen"}}},{"inlineData":{"mimeType":"image/png","data":"AA=="}}
        """)
    void write_pictureInResult_standsWhereTheModelLooks(String model, String parts) {
        Conversation conversation = conversation(
                Tools.NONE,
                user(new Block.Text("q")),
                new Turn(Role.ASSISTANT, List.of(new Block.ToolCall("c1", "f", "{}"))),
                user(result(
                        "c1",
                        List.of(new Block.Text("seen"), new Block.Image(new Source.Base64("image/png", "AA=="))),
                        false)));

        assertThat(written(conversation, model)).endsWith("{\"role\":\"user\",\"parts\":[" + parts + "]}]}");
    }

    /** T15: a result that holds only what Gemini does not know is still a result. */
    @Test
    void write_resultOfUnknownBlocks_isStillAResult() {
        Conversation conversation = conversation(
                Tools.NONE,
                user(new Block.Text("q")),
                new Turn(Role.ASSISTANT, List.of(new Block.ToolCall("c1", "f", ""))),
                user(result(
                        "c1",
                        List.of(new Block.Opaque(Dialect.MESSAGES, "tool_reference", new RawJson("{\"a\":1}"))),
                        false)));

        assertThat(written(conversation, "gemini-2.5-pro"))
                .endsWith("{\"functionCall\":{\"name\":\"f\",\"args\":{}}}]},{\"role\":\"user\",\"parts\":"
                        + "[{\"functionResponse\":{\"name\":\"f\",\"response\":{\"output\":\"{\\\"a\\\":1}\"}}}]}]}");
    }

    @Test
    void write_interruptedCall_getsAResult() {
        Conversation conversation = conversation(
                Tools.NONE,
                user(new Block.Text("q")),
                new Turn(Role.ASSISTANT, List.of(new Block.ToolCall("c1", "f", "{}"))),
                user(new Block.Text("stop")));

        assertThat(written(conversation, "gemini-2.5-pro"))
                .contains("\"response\":{\"error\":\"(no result: call was interrupted)\"}}},{\"text\":\"stop\"}");
    }

    @Test
    void write_ownRequest_keepsWhatOnlyGeminiKnows() {
        String members = CONTENTS
                + ",\"safetySettings\":[{\"a\":1.0}],\"cachedContent\":\"c\",\"serviceTier\":\"flex\","
                + "\"toolConfig\":{\"retrievalConfig\":{\"b\":2}},\"generationConfig\":{\"speechConfig\":{\"d\":3}}";

        assertThat(written(gemini(members), "gemini-3-pro"))
                .isEqualTo("{" + CONTENTS + ",\"serviceTier\":\"flex\",\"toolConfig\":{\"retrievalConfig\":{\"b\":2}},"
                        + "\"safetySettings\":[{\"a\":1.0}],\"cachedContent\":\"c\","
                        + "\"generationConfig\":{\"speechConfig\":{\"d\":3}}}");
    }

    @Test
    void write_chatFieldsWithoutEqual_areNoted() {
        TranslationNotes notes = new TranslationNotes(false);

        written(
                chat(
                        Q + ",\"user\":\"u\",\"logit_bias\":{\"1\":1},\"logprobs\":true,\"metadata\":{\"a\":\"b\"},"
                                + "\"prompt_cache_key\":\"k\",\"verbosity\":\"low\",\"service_tier\":\"scale\",\"prediction\":{}"),
                "gemini-3-pro",
                notes);

        assertThat(notes(notes))
                .isEqualTo("dropped:logit_bias approximated:logprobs dropped:user dropped:metadata "
                        + "dropped:prompt_cache_key dropped:verbosity dropped:service_tier dropped:prediction");
    }

    private static Block.ToolResult result(String id, List<Block> content, boolean error) {
        return new Block.ToolResult(id, Optional.empty(), ToolKind.FUNCTION, content, error, Optional.empty());
    }

    private static Turn user(Block... blocks) {
        return new Turn(Role.USER, List.of(blocks));
    }

    private static Conversation conversation(Tools tools, Turn... turns) {
        return Conversation.builder(Dialect.MESSAGES, "m")
                .turns(List.of(turns))
                .tools(tools)
                .build();
    }
}
