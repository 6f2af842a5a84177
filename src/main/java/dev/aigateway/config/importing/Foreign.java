package dev.aigateway.config.importing;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A part of another gateway's configuration, whatever format it was written in. */
sealed interface Foreign {
    /** Where it begins; empty when the format's reader does not tell. */
    String place();

    /**
     * One value.
     *
     * @param isText whether the format says that it is a text rather than a number or a truth value
     */
    record Scalar(String text, boolean isText, String place) implements Foreign {}

    /** A list. */
    record Items(List<Foreign> items, String place) implements Foreign {
        public Items {
            items = List.copyOf(items);
        }
    }

    /** A group of keys, in the order of the file. */
    record Group(Map<String, Foreign> keys, String place) implements Foreign {
        public Group {
            keys = Collections.unmodifiableMap(new LinkedHashMap<>(keys));
        }
    }

    /** A key without a value, which counts as not set. */
    record Nothing(String place) implements Foreign {}
}
