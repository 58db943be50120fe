package io.tapewatch.domain.window;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapewatch.domain.Tick;
import io.tapewatch.domain.Ticks;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** That the oracle says what the documentation does: small cases with the results worked out by hand. */
class WindowsOracleTest {

    private static final long SECOND = 1_000;
    private static final long MINUTE = 60 * SECOND;
    private static final long HOUR = 60 * MINUTE;
    private static final long DAY = 24 * HOUR;
    private static final long MONTH = 32 * DAY;

    private long nextOffset;

    private static WindowsOracle oracle(String windows, long lateness, long reviseEvery) {
        return oracle(windows, lateness, reviseEvery, MONTH);
    }

    private static WindowsOracle oracle(String windows, long lateness, long reviseEvery, long previousCloseMaxAge) {
        return new WindowsOracle(
                "BTC-USD",
                new WindowsTape.Settings(windows, lateness, Map.of(), reviseEvery, previousCloseMaxAge),
                new HashMap<>());
    }

    private Tick at(long time, double price) {
        return Ticks.tick("BTC-USD").at(time).price(price).offset(nextOffset++).tick();
    }

    /** Such as "1m [0, 60000) as of 60000, revision 0: 2 ticks, 7 to 8, after 6.5". */
    private static String inWords(Summary summary) {
        String words = "%s [%d, %d) as of %d, revision %d: %d ticks, %s to %s"
                .formatted(
                        summary.window(),
                        summary.start(),
                        summary.end(),
                        summary.asOf(),
                        summary.revision(),
                        summary.count(),
                        summary.open(),
                        summary.close());
        return summary.previousClose() == null ? words : words + ", after " + summary.previousClose();
    }

    private static void assertPublished(List<Summary> summaries, String... inWords) {
        assertThat(summaries).extracting(WindowsOracleTest::inWords).containsExactlyInAnyOrder(inWords);
    }

    // Counting.

    @Test
    void aWindowCountsTicksWhileTheWatermarkIsBelowItsLastMillisecondAndTheLateness() {
        for (String window : List.of("1m", "1m+20s")) {
            WindowsOracle minutes = oracle(window, 5 * SECOND, SECOND);
            minutes.advanceTo(64_998);
            assertThat(minutes.add(at(1, 7))).as(window).isEqualTo(Counted.BY_EVERY_WINDOW);
            minutes.advanceTo(64_999);
            assertThat(minutes.add(at(1, 7))).as(window).isEqualTo(Counted.BY_NO_WINDOW);
            assertThat(minutes.add(at(60_000, 7))).as(window).isEqualTo(Counted.BY_EVERY_WINDOW);
        }
    }

    @Test
    void eachHoppingWindowDecidesForItself() {
        WindowsOracle hopping = oracle("2m/1m", 0, SECOND);
        hopping.advanceTo(59_999);
        assertThat(hopping.add(at(1, 7))).isEqualTo(Counted.BY_SOME_WINDOWS); // not in [-60000, 60000)
        assertPublished(hopping.advanceTo(119_999), "2m/1m [0, 120000) as of 120000, revision 0: 1 ticks, 7 to 7");
        assertThat(hopping.add(at(2, 7))).isEqualTo(Counted.BY_NO_WINDOW);
    }

    @Test
    void aSlidingWindowCountsLateTicksForItsLateness() {
        WindowsOracle sliding = oracle("1m/tick", 10 * SECOND, SECOND);
        sliding.advanceTo(14_999);
        assertThat(sliding.add(at(5_000, 7))).isEqualTo(Counted.BY_EVERY_WINDOW);
        sliding.advanceTo(15_000);
        assertThat(sliding.add(at(5_000, 7))).isEqualTo(Counted.BY_NO_WINDOW);
    }

    @Test
    void aSlidingWindowCountsLateTicksWhileAWindowToComeHoldsThem() {
        // 1m/tick has buckets of 1 s. The tick's is the fifth second, and the 60th after it ends before 66 s.
        WindowsOracle sliding = oracle("1m/tick", HOUR, SECOND);
        sliding.advanceTo(65_998);
        assertThat(sliding.add(at(5_300, 7))).isEqualTo(Counted.BY_EVERY_WINDOW);
        sliding.advanceTo(65_999);
        assertThat(sliding.add(at(5_300, 7))).isEqualTo(Counted.BY_NO_WINDOW);
    }

