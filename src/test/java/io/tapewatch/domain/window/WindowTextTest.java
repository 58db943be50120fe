package io.tapewatch.domain.window;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapewatch.domain.window.WindowText.Form;
import io.tapewatch.domain.window.WindowText.Span;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** That the oracle knows which windows there are: worked out by hand, the days from the zones' clocks. */
class WindowTextTest {

    private static final long MINUTE = 60_000;
    private static final long HOUR = 60 * MINUTE;

    private static long at(String instant) {
        return Instant.parse(instant).toEpochMilli();
    }

    private static void assertDay(String text, String time, String start, String end) {
        assertThat(WindowText.read(text).windowsAt(at(time)))
                .as("%s at %s", text, time)
                .containsExactly(new Span(at(start), at(end)));
    }

    @Test
    void tumblingWindowsAreAlignedToTheEpoch() {
        WindowText minutes = WindowText.read("1m");
        assertThat(minutes.form()).isEqualTo(Form.TUMBLING);
        assertThat(minutes.windowsAt(59_999)).containsExactly(new Span(0, 60_000));
        assertThat(minutes.windowsAt(60_000)).containsExactly(new Span(60_000, 120_000));
        assertDay("1d", "2023-11-05T23:59:59.999Z", "2023-11-05T00:00:00Z", "2023-11-06T00:00:00Z");
    }

    @Test
    void aHoppingWindowStartsAtEachStep() {
        WindowText hopping = WindowText.read("5m/1m");
        assertThat(hopping.form()).isEqualTo(Form.HOPPING);
        assertThat(hopping.windowsAt(10 * MINUTE))
                .containsExactlyInAnyOrder(
                        new Span(6 * MINUTE, 11 * MINUTE),
                        new Span(7 * MINUTE, 12 * MINUTE),
                        new Span(8 * MINUTE, 13 * MINUTE),
                        new Span(9 * MINUTE, 14 * MINUTE),
                        new Span(10 * MINUTE, 15 * MINUTE));
        assertThat(hopping.windowsAt(10 * MINUTE - 1)).contains(new Span(5 * MINUTE, 10 * MINUTE));
    }

    @Test
    void aSlidingWindowHasBucketsOfASixtieth() {
        assertThat(WindowText.read("5m/tick").form()).isEqualTo(Form.SLIDING);
        assertThat(WindowText.read("5m/tick").step()).isEqualTo(5_000);
        assertThat(WindowText.read("1s/tick").step()).as("16.7, rounded up").isEqualTo(17);
        assertThat(WindowText.read("50ms/tick").step()).as("not below 1").isEqualTo(1);
    }

    @Test
    void aDayOfAZoneIsFromMidnightToMidnight() {
        assertDay("1d@Asia/Kathmandu", "2024-06-01T12:00:00Z", "2024-05-31T18:15:00Z", "2024-06-01T18:15:00Z");
        assertDay("1d@Etc/GMT+5", "2024-06-01T12:00:00Z", "2024-06-01T05:00:00Z", "2024-06-02T05:00:00Z");
        assertDay("1d@Etc/GMT+5+2h", "2024-06-01T04:59:59.999Z", "2024-05-31T05:00:00Z", "2024-06-01T05:00:00Z");
    }

    @Test
    void aDayIsShorterOrLongerWhereTheClocksChange() {
        String newYork = "1d@America/New_York";
        assertDay(newYork, "2023-11-05T04:00:00Z", "2023-11-05T04:00:00Z", "2023-11-06T05:00:00Z"); // 25 h
        assertDay(newYork, "2023-11-05T03:59:59.999Z", "2023-11-04T04:00:00Z", "2023-11-05T04:00:00Z");
        assertDay(newYork, "2023-11-06T04:59:59.999Z", "2023-11-05T04:00:00Z", "2023-11-06T05:00:00Z");
        assertDay(newYork + "+1m", "2024-03-10T12:00:00Z", "2024-03-10T05:00:00Z", "2024-03-11T04:00:00Z"); // 23 h
        String lordHowe = "1d@Australia/Lord_Howe";
        assertDay(lordHowe, "2024-04-07T12:00:00Z", "2024-04-06T13:00:00Z", "2024-04-07T13:30:00Z"); // 24.5 h
        assertDay(lordHowe, "2024-10-06T12:00:00Z", "2024-10-05T13:30:00Z", "2024-10-06T13:00:00Z"); // 23.5 h
    }

