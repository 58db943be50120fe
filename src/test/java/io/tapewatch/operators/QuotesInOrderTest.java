package io.tapewatch.operators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.tapewatch.Rounds;
import io.tapewatch.domain.Origin;
import io.tapewatch.domain.Quote;
import io.tapewatch.domain.Quotes;
import io.tapewatch.domain.Side;
import io.tapewatch.domain.TapeOrder;
import io.tapewatch.domain.TapeRecord;
import io.tapewatch.domain.Tick;
import io.tapewatch.domain.Ticks;
import io.tapewatch.domain.exact.Decimal;
import io.tapewatch.domain.quote.NaiveQuotes;
import io.tapewatch.domain.quote.QuoteSettings;
import io.tapewatch.domain.quote.QuotedTrade;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Logs of trades and quotes, read in many ways: whichever is read first, however often the watermark comes, whatever is
 * interrupted, the trades are joined with the quotes that a naive join of the sorted logs finds.
 */
@SuppressWarnings("try") // Flink's harnesses throw any Exception when they are closed.
@Tag("slow")
class QuotesInOrderTest {

    private static final long SEED = 20_240_808;
    private static final long SECOND = 1000;
    private static final long BEGINNING = 1_723_161_600_000L;
    private static final long BOUND = 2 * SECOND;
    private static final long MAX_AGE = 5 * SECOND;
    private static final int MANY = 1_000_000;
    private static final List<String> SYMBOLS = List.of("BTCUSDT.P", "ETHUSDT.P", "XRP", "NEVER-QUOTED");

    /** Two partitions of prices, then two of quotes. */
    private static final int PARTITIONS = 4;

    private static final int RECORDS = 3_000;

    private static List<List<TapeRecord>> partitions;
    private static Map<String, Integer> had;

    private static TapeSettings settings(int maxHeld, TapeOrder order) {
        return TestSettings.ofWindows("1m,1d")
                .maxRuleWindows(20)
                .maxHeld(maxHeld)
                .moversWindow("1d")
                .quotes(quotes(order))
                .instruments()
                .tape();
    }

    private static QuoteSettings quotes(TapeOrder order) {
        return new QuoteSettings(MAX_AGE, order);
    }

    // The logs.

    @BeforeAll
    static void writeLogs() {
        System.out.println("seed " + SEED);
        Random random = new Random(SEED);
        partitions = new ArrayList<>();
        for (int i = 0; i < PARTITIONS; i++) {
            partitions.add(new ArrayList<>());
        }
        long time = BEGINNING;
        long before = time;
        int nanos = 0;
        for (int i = 0; i < RECORDS; i++) {
            time += random.nextInt(50) == 0 ? random.nextLong(20 * SECOND) : random.nextLong(300);
            long at = time - (random.nextInt(4) == 0 ? random.nextLong(BOUND) : 0);
            boolean isSameTime = random.nextInt(3) == 0 && before > time - BOUND;
            at = isSameTime ? before : at;
            nanos = isSameTime && random.nextBoolean() ? nanos : random.nextInt(3) * random.nextInt(500_000);
            before = at;
            boolean isTrade = random.nextInt(3) == 0;
            String symbol = SYMBOLS.get(random.nextInt(isTrade ? 4 : 3));
            int partition = (isTrade ? 0 : 2) + random.nextInt(2);
            List<TapeRecord> log = partitions.get(partition);
            Origin origin = new Origin(partition % 2, log.size(), at, Origin.Stamp.CREATE_TIME);
            log.add(isTrade ? trade(random, symbol, at, nanos, i, origin) : quote(random, symbol, at, nanos, origin));
        }
    }

    private static Tick trade(Random random, String symbol, long time, int nanos, int number, Origin origin) {
        Side side = random.nextInt(8) == 0 ? Side.SELL : null;
        Decimal price = tenths(1000 + random.nextInt(9) - 4);
        return Ticks.of(
                symbol, price, Decimal.ONE, time, nanos, "trade-" + number, seq(random), side, null, null, origin);
    }