    @Test
    void aTickOnTimeIsCountedWithoutAnyLateness() {
        WindowsOracle sliding = oracle("1m/tick,1m", 0, SECOND);
        sliding.advanceTo(4_999);
        assertThat(sliding.add(at(5_000, 7))).isEqualTo(Counted.BY_EVERY_WINDOW);
        assertPublished(sliding.advanceTo(5_000), "1m/tick [-55000, 5001) as of 5000, revision 0: 1 ticks, 7 to 7");
    }

    @Test
    void whatOneWindowRefusedAnotherCounts() {
        WindowsOracle both = new WindowsOracle(
                "BTC-USD",
                new WindowsTape.Settings("1m,2m", 0, Map.of("1m", 30 * SECOND), SECOND, MONTH),
                new HashMap<>());
        both.add(at(1, 7));
        both.advanceTo(89_999); // the minute is final, the two minutes are not published
        assertThat(both.add(at(2, 8))).isEqualTo(Counted.BY_SOME_WINDOWS);
        assertPublished(both.advanceTo(119_999), "2m [0, 120000) as of 120000, revision 0: 2 ticks, 7 to 8");
        assertThat(both.add(at(3, 9))).isEqualTo(Counted.BY_NO_WINDOW);
    }

    // Publishing on time.

    @Test
    void aWindowWithTicksIsPublishedWithItsLastMillisecond() {
        WindowsOracle minutes = oracle("1m", 0, SECOND);
        minutes.add(at(0, 7));
        minutes.add(at(59_999, 8));
        minutes.add(at(60_000, 9)); // of the next one
        assertPublished(minutes.advanceTo(59_998));
        assertPublished(minutes.advanceTo(59_999), "1m [0, 60000) as of 60000, revision 0: 2 ticks, 7 to 8");
        assertPublished(minutes.advanceTo(60_000));
    }

    @Test
    void aTickIsInEveryHoppingWindowThatHoldsIt() {
        WindowsOracle hopping = oracle("2m/1m", 0, SECOND);
        hopping.add(at(60_000, 7));
        hopping.add(at(130_000, 8));
        assertPublished(
                hopping.advanceTo(HOUR),
                "2m/1m [0, 120000) as of 120000, revision 0: 1 ticks, 7 to 7",
                "2m/1m [60000, 180000) as of 180000, revision 0: 2 ticks, 7 to 8",
                "2m/1m [120000, 240000) as of 240000, revision 0: 1 ticks, 8 to 8");
    }

    @Test
    void aCumulatingWindowIsPublishedAsOfEachStepWithTicksAndAsOfItsEnd() {
        WindowsOracle hours = oracle("1h+10m", 0, SECOND);
        hours.add(at(MINUTE, 7));
        hours.add(at(25 * MINUTE, 8)); // none in the second step
        hours.add(at(30 * MINUTE, 9)); // the first moment of the fourth
        assertPublished(hours.advanceTo(10 * MINUTE - 2));
        assertPublished(
                hours.advanceTo(10 * MINUTE - 1), "1h+10m [0, 3600000) as of 600000, revision 0: 1 ticks, 7 to 7");
        assertPublished(hours.advanceTo(30 * MINUTE - 2));
        assertPublished(
                hours.advanceTo(HOUR - 1),
                "1h+10m [0, 3600000) as of 1800000, revision 0: 2 ticks, 7 to 8",
                "1h+10m [0, 3600000) as of 2400000, revision 0: 3 ticks, 7 to 9",
                "1h+10m [0, 3600000) as of 3600000, revision 0: 3 ticks, 7 to 9");
    }

    @Test
    void aTickBehindTheWatermarkIsOnTimeForAStepThatIsNotOver() {
        WindowsOracle hours = oracle("1h+10m", 0, 0);
        hours.advanceTo(5 * MINUTE);
        hours.add(at(MINUTE, 7));
        assertPublished(hours.advanceTo(10 * MINUTE - 2));
        assertPublished(
                hours.advanceTo(10 * MINUTE - 1), "1h+10m [0, 3600000) as of 600000, revision 0: 1 ticks, 7 to 7");
    }

