package dev.aigateway.translation.tools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aigateway.conversation.Block;
import dev.aigateway.conversation.Conversation;
import dev.aigateway.conversation.Dialect;
import dev.aigateway.conversation.RawJson;
import dev.aigateway.conversation.Tool;
import dev.aigateway.conversation.Tool.HostedKind;
import dev.aigateway.conversation.ToolChoice;
import dev.aigateway.conversation.ToolKind;
import dev.aigateway.conversation.Tools;
import dev.aigateway.translation.Json;
import dev.aigateway.translation.TranslationNotes;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The tools of a request at a foreign upstream: sections 11.4 and 11.6 of the translation reference. */
class DeclaredToolsTest {
    private static final Tool.Function FUNCTION = new Tool.Function("f", Optional.empty(), Optional.empty());
    private static final Tool.Custom CUSTOM = new Tool.Custom(
            "patch",
            Optional.of("ns"),
            Optional.of("Applies a patch."),
            Optional.of(new RawJson(
                    "{\"type\":\"grammar\",\"grammar\":{\"syntax\":\"lark\",\"definition\":\"start: LINE\"}}")));
    private static final Tool.Hosted SEARCH = hosted("web_search", "web_search_20250305", HostedKind.WEB_SEARCH);

    private final TranslationNotes notes = new TranslationNotes(false);

    @Test
    void customTool_whereItIsUnknown_becomesAFunctionOfOneText() {
        Tools tools = forTarget(false, Optional.empty(), new ToolChoice.Unset(), FUNCTION, CUSTOM);
        assertThat(tools.declared()).first().isEqualTo(FUNCTION);
        assertThat(tools.declared().get(1)).isInstanceOfSatisfying(Tool.Function.class, function -> {
            assertThat(function.name()).isEqualTo("patch");
            assertThat(function.namespace()).contains("ns");
            assertThat(function.description())
                    .contains("Applies a patch.\n\nThe input must follow this lark grammar:\nstart: LINE");
            assertThat(function.schema().orElseThrow().text()).contains("\"required\":[\"input\"]");
        });
        assertThat(notes.all()).hasToString("[approximated:tools.custom]");
    }

    @Test
    void customTool_whereItIsKnown_isKept() {
        assertThat(forTarget(true, Optional.empty(), new ToolChoice.Auto(), CUSTOM)
                        .declared())
                .containsExactly(CUSTOM);
        assertThat(notes.all()).isEmpty();
    }

    @Test
    void customTool_withoutWords_hasNoDescription() {
        Tool.Custom bare = new Tool.Custom("t", Optional.empty(), Optional.empty(), Optional.of(RawJson.EMPTY_OBJECT));
        assertThat(CustomTools.function(bare).description()).isEmpty();
    }

    @Test
    void earlierCall_hasTheArgumentsOfItsFunction() {
        Block.ToolCall custom = new Block.ToolCall(
                "c", "patch", Optional.empty(), ToolKind.CUSTOM, "a \"b\"", Optional.empty(), Optional.empty());
        assertThat(CustomTools.arguments(custom)).isEqualTo("{\"input\":\"a \\\"b\\\"\"}");
        assertThat(CustomTools.arguments(new Block.ToolCall("c", "f", "{ }"))).isEqualTo("{ }");
    }

    @ParameterizedTest
    @CsvSource({
        "bash_20250124, command restart, ''",
        "text_editor_20250728, command path file_text old_str new_str insert_text insert_line view_range, command path",
        "memory_20250818, command path file_text old_str new_str insert_text insert_line view_range old_path new_path, command"
    })
    void toolThatTheClientRuns_becomesItsFunction(String type, String properties, String required) {
        Tools tools =
                forTarget(false, Optional.empty(), new ToolChoice.Unset(), hosted("tool", type, HostedKind.OTHER));
        Tool.Function function = (Tool.Function) tools.declared().getFirst();
        var schema = Json.tree(function.schema().orElseThrow());
        assertThat(schema.path("properties").fieldNames()).toIterable().containsExactly(properties.split(" "));
        assertThat(schema.path("required"))
                .extracting(node -> node.asText())
                .containsExactlyElementsOf(required.isEmpty() ? List.of() : List.of(required.split(" ")));
        assertThat(notes.all()).hasToString("[approximated:tools." + type + "]");
    }

    @Test
    void hostedTool_withoutItsLike_isDropped() {
        assertThat(forTarget(false, Optional.empty(), new ToolChoice.Unset(), SEARCH))
                .isEqualTo(Tools.NONE);
        assertThat(notes.all()).hasToString("[dropped:tools.web_search_20250305]");
    }

    @Test
    void hostedTool_withItsLike_isThatTool() {
        Tool own = new Tool.Hosted("google_search", HostedKind.WEB_SEARCH, Dialect.GEMINI, RawJson.EMPTY_OBJECT);
        assertThat(forTarget(false, Optional.of(own), new ToolChoice.Unset(), SEARCH)
                        .declared())
                .containsExactly(own);
        assertThat(notes.all()).hasToString("[approximated:tools.web_search_20250305]");
    }

    @Test
    void toolOfAnotherVendor_isNoClientTool() {
        Tool.Hosted other =
                new Tool.Hosted("bash", HostedKind.OTHER, Dialect.RESPONSES, new RawJson("{\"type\":\"bash_1\"}"));
        assertThat(AnthropicClientTools.function(other)).isEmpty();
    }

    @Test
    void choiceOfADroppedTool_isRefused() {
        ToolChoice choice = new ToolChoice.Specific("web_search", ToolKind.FUNCTION);
        assertThatThrownBy(() -> forTarget(false, Optional.empty(), choice, FUNCTION, SEARCH))
                .hasMessageContaining("tool_choice: names 'web_search'");
    }

    @Test
    void allowedTools_areThoseThatAreNamed() {
        assertThat(DeclaredTools.allowed(List.of(FUNCTION, CUSTOM), List.of("patch", "none")))
                .containsExactly(CUSTOM);
    }

    @ParameterizedTest
    @ValueSource(strings = {"call_1", "toolu_01-A", "a"})
    void legalId_isKept(String id) {
        assertThat(CallIds.legal(id)).isEqualTo(id);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "fc:1", "a b", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"})
    void illegalId_isMadeLegal_alwaysTheSameWay(String id) {
        assertThat(CallIds.legal(id)).matches("call_[0-9a-f]{20}").isEqualTo(CallIds.legal(id));
        assertThat(CallIds.legal(id)).isNotEqualTo(CallIds.legal(id + "x:"));
    }

    private Tools forTarget(boolean custom, Optional<Tool> hosted, ToolChoice choice, Tool... tools) {
        Conversation conversation = Conversation.builder(Dialect.CHAT, "m")
                .tools(new Tools(List.of(tools), choice, Optional.of(true)))
                .build();
        return DeclaredTools.forTarget(conversation, custom, own -> hosted, notes);
    }

    private static Tool.Hosted hosted(String name, String type, HostedKind kind) {
        return new Tool.Hosted(name, kind, Dialect.MESSAGES, new RawJson("{\"type\":\"" + type + "\"}"));
    }
}
