package io.tapewatch.operators;

import static io.tapewatch.domain.Ticks.tick;
import static org.assertj.core.api.Assertions.assertThat;

import io.tapewatch.Rounds;
import io.tapewatch.domain.Tick;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How much state symbols take, in the bytes that a checkpoint writes, and that nothing stays for ever. */
@SuppressWarnings("try") // Flink's harnesses throw any Exception when they are closed.
@Tag("slow")
class StateBoundsTest {

    private static final long SECOND = 1000;
    private static final long MINUTE = 60 * SECOND;
    private static final long HOUR = 60 * MINUTE;
    private static final long DAY = 24 * HOUR;
    private static final long MIDNIGHT = 1_700_006_400_000L; // 2023-11-15T00:00:00Z
    private static final int KB = 1000;

    /** Windows and lateness as they are when nothing is set. */
    private static final TapeSettings DEFAULTS = settings("1m,5m/1m,1d+1m", Map.of());

    private final Random random = new Random(1);
    private long nextOffset;

    private static TapeSettings settings(String windows, Map<String, Long> latenessOf) {
        return TestSettings.ofWindows(windows)
                .lateness(4 * HOUR)
                .latenessOf(latenessOf)
                .tape();
    }

    private Tick trade(String symbol, long time) {
        return tick(symbol)
                .at(time)
                .price(Math.round(6_000_000 + 10_000 * random.nextGaussian()) / 100.0)
                .size(random.nextInt(1, 100_000) / 1e5)
                .offset(nextOffset++)
                .tick();
    }

    private static long bytesWithoutSymbols(TapeSettings settings, Backend backend) throws Exception {
        try (TapeRun run = TapeRun.started(settings, backend)) {
            return run.keyedStateBytes();
        }
    }

    /** Checks that nothing is kept of any symbol, and no timer. */
    private static void assertNothingLeft(TapeRun run, TapeSettings settings, Backend backend) throws Exception {
        assertThat(run.timersAndKeys()).isZero();
        assertThat(run.keyedStateBytes()).isEqualTo(bytesWithoutSymbols(settings, backend));
    }

    private static void report(String what, Backend backend, Object bytes) {
        System.out.printf("state of %s, %s: %s bytes%n", what, backend, bytes);
    }

    @ParameterizedTest
    @EnumSource
    void aSymbolThatTicksEveryMinuteKeepsAtMost64kBThenOnlyItsCloseThenNothing(Backend backend) throws Exception {
        int symbols = 50;
        long empty = bytesWithoutSymbols(DEFAULTS, backend);
        try (TapeRun run = TapeRun.started(DEFAULTS, backend)) {
            long most = 0;
            for (int minute = 0; minute < 2 * 24 * 60; minute++) {
                for (int symbol = 0; symbol < symbols; symbol++) {
                    run.tick(trade("X" + symbol, MIDNIGHT + minute * MINUTE + random.nextLong(MINUTE)));
                }
                run.advanceTo(MIDNIGHT + (minute + 1) * MINUTE - 1);
                if (minute % 90 == 89) {
                    most = Math.max(most, (run.keyedStateBytes() - empty) / symbols);
                    run.summaries.clear();
                }
            }
            report("a symbol that ticks every minute", backend, most);
            assertThat(most).isBetween(10L * KB, 64L * KB);

            for (long time = MIDNIGHT + 2 * DAY; time < MIDNIGHT + 3 * DAY; time += HOUR) {
                run.advanceTo(time);
            }
            long silent = (run.keyedStateBytes() - empty) / symbols;
            report("one that has been silent for a day", backend, silent);
            assertThat(silent).isBetween(1L, 400L);
            assertThat(run.timersAndKeys()).as("a key and a timer each").isEqualTo(2 * symbols);

            run.advanceTo(MIDNIGHT + 2 * DAY + 32 * DAY);
            assertThat(run.timersAndKeys()).isEqualTo(2 * symbols);
            run.advanceTo(MIDNIGHT + 3 * DAY + 32 * DAY + 5 * HOUR);
            assertNothingLeft(run, DEFAULTS, backend);
        }
    }

