package dev.aigateway.config.importing;

import java.util.List;

/** What became of a text that may be the configuration of another gateway. */
public sealed interface Import {
    /**
     * It is one, and this is the same in our schema.
     *
     * @param gateway whose it was
     * @param yaml the whole text of an {@code application.yaml}, with comments; holds the keys of the other file
     */
    record Done(String gateway, String yaml, List<Remark> warnings) implements Import {
        public Done {
            warnings = List.copyOf(warnings);
        }

        /** The document is left out: it holds keys. */
        @Override
        public String toString() {
            return "Done[gateway=%s, warnings=%s]".formatted(gateway, warnings);
        }
    }

    /** It is one, and cannot be used. */
    record Refused(List<Remark> problems) implements Import {
        public Refused {
            problems = List.copyOf(problems);
        }
    }

    /**
     * It could not be read at all.
     *
     * @param likeOurs whether it seems to be YAML, so that it may have been meant for us
     */
    record Broken(boolean likeOurs, Remark problem) implements Import {}

    /** It is none that is known here. */
    record Unknown() implements Import {}
}
