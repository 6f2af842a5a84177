package dev.aigateway.demo;

import dev.aigateway.conversation.AnswerEvent;
import dev.aigateway.conversation.Block;
import dev.aigateway.conversation.BlockKind;
import dev.aigateway.conversation.Conversation;
import dev.aigateway.conversation.OutputFormat;
import dev.aigateway.conversation.Reasoning;
import dev.aigateway.conversation.StopReason;
import dev.aigateway.conversation.Tool;
import dev.aigateway.conversation.ToolChoice;
import dev.aigateway.conversation.Turn;
import dev.aigateway.conversation.Usage;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/**
 * A model without a model: echoes the last user text, calls a tool when one is offered and the user or the request asks
 * for it, and repeats a tool's result. Equal requests get equal answers. Pure function, no state.
 */
final class DemoModel {
    /** A body of nothing but spaces would become millions of events, which all are in memory at once. */
    private static final int MOST_PIECES = 10_000;

    private final Conversation request;
    private final List<AnswerEvent> events = new ArrayList<>();
    private int blocks;
    private int words;

    private DemoModel(Conversation request) {
        this.request = request;
    }

    /** The whole answer, as the events of a stream. */
    static List<AnswerEvent> answer(Conversation request) {
        return new DemoModel(request).answer();
    }

    private List<AnswerEvent> answer() {
        events.add(new AnswerEvent.Started(
                "demo-"
                        + Integer.toHexString(
                                promptWords() * 31 + lastUserText().hashCode()),
                request.model(),
                Usage.UNKNOWN));
        if (wantsThinking()) {
            think();
        }
        Optional<Tool.Function> tool = toolToCall();
        tool.ifPresentOrElse(this::call, () -> speak(reply()));
        events.add(new AnswerEvent.UsageReported(usage()));
        events.add(
                new AnswerEvent.Finished(0, tool.isPresent() ? StopReason.TOOL_USE : StopReason.END, Optional.empty()));
        events.add(new AnswerEvent.Completed());
        return events;
    }

    private boolean wantsThinking() {
        Reasoning.Depth depth = request.reasoning().depth();
        return !(depth instanceof Reasoning.Depth.Unset || depth instanceof Reasoning.Depth.Off);
    }

    private void think() {
        block(new BlockKind.Thinking(), "The demo model only has to repeat what it was told.");
    }

    private void speak(String text) {
        block(new BlockKind.Text(), text);
    }

    private void call(Tool.Function tool) {
        String arguments = SampleJson.forSchema(tool.schema());
        int number = blocks++;
        events.add(new AnswerEvent.BlockStarted(
                number, 0, new BlockKind.ToolCall("call_demo_" + request.turns().size(), tool.name())));
        int middle = arguments.length() / 2;
        delta(number, arguments.substring(0, middle));
        delta(number, arguments.substring(middle));
        events.add(new AnswerEvent.BlockEnded(number));
        words++;
    }

    private void block(BlockKind kind, String text) {
        int number = blocks++;
        events.add(new AnswerEvent.BlockStarted(number, 0, kind));
        for (String word : text.split("(?<= )", MOST_PIECES)) {
            delta(number, word);
            words++;
        }
        events.add(new AnswerEvent.BlockEnded(number));
    }

    private void delta(int number, String text) {
        if (!text.isEmpty()) {
            events.add(new AnswerEvent.Delta(number, text));
        }
    }

    private String reply() {
        return switch (request.output()) {
            case OutputFormat.JsonObject ignored -> SampleJson.object("echo", lastUserText());
            case OutputFormat.JsonSchema format -> SampleJson.forSchema(Optional.of(format.schema()));
            case OutputFormat.Text ignored ->
                toolResult().map(text -> "The tool answered: " + text).orElseGet(() -> "Demo echo: " + lastUserText());
        };
    }

    private Optional<Tool.Function> toolToCall() {
        List<Tool.Function> functions = request.tools().declared().stream()
                .filter(Tool.Function.class::isInstance)
                .map(Tool.Function.class::cast)
                .toList();
        if (functions.isEmpty() || toolResult().isPresent()) {
            return Optional.empty();
        }
        return switch (request.tools().choice()) {
            case ToolChoice.None ignored -> Optional.empty();
            case ToolChoice.Specific(var name, var kind) ->
                functions.stream().filter(tool -> tool.name().equals(name)).findFirst();
            case ToolChoice.Required ignored -> Optional.of(functions.getFirst());
            case ToolChoice.Allowed(var names, var required) ->
                functions.stream()
                        .filter(tool -> names.contains(tool.name()))
                        .filter(tool -> required || asksFor(tool))
                        .findFirst();
            case ToolChoice.Unset ignored -> asked(functions);
            case ToolChoice.Auto ignored -> asked(functions);
            case ToolChoice.HostedTool ignored -> Optional.empty();
        };
    }

    private Optional<Tool.Function> asked(List<Tool.Function> functions) {
        return functions.stream().filter(this::asksFor).findFirst();
    }

    private boolean asksFor(Tool.Function tool) {
        String text = lastUserText().toLowerCase(Locale.ROOT);
        return text.contains("tool") || text.contains(tool.name().toLowerCase(Locale.ROOT));
    }

    /** The text of the tool results that the last turn brings. */
    private Optional<String> toolResult() {
        String text = request.turns().getLast().blocks().stream()
                .filter(Block.ToolResult.class::isInstance)
                .map(block -> texts(((Block.ToolResult) block).content()))
                .collect(Collectors.joining("; "));
        boolean present = request.turns().getLast().blocks().stream().anyMatch(Block.ToolResult.class::isInstance);
        return present ? Optional.of(text) : Optional.empty();
    }

    private String lastUserText() {
        return request.turns().reversed().stream()
                .filter(turn -> turn.role() == Turn.Role.USER)
                .map(turn -> texts(turn.blocks()))
                .filter(text -> !text.isEmpty())
                .findFirst()
                .orElse("");
    }

    private static String texts(List<Block> blocks) {
        return blocks.stream()
                .filter(Block.Text.class::isInstance)
                .map(block -> ((Block.Text) block).text())
                .collect(Collectors.joining(" "));
    }

    private int promptWords() {
        return request.turns().stream()
                .mapToInt(turn -> texts(turn.blocks()).split("\\s+").length)
                .sum();
    }

    private Usage usage() {
        return new Usage(
                OptionalLong.of(promptWords()),
                OptionalLong.of(0),
                OptionalLong.of(0),
                OptionalLong.of(words),
                OptionalLong.empty());
    }
}
