package io.tapewatch.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PaceTest {

    private static final long FIRST = 1_385_337_600_000L;
    private static final long START = Long.MAX_VALUE - 1_000; // The clock may wrap round.

    @Test
    void theFirstPriceIsDueAtOnce() {
        assertThat(new Pace(Speed.parse("1"), FIRST, 0, START).nanosUntil(FIRST, 0, START))
                .isZero();
    }

    @Test
    void atRealTimeASecondLastsASecond() {
        Pace pace = new Pace(Speed.parse("1"), FIRST, 0, START);
        assertThat(pace.nanosUntil(FIRST + 1_000, 0, START)).isEqualTo(nanos("PT1S"));
        assertThat(pace.nanosUntil(FIRST + 1_000, 0, START + nanos("PT0.4S"))).isEqualTo(nanos("PT0.6S"));
        assertThat(pace.eventTimeAt(START + nanos("PT0.4S"))).isEqualTo(FIRST + 400);
    }

    @Test
    void at2000TimesRealTimeAnHourLasts1800Milliseconds() {
        Pace pace = new Pace(Speed.parse("2000"), FIRST, 0, START);
        assertThat(pace.nanosUntil(FIRST + 3_600_000, 0, START)).isEqualTo(nanos("PT1.8S"));
        assertThat(pace.eventTimeAt(START + nanos("PT1.8S"))).isEqualTo(FIRST + 3_600_000);
    }

    @Test
    void theNanosecondsOfTimesCount() {
        Pace pace = new Pace(Speed.parse("1"), FIRST, 999_000, START);
        assertThat(pace.nanosUntil(FIRST, 999_000, START)).isZero();
        assertThat(pace.nanosUntil(FIRST + 1, 1_000, START)).isEqualTo(2_000);
        assertThat(pace.eventTimeAt(START)).isEqualTo(FIRST);
        assertThat(pace.eventTimeAt(START + 1_000)).isEqualTo(FIRST + 1);
    }

    @Test
    void aPriceThatIsBehindIsOverdue() {
        Pace pace = new Pace(Speed.parse("10"), FIRST, 0, START);
        assertThat(pace.nanosUntil(FIRST - 1, 0, START)).isNegative();
        assertThat(pace.nanosUntil(FIRST + 1_000, 0, START + nanos("PT1S"))).isEqualTo(-nanos("PT0.9S"));
    }

    @Test
    void asFastAsItGoesHasNoPace() {
        assertThatThrownBy(() -> new Pace(Speed.parse("max"), FIRST, 0, START))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "fast", "", "NaN", "Infinity", "1e999", "MAX"})
    void aSpeedThatIsNoneIsRefused(String text) {
        assertThatThrownBy(() -> Speed.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("expected a number above zero (times real time) or max, found '" + text + "'");
    }

    private static long nanos(String duration) {
        return Duration.parse(duration).toNanos();
    }
}
