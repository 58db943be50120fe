package io.tapewatch.domain.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tapewatch.domain.Generated;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WindowSpecTest {

    @ParameterizedTest
    @CsvSource({
        // text, name, form, length, step
        "1m, 1m, TUMBLING, 60000, 60000",
        "60s, 1m, TUMBLING, 60000, 60000",
        "60000ms, 1m, TUMBLING, 60000, 60000",
        "' 90 s ', 90s, TUMBLING, 90000, 90000",
        "1500ms, 1500ms, TUMBLING, 1500, 1500",
        "24h, 1d, TUMBLING, 86400000, 86400000",
        "1ms, 1ms, TUMBLING, 1, 1",
        "366d, 366d, TUMBLING, 31622400000, 31622400000",
        "5m/1m, 5m/1m, HOPPING, 300000, 60000",
        "300s/60000ms, 5m/1m, HOPPING, 300000, 60000",
        "' 5 m / 1m ', 5m/1m, HOPPING, 300000, 60000",
        "366d/1d, 366d/1d, HOPPING, 31622400000, 86400000",
        "5m/5m, 5m, TUMBLING, 300000, 300000",
        "1d/24h, 1d, TUMBLING, 86400000, 86400000",
        "5m/tick, 5m/tick, SLIDING, 300000, 5000",
        "' 300s / tick', 5m/tick, SLIDING, 300000, 5000",
        "61ms/tick, 61ms/tick, SLIDING, 61, 2",
        "60ms/tick, 60ms/tick, SLIDING, 60, 1",
        "1ms/tick, 1ms/tick, SLIDING, 1, 1",
        "1d/tick, 1d/tick, SLIDING, 86400000, 1440000",
        "1d+1m, 1d+1m, CUMULATING, 86400000, 60000",
        "' 24h + 60s ', 1d+1m, CUMULATING, 86400000, 60000",
        "1h+1m, 1h+1m, CUMULATING, 3600000, 60000",
        "1h+1h, 1h, TUMBLING, 3600000, 3600000",
        "1d+24h, 1d, TUMBLING, 86400000, 86400000",
        "1d@America/New_York, 1d@America/New_York, TUMBLING, 86400000, 86400000",
        "' 24h @ America/New_York ', 1d@America/New_York, TUMBLING, 86400000, 86400000",
        "1d@America/New_York+1m, 1d@America/New_York+1m, CUMULATING, 86400000, 60000",
        "' 1d @ America/New_York + 60 s ', 1d@America/New_York+1m, CUMULATING, 86400000, 60000",
        "1d@America/New_York+24h, 1d@America/New_York+1d, CUMULATING, 86400000, 86400000",
        "1d@UTC, 1d, TUMBLING, 86400000, 86400000",
        "24h@Z, 1d, TUMBLING, 86400000, 86400000",
        "1d@Etc/UTC, 1d, TUMBLING, 86400000, 86400000",
        "1d@Etc/GMT+0, 1d, TUMBLING, 86400000, 86400000",
        "1d@UTC+1m, 1d+1m, CUMULATING, 86400000, 60000",
        "1d@Z+24h, 1d, TUMBLING, 86400000, 86400000",
        "1d@Etc/GMT+5, 1d@Etc/GMT+5, TUMBLING, 86400000, 86400000",
        "1d@Etc/GMT+5+1m, 1d@Etc/GMT+5+1m, CUMULATING, 86400000, 60000",
        "' 1d @ Etc/GMT+5 + 1m', 1d@Etc/GMT+5+1m, CUMULATING, 86400000, 60000",
        "1d@Etc/GMT+5+24h, 1d@Etc/GMT+5, TUMBLING, 86400000, 86400000",
        "1d@Africa/Porto-Novo, 1d@Africa/Porto-Novo, TUMBLING, 86400000, 86400000",
    })
    void aWindowIsNamedByItsCanonicalForm(String text, String name, WindowSpec.Form form, long length, long step) {
        WindowSpec spec = WindowSpec.parse(text);

        assertThat(spec.name()).isEqualTo(name);
        assertThat(spec).hasToString(name);
        assertThat(spec.form()).isEqualTo(form);
        assertThat(spec.length()).isEqualTo(length);
        assertThat(spec.step()).isEqualTo(step);
        assertThat(WindowSpec.parse(name)).isEqualTo(spec).hasSameHashCodeAs(spec);
        assertThat(WindowSpec.parse(name).name()).isEqualTo(name);
    }

    @ParameterizedTest
    @CsvSource({
        "1d, true, true",
        "1d+1m, true, true",
        "1d@America/New_York, true, true",
        "1d@America/New_York+1d, true, true",
        "1h, true, false",
        "1h+1m, true, false",
        "1d/1h, false, false",
        "1d/tick, false, false",
    })
    void daysAndPreviousWindowsAreOfWindowsThatFollowEachOther(String text, boolean compares, boolean isDay) {
        assertThat(WindowSpec.parse(text).comparesWithPrevious()).isEqualTo(compares);
        assertThat(WindowSpec.parse(text).isDay()).isEqualTo(isDay);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            5m/0s                     | a step of 0s; expected 1ms to 5m
            5m+0ms                    | a step of 0s; expected 1ms to 5m
            1d@Asia/Tokyo+0s          | a step of 0s; expected 1ms to 1d
            0s/1s                     | a window of 0s; expected 1ms to 366d
            0s/tick                   | a window of 0s; expected 1ms to 366d
            0s+1s                     | a window of 0s; expected 1ms to 366d
            367d/1d                   | a window of 367d; expected 1ms to 366d
            367d/tick                 | a window of 367d; expected 1ms to 366d
            5m/10m                    | a step of 10m is longer than the window of 5m; expected one that divides it, such as 1m
            1m/1h                     | a step of 1h is longer than the window of 1m; expected one that divides it, such as 1s
            1h+1d                     | a step of 1d is longer than the window of 1h; expected one that divides it, such as 1m
            1d@Asia/Tokyo+25h         | a step of 25h is longer than the window of 1d; expected one that divides it, such as 1h
            5m/2m                     | a step of 2m does not divide the window of 5m; expected one that does, such as 1m
            1s+300ms                  | a step of 300ms does not divide the window of 1s; expected one that does, such as 1ms
            90s/1m                    | a step of 1m does not divide the window of 90s; expected one that does, such as 1s
            1d@Asia/Tokyo+7h          | a step of 7h does not divide the window of 1d; expected one that does, such as 1h
            1d@UTC+7h                 | a step of 7h does not divide the window of 1d; expected one that does, such as 1h
            1d@Mars/Olympus           | there is no zone "Mars/Olympus"; write an IANA zone such as America/New_York
            1d@Mars/Olympus+1m        | there is no zone "Mars/Olympus"; write an IANA zone such as America/New_York
            1d@EDT                    | there is no zone "EDT"; write an IANA zone such as America/New_York
            1d@america/new_york       | there is no zone "america/new_york"; write America/New_York
            1d@AMERICA/NEW YORK+1m    | there is no zone "AMERICA/NEW YORK"; write America/New_York
            1d@utc                    | there is no zone "utc"; write UTC
            1d@z                      | there is no zone "z"; write Z
            1d@                       | no zone after the @; write an IANA zone such as America/New_York
            1d@ +1m                   | no zone after the @; write an IANA zone such as America/New_York
            1d@UTC@UTC                | there is no zone "UTC@UTC"; write an IANA zone such as America/New_York
            1d@+05:30                 | "+05:30" is an offset and no zone; write an IANA zone such as America/New_York
            1d@UTC+5                  | "UTC+5" is an offset and no zone; write an IANA zone such as America/New_York
            1d@GMT-03:00+1m           | "GMT-03:00" is an offset and no zone; write an IANA zone such as America/New_York
            1h@America/New_York       | a zone goes with a day only; expected 1d@America/New_York, or 1h without a zone
            7d@Europe/London+1d       | a zone goes with a day only; expected 1d@Europe/London, or 7d without a zone
            1h@UTC                    | a zone goes with a day only; expected 1d@UTC, or 1h without a zone
            1d+1m@America/New_York    | the step stands before the zone; expected it after, as in 1d@America/New_York+1m
            5m/1m+1m                  | a hopping window does not cumulate; expected either / or +, such as 5m/1m or 5m+1m
            5m+1m/1m                  | a hopping window does not cumulate; expected either / or +, such as 5m/1m or 5m+1m
            5m/tick+1m                | a sliding window does not cumulate; expected either / or +, such as 5m/1m or 5m+1m
            1d/1h@America/New_York    | a hopping window has no zone; expected 5m/1m or 5m/tick without one, or a day such as 1d@America/New_York
            1d@America/New_York/1h    | a hopping window has no zone; expected 5m/1m or 5m/tick without one, or a day such as 1d@America/New_York
            1d/tick@America/New_York  | a sliding window has no zone; expected 5m/1m or 5m/tick without one, or a day such as 1d@America/New_York
            1d@America/New_York/tick  | a sliding window has no zone; expected 5m/1m or 5m/tick without one, or a day such as 1d@America/New_York
            1d@Asia/Tokyo/tick+1m     | a sliding window has no zone; expected 5m/1m or 5m/tick without one, or a day such as 1d@America/New_York
            5m/Tick                   | there is no step "Tick"; write tick
            5m/                       | "" is not a duration: write a whole number and one of ms, s, m, h, d, such as "5m"
            /1m                       | "" is not a duration: write a whole number and one of ms, s, m, h, d, such as "5m"
            5m/1m/1m                  | "1m/1m" is not a duration: write a whole number and one of ms, s, m, h, d, such as "5m"
            1d+                       | "" is not a duration: write a whole number and one of ms, s, m, h, d, such as "5m"
            +1m                       | "" is not a duration: write a whole number and one of ms, s, m, h, d, such as "5m"
            1h+1m+1m                  | "1m+1m" is not a duration: write a whole number and one of ms, s, m, h, d, such as "5m"
            1d@Asia/Tokyo+            | "" is not a duration: write a whole number and one of ms, s, m, h, d, such as "5m"
            @Asia/Tokyo               | "" is not a duration: write a whole number and one of ms, s, m, h, d, such as "5m"
            tick                      | "tick" is not a duration: write a whole number and one of ms, s, m, h, d, such as "5m"
            """)
    void whatMakesNoSenseIsToldWithWhatWould(String text, String message) {
        assertThatThrownBy(() -> WindowSpec.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("window '" + text + "': " + message);
    }

    @Test
    void aMessageStaysOnItsLine() {
        assertThatThrownBy(() -> WindowSpec.parse("1d@Asia\nTokyo"))
                .isInstanceOf(IllegalArgumentException.class)
                .message()
                .doesNotContain("\n");
    }

    @Test
    void aListKeepsItsOrder() {
        assertThat(WindowSpec.parseList("1h, 60s,7s"))
                .extracting(WindowSpec::name)
                .containsExactly("1h", "1m", "7s");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            1m,7s,60s                                    | window '60s' is listed twice: it is 1m
            1m, 1m                                       | window '1m' is listed twice: it is 1m
            5m/1m,300s/60s                               | window '300s/60s' is listed twice: it is 5m/1m
            5m,5m/5m                                     | window '5m/5m' is listed twice: it is 5m
            1d,1h,1d@UTC                                 | window '1d@UTC' is listed twice: it is 1d
            1d@Z,1d+24h                                  | window '1d+24h' is listed twice: it is 1d
            1d@Asia/Tokyo+1m,1d @ Asia/Tokyo + 60s       | window '1d @ Asia/Tokyo + 60s' is listed twice: it is 1d@Asia/Tokyo+1m
            1d@America/New_York,1d@US/Eastern            | window '1d@US/Eastern' is listed twice: it is 1d@America/New_York, as the two zones have the same rules
            1d@US/Eastern+1m,1m,1d@America/New_York+60s  | window '1d@America/New_York+60s' is listed twice: it is 1d@US/Eastern+1m, as the two zones have the same rules
            """)
    void aWindowIsListedOnceHoweverItIsSpelled(String list, String message) {
        assertThatThrownBy(() -> WindowSpec.parseList(list))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    @Test
    void windowsThatDifferInAnythingStandBesideEachOther() {
        String list = "5m,5m/1m,5m+1m,5m/tick,5m/5s,1d,1d+1m,1d+1h,1d@America/New_York,1d@America/New_York+1m,"
                + "1d@America/New_York+24h,1d@America/Toronto,1d@Etc/GMT+5,1ms,366d";
        assertThat(WindowSpec.parseList(list)).hasSize(15);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "1m,", ",1m", "1m,,1h"})
    void aListHasNoEmptyParts(String list) {
        assertThatThrownBy(() -> WindowSpec.parseList(list))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("window '': ")
                .hasMessageEndingWith("write a whole number and one of ms, s, m, h, d, such as \"5m\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "m", "1x", "1M", "1.5m", "-1m", "1m1s", "one minute"})
    void whatIsNoDurationIsNoWindow(String text) {
        assertThatThrownBy(() -> WindowSpec.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("window '" + text + "': \"" + text
                        + "\" is not a duration: write a whole number and one of ms, s, m, h, d, such as \"5m\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0s", "0ms", "367d"})
    void aWindowHasALengthThatMakesSense(String text) {
        assertThatThrownBy(() -> WindowSpec.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("window '" + text + "': a window of ")
                .hasMessageEndingWith("; expected 1ms to 366d");
    }

    @Test
    void thereAreAtMost32() {
        assertThat(WindowSpec.parseList(seconds(32))).hasSize(32);
        assertThatThrownBy(() -> WindowSpec.parseList(seconds(33)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("33 windows; at most 32");
    }

    private static String seconds(int count) {
        return IntStream.rangeClosed(1, count).mapToObj(each -> each + "s").collect(Collectors.joining(","));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1m",
                "90s",
                "5m/1m",
                "1m/15s",
                "5m/tick",
                "1h+10m",
                "1d@America/New_York",
                "1d@America/New_York+1m",
                "1d@Australia/Lord_Howe+30m",
                "7d/1d"
            })
    void theFirstWholeWindowIsTheFirstThatStartsThenOrLater(String name) {
        WindowSpec spec = WindowSpec.parse(name);
        WindowText text = WindowText.read(name);
        Generated random = new Generated(17);
        for (int i = 0; i < 500; i++) {
            long time = 1_700_000_000_000L + random.below(400 * 24 * 3600) * 1_000L;
            // Just before, at and after a boundary, too.
            time = i % 2 == 0 ? time : spec.firstWhole(time) - 1 + random.below(3);
            long first = spec.firstWhole(time);
            assertThat(lastStart(text, first)).as("%s at %d", name, time).isGreaterThanOrEqualTo(time);
            assertThat(lastStart(text, first - 1)).as("%s at %d", name, time).isLessThan(time);
        }
    }

    /** The start of the last window that holds {@code time}. */
    private static long lastStart(WindowText text, long time) {
        return text.form() == WindowText.Form.SLIDING
                ? WindowText.fromTheEpoch(time, text.step()).start() - 60 * text.step()
                : text.windowsAt(time).stream()
                        .mapToLong(WindowText.Span::start)
                        .max()
                        .orElseThrow();
    }
}
