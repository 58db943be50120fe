package io.tapewatch.io.json;

import java.util.Collection;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The word that was probably meant by one that is not known. */
public final class NearMiss {

    private static final int LONGEST = 40;

    private NearMiss() {}

    /**
     * What is right, after a question for the known word that is nearest if there is one that is near: {@code did you
     * mean "cooldown"? Known are …}. Small and capital letters are alike; a letter may be missing, too many, wrong or
     * swapped with the next, and two of them in a word of seven letters or more.
     *
     * @param right a sentence that says what is right
     */
    public static String or(String right, String unknown, Collection<String> known) {
        String nearest = nearest(unknown, known);
        return nearest == null
                ? right
                : "did you mean \"" + nearest + "\"? " + Character.toUpperCase(right.charAt(0)) + right.substring(1);
    }

    /** The known word that is nearest, if any is near. */
    static @Nullable String nearest(String unknown, Collection<String> known) {
        if (unknown.length() > LONGEST) {
            return null;
        }
        String nearest = null;
        int least = unknown.length() < 4 ? 1 : unknown.length() < 7 ? 2 : 3;
        for (String word : known) {
            int mistakes = mistakes(unknown.toLowerCase(Locale.ROOT), word.toLowerCase(Locale.ROOT));
            if (mistakes < least) {
                least = mistakes;
                nearest = word;
            }
        }
        return nearest;
    }

    /** How many letters must be left out, put in, replaced or swapped with the next to make one word the other. */
    private static int mistakes(String one, String other) {
        int[][] mistakes = new int[one.length() + 1][other.length() + 1];
        for (int i = 0; i <= one.length(); i++) {
            for (int j = 0; j <= other.length(); j++) {
                if (i == 0 || j == 0) {
                    mistakes[i][j] = i + j;
                    continue;
                }
                int wrong = one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1;
                int least = Math.min(mistakes[i - 1][j], mistakes[i][j - 1]) + 1;
                least = Math.min(least, mistakes[i - 1][j - 1] + wrong);
                if (i > 1
                        && j > 1
                        && one.charAt(i - 1) == other.charAt(j - 2)
                        && one.charAt(i - 2) == other.charAt(j - 1)) {
                    least = Math.min(least, mistakes[i - 2][j - 2] + 1);
                }
                mistakes[i][j] = least;
            }
        }
        return mistakes[one.length()][other.length()];
    }
}
