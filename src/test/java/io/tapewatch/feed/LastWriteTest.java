package io.tapewatch.feed;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LastWriteTest {

    private static final long START = 1_000;

    private final LastWrite last = new LastWrite(START);

    @Test
    void beforeTheFirstLookAnyoneMayHaveWrittenUntilNow() {
        assertThat(last.isBeforeOrAt(START - 1)).isFalse();
        assertThat(last.isBeforeOrAt(START)).isTrue();
        last.look(100, 0, START + 5);
        assertThat(last.isBeforeOrAt(START + 4)).isFalse();
        assertThat(last.isBeforeOrAt(START + 5)).isTrue();
    }

    @Test
    void theFeedsOwnHeartbeatsAreNoWrites() {
        last.look(100, 0, 2_000);
        last.look(104, 4, 3_000);
        last.look(108, 8, 4_000);
        assertThat(last.isBeforeOrAt(2_000)).isTrue();
    }

    @Test
    void whateverElseIsAppendedIsAWrite() {
        last.look(100, 0, 2_000);
        last.look(105, 4, 3_000);
        assertThat(last.isBeforeOrAt(2_999)).isFalse();
        assertThat(last.isBeforeOrAt(3_000)).isTrue();
    }

    @Test
    void aTopicThatIsMadeAnewIsAWriteAndAClockThatGoesBackIsNone() {
        last.look(100, 0, 2_000);
        last.look(3, 0, 1_500);
        assertThat(last.isBeforeOrAt(1_999)).isFalse();
        assertThat(last.isBeforeOrAt(2_000)).isTrue();
    }
}
