package dev.aigateway.config;

import java.math.BigDecimal;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What a value must look like, as far as a JSON Schema can say it. A type tells its form where it refuses a text, so that
 * message and form stand side by side; see {@link BadValueException}.
 */
sealed interface ValueForm {
    /** Anything that is one value. */
    ValueForm ANY = new Text("", List.of());

    ValueForm NOT_EMPTY = text("\\S");

    ValueForm BOOL = new Bool();

    record Bool() implements ValueForm {}

    record Word(List<String> words) implements ValueForm {
        public Word {
            words = List.copyOf(words);
        }
    }

    record Whole(int least, int most) implements ValueForm {}

    record Decimal(BigDecimal least, BigDecimal most) implements ValueForm {}

    /** @param pattern that is found in the text, in the syntax that Java and JavaScript have in common */
    record Text(String pattern, List<String> examples) implements ValueForm {
        public Text {
            examples = List.copyOf(examples);
        }

        boolean fits(String text) {
            return Pattern.compile(pattern).matcher(text).find();
        }
    }

    static ValueForm words(Collection<String> words) {
        return new Word(List.copyOf(words));
    }

    static ValueForm text(String pattern, String... examples) {
        return new Text(pattern, List.of(examples));
    }

    /** Found out by a text that nothing but a type of free texts takes. */
    static ValueForm of(Section.Type<?> type) {
        try {
            type.parse("\0");
        } catch (BadValueException e) {
            return e.form();
        }
        return takesEmpty(type) ? ANY : NOT_EMPTY;
    }

    private static boolean takesEmpty(Section.Type<?> type) {
        try {
            type.parse("");
            return true;
        } catch (BadValueException e) {
            return false;
        }
    }
}
