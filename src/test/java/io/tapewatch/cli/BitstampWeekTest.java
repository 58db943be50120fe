package io.tapewatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapewatch.feed.FeedRow;
import io.tapewatch.feed.FeedRows;
import org.junit.jupiter.api.Test;

class BitstampWeekTest {

    @Test
    void itIsAsLongAsItSays() throws Exception {
        long first = Long.MAX_VALUE;
        long last = Long.MIN_VALUE;
        int rows = 0;
        try (FeedRows week = BitstampWeek.RECORDINGS.open()) {
            for (FeedRow row = week.next(); row != null; row = week.next()) {
                first = Math.min(first, row.time());
                last = Math.max(last, row.time());
                rows++;
            }
        }
        assertThat(first).isEqualTo(BitstampWeek.FIRST);
        assertThat(last).isEqualTo(BitstampWeek.LAST);
        assertThat(BitstampWeek.DESCRIPTION).startsWith(String.format("%,d bitcoin trades", rows));
    }
}
