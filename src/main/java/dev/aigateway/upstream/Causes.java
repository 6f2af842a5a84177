package dev.aigateway.upstream;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Why a call failed, in one line for a log. */
final class Causes {
    /** A chain longer than that says nothing new. */
    private static final int MOST = 5;

    private static final int MAX_LENGTH = 500;
    private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cntrl}\\u2028\\u2029]+");

    private Causes() {}

    /** The failure and what it came from, each by its kind and words. */
    static String of(Throwable failure) {
        Set<String> told = new LinkedHashSet<>();
        for (Throwable one : chain(failure)) {
            String words = one.getMessage() == null ? "" : " " + one.getMessage();
            told.add(one.getClass().getSimpleName() + words);
        }
        String line = UNPRINTABLE.matcher(String.join(", from ", told)).replaceAll(" ");
        return line.length() > MAX_LENGTH ? line.substring(0, MAX_LENGTH) + "…" : line;
    }

    private static List<Throwable> chain(Throwable failure) {
        List<Throwable> chain = new ArrayList<>();
        @Nullable Throwable next = failure;
        while (next != null && chain.size() < MOST) {
            chain.add(next);
            next = next.getCause();
        }
        return chain;
    }
}
