package io.tapewatch.feed.yahoo;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryAfterTest {

    private static final Instant NOW = Instant.parse("2025-02-01T21:00:00Z");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1                             | PT1S",
                "120                           | PT2M",
                "300                           | PT5M",
                "301                           | PT5M",
                "99999999999999999999999       | PT5M",
                "0                             |",
                "-1                            |",
                "1.5                           |",
                "soon                          |",
                "''                            |",
                "Sat, 01 Feb 2025 21:00:30 GMT | PT30S",
                "Sat, 01 Feb 2025 22:00:00 GMT | PT5M",
                "Sat, 01 Feb 2025 21:00:00 GMT |",
                "Sat, 01 Feb 2025 20:59:00 GMT |",
                "Sun, 01 Feb 2025 21:00:30 GMT |",
            })
    void secondsAndDatesAreReadAndNothingIsWaitedForLongerThanFiveMinutes(String header, Duration wait) {
        assertThat(RetryAfter.parse(header, NOW)).isEqualTo(wait);
    }
}
