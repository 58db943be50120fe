package io.tapewatch;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * The number of rounds of a test that makes up its inputs: a tenth of all by default, and all of them with
 * {@code -Dtapewatch.rounds=1}. Tests with the annotation {@link WholeForm} run with all rounds only.
 */
public final class Rounds {

    private static final String PROPERTY = "tapewatch.rounds";

    /** The least share, and the default: tests hold that their inputs have all that matters, and need so many for it. */
    private static final BigDecimal TENTH = new BigDecimal("0.1");

    private static final BigDecimal SHARE = share(System.getProperty(PROPERTY));

    private Rounds() {}

    /** The rounds of a test that has so many altogether, at least one. */
    public static int of(int all) {
        return share(all, SHARE);
    }

    /** The rounds of a test that has so many altogether, and that needs some number of them to see all that it looks for. */
    public static int of(int all, int needed) {
        return Math.max(needed, of(all));
    }

    /** Whether each test runs all of its rounds. */
    public static boolean areAll() {
        return SHARE.compareTo(BigDecimal.ONE) >= 0;
    }

    static int share(int all, BigDecimal share) {
        return BigDecimal.valueOf(all)
                .multiply(share)
                .setScale(0, RoundingMode.CEILING)
                .intValueExact();
    }

    static BigDecimal share(String given) {
        if (given == null || given.isBlank()) {
            return TENTH;
        }
        try {
            BigDecimal share = new BigDecimal(given.trim());
            if (share.compareTo(TENTH) >= 0) {
                return share;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw new IllegalArgumentException("-D" + PROPERTY + "=" + given
                + "; expected the share of the rounds to run, 0.1 or more: 0.1 is a tenth, 1 is all");
    }
}