    @Test
    void aDayOf25HoursHasAStepMoreAndADayOf23HoursOneLess() {
        WindowsOracle days = oracle("1d@America/New_York+12h", 0, SECOND);
        long longDay = Instant.parse("2023-11-05T04:00:00Z").toEpochMilli();
        days.add(at(longDay, 7));
        days.add(at(longDay + 24 * HOUR - 1, 8));
        days.add(at(longDay + 24 * HOUR, 9));
        String name = "1d@America/New_York+12h [%d, %d) as of %d, revision 0: ";
        long end = longDay + 25 * HOUR;
        assertPublished(
                days.advanceTo(end - 1),
                name.formatted(longDay, end, longDay + 12 * HOUR) + "1 ticks, 7 to 7",
                name.formatted(longDay, end, longDay + 24 * HOUR) + "2 ticks, 7 to 8",
                name.formatted(longDay, end, end) + "3 ticks, 7 to 9");

        long shortDay = Instant.parse("2024-03-10T05:00:00Z").toEpochMilli();
        days.add(at(shortDay + 22 * HOUR, 7));
        assertPublished(
                days.advanceTo(shortDay + 23 * HOUR - 1),
                name.formatted(shortDay, shortDay + 23 * HOUR, shortDay + 23 * HOUR) + "1 ticks, 7 to 7");
    }

    @Test
    void aSlidingWindowIsPublishedForEachTimeOfTicks() {
        // Buckets of 1 s: at 61.5 s the window begins with the first second, at 62 s with the second one.
        WindowsOracle sliding = oracle("1m/tick", 0, SECOND);
        sliding.add(at(1_000, 5));
        sliding.add(at(61_500, 7));
        sliding.add(at(61_500, 8));
        sliding.add(at(62_000, 9));
        assertPublished(
                sliding.advanceTo(61_999),
                "1m/tick [-59000, 1001) as of 1000, revision 0: 1 ticks, 5 to 5",
                "1m/tick [1000, 61501) as of 61500, revision 0: 3 ticks, 5 to 8");
        assertPublished(sliding.advanceTo(62_000), "1m/tick [2000, 62001) as of 62000, revision 0: 3 ticks, 7 to 9");
    }

    @Test
    void aLateTickIsInSlidingResultsStillToComeOnly() {
        WindowsOracle sliding = oracle("1m/tick", MINUTE, 0);
        sliding.add(at(10_000, 7));
        sliding.advanceTo(10_000);
        sliding.add(at(9_000, 8));
        assertPublished(sliding.advanceTo(20_000));
        sliding.add(at(21_000, 9));
        assertPublished(sliding.advanceTo(21_000), "1m/tick [-39000, 21001) as of 21000, revision 0: 3 ticks, 8 to 9");
    }

    // Corrections.

    @Test
    void aCorrectionComesNoSoonerThanThePaceAfterTheResultOnTime() {
        WindowsOracle minutes = oracle("1m", HOUR, 10 * SECOND);
        minutes.add(at(1, 7));
        minutes.advanceTo(60_500); // later than its last millisecond, from which the pace counts
        minutes.add(at(2, 8));
        minutes.add(at(3, 9));
        assertPublished(minutes.advanceTo(69_998));
        assertPublished(minutes.advanceTo(69_999), "1m [0, 60000) as of 60000, revision 1: 3 ticks, 7 to 9");
    }

    @Test
    void aCorrectionOfACorrectionComesNoSoonerThanThePaceAfterTheWatermarkThatBroughtThat() {
        WindowsOracle minutes = oracle("1m", HOUR, 10 * SECOND);
        minutes.add(at(1, 7));
        minutes.advanceTo(60_000);
        minutes.add(at(2, 8));
        minutes.advanceTo(75_000); // due at 69,999
        minutes.add(at(3, 9));
        assertPublished(minutes.advanceTo(84_999));
        assertPublished(minutes.advanceTo(85_000), "1m [0, 60000) as of 60000, revision 2: 3 ticks, 7 to 9");
    }

    @Test
    void aCorrectionIsDueWithTheNextMillisecondWhereThePaceIsOver() {
        WindowsOracle minutes = oracle("1m", HOUR, 10 * SECOND);
        minutes.add(at(1, 7));
        minutes.advanceTo(100_000);
        minutes.add(at(2, 8));
        assertPublished(minutes.advanceTo(100_001), "1m [0, 60000) as of 60000, revision 1: 2 ticks, 7 to 8");
    }

    @Test
    void aCorrectionComesBeforeItsWindowIsFinal() {
        WindowsOracle minutes = oracle("1m", 5 * SECOND, HOUR);
        minutes.add(at(1, 7));
        minutes.advanceTo(60_000);
        minutes.add(at(2, 8));
        assertPublished(minutes.advanceTo(64_998));
        assertPublished(minutes.advanceTo(64_999), "1m [0, 60000) as of 60000, revision 1: 2 ticks, 7 to 8");
    }

