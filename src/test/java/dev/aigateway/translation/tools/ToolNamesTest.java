package dev.aigateway.translation.tools;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aigateway.conversation.Conversation;
import dev.aigateway.conversation.Dialect;
import dev.aigateway.conversation.Tool;
import dev.aigateway.conversation.ToolChoice;
import dev.aigateway.conversation.ToolKind;
import dev.aigateway.conversation.Tools;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Names that upstreams accept and the way back: sections 8.3 and 11.5 of the translation reference. */
class ToolNamesTest {
    @ParameterizedTest(name = "8.3: {1} for {0}")
    @CsvSource({
        "MESSAGES, f, f",
        "MESSAGES, a-b_C9, a-b_C9",
        "MESSAGES, a.b/c d, a_b_c_d",
        "CHAT, mcp:x, mcp_x",
        "CHAT, größe, gr__e",
        "GEMINI, a.b:c, a.b:c",
        "GEMINI, 9lives, _9lives",
        "MESSAGES, '', _"
    })
    void name_isMadeLegalAndComesBack(Dialect target, String name, String expected) {
        ToolNames names = ToolNames.of(request(function(name)), target);
        assertThat(names.upstream(name, Optional.empty())).isEqualTo(expected);
        assertThat(names.original(expected))
                .contains(new ToolNames.Original(name, Optional.empty(), ToolKind.FUNCTION));
    }

    @ParameterizedTest(name = "8.3: at most {1} characters for {0}")
    @CsvSource({"CHAT, 64", "GEMINI, 64", "RESPONSES, 128", "MESSAGES, 128"})
    void longNames_differStillWhenShortened(Dialect target, int most) {
        String one = "n".repeat(200) + "1";
        String two = "n".repeat(200) + "2";
        ToolNames names = ToolNames.of(request(function(one), function(two)), target);
        String shortOne = names.upstream(one, Optional.empty());
        String shortTwo = names.upstream(two, Optional.empty());
        assertThat(shortOne).hasSize(most).isNotEqualTo(shortTwo);
        assertThat(names.original(shortOne).orElseThrow().name()).isEqualTo(one);
        assertThat(names.original(shortTwo).orElseThrow().name()).isEqualTo(two);
    }

    @Test
    void collidingNames_theLegalOneKeepsItsName() {
        ToolNames names = ToolNames.of(request(function("a.b"), function("a_b")), Dialect.MESSAGES);
        assertThat(names.upstream("a_b", Optional.empty())).isEqualTo("a_b");
        String other = names.upstream("a.b", Optional.empty());
        assertThat(other).startsWith("a_b_");
        assertThat(names.original(other).orElseThrow().name()).isEqualTo("a.b");
    }

    @ParameterizedTest(name = "T21: {0} and {1}")
    @CsvSource({"ns, f, ns__f", "ns__, f, ns__f", "'', f, f"})
    void namespace_isFlattenedAndComesBack(String namespace, String name, String expected) {
        ToolNames names = ToolNames.of(request(function(name, namespace)), Dialect.MESSAGES);
        assertThat(names.upstream(name, Optional.of(namespace))).isEqualTo(expected);
        assertThat(names.original(expected).orElseThrow().namespace()).contains(namespace);
    }

    @Test
    void unknownName_isMadeLegalOnItsOwn() {
        ToolNames names = ToolNames.of(request(), Dialect.MESSAGES);
        assertThat(names.upstream("x.y", Optional.empty())).isEqualTo("x_y");
        assertThat(names.original("x_y")).isEmpty();
    }

    @Test
    void customTool_comesBackAsOne() {
        Tool custom = new Tool.Custom("patch", Optional.empty(), Optional.empty(), Optional.empty());
        assertThat(ToolNames.of(request(custom), Dialect.MESSAGES).original("patch"))
                .contains(new ToolNames.Original("patch", Optional.empty(), ToolKind.CUSTOM));
    }

    private static Tool function(String name) {
        return new Tool.Function(name, Optional.empty(), Optional.empty());
    }

    private static Tool function(String name, String namespace) {
        return new Tool.Function(
                name,
                Optional.of(namespace),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private static Conversation request(Tool... tools) {
        return Conversation.builder(Dialect.RESPONSES, "m")
                .tools(new Tools(Stream.of(tools).toList(), new ToolChoice.Unset(), Optional.empty()))
                .turns(List.of())
                .build();
    }
}
