package io.tapewatch.domain.window;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapewatch.domain.Durations;
import io.tapewatch.domain.ZonedDays;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("slow")
class ZonedDaysTest {

    private static final long HOUR = 3_600_000;

    @ParameterizedTest
    @CsvSource({
        // zone, a moment, the start and the end of the day that it is in
        "America/New_York,    2024-01-15T12:00:00Z, 2024-01-15T05:00:00Z, 2024-01-16T05:00:00Z, PT24H",
        "America/New_York,    2024-03-10T12:00:00Z, 2024-03-10T05:00:00Z, 2024-03-11T04:00:00Z, PT23H",
        "America/New_York,    2024-11-03T05:30:00Z, 2024-11-03T04:00:00Z, 2024-11-04T05:00:00Z, PT25H",
        "America/New_York,    2024-11-03T06:30:00Z, 2024-11-03T04:00:00Z, 2024-11-04T05:00:00Z, PT25H",
        "Asia/Kathmandu,      2024-05-01T18:14:59Z, 2024-04-30T18:15:00Z, 2024-05-01T18:15:00Z, PT24H",
        "Asia/Kathmandu,      2024-05-01T18:15:00Z, 2024-05-01T18:15:00Z, 2024-05-02T18:15:00Z, PT24H",
        "Asia/Kolkata,        2024-05-01T12:00:00Z, 2024-04-30T18:30:00Z, 2024-05-01T18:30:00Z, PT24H",
        "Australia/Lord_Howe, 2024-04-06T20:00:00Z, 2024-04-06T13:00:00Z, 2024-04-07T13:30:00Z, PT24H30M",
        "Australia/Lord_Howe, 2024-10-05T20:00:00Z, 2024-10-05T13:30:00Z, 2024-10-06T13:00:00Z, PT23H30M",
        // Samoa went from the 29th to the 31st.
        "Pacific/Apia,        2011-12-30T09:59:59Z, 2011-12-29T10:00:00Z, 2011-12-30T10:00:00Z, PT24H",
        "Pacific/Apia,        2011-12-30T10:00:00Z, 2011-12-30T10:00:00Z, 2011-12-31T10:00:00Z, PT24H",
        // These change the clock at midnight: on to 01:00, back to 23:00 (Brazil) or from 01:00 to midnight (Cuba).
        "America/Sao_Paulo,   2017-10-15T03:00:00Z, 2017-10-15T03:00:00Z, 2017-10-16T02:00:00Z, PT23H",
        "America/Sao_Paulo,   2018-02-18T02:30:00Z, 2018-02-17T02:00:00Z, 2018-02-18T03:00:00Z, PT25H",
        "America/Havana,      2018-03-11T12:00:00Z, 2018-03-11T05:00:00Z, 2018-03-12T04:00:00Z, PT23H",
        "America/Havana,      2018-11-04T05:30:00Z, 2018-11-04T04:00:00Z, 2018-11-05T05:00:00Z, PT25H",
        // Newfoundland put its clock back at 00:01 of the 7th: it was the 6th again, but the 7th had begun.
        "America/St_Johns,    2010-11-07T02:29:59Z, 2010-11-06T02:30:00Z, 2010-11-07T02:30:00Z, PT24H",
        "America/St_Johns,    2010-11-07T02:30:30Z, 2010-11-07T02:30:00Z, 2010-11-08T03:30:00Z, PT25H",
        "America/St_Johns,    2010-11-07T02:45:00Z, 2010-11-07T02:30:00Z, 2010-11-08T03:30:00Z, PT25H",
    })
    void aDayBeginsWithTheFirstMomentOfItsDate(String zone, Instant time, Instant start, Instant end, String length) {
        WindowSpec day = WindowSpec.parse("1d@" + zone);

        assertThat(Instant.ofEpochMilli(day.windowStart(time.toEpochMilli()))).isEqualTo(start);
        assertThat(Instant.ofEpochMilli(day.windowEnd(time.toEpochMilli()))).isEqualTo(end);
        assertThat(Duration.between(start, end)).hasToString(length);
    }

