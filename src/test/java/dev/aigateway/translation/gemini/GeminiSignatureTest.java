package dev.aigateway.translation.gemini;

import static dev.aigateway.translation.gemini.GeminiTestData.written;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aigateway.conversation.Block;
import dev.aigateway.conversation.Conversation;
import dev.aigateway.conversation.Dialect;
import dev.aigateway.conversation.Signature;
import dev.aigateway.conversation.ToolKind;
import dev.aigateway.conversation.Turn;
import dev.aigateway.conversation.Turn.Role;
import dev.aigateway.conversation.Vendor;
import dev.aigateway.translation.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Which signatures go back to Google, and where (translation reference, section 9.3). */
class GeminiSignatureTest {
    private static final String BYPASS = "skip_thought_signature_validator";
    private static final Signature GOOGLE = new Signature(Vendor.GOOGLE, "Z29vZw==");
    private static final Signature FOREIGN = new Signature(Vendor.ANTHROPIC, "anth");

    static Stream<Arguments> turns() {
        Turn question = user(new Block.Text("q"));
        return Stream.of(
                row("S1 lost, Gemini 3", "gemini-3-pro", BYPASS, question, calls(call("a", null)), result("a")),
                row("S1 lost, Gemini 2.5", "gemini-2.5-pro", "-", question, calls(call("a", null)), result("a")),
                row("own", "gemini-3-pro", "Z29vZw==", question, calls(call("a", GOOGLE)), result("a")),
                row("own, Gemini 2.5", "gemini-2.5-pro", "Z29vZw==", question, calls(call("a", GOOGLE)), result("a")),
                row("foreign", "gemini-3-pro", BYPASS, question, calls(call("a", FOREIGN)), result("a")),
                row(
                        "S2 parallel calls",
                        "gemini-3-pro",
                        "Z29vZw== -",
                        question,
                        calls(call("a", GOOGLE), call("b", null)),
                        user(answer("a"), answer("b"))),
                row(
                        "two steps",
                        "gemini-3-pro",
                        BYPASS + " Z29vZw==",
                        question,
                        calls(call("a", null)),
                        result("a"),
                        calls(call("b", GOOGLE)),
                        result("b")),
                row(
                        "earlier turn",
                        "gemini-3-pro",
                        "-",
                        question,
                        calls(call("a", null)),
                        result("a"),
                        new Turn(Role.ASSISTANT, List.of(new Block.Text("t"))),
                        user(new Block.Text("next"))),
                row("no Gemini", "gemma-3-27b-it", "-", question, calls(call("a", null)), result("a")),
                row(
                        "signature in a block of its own",
                        "gemini-3-pro",
                        "Z29vZw==",
                        question,
                        new Turn(Role.ASSISTANT, List.of(new Block.Thinking("", Optional.of(GOOGLE)), call("a", null))),
                        result("a")),
                row(
                        "S5 foreign thinking",
                        "gemini-3-pro",
                        BYPASS,
                        question,
                        new Turn(
                                Role.ASSISTANT,
                                List.of(new Block.Thinking("hm", Optional.of(FOREIGN)), call("a", null))),
                        result("a")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("turns")
    void write_calls_carryTheirSignatures(String name, String model, String signatures, Conversation conversation) {
        List<String> found = new ArrayList<>();
        Json.parse(written(conversation, model))
                .orElseThrow()
                .path("contents")
                .forEach(content -> content.path("parts").forEach(part -> {
                    if (part.has("functionCall")) {
                        found.add(part.path("thoughtSignature").asText("-"));
                    }
                }));

        assertThat(String.join(" ", found)).isEqualTo(signatures);
    }

    static Stream<Arguments> proseBlocks() {
        return Stream.of(
                Arguments.of(
                        "S4 signed text",
                        List.of(new Block.Text("t", List.of(), Optional.empty(), Optional.of(GOOGLE))),
                        "[{\"text\":\"t\",\"thoughtSignature\":\"Z29vZw==\"}]"),
                Arguments.of(
                        "S4 signed empty text",
                        List.of(
                                new Block.Text("t"),
                                new Block.Text("", List.of(), Optional.empty(), Optional.of(GOOGLE))),
                        "[{\"text\":\"t\"},{\"text\":\"\",\"thoughtSignature\":\"Z29vZw==\"}]"),
                Arguments.of(
                        "signed thought",
                        List.of(new Block.Thinking("hm", Optional.of(GOOGLE)), new Block.Text("t")),
                        "[{\"text\":\"hm\",\"thought\":true,\"thoughtSignature\":\"Z29vZw==\"},{\"text\":\"t\"}]"),
                Arguments.of(
                        "unsigned thought",
                        List.of(new Block.Thinking("hm", Optional.empty()), new Block.Text("t")),
                        "[{\"text\":\"t\"}]"),
                Arguments.of(
                        "S5 foreign redacted",
                        List.of(new Block.RedactedThinking(Vendor.ANTHROPIC, "x"), new Block.Text("t")),
                        "[{\"text\":\"t\"}]"),
                Arguments.of(
                        "signature with nothing behind it",
                        List.of(new Block.Text("t"), new Block.Thinking("", Optional.of(GOOGLE))),
                        "[{\"text\":\"t\"},{\"text\":\"\",\"thoughtSignature\":\"Z29vZw==\"}]"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("proseBlocks")
    void write_prose_carriesItsSignature(String name, List<Block> blocks, String parts) {
        Conversation conversation = conversation(user(new Block.Text("q")), new Turn(Role.ASSISTANT, blocks));

        assertThat(written(conversation, "gemini-3-pro")).endsWith("{\"role\":\"model\",\"parts\":" + parts + "}]}");
    }

    private static Arguments row(String name, String model, String signatures, Turn... turns) {
        return Arguments.of(name, model, signatures, conversation(turns));
    }

    private static Conversation conversation(Turn... turns) {
        return Conversation.builder(Dialect.MESSAGES, "m").turns(List.of(turns)).build();
    }

    private static Block call(String id, @Nullable Signature signature) {
        return new Block.ToolCall(
                id, "f", Optional.empty(), ToolKind.FUNCTION, "{}", Optional.ofNullable(signature), Optional.empty());
    }

    private static Turn calls(Block... calls) {
        return new Turn(Role.ASSISTANT, List.of(calls));
    }

    private static Block answer(String id) {
        return new Block.ToolResult(
                id, Optional.empty(), ToolKind.FUNCTION, List.of(new Block.Text("r")), false, Optional.empty());
    }

    private static Turn result(String id) {
        return user(answer(id));
    }

    private static Turn user(Block... blocks) {
        return new Turn(Role.USER, List.of(blocks));
    }
}
