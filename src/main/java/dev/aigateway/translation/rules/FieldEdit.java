package dev.aigateway.translation.rules;

import dev.aigateway.conversation.RawJson;
import java.util.List;

/** One change of one field. */
public sealed interface FieldEdit {
    /** Names from the outside in, at least one; where an array stands, an index, or -1 for a new last element. */
    List<String> path();

    /** Sets a field that is absent; one that is null is there. */
    record Supply(List<String> path, RawJson value) implements FieldEdit {}

    /** Sets a field, absent or not. */
    record Put(List<String> path, RawJson value) implements FieldEdit {}

    /** Takes a field away. */
    record Remove(List<String> path) implements FieldEdit {}
}
