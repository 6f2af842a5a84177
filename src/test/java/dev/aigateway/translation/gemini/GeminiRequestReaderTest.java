package dev.aigateway.translation.gemini;

import static dev.aigateway.translation.gemini.GeminiTestData.gemini;
import static dev.aigateway.translation.gemini.GeminiTestData.notes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aigateway.conversation.Block;
import dev.aigateway.conversation.Conversation;
import dev.aigateway.conversation.Dialect;
import dev.aigateway.conversation.GatewayException;
import dev.aigateway.conversation.RawJson;
import dev.aigateway.conversation.Reasoning;
import dev.aigateway.conversation.Signature;
import dev.aigateway.conversation.Tool;
import dev.aigateway.conversation.Turn;
import dev.aigateway.conversation.Vendor;
import dev.aigateway.translation.TranslationNotes;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GeminiRequestReaderTest {
    private static final String Q = "\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"q\"}]}]";

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        {"text":"hi"}                                                   | Text[text=hi, citations=[], cache=Optional.empty, signature=Optional.empty, logprobs=[]]
        {"text":"hi","thoughtSignature":"c2ln"}                         | Text[text=hi, citations=[], cache=Optional.empty, signature=Optional[Signature[vendor=GOOGLE, data=c2ln, itemId=Optional.empty]], logprobs=[]]
        {"inlineData":{"mimeType":"image/png","data":"AA=="}}           | Image[source=Base64[mime=image/png, data=AA==], detail=Optional.empty, cache=Optional.empty]
        {"inline_data":{"mime_type":"image/PNG","data":"AA=="}}         | Image[source=Base64[mime=image/png, data=AA==], detail=Optional.empty, cache=Optional.empty]
        {"inlineData":{"mimeType":"audio/mpeg","data":"AA=="}}          | Audio[data=AA==, format=mp3]
        {"inlineData":{"mimeType":"audio/x-wav","data":"AA=="}}         | Audio[data=AA==, format=wav]
        {"inlineData":{"mimeType":"audio/ogg","data":"AA=="}}           | Audio[data=AA==, format=audio/ogg]
        {"inlineData":{"mimeType":"video/mp4","data":"AA=="}}           | Video[source=Base64[mime=video/mp4, data=AA==]]
        {"inlineData":{"mimeType":"application/pdf","data":"AA==","displayName":"a.pdf"}} | Document[source=Base64[mime=application/pdf, data=AA==], name=Optional[a.pdf], title=Optional.empty, context=Optional.empty, citations=false, cache=Optional.empty]
        {"fileData":{"fileUri":"gs://b/c.png","mimeType":"image/png"}}  | Image[source=FileId[vendor=GOOGLE, id=gs://b/c.png], detail=Optional.empty, cache=Optional.empty]
        {"fileData":{"fileUri":"https://x.org/c.png","mimeType":"image/png"},"mediaResolution":{"level":"MEDIA_RESOLUTION_LOW"}} | Image[source=Url[url=https://x.org/c.png], detail=Optional[low], cache=Optional.empty]
        {"fileData":{"fileUri":"https://www.youtube.com/watch?v=1"}}    | Video[source=Url[url=https://www.youtube.com/watch?v=1]]
        {"executableCode":{"language":"PYTHON","code":"1+1"}}           | Text[text=<n>```python<n>1+1<n>```<n>, citations=[], cache=Optional.empty, signature=Optional.empty, logprobs=[]]
        {"toolCall":{"id":"1"}}                                         | Opaque[dialect=GEMINI, type=toolCall, raw={"toolCall":{"id":"1"}}]
        """)
    void read_part_becomesBlock(String part, String block) {
        Conversation read = gemini("\"contents\":[{\"parts\":[" + part + "]}]");

        assertThat(read.turns().getFirst().blocks()).singleElement().hasToString(block.replace("<n>", "\n"));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        {"thinkingBudget":0}        | Off[]
        {"thinkingBudget":-1}       | Adaptive[effort=Optional.empty]
        {"thinking_budget":2048}    | ByBudget[tokens=2048]
        {"thinkingLevel":"high"}    | ByEffort[effort=HIGH]
        {"includeThoughts":true}    | Unset[]
        """)
    void read_thinkingConfig_becomesDepth(String config, String depth) {
        Reasoning reasoning = gemini(Q + ",\"generationConfig\":{\"thinkingConfig\":" + config + "}")
                .reasoning();

        assertThat(reasoning.depth()).hasToString(depth);
        assertThat(reasoning.wantsText()).isEqualTo(config.contains("Thoughts") ? Optional.of(true) : Optional.empty());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        {"mode":"AUTO"}                                       | Auto[]
        {"mode":"NONE"}                                       | None[]
        {"mode":"ANY"}                                        | Required[]
        {"mode":"any","allowed_function_names":["f"]}         | Specific[name=f, kind=FUNCTION]
        {"mode":"ANY","allowedFunctionNames":["f","g"]}       | Allowed[names=[f, g], required=true]
        {"mode":"VALIDATED"}                                  | Auto[]
        {"mode":"VALIDATED","allowedFunctionNames":["f"]}     | Allowed[names=[f], required=false]
        {}                                                    | Unset[]
        """)
    void read_functionCallingConfig_becomesChoice(String config, String choice) {
        Conversation read = gemini(Q + ",\"toolConfig\":{\"functionCallingConfig\":" + config + "}");

        assertThat(read.tools().choice()).hasToString(choice);
        assertThat(read.extensions()).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        "contents":[]                                                            | contents: must not be empty
        "contents":[{"role":"assistant","parts":[]}]                             | contents[0].role: must be user or model, not 'assistant'
        "contents":[{"parts":[{}]}]                                              | contents[0].parts[0].text: is required
        "contents":[{"parts":[{"inlineData":{"data":"x"}}]}]                     | contents[0].parts[0].inlineData.mimeType: is required
        "contents":[{"role":"model","parts":[{"functionCall":{"args":{}}}]}]     | contents[0].parts[0].functionCall.name: is required
        "contents":[{"parts":[{"text":"q"}]}],"generationConfig":{"temperature":3} | generationConfig.temperature: must be between 0 and 2, not 3
        "contents":[{"parts":[{"text":"q"}]}],"generationConfig":{"thinkingConfig":{"thinkingBudget":1,"thinkingLevel":"LOW"}} | generationConfig.thinkingConfig.thinkingLevel: cannot be set together with thinkingBudget
        """)
    void read_senselessRequest_isRefusedWithItsField(String members, String message) {
        assertThatThrownBy(() -> gemini(members))
                .isInstanceOf(GatewayException.class)
                .hasMessage(message);
    }

    @Test
    void read_wholeRequest_fillsTheHub() {
        Conversation read = gemini(Q + """
                ,"system_instruction":{"parts":[{"text":"a"},{"text":""},{"text":"b"}]},
                "tools":[{"function_declarations":[{"name":"f","description":"d","parameters":{"type":"OBJECT","properties":{"max_x":{"type":"INTEGER"}}}},
                {"name":"g","parametersJsonSchema":{"$schema":"s"},"behavior":"BLOCKING"}]},{"google_search":{}},{"googleMaps":{"x":1}}],
                "toolConfig":{"retrievalConfig":{"a":1}},
                "generationConfig":{"temperature":1.0,"topP":0.5,"topK":4,"maxOutputTokens":9,"stopSequences":["s"],"seed":7,
                "candidateCount":2,"presencePenalty":0.1,"frequencyPenalty":0.2,"response_mime_type":"application/json",
                "responseSchema":{"type":"OBJECT"},"responseModalities":["TEXT"],"speechConfig":{"a":1}},
                "safetySettings":[{"category":"c"}],"cachedContent":"x"
                """);

        assertThat(read.system()).extracting(Block.Text::text).containsExactly("a", "b");
        assertThat(read.tools().declared())
                .containsExactly(
                        new Tool.Function(
                                "f",
                                Optional.of("d"),
                                Optional.of(new RawJson(
                                        "{\"type\":\"object\",\"properties\":{\"max_x\":{\"type\":\"integer\"}}}"))),
                        new Tool.Function(
                                "g",
                                Optional.empty(),
                                Optional.empty(),
                                Optional.of(new RawJson("{\"$schema\":\"s\"}")),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.of(new RawJson("{\"behavior\":\"BLOCKING\"}"))),
                        hosted("googleSearch", Tool.HostedKind.WEB_SEARCH, "{\"googleSearch\":{}}"),
                        hosted("googleMaps", Tool.HostedKind.OTHER, "{\"googleMaps\":{\"x\":1}}"));
        assertThat(read.sampling())
                .hasToString("Sampling[maxOutputTokens=OptionalInt[9], temperature=Optional[1.0], topP=Optional[0.5], "
                        + "topK=OptionalInt[4], seed=OptionalLong[7], presencePenalty=Optional[0.1], "
                        + "frequencyPenalty=Optional[0.2], stop=[s], candidates=2, logitBias=Optional.empty, "
                        + "logprobs=false, topLogprobs=OptionalInt.empty]");
        assertThat(read.output())
                .hasToString("JsonSchema[name=Optional.empty, description=Optional.empty, "
                        + "schema={\"type\":\"object\"}, strict=Optional.empty]");
        assertThat(read.extensions().keySet())
                .containsExactly(
                        "generationConfig.speechConfig",
                        "toolConfig.retrievalConfig",
                        "safetySettings",
                        "cachedContent");
    }

    private static Tool hosted(String name, Tool.HostedKind kind, String raw) {
        return new Tool.Hosted(name, kind, Dialect.GEMINI, new RawJson(raw));
    }

    /** T26: same name twice, no ids. */
    @Test
    void read_callsWithoutIds_arePairedInOrder() {
        String request = """
                "contents":[{"role":"user","parts":[{"text":"q"}]},
                {"role":"model","parts":[{"functionCall":{"name":"f","args":{"snake_key":12345678901234567890,"x":1.0}}},{"functionCall":{"name":"f","args":{}}},{"functionCall":{"name":"g"}}]},
                {"role":"function","parts":[{"functionResponse":{"name":"g","response":{"output":"3"}}}]},
                {"role":"user","parts":[{"text":"then"},{"functionResponse":{"name":"f","response":{"result":"1"}}},{"functionResponse":{"name":"f","response":{"error":"2"}}}]}]
                """;

        List<Turn> turns = gemini(request).turns();

        List<Block.ToolCall> calls =
                turns.get(1).blocks().stream().map(Block.ToolCall.class::cast).toList();
        assertThat(calls).extracting(Block.ToolCall::id).doesNotHaveDuplicates();
        assertThat(calls.getFirst().arguments()).isEqualTo("{\"snake_key\":12345678901234567890,\"x\":1.0}");
        assertThat(turns).hasSize(3);
        assertThat(turns.get(2).blocks())
                .extracting(block -> block instanceof Block.ToolResult result
                        ? calls.stream().map(Block.ToolCall::id).toList().indexOf(result.callId())
                                + ((Block.Text) result.content().getFirst()).text()
                                + result.error()
                        : ((Block.Text) block).text())
                .containsExactly("23false", "01false", "12true", "then");
        assertThat(gemini(request)).isEqualTo(gemini(request));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        {"output":"text"}          | text
        {"content":"text"}         | text
        {"result":{"a":1.0}}       | {"result":{"a":1.0}}
        {"output":"a","more":true} | {"output":"a","more":true}
        {}                         | {}
        """)
    void read_functionResponse_givesItsText(String response, String text) {
        Conversation read =
                gemini("\"contents\":[{\"parts\":[{\"functionResponse\":{\"id\":\"1\",\"name\":\"f\",\"response\":"
                        + response + "}}]}]");

        Block.ToolResult result =
                (Block.ToolResult) read.turns().getFirst().blocks().getFirst();
        assertThat(result.callId()).isEqualTo("1");
        assertThat(result.content()).containsExactly(new Block.Text(text));
    }

    @Test
    void read_functionResponse_keepsItsPictures() {
        Conversation read = gemini("""
                "contents":[{"parts":[{"functionResponse":{"name":"f","response":{"output":""},"parts":[{"inlineData":{"mimeType":"image/png","data":"AA=="}}]}}]}]
                """);

        Block.ToolResult result =
                (Block.ToolResult) read.turns().getFirst().blocks().getFirst();
        assertThat(result.content()).singleElement().isInstanceOf(Block.Image.class);
    }

    @Test
    void read_thoughtsInPieces_areOneBlockWithTheirSignature() {
        String wrapped = GeminiSignatures.write(new Signature(Vendor.ANTHROPIC, "s1"));

        List<Block> blocks = gemini("\"contents\":[{\"role\":\"model\",\"parts\":[{\"text\":\"a\",\"thought\":true},"
                        + "{\"text\":\"b\",\"thought\":true},{\"text\":\"\",\"thought\":true,\"thoughtSignature\":\""
                        + wrapped + "\"},{\"text\":\"c\"},{\"text\":\"\"}]}]")
                .turns()
                .getFirst()
                .blocks();

        assertThat(wrapped).matches("[A-Za-z0-9+/=]+");
        assertThat(blocks)
                .containsExactly(
                        new Block.Thinking("ab", Optional.of(new Signature(Vendor.ANTHROPIC, "s1"))),
                        new Block.Text("c"));
    }

    @Test
    void read_whatTheHubCannotHold_isNoted() {
        TranslationNotes notes = new TranslationNotes(false);

        gemini("""
                "contents":[{"parts":[{"functionResponse":{"name":"f","response":{},"scheduling":"SILENT"}},{"text":"a","videoMetadata":{"fps":1}}]}],
                "generationConfig":{"responseMimeType":"text/x.enum","responseSchema":{"type":"STRING","enum":["a"]}}
                """, notes);

        assertThat(notes(notes))
                .isEqualTo("dropped:contents.parts.functionResponse.scheduling dropped:contents.parts.videoMetadata "
                        + "approximated:generationConfig.responseMimeType");
    }
}
