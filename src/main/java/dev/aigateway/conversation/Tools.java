package dev.aigateway.conversation;

import java.util.List;
import java.util.Optional;

/**
 * The tools of a request and the rules for calling them.
 *
 * @param parallel whether several calls in one answer are allowed; empty when the client said nothing
 */
public record Tools(List<Tool> declared, ToolChoice choice, Optional<Boolean> parallel) {
    public static final Tools NONE = new Tools(List.of(), new ToolChoice.Unset(), Optional.empty());
}
