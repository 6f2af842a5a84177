package dev.aigateway.conversation;

import java.util.List;
import java.util.Optional;

/**
 * One message of the history. Readers put the results of an assistant turn's tool calls into the following
 * {@link Role#USER} turn, before any other block of it.
 *
 * @param name the participant's name, a Chat field
 */
public record Turn(Role role, List<Block> blocks, Optional<String> name) {
    public Turn(Role role, List<Block> blocks) {
        this(role, blocks, Optional.empty());
    }

    /** Who speaks. System and developer turns here are those in the middle; the leading run is {@link Conversation#system()}. */
    public enum Role {
        USER,
        ASSISTANT,
        SYSTEM,
        DEVELOPER
    }
}
