package io.tapewatch.cli;

import java.util.concurrent.TimeUnit;

/** Lengths of time as a person says them: the two largest units, such as {@code 3h 12m}. */
final class Ages {

    private static final int HOURS_A_DAY = 24;
    private static final int SIXTY = 60;

    private Ages() {}

    /** @param millis below 0 counts as 0: clocks of two machines differ */
    static String inWords(long millis) {
        long seconds = TimeUnit.MILLISECONDS.toSeconds(Math.max(0, millis));
        long minutes = seconds / SIXTY;
        long hours = minutes / SIXTY;
        if (hours >= HOURS_A_DAY) {
            return hours / HOURS_A_DAY + "d " + hours % HOURS_A_DAY + "h";
        }
        if (hours > 0) {
            return hours + "h " + minutes % SIXTY + "m";
        }
        return minutes > 0 ? minutes + "m " + seconds % SIXTY + "s" : seconds + "s";
    }
}
