package io.tapewatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapewatch.domain.EventTimes;
import io.tapewatch.settings.JobArguments;
import java.time.Instant;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.Test;

class FirstWindowsTest {

    @Test
    void itIsSaidFromWhenOnEachWindowIsPublished() {
        Configuration options =
                JobArguments.parse("--windows", "1m,5m/1m,5m/tick,1d@America/New_York,1d@America/New_York+1m");
        long wholeFrom = Instant.parse("2023-11-15T12:00:42.001Z").toEpochMilli();
        assertThat(FirstWindows.inWords(options, wholeFrom))
                .hasValue(
                        "The job starts without a savepoint in the middle of topic 'prices'. Windows that begin before"
                                + " 2023-11-15T12:00:42.001Z may lack ticks and are not published. The first windows that are"
                                + " published: 1m and 5m/1m from 2023-11-15T12:01:00Z, 5m/tick at ticks from 2023-11-15T12:05:45Z,"
                                + " 1d@America/New_York and 1d@America/New_York+1m from 2023-11-16T05:00:00Z.");
    }

    @Test
    void nothingIsSaidOfAJobThatPublishesAllWindows() {
        assertThat(FirstWindows.inWords(new Configuration(), EventTimes.BEGINNING))
                .isEmpty();
    }
}
