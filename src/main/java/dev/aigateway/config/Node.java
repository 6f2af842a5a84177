package dev.aigateway.config;

import java.util.Optional;
import java.util.SequencedMap;
import java.util.SortedMap;

/** A part of the configuration as one source gives it, before it is bound to a type. */
sealed interface Node {
    /** Where it was written, for people. */
    String where();

    /** One value. */
    record Text(String text, Style style, String where) implements Node {}

    /** A list; the indices may have gaps when single entries are set from outside the file. */
    record Items(SortedMap<Integer, Node> items, String where) implements Node {}

    /** A group of keys. */
    record Keys(SequencedMap<String, Node> keys, String where) implements Node {}

    /** A key without a value, which counts as not set. */
    record Nothing(String where) implements Node {}

    /** All environment variables that begin with one prefix; what they stand for depends on the key asked for. */
    record Variables(Environment environment, String prefix) implements Node {
        @Override
        public String where() {
            return environment.where(prefix + "_*");
        }

        Variables child(String key) {
            return new Variables(environment, prefix + "_" + Environment.normalForm(key));
        }

        Optional<Node> text() {
            return environment.text(prefix);
        }
    }

    /** How a text is to be taken. */
    enum Style {
        /** One value; it stands for a list or a group only by way of an expression. */
        SINGLE,
        /** May also be a list or a group, written in one line. */
        FLOW,
        /** As {@link #FLOW}, but its expressions have been expanded already. */
        EXPANDED
    }
}