    @ParameterizedTest
    @EnumSource
    void soDoesOneWithALateTickInEveryMinute(Backend backend) throws Exception {
        long empty = bytesWithoutSymbols(DEFAULTS, backend);
        try (TapeRun run = TapeRun.started(DEFAULTS, backend)) {
            long most = 0;
            for (int minute = 0; minute < 12 * 60; minute++) {
                long time = MIDNIGHT + minute * MINUTE;
                run.tick(trade("X", time));
                run.tick(trade("X", time - Math.min(2, minute) * MINUTE));
                run.advanceTo(time + MINUTE - 1);
                if (minute % 30 == 29) {
                    most = Math.max(most, run.keyedStateBytes() - empty);
                }
            }
            assertThat(run.summaries).anyMatch(summary -> summary.revision() > 0);
            report("a symbol with a late tick in every minute", backend, most);
            assertThat(most).isBetween(10L * KB, 64L * KB);
            run.advanceTo(MIDNIGHT + 40 * DAY);
            run.advanceTo(MIDNIGHT + 41 * DAY);
            assertNothingLeft(run, DEFAULTS, backend);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aTickOfTheDistantPastLeavesNothing(Backend backend) throws Exception {
        try (TapeRun run = TapeRun.started(DEFAULTS, backend)) {
            run.advanceTo(MIDNIGHT);
            Tick old = trade("X", 100_000_000_000L);
            run.tick(old);
            assertThat(run.tooLate).containsExactly(old);
            assertNothingLeft(run, DEFAULTS, backend);

            run.tick(trade("X", MIDNIGHT + 1));
            run.advanceTo(MIDNIGHT + MINUTE);
            long before = run.keyedStateBytes();
            run.tick(old);
            assertThat(run.tooLate).containsExactly(old, old);
            assertThat(run.keyedStateBytes()).isEqualTo(before);
        }
    }

    @ParameterizedTest
    @EnumSource
    void ofSymbolsThatAppearOnceNothingIsLeft(Backend backend) throws Exception {
        int symbols = Rounds.of(100_000);
        long empty = bytesWithoutSymbols(DEFAULTS, backend);
        try (TapeRun run = TapeRun.started(DEFAULTS, backend)) {
            for (int symbol = 0; symbol < symbols; symbol++) {
                run.tick(trade("X" + symbol, MIDNIGHT + random.nextLong(MINUTE)));
            }
            run.advanceTo(MIDNIGHT + 10 * MINUTE);

            long counted = (run.keyedStateBytes() - empty) / symbols;
            report("a symbol that appeared once", backend, counted);
            assertThat(run.summaries).hasSize(symbols * (1 + 5 + 1));
            assertThat(counted).isBetween(1L, 400L);

            run.advanceTo(MIDNIGHT + 2 * DAY);
            long silent = (run.keyedStateBytes() - empty) / symbols;
            report("the same, a day later", backend, silent);
            assertThat(run.summaries).hasSize(symbols * (1 + 5 + 2));
            assertThat(silent).isBetween(1L, 400L);
            run.summaries.clear();

            run.advanceTo(MIDNIGHT + 35 * DAY);
            run.timersAndKeys();
            assertThat(run.summaries).isEmpty();
            assertNothingLeft(run, DEFAULTS, backend);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aSymbolWithNineTenthsOfAllTicksKeepsNoMoreThanAnother(Backend backend) throws Exception {
        int symbols = 20;
        long empty = bytesWithoutSymbols(DEFAULTS, backend);
        try (TapeRun run = TapeRun.started(DEFAULTS, backend)) {
            int ofAll = 0;
            int ofOne = 0;
            for (int minute = 0; minute < 6 * 60; minute++) {
                for (int symbol = 0; symbol < symbols; symbol++) {
                    int ticks = symbol == 0 ? 9 * (symbols - 1) : 1;
                    ofAll += ticks;
                    ofOne += symbol == 0 ? ticks : 0;
                    for (int i = 0; i < ticks; i++) {
                        run.tick(trade("X" + symbol, MIDNIGHT + minute * MINUTE + random.nextLong(MINUTE)));
                    }
                }
                run.advanceTo(MIDNIGHT + (minute + 1) * MINUTE - 1);
            }
            assertThat(ofOne * 10).isEqualTo(ofAll * 9);
            long each = (run.keyedStateBytes() - empty) / symbols;
            report("symbols one of which has nine tenths of all ticks", backend, each);
            assertThat(each).isBetween(10L * KB, 64L * KB);
        }
        try (TapeRun run = TapeRun.started(DEFAULTS, backend)) {
            for (int minute = 0; minute < 6 * 60; minute++) {
                for (int i = 0; i < 9 * (symbols - 1); i++) {
                    run.tick(trade("X0", MIDNIGHT + minute * MINUTE + random.nextLong(MINUTE)));
                }
                run.advanceTo(MIDNIGHT + (minute + 1) * MINUTE - 1);
            }
            long one = run.keyedStateBytes() - empty;
            report("that one", backend, one);
            assertThat(one).isBetween(10L * KB, 64L * KB);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aDayOfSecondsKeepsThoseThatCanStillChange(Backend backend) throws Exception {
        TapeSettings settings = settings("1s,1d", Map.of());
        long[] kept = bytesByHourOfADayOfSeconds(settings, backend);
        report("seconds beside a day, after 4 h and after 24 h", backend, kept[4] + " and " + kept[24]);
        assertThat(kept[2]).isGreaterThan(kept[1] * 3 / 2);
        assertThat(kept[24]).isLessThan(kept[4] * 11 / 10);
    }

    @ParameterizedTest
    @EnumSource
    void aDayOfSecondsThatChangeForAMinuteKeepsAFewHundred(Backend backend) throws Exception {
        TapeSettings settings = settings("1s,1d", Map.of("1s", MINUTE));
        long[] kept = bytesByHourOfADayOfSeconds(settings, backend);
        report("seconds with a lateness of a minute, after 1 h and after 24 h", backend, kept[1] + " and " + kept[24]);
        long secondsOfFourHours = bytesByHourOfADayOfSeconds(settings("1s,1d", Map.of()), backend)[4];
        assertThat(kept[24]).isLessThan(secondsOfFourHours / 14_400 * 300);
        assertThat(kept[24]).isLessThan(kept[1] * 2);
    }

    /** The bytes of a symbol that ticks every second, after each hour of a day. */
    private long[] bytesByHourOfADayOfSeconds(TapeSettings settings, Backend backend) throws Exception {
        long empty = bytesWithoutSymbols(settings, backend);
        long[] bytes = new long[25];
        try (TapeRun run = TapeRun.started(settings, backend)) {
            for (int second = 0; second < 24 * 60 * 60; second++) {
                run.tick(trade("X", MIDNIGHT + second * SECOND + random.nextLong(SECOND)));
                run.advanceTo(MIDNIGHT + (second + 1) * SECOND - 1);
                if (second % 3600 == 3599) {
                    bytes[(second + 1) / 3600] = run.keyedStateBytes() - empty;
                    run.summaries.clear();
                }
            }
            run.advanceTo(MIDNIGHT + 40 * DAY);
            run.advanceTo(MIDNIGHT + 41 * DAY);
            assertNothingLeft(run, settings, backend);
        }
        return bytes;
    }
}
