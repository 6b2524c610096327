package io.stackel.experiment;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Finds the known word that a misspelt one was probably meant to be.
 *
 * <p>The distance is that of optimal string alignment (insert, delete, replace, swap of neighbours; each costs 1),
 * letters compared without case. A word farther away than a third of its length, or 2 for short words, is no guess.
 */
public final class NearestWord {

    private NearestWord() {}

    /** The nearest of {@code known}, the first of equals; empty if none is near. */
    public static Optional<String> of(String given, List<String> known) {
        Optional<String> nearest = Optional.empty();
        int least = Integer.MAX_VALUE;
        for (String word : known) {
            int farthest = Math.max(2, word.length() / 3);
            if (Math.abs(word.length() - given.length()) > farthest) {
                continue;
            }
            int distance = distance(given.toLowerCase(Locale.ROOT), word.toLowerCase(Locale.ROOT));
            if (distance <= farthest && distance < Math.min(least, word.length())) {
                least = distance;
                nearest = Optional.of(word);
            }
        }
        return nearest;
    }

    /** The distance of the first i letters from the first j is cell (i, j) of a table, filled row by row. */
    static int distance(String from, String to) {
        int[][] table = new int[from.length() + 1][to.length() + 1];
        for (int i = 0; i <= from.length(); i++) {
            for (int j = 0; j <= to.length(); j++) {
                if (i == 0 || j == 0) {
                    table[i][j] = i + j;
                    continue;
                }
                int replace = table[i - 1][j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                table[i][j] = Math.min(replace, Math.min(table[i - 1][j], table[i][j - 1]) + 1);
                boolean swapped = i > 1
                        && j > 1
                        && from.charAt(i - 1) == to.charAt(j - 2)
                        && from.charAt(i - 2) == to.charAt(j - 1);
                if (swapped) {
                    table[i][j] = Math.min(table[i][j], table[i - 2][j - 2] + 1);
                }
            }
        }
        return table[from.length()][to.length()];
    }
}
