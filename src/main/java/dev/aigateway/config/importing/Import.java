package dev.aigateway.config.importing;

import java.util.List;
import java.util.Optional;

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
     * It is none that is known here.
     *
     * @param syntax why it could not be read at all
     */
    record Unknown(Optional<Remark> syntax) implements Import {}
}