    @Test
    void aWindowWithoutAResultIsPublishedWithTheNextMillisecondAfterALateTick() {
        WindowsOracle minutes = oracle("1m", HOUR, 10 * SECOND);
        minutes.advanceTo(60_000);
        minutes.add(at(2, 8));
        assertPublished(minutes.advanceTo(60_001), "1m [0, 60000) as of 60000, revision 0: 1 ticks, 8 to 8");
    }

    @Test
    void aCumulatingWindowCorrectsItsLatestResult() {
        WindowsOracle hours = oracle("1h+10m", 0, 0);
        hours.add(at(MINUTE, 7));
        hours.add(at(11 * MINUTE, 8));
        hours.advanceTo(20 * MINUTE);
        hours.add(at(2 * MINUTE, 9)); // of the first step, but the second is published
        assertPublished(
                hours.advanceTo(20 * MINUTE + 1), "1h+10m [0, 3600000) as of 1200000, revision 1: 3 ticks, 7 to 8");
    }

    @Test
    void aCumulatingStepThatHadNoTickIsPublishedLate() {
        WindowsOracle hours = oracle("1h+10m", 0, 0);
        hours.add(at(MINUTE, 7));
        hours.advanceTo(30 * MINUTE);
        hours.add(at(12 * MINUTE, 8));
        hours.add(at(2 * MINUTE, 9));
        assertPublished(
                hours.advanceTo(30 * MINUTE + 1), "1h+10m [0, 3600000) as of 1200000, revision 0: 3 ticks, 7 to 8");
    }

    @Test
    void aResultOnTimeMakesACorrectionNeedless() {
        WindowsOracle hours = oracle("1h+10m", 0, 15 * MINUTE);
        hours.add(at(MINUTE, 7));
        hours.add(at(21 * MINUTE, 8));
        hours.advanceTo(20 * MINUTE);
        hours.add(at(2 * MINUTE, 9)); // due at 10 min + 15 min - 1 ms
        hours.advanceTo(24 * MINUTE);
        assertPublished(
                hours.advanceTo(30 * MINUTE - 1),
                "1h+10m [0, 3600000) as of 600000, revision 1: 2 ticks, 7 to 9",
                "1h+10m [0, 3600000) as of 1800000, revision 0: 3 ticks, 7 to 8");
        hours.add(at(3 * MINUTE, 9)); // due at 30 min + 15 min - 1 ms
        hours.add(at(44 * MINUTE, 5));
        hours.add(at(39 * MINUTE, 5));
        assertPublished(hours.advanceTo(45 * MINUTE), "1h+10m [0, 3600000) as of 2400000, revision 0: 5 ticks, 7 to 5");
    }

    @Test
    void ofACorrectionAndAResultOnTimeAtTheSameMomentTheResultIsPublished() {
        WindowsOracle hours = oracle("1h+10m", 0, 10 * MINUTE);
        hours.add(at(MINUTE, 7));
        hours.add(at(11 * MINUTE, 8));
        hours.advanceTo(10 * MINUTE);
        hours.add(at(2 * MINUTE, 9)); // due at 20 min - 1 ms
        assertPublished(hours.advanceTo(HOUR - 2), "1h+10m [0, 3600000) as of 1200000, revision 0: 3 ticks, 7 to 8");
    }

    @Test
    void thePaceCountsFromTheLastOfTwoResultsOfOneAdvance() {
        WindowsOracle hours = oracle("1h+10m", HOUR, 5 * MINUTE);
        hours.add(at(MINUTE, 7));
        hours.add(at(11 * MINUTE, 8));
        hours.advanceTo(10 * MINUTE);
        hours.add(at(2 * MINUTE, 9)); // due at 15 min - 1 ms
        assertPublished(
                hours.advanceTo(22 * MINUTE),
                "1h+10m [0, 3600000) as of 600000, revision 1: 2 ticks, 7 to 9",
                "1h+10m [0, 3600000) as of 1200000, revision 0: 3 ticks, 7 to 8");
        hours.add(at(3 * MINUTE, 6));
        assertPublished(hours.advanceTo(25 * MINUTE - 2));
        assertPublished(
                hours.advanceTo(25 * MINUTE - 1), "1h+10m [0, 3600000) as of 1200000, revision 1: 4 ticks, 7 to 8");
    }

    @Test
    void aCumulatingWindowThatIsOverIsCorrectedAsOfItsEnd() {
        WindowsOracle hours = oracle("1h+10m", HOUR, 0);
        hours.add(at(MINUTE, 7));
        hours.advanceTo(HOUR);
        hours.add(at(2 * MINUTE, 9));
        assertPublished(hours.advanceTo(HOUR + 1), "1h+10m [0, 3600000) as of 3600000, revision 1: 2 ticks, 7 to 9");
    }

