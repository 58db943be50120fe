package io.tapewatch.feed;

import java.util.Locale;

/**
 * How fast a recording is replayed.
 *
 * @param times how many times real time; infinite for as fast as it goes
 */
public record Speed(double times) {

    /** As fast as it goes. */
    public static final Speed MAX = new Speed(Double.POSITIVE_INFINITY);

    public Speed {
        if (!(times > 0)) {
            throw new IllegalArgumentException("expected a speed above zero, found " + times);
        }
    }

    /**
     * Reads a number above zero, or {@code max}.
     *
     * @throws IllegalArgumentException saying what was expected
     */
    public static Speed parse(String text) {
        if (text.equals("max")) {
            return MAX;
        }
        double times;
        try {
            times = Double.parseDouble(text);
        } catch (NumberFormatException e) {
            times = Double.NaN;
        }
        if (!(times > 0) || Double.isInfinite(times)) {
            throw new IllegalArgumentException(
                    "expected a number above zero (times real time) or max, found '" + text + "'");
        }
        return new Speed(times);
    }

    /** Whether event times decide when a price is sent. */
    public boolean isPaced() {
        return !Double.isInfinite(times);
    }

    @Override
    public String toString() {
        if (!isPaced()) {
            return "as fast as it goes";
        }
        return times == Math.rint(times) ? String.format(Locale.ROOT, "%,.0fx", times) : times + "x";
    }
}
