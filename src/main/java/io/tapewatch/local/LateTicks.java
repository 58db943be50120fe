package io.tapewatch.local;

import static io.tapewatch.local.Account.grouped;

import java.util.ArrayList;
import java.util.List;

/**
 * How many ticks came behind the watermark, and what became of the windows they belong to.
 *
 * @param late how many were counted all the same, by one window at least
 * @param missed how many of these at least one other window misses, because it was final
 * @param tooLate how many no window counts: dead letters
 * @param corrected how many windows were published again with a higher revision, each counted once
 */
record LateTicks(long late, long missed, long tooLate, long corrected) {

    /** What the closing account says after its own line; nothing if every tick was in time. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        if (late > 0) {
            lines.add(grouped(late) + " of them late; " + grouped(missed) + " of these missed a window; "
                    + grouped(corrected) + (corrected == 1 ? " window corrected" : " windows corrected"));
        }
        if (missed > 0 || tooLate > 0) {
            lines.add("to miss none: sort the recording, or raise --prices.out-of-orderness"
                    + " or --windows.allowed-lateness");
        }
        return lines;
    }

    /** What the summary of a run that goes on says, with a gap before it; nothing if no tick was late. */
    String inSummary() {
        if (late == 0) {
            return "";
        }
        return "  late " + grouped(late) + (missed == 0 ? "" : " (" + grouped(missed) + " missed a window)");
    }
}
