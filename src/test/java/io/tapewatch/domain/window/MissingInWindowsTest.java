package io.tapewatch.domain.window;

import static io.tapewatch.domain.Ticks.tick;
import static org.assertj.core.api.Assertions.assertThat;

import io.tapewatch.Rounds;
import io.tapewatch.domain.Tick;
import io.tapewatch.domain.trade.FirstsOfDays;
import io.tapewatch.domain.trade.NaiveNumbers;
import io.tapewatch.domain.trade.NumberRuns;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MissingInWindowsTest {

    private static final long MINUTE = 60_000;
    private static final long LONG_ENOUGH = 10_000 * MINUTE;

    /** As an operator would: takes ticks in their order or late, and notes what each result says is missing. */
    private static final class Driven implements SummaryPublisher {
        private final NodesInMemory nodes = new NodesInMemory();
        private final WindowsState state = new WindowsState();
        private final NumberRuns numbers = new NumberRuns();
        private final Windows windows;
        private SymbolWindows symbol;
        private final List<Tick> held = new ArrayList<>();
        private final Map<String, Long> missing = new HashMap<>();
        private int revisions;
        private long watermark = Long.MIN_VALUE;

        Driven(String specs, long lateness) {
            windows = new Windows(WindowSpec.parseList(specs), lateness, Map.of(), 0, LONG_ENOUGH);
            symbol = new SymbolWindows("BTC-USD", windows, state, nodes, FirstsOfDays.NONE, this);
        }

        /** To state and back. */
        void writeBack() {
            nodes.writeBack();
            symbol = new SymbolWindows("BTC-USD", windows, state, nodes, FirstsOfDays.NONE, this);
        }

        void add(Tick tick) {
            if (tick.time() > watermark) {
                held.add(tick);
            } else {
                count(tick);
            }
        }

        private void count(Tick tick) {
            if (symbol.add(tick, watermark) != Counted.BY_NO_WINDOW) {
                numbers.take(tick.seq(), tick.time(), (time, by) -> symbol.addMissing(time, by, watermark));
            }
        }

        void advanceTo(long to) {
            held.sort(null);
            while (!held.isEmpty() && held.get(0).time() <= to) {
                count(held.remove(0));
            }
            symbol.advanceTo(watermark, to);
            watermark = to;
        }

        @Override
        public void publish(Summary summary) {
            missing.put(summary.window() + " " + summary.start(), summary.missing());
            revisions += summary.revision() > 0 ? 1 : 0;
        }

        @Override
        public void leaveOut() {
            throw new AssertionError("every window is whole");
        }
    }

    @Test
    void aGapThatIsFilledLateRevisesTheWindowThatSaidIt() {
        Driven driven = new Driven("1m", LONG_ENOUGH);
        driven.add(tick("BTC-USD").at(1).seq(1).tick());
        driven.add(tick("BTC-USD").at(MINUTE + 1).seq(4).tick());
        driven.advanceTo(2 * MINUTE);
        assertThat(driven.missing).isEqualTo(Map.of("1m 0", 0L, "1m 60000", 2L));
        assertThat(driven.revisions).isZero();
        driven.add(tick("BTC-USD").at(2).seq(3).tick());
        driven.advanceTo(2 * MINUTE + 1);
        assertThat(driven.missing).isEqualTo(Map.of("1m 0", 1L, "1m 60000", 0L));
        assertThat(driven.revisions).isEqualTo(2);
    }

    @Test
    void aWindowThatIsFinalKeepsWhatItSaid() {
        Driven driven = new Driven("1m", 0);
        driven.add(tick("BTC-USD").at(1).seq(1).tick());
        driven.add(tick("BTC-USD").at(2).seq(3).tick());
        driven.advanceTo(2 * MINUTE);
        driven.symbol.addMissing(2, -1, driven.watermark);
        driven.advanceTo(3 * MINUTE);
        assertThat(driven.missing).isEqualTo(Map.of("1m 0", 1L));
        assertThat(driven.revisions).isZero();
    }

    @Test
    void theLastRevisionSaysWhatIsMissingWhateverTheOrder() {
        int revisions = 0;
        for (long seed = 1; seed <= Rounds.of(1_000); seed++) {
            Random random = new Random(seed);
            Driven driven = new Driven("1m,90s,5m/1m,1h+2m", LONG_ENOUGH);
            NaiveNumbers naive = new NaiveNumbers();
            record Placed(Tick tick, double place) {}
            List<Placed> placed = new ArrayList<>();
            int overtaken = random.nextInt(40);
            for (int i = 0; i < 200; i++) {
                if (random.nextInt(6) > 0) {
                    long time = i * 7_000L + random.nextInt(15_000);
                    placed.add(new Placed(
                            tick("BTC-USD").at(time).seq(1_000 + i).tick(), i + overtaken * random.nextDouble()));
                    naive.see(1_000 + i, time);
                }
            }
            placed.sort(Comparator.comparingDouble(Placed::place));
            long latest = 0;
            for (Placed each : placed) {
                driven.add(each.tick());
                latest = Math.max(latest, each.tick().time());
                if (random.nextInt(4) == 0) {
                    driven.advanceTo(Math.max(driven.watermark, latest - random.nextInt(30_000)));
                }
                if (random.nextInt(10) == 0) {
                    driven.writeBack();
                }
            }
            driven.advanceTo(latest + 120 * MINUTE);

            for (Map.Entry<String, Long> each : driven.missing.entrySet()) {
                String[] window = each.getKey().split(" ");
                long start = Long.parseLong(window[1]);
                long end = WindowSpec.parse(window[0]).windowEnd(start);
                if (window[0].equals("5m/1m")) {
                    end = start + 5 * MINUTE;
                }
                long expected = naive.missing().subMap(start, end).values().stream()
                        .mapToLong(Long::longValue)
                        .sum();
                assertThat(each.getValue())
                        .as("seed %d, %s", seed, each.getKey())
                        .isEqualTo(expected);
            }
            revisions += driven.revisions;
        }
        assertThat(revisions).as("late numbers have revised windows").isGreaterThan(1_000);
    }
}