    @Test
    void aCumulatingWindowThatWasOverWithoutATickIsPublishedAsOfItsEnd() {
        WindowsOracle hours = oracle("1h+10m", HOUR, 0);
        hours.advanceTo(HOUR - 1);
        hours.add(at(2 * MINUTE, 9));
        assertPublished(hours.advanceTo(HOUR), "1h+10m [0, 3600000) as of 3600000, revision 0: 1 ticks, 9 to 9");
    }

    @Test
    void itMayChangeUntilItsEndAndTheLateness() {
        WindowsOracle all = oracle("1m,2m/1m,1h+10m,1m/tick", 5 * SECOND, SECOND);
        all.add(at(61_000, 7));
        Map<String, Long> mayChangeUntil = new HashMap<>();
        for (Summary summary : all.advanceTo(20 * MINUTE)) {
            mayChangeUntil.put(summary.window() + " " + summary.asOf(), summary.mayChangeUntil());
        }
        assertThat(mayChangeUntil)
                .isEqualTo(Map.of(
                        "1m 120000", 125_000L,
                        "2m/1m 120000", 125_000L,
                        "2m/1m 180000", 185_000L,
                        "1h+10m 600000", 3_605_000L,
                        "1m/tick 61000", 61_001L));
    }

    // The previous close.

    @Test
    void thePreviousCloseIsThatOfTheLastWindowWithTicks() {
        WindowsOracle minutes = oracle("1m", 0, 0);
        minutes.add(at(1, 7));
        minutes.add(at(2, 8));
        minutes.add(at(61_000, 10));
        minutes.add(at(10 * MINUTE, 11));
        List<Summary> published = minutes.advanceTo(HOUR);
        assertPublished(
                published,
                "1m [0, 60000) as of 60000, revision 0: 2 ticks, 7 to 8",
                "1m [60000, 120000) as of 120000, revision 0: 1 ticks, 10 to 10, after 8",
                "1m [600000, 660000) as of 660000, revision 0: 1 ticks, 11 to 11, after 10");
        assertThat(published).extracting(Summary::changePct).containsExactlyInAnyOrder(null, 25.0, 10.0);
    }

    @Test
    void aPreviousCloseHasAnAgeFromTheEndOfItsWindow() {
        WindowsOracle minutes = oracle("1m", 0, 0, 2 * MINUTE);
        minutes.add(at(0, 7));
        minutes.add(at(3 * MINUTE, 8)); // two minutes after the end of the first
        minutes.add(at(7 * MINUTE, 9)); // three minutes after
        assertPublished(
                minutes.advanceTo(HOUR),
                "1m [0, 60000) as of 60000, revision 0: 1 ticks, 7 to 7",
                "1m [180000, 240000) as of 240000, revision 0: 1 ticks, 8 to 8, after 7",
                "1m [420000, 480000) as of 480000, revision 0: 1 ticks, 9 to 9");
    }

    @Test
    void allResultsOfACumulatingWindowCompareWithTheWindowBeforeIt() {
        WindowsOracle hours = oracle("1h+30m", 0, 0);
        hours.add(at(HOUR - 1, 7));
        hours.add(at(HOUR, 8));
        hours.advanceTo(HOUR - 1);
        assertPublished(
                hours.advanceTo(2 * HOUR),
                "1h+30m [3600000, 7200000) as of 5400000, revision 0: 1 ticks, 8 to 8, after 7",
                "1h+30m [3600000, 7200000) as of 7200000, revision 0: 1 ticks, 8 to 8, after 7");
    }

    @Test
    void hoppingAndSlidingWindowsHaveNoPreviousClose() {
        WindowsOracle both = oracle("2m/1m,1m/tick", 0, 0);
        both.add(at(1, 7));
        both.add(at(HOUR, 8));
        assertThat(both.advanceTo(DAY))
                .hasSize(6)
                .extracting(Summary::previousClose)
                .containsOnlyNulls();
    }

    @Test
    void thereIsNoChangeFromAPriceThatIsNotAboveZero() {
        WindowsOracle minutes = oracle("1m", 0, 0);
        minutes.add(at(1, 0));
        minutes.add(at(MINUTE, -7));
        minutes.add(at(2 * MINUTE, 8));
        assertThat(minutes.advanceTo(HOUR))
                .hasSize(3)
                .extracting(Summary::changePct)
                .containsOnlyNulls();
    }