    @ParameterizedTest
    @CsvSource({
        "America/New_York,    23h 24h 25h",
        "America/St_Johns,    23h 24h 25h",
        "America/Havana,      23h 24h 25h",
        "America/Sao_Paulo,   23h 24h 25h",
        "Europe/London,       23h 24h 25h",
        "Africa/Cairo,        23h 24h 25h",
        "Asia/Beirut,         23h 24h 25h",
        "Asia/Kathmandu,      24h",
        "Asia/Kolkata,        24h",
        "Asia/Tehran,         23h 24h 25h",
        "Australia/Lord_Howe, 1410m 24h 1470m",
        "Pacific/Apia,        23h 24h 25h",
        "Pacific/Chatham,     23h 24h 25h",
        "Etc/GMT+5,           24h",
    })
    void daysAreThoseOfACalendarOnTheWall(String zone, String lengths) {
        long from = Instant.parse("2008-01-01T00:00:00Z").toEpochMilli();
        long to = Instant.parse("2020-01-01T00:00:00Z").toEpochMilli();
        List<Long> beginnings = NaiveDays.beginnings(ZoneId.of(zone), from, to);
        ZonedDays days = new ZonedDays(ZoneId.of(zone));
        Set<Long> seen = new HashSet<>();

        for (int i = 1; i < beginnings.size(); i++) {
            long start = beginnings.get(i - 1);
            long end = beginnings.get(i);
            for (long time = start; time < end; time += HOUR / 2) {
                assertDay(days, time, start, end);
            }
            assertDay(days, end - 1, start, end);
            seen.add(end - start);
        }

        assertThat(seen)
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.stream(lengths.split(" ")).map(Durations::parse).toList());
    }

    private static void assertDay(ZonedDays days, long time, long start, long end) {
        // Not AssertJ, which is slow: this is asked some million times.
        if (days.startOf(time) != start || days.endOf(time) != end) {
            throw new AssertionError("%s is in the day from %s to %s, not from %s to %s"
                    .formatted(
                            Instant.ofEpochMilli(time),
                            Instant.ofEpochMilli(start),
                            Instant.ofEpochMilli(end),
                            Instant.ofEpochMilli(days.startOf(time)),
                            Instant.ofEpochMilli(days.endOf(time))));
        }
    }

    @Test
    void everyZoneHasEachMomentInOneDay() {
        Instant from = Instant.parse("1972-01-01T00:00:00Z");
        Instant to = Instant.parse("2030-01-01T00:00:00Z");
        Map<String, Integer> seen = new TreeMap<>();
        Set<ZoneRules> checked = new HashSet<>();
        for (String id : ZoneId.getAvailableZoneIds()) {
            ZoneId zone = ZoneId.of(id);
            if (checked.add(zone.getRules())) {
                ZoneOffsetTransition change = zone.getRules().nextTransition(from);
                while (change != null && change.getInstant().isBefore(to)) {
                    checkDaysAround(zone, change.getInstant().toEpochMilli(), seen);
                    change = zone.getRules().nextTransition(change.getInstant());
                }
            }
        }
        assertThat(checked).hasSizeGreaterThan(200);
        assertThat(seen).containsOnlyKeys("date of its day", "date shown again");
    }

    private static void checkDaysAround(ZoneId zone, long change, Map<String, Integer> seen) {
        ZonedDays days = new ZonedDays(zone);
        for (long time = change - 26 * HOUR; time <= change + 26 * HOUR; time += HOUR / 2) {
            long start = days.startOf(time);
            long end = days.endOf(time);
            assertDay(days, start, start, end);
            assertDay(days, end - 1, start, end);
            LocalDate dayOf = NaiveDays.date(zone, start);
            LocalDate date = NaiveDays.date(zone, time);
            boolean isFirstMoment = NaiveDays.date(zone, start - 1).isBefore(dayOf);
            if (start > time || end <= time || !isFirstMoment || date.isAfter(dayOf)) {
                throw new AssertionError("%s: the day of %s is not from %s to %s"
                        .formatted(
                                zone,
                                Instant.ofEpochMilli(time),
                                Instant.ofEpochMilli(start),
                                Instant.ofEpochMilli(end)));
            }
            seen.merge(date.equals(dayOf) ? "date of its day" : "date shown again", 1, Integer::sum);
        }
    }
}
