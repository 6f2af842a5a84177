package dev.aigateway.translation.tools;

import dev.aigateway.conversation.Block;
import dev.aigateway.conversation.Conversation;
import dev.aigateway.conversation.Dialect;
import dev.aigateway.conversation.Tool;
import dev.aigateway.conversation.ToolKind;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The names under which an upstream knows the tools of one request, and the way back. Namespaces are flattened, illegal
 * characters replaced, long and colliding names shortened with a hash. A function of the request alone, so the writer of
 * the request and the reader of the answer agree without sharing state. Immutable; translation reference, sections 8.3
 * and 11.5.
 */
public final class ToolNames {
    private static final int HASH = 6;

    private final Dialect target;
    /** By flat name. */
    private final Map<String, String> legal = new HashMap<>();

    private final Map<String, Original> originals = new HashMap<>();

    /**
     * A tool as the client knows it.
     *
     * @param kind how the client declared it
     */
    public record Original(String name, Optional<String> namespace, ToolKind kind) {}

    private ToolNames(Dialect target) {
        this.target = target;
    }

    public static ToolNames of(Conversation conversation, Dialect target) {
        ToolNames names = new ToolNames(target);
        Set<Original> tools = new LinkedHashSet<>();
        List<Tool> declared = conversation.tools().declared();
        declared.forEach(tool -> original(tool).ifPresent(tools::add));
        if (target != Dialect.RESPONSES) {
            declared.forEach(tool -> emulated(tool).ifPresent(tools::add));
        }
        conversation.turns().stream()
                .flatMap(turn -> turn.blocks().stream())
                .filter(Block.ToolCall.class::isInstance)
                .map(Block.ToolCall.class::cast)
                .forEach(call -> tools.add(new Original(call.name(), call.namespace(), call.kind())));
        // Legal names come first: they never have to give way to a made-up one.
        tools.stream().filter(tool -> names.isLegal(flat(tool))).forEach(names::add);
        tools.stream().filter(tool -> !names.isLegal(flat(tool))).forEach(names::add);
        return names;
    }

    /** The name to send; names that the request does not hold are made legal on their own. */
    public String upstream(String name, Optional<String> namespace) {
        String flat = flat(name, namespace);
        String known = legal.get(flat);
        return known == null ? shortened(flat) : known;
    }

    /** The tool that the upstream means. */
    public Optional<Original> original(String upstreamName) {
        return Optional.ofNullable(originals.get(upstreamName));
    }

    private static Optional<Original> original(Tool tool) {
        return switch (tool) {
            case Tool.Function function ->
                Optional.of(new Original(function.name(), function.namespace(), ToolKind.FUNCTION));
            case Tool.Custom custom -> Optional.of(new Original(custom.name(), custom.namespace(), ToolKind.CUSTOM));
            case Tool.Hosted ignored -> Optional.empty();
        };
    }

    private static Optional<Original> emulated(Tool tool) {
        return tool instanceof Tool.Hosted hosted
                ? ResponsesClientTools.kind(hosted).map(kind -> new Original(hosted.name(), Optional.empty(), kind))
                : Optional.empty();
    }

    private void add(Original tool) {
        String flat = flat(tool);
        if (legal.containsKey(flat)) {
            return;
        }
        String name = shortened(flat);
        if (originals.containsKey(name)) {
            name = hashed(name, flat);
        }
        legal.put(flat, name);
        originals.put(name, tool);
    }

    static String flat(Tool tool) {
        return original(tool).map(ToolNames::flat).orElseGet(tool::name);
    }

    private static String flat(Original tool) {
        return flat(tool.name(), tool.namespace());
    }

    /** The name of a tool with its namespace before it, as upstreams without namespaces know it. */
    public static String flat(String name, Optional<String> namespace) {
        return namespace
                .filter(prefix -> !prefix.isEmpty())
                .map(prefix -> prefix + (prefix.endsWith("__") ? "" : "__") + name)
                .orElse(name);
    }

    private boolean isLegal(String name) {
        return name.equals(shortened(name));
    }

    private String shortened(String name) {
        String clean = name.replaceAll(target == Dialect.GEMINI ? "[^A-Za-z0-9_.:-]" : "[^A-Za-z0-9_-]", "_");
        if (clean.isEmpty() || (target == Dialect.GEMINI && !clean.matches("[A-Za-z_].*"))) {
            clean = "_" + clean;
        }
        return clean.length() > maxLength() ? hashed(clean, name) : clean;
    }

    private String hashed(String clean, String whole) {
        int room = maxLength() - HASH - 1;
        return clean.substring(0, Math.min(clean.length(), room)) + "_" + Fingerprint.of(whole, HASH);
    }

    private int maxLength() {
        return switch (target) {
            case CHAT, COMPLETIONS, GEMINI -> 64;
            case RESPONSES, MESSAGES -> 128;
        };
    }
}
