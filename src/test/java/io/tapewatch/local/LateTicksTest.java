package io.tapewatch.local;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LateTicksTest {

    private static final int COLUMNS = 100;

    @Test
    void oneWindowIsNoWindows() {
        assertThat(new LateTicks(1, 0, 0, 1).lines())
                .containsExactly("1 of them late; 0 of these missed a window; 1 window corrected");
    }

    @Test
    void nothingIsSaidWhereNoTickIsLate() {
        LateTicks none = new LateTicks(0, 0, 0, 0);
        assertThat(none.lines()).isEmpty();
        assertThat(none.inSummary()).isEmpty();
    }

    @Test
    void ticksThatOnlyCorrectedWindowsNeedNothingDone() {
        LateTicks corrected = new LateTicks(12, 0, 0, 1_234);
        assertThat(corrected.lines())
                .containsExactly("12 of them late; 0 of these missed a window; 1,234 windows corrected");
        assertThat(corrected.inSummary()).isEqualTo("  late 12");
    }

    @Test
    void ticksThatMissedAWindowAreShownWithWhatHelps() {
        LateTicks missed = new LateTicks(1_442, 1_200, 0, 2);
        assertThat(missed.lines())
                .containsExactly(
                        "1,442 of them late; 1,200 of these missed a window; 2 windows corrected",
                        "to miss none: sort the recording, or raise --prices.out-of-orderness or"
                                + " --windows.allowed-lateness")
                .allMatch(line -> line.length() <= COLUMNS);
        assertThat(missed.inSummary()).isEqualTo("  late 1,442 (1,200 missed a window)");
    }

    @Test
    void ticksThatAllWindowsMissedAreAmongTheDeadLettersAndWhatHelpsIsTheSame() {
        assertThat(new LateTicks(0, 0, 10, 0).lines())
                .singleElement()
                .asString()
                .contains("--windows.allowed-lateness");
    }
}