    private static Quote quote(Random random, String symbol, long time, int nanos, Origin origin) {
        int bid = 1000 + random.nextInt(9) - 5;
        int ask = bid + random.nextInt(6) - 1;
        int sides = random.nextInt(12);
        return new Quote(
                symbol,
                sides == 0 ? null : tenths(bid),
                Decimal.ONE,
                sides == 1 ? null : tenths(ask),
                null,
                time,
                nanos,
                seq(random),
                origin);
    }

    private static Decimal tenths(int units) {
        return units % 10 == 0 ? new Decimal(units / 10, 0) : new Decimal(units, 1);
    }

    private static long seq(Random random) {
        return random.nextInt(3) == 0 ? random.nextLong(20) : Tick.NO_SEQ;
    }

    private static <T extends TapeRecord> List<T> all(Class<T> kind, String symbol) {
        return partitions.stream()
                .flatMap(List::stream)
                .filter(each -> each.symbol().equals(symbol))
                .filter(kind::isInstance)
                .map(kind::cast)
                .toList();
    }

    private static Set<QuotedTrade> expected(TapeOrder order) {
        had = new TreeMap<>();
        Set<QuotedTrade> expected = new HashSet<>();
        for (String symbol : SYMBOLS) {
            for (QuotedTrade trade :
                    NaiveQuotes.join(all(Tick.class, symbol), all(Quote.class, symbol), quotes(order))) {
                expected.add(trade);
                note(trade);
            }
        }
        return expected;
    }

    private static void note(QuotedTrade trade) {
        boolean isTwoSided = trade.bid() != null && trade.ask() != null;
        had.merge(trade.quoteAgeMs() == null ? "unquoted" : "quoted", 1, Integer::sum);
        had.merge("side " + trade.side(), 1, Integer::sum);
        if (trade.quoteAgeMs() != null) {
            had.merge(!isTwoSided ? "one-sided" : trade.mid() == null ? "crossed" : "with a mid", 1, Integer::sum);
            had.merge(trade.quoteAgeMs() == 0 ? "of the same millisecond" : "earlier", 1, Integer::sum);
        }
    }

    @ParameterizedTest
    @EnumSource
    void theLogsHaveWhatDecides(TapeOrder order) {
        assertThat(expected(order)).hasSize((int) SYMBOLS.stream()
                .mapToLong(symbol -> all(Tick.class, symbol).size())
                .sum());
        System.out.println(order + ", " + had);
        List<String> all = List.of("quoted", "unquoted", "side BUY", "side SELL", "side null", "one-sided", "crossed");
        assertThat(had).containsKeys(all.toArray(String[]::new));
        assertThat(had).containsKey("of the same millisecond");
        assertThat(had.values()).allMatch(times -> times > 20);
        for (TapeOrder other : TapeOrder.values()) {
            assertThat(expected(other).equals(expected(order))).isEqualTo(other == order);
        }
    }

    // In many ways.

    @Test
    void whateverTheInterleavingAndTheWatermarksTheTradesAreQuotedTheSame() throws Exception {
        check(Backend.HASHMAP, Rounds.of(40), 1, false);
    }

    @Test
    void whateverIsInterruptedTheTradesAreQuotedTheSame() throws Exception {
        check(Backend.HASHMAP, Rounds.of(40), 1_000, true);
    }

    @Test
    void onTheOtherBackendToo() throws Exception {
        check(Backend.ROCKSDB, Rounds.of(8), 2_000, true);
    }

