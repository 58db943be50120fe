package io.tapewatch.feed.simulated;

import java.util.ArrayList;
import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;

/** Names of instruments that are unmistakably made up: {@code KAVO.SIM}, or {@code KAVO.SIM-USD} for a coin. */
final class SymbolNames {

    private static final String CONSONANTS = "BCDFGHJKLMNPRSTVWXYZ";
    private static final String VOWELS = "AEIOU";
    private static final int ALL = 10_000;

    private SymbolNames() {}

    /** Names of so many symbols, all different, busiest first: a quarter of them, rounded up, are coins. */
    static List<String> of(int symbols, UniformRandomProvider random) {
        int[] words = new int[ALL];
        for (int i = 0; i < ALL; i++) {
            words[i] = i;
        }
        List<String> names = new ArrayList<>(symbols);
        for (int i = 0; i < symbols; i++) {
            int chosen = i + random.nextInt(ALL - i);
            int word = words[chosen];
            words[chosen] = words[i];
            names.add(word(word) + (isCoin(i, symbols) ? ".SIM-USD" : ".SIM"));
        }
        return List.copyOf(names);
    }

    /** Whether the symbol of this number, 0 being the busiest, is a coin. */
    static boolean isCoin(int symbol, int symbols) {
        return symbol < (symbols + 3) / 4;
    }

    private static String word(int number) {
        return "" + CONSONANTS.charAt(number % 20) + VOWELS.charAt(number / 20 % 5)
                + CONSONANTS.charAt(number / 100 % 20) + VOWELS.charAt(number / 2000);
    }
}
