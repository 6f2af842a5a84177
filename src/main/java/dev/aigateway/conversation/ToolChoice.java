package dev.aigateway.conversation;

import java.util.List;

/** Which tools the model may or must call. */
public sealed interface ToolChoice {
    /** The client said nothing. */
    record Unset() implements ToolChoice {}

    record Auto() implements ToolChoice {}

    record None() implements ToolChoice {}

    /** Some tool must be called. */
    record Required() implements ToolChoice {}

    /** This tool must be called. */
    record Specific(String name, ToolKind kind) implements ToolChoice {}

    /** Only these tools may be called; {@code required} says that one of them must. */
    record Allowed(List<String> names, boolean required) implements ToolChoice {}

    /** A hosted tool must be used, named by its type in the client's dialect. */
    record HostedTool(String type) implements ToolChoice {}
}
