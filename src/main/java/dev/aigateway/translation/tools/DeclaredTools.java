package dev.aigateway.translation.tools;

import dev.aigateway.conversation.Conversation;
import dev.aigateway.conversation.GatewayError;
import dev.aigateway.conversation.Tool;
import dev.aigateway.conversation.ToolChoice;
import dev.aigateway.conversation.ToolKind;
import dev.aigateway.conversation.Tools;
import dev.aigateway.translation.Field;
import dev.aigateway.translation.Json;
import dev.aigateway.translation.TranslationNotes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The tools of a request as a foreign upstream can take them: emulated where there is an equal function, dropped with a
 * note where there is none, never refused, unless the client insists on a tool that had to be dropped (translation
 * reference, section 11.6).
 */
public final class DeclaredTools {
    private DeclaredTools() {}

    /**
     * @param custom whether the upstream knows custom tools
     * @param hosted the upstream's own declaration of a hosted tool; empty where it has none
     */
    public static Tools forTarget(
            Conversation conversation,
            boolean custom,
            Function<Tool.Hosted, Optional<Tool>> hosted,
            TranslationNotes notes) {
        List<Tool> kept = new ArrayList<>();
        for (Tool tool : conversation.tools().declared()) {
            switch (tool) {
                case Tool.Function function -> kept.add(function);
                case Tool.Custom text when custom -> kept.add(text);
                case Tool.Custom text -> {
                    notes.approximated(Field.TOOLS.in(conversation) + ".custom");
                    kept.add(CustomTools.function(text));
                }
                case Tool.Hosted own ->
                    hosted.apply(own)
                            .or(() -> emulated(conversation, own, kept))
                            .ifPresentOrElse(
                                    equal -> {
                                        notes.approximated(field(conversation, own));
                                        kept.add(equal);
                                    },
                                    () -> notes.dropped(field(conversation, own)));
            }
        }
        if (kept.isEmpty()) {
            return Tools.NONE;
        }
        requireChosen(conversation, kept);
        return new Tools(kept, choice(conversation, kept), conversation.tools().parallel());
    }

    /** Only the tools that an allowed set names, for upstreams that know no such set. */
    public static List<Tool> allowed(List<Tool> tools, List<String> names) {
        return tools.stream().filter(tool -> names.contains(tool.name())).toList();
    }

    private static void requireChosen(Conversation conversation, List<Tool> kept) {
        if (conversation.tools().choice() instanceof ToolChoice.Specific(var name, var kind)
                && kept.stream().noneMatch(tool -> tool.name().equals(name))) {
            throw GatewayError.badField(
                            Field.TOOL_CHOICE.in(conversation),
                            "names '" + name + "', which is not among the tools that this model can be given")
                    .toException();
        }
    }

    private static Optional<Tool> emulated(Conversation conversation, Tool.Hosted own, List<Tool> kept) {
        boolean taken = Stream.concat(kept.stream(), conversation.tools().declared().stream())
                .filter(tool -> !(tool instanceof Tool.Hosted))
                .anyMatch(tool -> ToolNames.flat(tool).equals(own.name()));
        // Upstreams refuse two functions of one name; the client's own is the one that it certainly runs.
        return taken
                ? Optional.empty()
                : AnthropicClientTools.function(own)
                        .or(() -> ResponsesClientTools.function(own))
                        .map(function -> function);
    }

    /** A hosted tool that the client insists on may have become a function. */
    private static ToolChoice choice(Conversation conversation, List<Tool> kept) {
        ToolChoice choice = conversation.tools().choice();
        return choice instanceof ToolChoice.HostedTool(var type)
                        && kept.stream()
                                .anyMatch(tool -> tool instanceof Tool.Function
                                        && tool.name().equals(type))
                ? new ToolChoice.Specific(type, ToolKind.FUNCTION)
                : choice;
    }

    private static String field(Conversation conversation, Tool.Hosted tool) {
        return Field.TOOLS.in(conversation) + "."
                + Json.tree(tool.raw()).path("type").asText(tool.name());
    }
}