    @Test
    void aDayWithoutMidnightBeginsWithItsFirstMoment() {
        // At 00:00 the clocks in Havana went to 01:00.
        String havana = "1d@America/Havana";
        assertDay(havana, "2024-03-10T05:00:00Z", "2024-03-10T05:00:00Z", "2024-03-11T04:00:00Z");
        assertDay(havana, "2024-03-10T04:59:59.999Z", "2024-03-09T05:00:00Z", "2024-03-10T05:00:00Z");
    }

    @Test
    void aDayWithTwoMidnightsBeginsWithTheFirst() {
        // At 01:00 the clocks in Havana went back to 00:00.
        String havana = "1d@America/Havana";
        assertDay(havana, "2023-11-05T05:00:00Z", "2023-11-05T04:00:00Z", "2023-11-06T05:00:00Z");
        // At 00:01 on Sunday the clocks in St. John's went back to 23:01 on Saturday.
        String stJohns = "1d@America/St_Johns";
        assertDay(stJohns, "2006-10-29T02:30:00Z", "2006-10-29T02:30:00Z", "2006-10-30T03:30:00Z");
        assertDay(stJohns, "2006-10-29T02:45:00Z", "2006-10-29T02:30:00Z", "2006-10-30T03:30:00Z");
        assertDay(stJohns, "2006-10-29T02:29:59.999Z", "2006-10-28T02:30:00Z", "2006-10-29T02:30:00Z");
    }

    @Test
    void aDateLeftOutIsNoWindow() {
        // Samoa went from the end of the 29th to the 31st.
        String apia = "1d@Pacific/Apia";
        assertDay(apia, "2011-12-30T09:59:59.999Z", "2011-12-29T10:00:00Z", "2011-12-30T10:00:00Z");
        assertDay(apia, "2011-12-30T10:00:00Z", "2011-12-30T10:00:00Z", "2011-12-31T10:00:00Z");
    }

    @Test
    void aCumulatingWindowHasResultsAsOfItsStepsAndOfItsEnd() {
        WindowText hour = WindowText.read("1h+10m");
        assertThat(hour.form()).isEqualTo(Form.CUMULATING);
        Span window = new Span(HOUR, 2 * HOUR);
        assertThat(hour.windowsAt(HOUR)).containsExactly(window);
        assertThat(hour.firstAsOf(window, HOUR)).isEqualTo(HOUR + 10 * MINUTE);
        assertThat(hour.firstAsOf(window, HOUR + 10 * MINUTE - 1)).isEqualTo(HOUR + 10 * MINUTE);
        assertThat(hour.firstAsOf(window, HOUR + 10 * MINUTE)).isEqualTo(HOUR + 20 * MINUTE);
        assertThat(hour.firstAsOf(window, 2 * HOUR - 1)).isEqualTo(2 * HOUR);
        assertThat(WindowText.read("1h").firstAsOf(window, HOUR)).isEqualTo(2 * HOUR);
    }

    @Test
    void theStepsOfADayAreTimeElapsed() {
        WindowText days = WindowText.read("1d@America/New_York+6h");
        Span longDay = days.windowsAt(at("2023-11-05T12:00:00Z")).get(0);
        List<String> asOfs =
                List.of("2023-11-05T10:00:00Z", "2023-11-05T16:00:00Z", "2023-11-05T22:00:00Z", "2023-11-06T04:00:00Z");
        for (String asOf : asOfs) {
            assertThat(days.firstAsOf(longDay, at(asOf) - 1)).isEqualTo(at(asOf));
        }
        assertThat(days.firstAsOf(longDay, at("2023-11-06T04:00:00Z"))).isEqualTo(at("2023-11-06T05:00:00Z"));

        Span shortDay = days.windowsAt(at("2024-03-10T12:00:00Z")).get(0);
        assertThat(days.firstAsOf(shortDay, at("2024-03-10T23:00:00Z"))).isEqualTo(at("2024-03-11T04:00:00Z"));
    }
}
