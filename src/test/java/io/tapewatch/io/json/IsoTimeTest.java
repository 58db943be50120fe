package io.tapewatch.io.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapewatch.Rounds;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;

class IsoTimeTest {

    private static final DateTimeFormatter ORACLE =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

    @Test
    void millisecondsAlwaysHaveThreeDigits() {
        assertThat(IsoTime.format(0)).isEqualTo("1970-01-01T00:00:00.000Z");
        assertThat(IsoTime.format(1_385_337_613_000L)).isEqualTo("2013-11-25T00:00:13.000Z");
        assertThat(IsoTime.format(951_782_399_999L)).isEqualTo("2000-02-28T23:59:59.999Z");
        assertThat(IsoTime.format(-1)).isEqualTo("1969-12-31T23:59:59.999Z");
    }

    @Test
    void finerTimesHaveSixOrNineDigitsTheSameInEveryLocale() {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
        try {
            assertThat(IsoTime.format(1_385_337_613_001L, 0)).isEqualTo("2013-11-25T00:00:13.001Z");
            assertThat(IsoTime.format(1_385_337_613_001L, 20_000)).isEqualTo("2013-11-25T00:00:13.001020Z");
            assertThat(IsoTime.format(1_385_337_613_001L, 1)).isEqualTo("2013-11-25T00:00:13.001000001Z");
            assertThat(IsoTime.format(1_385_337_613_001L, 999_999)).isEqualTo("2013-11-25T00:00:13.001999999Z");
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void theTerminalShowsSeconds() {
        assertThat(IsoTime.toSecond(1_385_337_613_999L)).isEqualTo("2013-11-25T00:00:13Z");
        assertThat(IsoTime.toSecond(-1)).isEqualTo("1969-12-31T23:59:59Z");
        assertThat(IsoTime.toSecond("2013-11-25T00:00:13.999Z")).isEqualTo("2013-11-25T00:00:13Z");
        assertThat(IsoTime.toSecond("no time")).isEqualTo("no time");
    }

    @Test
    void everyTimeIsWrittenAsJavaTimeWritesIt() {
        long seed = 5;
        Random random = new Random(seed);
        for (int i = 0; i < Rounds.of(200_000); i++) {
            long millis = random.nextLong() >> random.nextInt(64);
            assertThat(IsoTime.format(millis))
                    .as("%s of seed %s", millis, seed)
                    .isEqualTo(ORACLE.format(Instant.ofEpochMilli(millis)));
        }
        for (String edge : new String[] {"0000-01-01T00:00:00.000Z", "9999-12-31T23:59:59.999Z"}) {
            assertThat(IsoTime.format(Instant.parse(edge).toEpochMilli())).isEqualTo(edge);
        }
    }
}
