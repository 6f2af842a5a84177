package dev.aigateway.config;

import java.util.List;
import java.util.SequencedMap;

/** A part of the configuration as one source gives it, before it is bound to a type. */
sealed interface Node {
    /** Where it was written, for people. */
    String where();

    /**
     * One value.
     *
     * @param flow whether it may also be a list or a group that is written in one line, as in a variable
     * @param quoted whether it was written in quotes, so that it is a text whatever it looks like
     */
    record Text(String text, boolean flow, String where, boolean quoted) implements Node {
        Text(String text, boolean flow, String where) {
            this(text, flow, where, false);
        }

        Text asQuoted() {
            return new Text(text, flow, where, true);
        }
    }

    /** A value that needs a variable which nobody set. */
    record Unset(String variable, String where) implements Node {}

    /** A list. */
    record Items(List<Node> items, String where) implements Node {}

    /** A group of keys. */
    record Keys(SequencedMap<String, Node> keys, String where) implements Node {}

    /** A key without a value, which counts as not set. */
    record Nothing(String where) implements Node {}

    /** All variables that begin with one prefix; what they stand for depends on the key asked for. */
    record Variables(Environment environment, String prefix) implements Node {
        @Override
        public String where() {
            return environment.where(prefix + "_*");
        }

        Variables child(String key) {
            return new Variables(environment, prefix + "_" + Environment.normalForm(key));
        }
    }
}
