package dev.aigateway.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** What an unknown key was probably meant to be, as the end of a message. */
final class Suggestion {
    private static final int MOST_LISTED = 20;

    private Suggestion() {}

    /** Names the nearest known key when one is near, else all of them when they are few. */
    static String of(String unknown, Collection<String> known) {
        return nearest(unknown, known).map(Suggestion::question).orElseGet(() -> all(known));
    }

    /** Names the nearest known word when one is near. */
    static String ofNear(String unknown, Collection<String> known) {
        return nearest(unknown, known).map(Suggestion::question).orElse("");
    }

    static Optional<String> nearest(String unknown, Collection<String> known) {
        String letters = letters(unknown);
        int near = Math.max(2, letters.length() / 3);
        return known.stream()
                .sorted()
                .min(Comparator.comparingInt(key -> distance(letters, letters(key))))
                .filter(key -> distance(letters, letters(key)) <= near);
    }

    static String question(String key) {
        return "; did you mean '" + key + "'?";
    }

    private static String all(Collection<String> known) {
        return known.isEmpty() || known.size() > MOST_LISTED
                ? ""
                : known.stream().sorted().collect(Collectors.joining(", ", "; known here: ", ""));
    }

    /** So that {@code apiKeys} and {@code api_keys} are no distance away from {@code api-keys}. */
    private static String letters(String key) {
        return key.toLowerCase(Locale.ROOT).replaceAll("[-_. ]", "");
    }

    /** Insertions, deletions, replacements and swaps of neighbours that lead from one text to the other. */
    static int distance(String from, String to) {
        int[][] cost = new int[from.length() + 1][to.length() + 1];
        for (int i = 0; i <= from.length(); i++) {
            for (int j = 0; j <= to.length(); j++) {
                cost[i][j] = i == 0 || j == 0 ? i + j : cheapest(cost, from, to, i, j);
            }
        }
        return cost[from.length()][to.length()];
    }

    private static int cheapest(int[][] cost, String from, String to, int i, int j) {
        int replaced = cost[i - 1][j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        int best = Math.min(replaced, 1 + Math.min(cost[i - 1][j], cost[i][j - 1]));
        boolean swapped =
                i > 1 && j > 1 && from.charAt(i - 1) == to.charAt(j - 2) && from.charAt(i - 2) == to.charAt(j - 1);
        return swapped ? Math.min(best, cost[i - 2][j - 2] + 1) : best;
    }
}