    @Test
    void aLateTickThatChangesACloseCorrectsTheWindowThatComparesWithIt() {
        WindowsOracle minutes = oracle("1m", HOUR, 10 * SECOND);
        minutes.add(at(1, 7));
        minutes.add(at(5 * MINUTE, 8));
        minutes.advanceTo(6 * MINUTE - 1);
        minutes.add(at(2, 9));
        assertPublished(minutes.advanceTo(6 * MINUTE), "1m [0, 60000) as of 60000, revision 1: 2 ticks, 7 to 9");
        assertPublished(minutes.advanceTo(6 * MINUTE + 10 * SECOND - 2));
        assertPublished(
                minutes.advanceTo(6 * MINUTE + 10 * SECOND - 1),
                "1m [300000, 360000) as of 360000, revision 1: 1 ticks, 8 to 8, after 9");
    }

    @Test
    void aLateTickThatChangesNoCloseCorrectsItsWindowAlone() {
        WindowsOracle minutes = oracle("1m", HOUR, 0);
        minutes.add(at(2, 7));
        minutes.add(at(5 * MINUTE, 8));
        minutes.advanceTo(6 * MINUTE);
        minutes.add(at(1, 9));
        assertPublished(minutes.advanceTo(HOUR), "1m [0, 60000) as of 60000, revision 1: 2 ticks, 9 to 7");
    }

    @Test
    void aLateTickInAWindowThatHadNoneIsANearerPreviousClose() {
        WindowsOracle minutes = oracle("1m", HOUR, 0);
        minutes.add(at(1, 7));
        minutes.add(at(5 * MINUTE, 8));
        minutes.advanceTo(6 * MINUTE);
        minutes.add(at(2 * MINUTE, 9));
        assertPublished(
                minutes.advanceTo(HOUR),
                "1m [120000, 180000) as of 180000, revision 0: 1 ticks, 9 to 9, after 7",
                "1m [300000, 360000) as of 360000, revision 1: 1 ticks, 8 to 8, after 9");
    }

    @Test
    void aCumulatingWindowThatComparesWithACorrectedOneIsCorrectedAsOfItsLatestResult() {
        WindowsOracle hours = oracle("1h+10m", HOUR, 0);
        hours.add(at(MINUTE, 7));
        hours.add(at(HOUR, 8));
        hours.advanceTo(HOUR + 25 * MINUTE);
        hours.add(at(2 * MINUTE, 9));
        assertPublished(
                hours.advanceTo(HOUR + 25 * MINUTE + 1),
                "1h+10m [0, 3600000) as of 3600000, revision 1: 2 ticks, 7 to 9",
                "1h+10m [3600000, 7200000) as of 4200000, revision 1: 1 ticks, 8 to 8, after 9");
    }

    @Test
    void aWindowThatWouldBeTheSameIsNotPublishedAgain() {
        WindowsOracle minutes = oracle("1m", HOUR, 10 * SECOND);
        minutes.add(at(1, 7));
        minutes.add(at(MINUTE, 8));
        minutes.advanceTo(2 * MINUTE);
        minutes.add(at(2, 9));
        minutes.add(at(3, 7)); // the close that it was
        assertPublished(
                minutes.advanceTo(2 * MINUTE + 10 * SECOND), "1m [0, 60000) as of 60000, revision 1: 3 ticks, 7 to 7");

        // What was not published holds back nothing: the pace counts from the result on time, 2 min - 1 ms.
        minutes.add(at(4, 6));
        assertPublished(
                minutes.advanceTo(2 * MINUTE + 10 * SECOND + 1),
                "1m [60000, 120000) as of 120000, revision 1: 1 ticks, 8 to 8, after 6");
    }

    @Test
    void aReaderKeepsTheHighestRevisionOfEachMoment() {
        WindowsOracle hours = oracle("1h+10m", HOUR, 0);
        hours.add(at(MINUTE, 7));
        List<Summary> published = hours.advanceTo(HOUR);
        hours.add(at(2, 9));
        published.addAll(hours.advanceTo(HOUR + 1));
        assertThat(published).hasSize(3);
        assertPublished(
                List.copyOf(WindowsOracle.latest(published).values()),
                "1h+10m [0, 3600000) as of 600000, revision 0: 1 ticks, 7 to 7",
                "1h+10m [0, 3600000) as of 3600000, revision 1: 2 ticks, 9 to 7");
    }
}