    private static void check(Backend backend, int runs, long firstSeed, boolean interrupted) throws Exception {
        Map<String, Integer> seen = new TreeMap<>();
        for (long seed = firstSeed; seed < firstSeed + runs; seed++) {
            Way way = new Way(seed, backend, interrupted, seen);
            List<QuotedTrade> quoted = way.read();
            Set<QuotedTrade> distinct = new HashSet<>(quoted);
            if (!way.hasFailed) {
                assertThat(quoted).as("%s: published once each", way).hasSize(distinct.size());
            }
            assertThat(distinct).as("%s", way).isEqualTo(expected(way.order));
        }
        System.out.println(runs + " ways on " + backend + ": " + seen);
        if (backend == Backend.ROCKSDB && !Rounds.areAll()) {
            return; // too few ways to see all of that
        }
        assertThat(seen).containsKeys("QUOTES_AFTER", "QUOTES_BEFORE", "BY_SEQ", "held in state", "several tasks");
        if (interrupted) {
            assertThat(seen).containsKeys("restart", "failure");
        }
    }

    /** A way to read the logs. */
    private static final class Way {

        private final long seed;
        private final Random random;
        private final Backend backend;
        private final boolean interrupted;
        private final Map<String, Integer> seen;
        private final TapeOrder order;
        private final int maxHeld;
        private final int watermarkEvery;
        private final int stretch;
        private boolean hasFailed;

        private int[] positions = new int[PARTITIONS];
        private long[] latest = new long[PARTITIONS];
        private long watermark = Long.MIN_VALUE;

        private OperatorSubtaskState checkpoint;
        private int tasksThen;
        private int[] positionsThen;
        private long[] latestThen;

        Way(long seed, Backend backend, boolean interrupted, Map<String, Integer> seen) {
            this.seed = seed;
            this.random = new Random(seed);
            this.backend = backend;
            this.interrupted = interrupted;
            this.seen = seen;
            this.order = TapeOrder.values()[(int) (seed % 3)]; // the first random number hardly depends on the seed
            this.maxHeld = List.of(3, 100, MANY).get(random.nextInt(3));
            this.watermarkEvery = List.of(1, 7, 60, 1_000, MANY).get(random.nextInt(5));
            this.stretch = List.of(1, 10, 300, RECORDS).get(random.nextInt(4));
            Arrays.fill(latest, Long.MIN_VALUE);
        }

        private void saw(String what) {
            seen.merge(what, 1, Integer::sum);
        }

        List<QuotedTrade> read() throws Exception {
            saw(order.name());
            saw(maxHeld < MANY ? "held in state" : "held on the heap");
            try (TapeRun run = TapeRun.started(settings(maxHeld, order), backend)) {
                run.restart(random.nextInt(1, 4));
                int partition = 0;
                while (hasNext()) {
                    if (random.nextInt(stretch) == 0 || !hasNext(partition)) {
                        partition = random.nextInt(PARTITIONS);
                    }
                    if (hasNext(partition)) {
                        TapeRecord next = partitions.get(partition).get(positions[partition]++);
                        latest[partition] = Math.max(latest[partition], next.time());
                        run.record(next);
                        if (random.nextInt(watermarkEvery) == 0) {
                            advance(run);
                        }
                        if (interrupted && random.nextInt(RECORDS / 5) == 0) {
                            interrupt(run);
                        }
                    }
                }
                saw(run.tasks() == 1 ? "one task" : "several tasks");
                run.pricesEnd();
                assertThat(run.tooLate).as("%s", this).isEmpty();
                assertThat(run.timersAndKeys()).as("%s", this).isZero();
                return run.quotedTrades;
            }
        }

        private boolean hasNext() {
            for (int i = 0; i < PARTITIONS; i++) {
                if (hasNext(i)) {
                    return true;
                }
            }
            return false;
        }

        private boolean hasNext(int partition) {
            return positions[partition] < partitions.get(partition).size();
        }

        private void advance(TapeRun run) throws Exception {
            long least = Arrays.stream(latest).min().orElseThrow();
            if (least != Long.MIN_VALUE && least - BOUND - 1 > watermark) {
                watermark = least - BOUND - 1;
                run.advanceTo(watermark);
            }
        }

        private void interrupt(TapeRun run) throws Exception {
            int tasks = random.nextInt(1, 4);
            switch (random.nextInt(3)) {
                case 0 -> {
                    checkpoint = run.checkpoint();
                    tasksThen = run.tasks();
                    positionsThen = positions.clone();
                    latestThen = latest.clone();
                }
                case 1 -> {
                    saw("restart");
                    run.restart(tasks);
                }
                default -> {
                    if (checkpoint != null) {
                        saw("failure");
                        hasFailed = true;
                        watermark = Long.MIN_VALUE;
                        positions = positionsThen.clone();
                        latest = latestThen.clone();
                        run.fail(checkpoint, tasksThen, tasks);
                    }
                }
            }
        }

        @Override
        public String toString() {
            return "seed " + seed + " on " + backend + ", stretches of " + stretch + ", a watermark every "
                    + watermarkEvery + ", " + maxHeld + " held at most, " + order;
        }
    }

    // How much is kept.

    @ParameterizedTest
    @EnumSource
    void onlyTheQuotesThatATradeToComeCanNeedAreKept(Backend backend) throws Exception {
        Origin origin = new Origin(0, 0, BEGINNING, Origin.Stamp.CREATE_TIME);
        long empty = bytes(backend, 0, BEGINNING, origin);
        long ahead = bytes(backend, 10_000, BEGINNING, origin) - empty;
        long passed = bytes(backend, 10_000, BEGINNING + 10_000, origin) - empty;
        long stale = bytes(backend, 10_000, BEGINNING + 10_000 + MAX_AGE, origin) - empty;
        System.out.printf(
                "10,000 quotes of a symbol on %s: %d bytes before the watermark, %d behind it, %d when too old%n",
                backend, ahead, passed, stale);
        assertThat(ahead).isGreaterThan(10_000 * 50);
        assertThat(passed).isBetween(1L, 300L);
        assertThat(stale).isZero();
    }

    /** The state after a quote each millisecond and then a watermark. */
    private static long bytes(Backend backend, int quotes, long watermark, Origin origin) throws Exception {
        try (TapeRun run = TapeRun.started(settings(MANY, TapeOrder.QUOTES_AFTER), backend)) {
            for (int i = 1; i <= quotes; i++) {
                run.record(Quotes.of("A", 99, 1, 101, 1, BEGINNING + i, i, origin));
            }
            run.advanceTo(watermark);
            assertThat(run.timersAndKeys() > 0).isEqualTo(quotes > 0 && watermark < BEGINNING + quotes + MAX_AGE);
            return run.keyedStateBytes();
        }
    }

    // What is late.

    @Test
    void aLateQuoteIsTakenIfItIsNewsAndElseADeadLetter() throws Exception {
        try (TapeRun run = TapeRun.started(settings(MANY, TapeOrder.QUOTES_AFTER), Backend.HASHMAP)) {
            Origin origin = new Origin(0, 0, BEGINNING, Origin.Stamp.CREATE_TIME);
            Quote taken = Quotes.of("A", 99, 1, 101, 1, BEGINNING, 1, origin);
            Quote news = Quotes.of("A", 98, 1, 100, 1, BEGINNING + 10, 2, origin);
            Quote older = Quotes.of("A", 97, 1, 99, 1, BEGINNING + 5, 3, origin);
            run.record(taken);
            run.advanceTo(BEGINNING + 1000);
            run.record(news);
            run.record(older);
            assertThat(run.tooLate).containsExactly(older);
            run.tick(trade("A", BEGINNING + 20, origin));
            run.tick(trade("A", BEGINNING + 10, origin));
            run.tick(trade("A", BEGINNING + 1001, origin));
            run.advanceTo(BEGINNING + 2000);
            assertThat(run.quotedTrades)
                    .extracting(QuotedTrade::time, QuotedTrade::bid, QuotedTrade::late)
                    .containsExactly(
                            tuple(BEGINNING + 20, Decimal.of("98"), true),
                            tuple(BEGINNING + 10, null, true),
                            tuple(BEGINNING + 1001, Decimal.of("98"), false));
        }
    }

    private static Tick trade(String symbol, long time, Origin origin) {
        return Ticks.of(symbol, 100, 1, time, null, Tick.NO_SEQ, null, null, null, origin);
    }
}
