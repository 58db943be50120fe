package io.tapewatch.domain.window;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapewatch.Rounds;
import io.tapewatch.domain.Amendment;
import io.tapewatch.domain.Decoded;
import io.tapewatch.domain.Generated;
import io.tapewatch.domain.Origin;
import io.tapewatch.domain.Rejection;
import io.tapewatch.domain.TapeOrder;
import io.tapewatch.domain.TapeRecord;
import io.tapewatch.domain.Tick;
import io.tapewatch.domain.trade.AmendableTrades;
import io.tapewatch.domain.trade.AmendedTrade;
import io.tapewatch.domain.trade.Eligibility;
import io.tapewatch.domain.trade.KeepingSettings;
import io.tapewatch.domain.trade.TradesInMemory;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Cancels and corrections against an oracle that keeps all ticks and changes its list of them: every revision of every window
 * under given watermarks, and what becomes of every amendment. Sliding results are not revised, and not compared.
 */
class AmendmentsAgainstNaiveTest {

    private static final int SEEDS = Rounds.of(1_500);
    private static final long MINUTE = 60_000;
    private static final long[] HORIZONS = {1_000, MINUTE, 10 * MINUTE, 240 * MINUTE, 2 * 1440 * MINUTE};

    private static final String[] SEEN = {
        "applied",
        "waited",
        "applied after it waited",
        "REPEAT",
        "UNKNOWN_TRADE",
        "BEYOND_HORIZON",
        "correction of a correction",
        "cancel of a correction",
        "cancel of the high",
        "cancel of the low",
        "cancel of the open",
        "cancel of the close",
        "late amendment",
        "amended after it was published",
        "emptied after it was published",
        "emptied before it was published",
        "slices joined",
        "revision",
        "close revised by a late tick",
        "cumulating correction of a snapshot",
        "cumulating correction of the final result",
        "tumbling",
        "hopping",
        "cumulating",
    };

    @Test
    void everyRevisionIsThatOfAListOfTicksWhichIsChanged() throws IOException {
        Map<String, Integer> seen = new TreeMap<>();
        for (long seed = 1; seed <= SEEDS; seed++) {
            compare(seed, seen);
        }
        assertThat(seen).containsKeys(SEEN);
    }

    private static void compare(long seed, Map<String, Integer> seen) throws IOException {
        Generated random = new Generated(seed * 31 + 7);
        WindowsTape tape = new WindowsTape(seed, 200, "BTC-USD");
        long horizon = HORIZONS[random.below(HORIZONS.length)];
        KeepingSettings keeping = new KeepingSettings(horizon, 0, 1_000_000);
        String run = "horizon " + horizon + ", " + tape;
        List<Object> events = withAmendments(tape, horizon, random);

        Driven tried = new Driven(tape.settings(), keeping);
        Naive naive = new Naive(tape, keeping, seen);
        for (Object event : events) {
            if (event instanceof Long watermark) {
                List<Summary> expected = naive.advanceTo(watermark);
                List<Summary> found = tried.advanceTo(watermark);
                assertThat(found.stream().filter(AmendmentsAgainstNaiveTest::isRevised))
                        .as("%s; published at %d", run, watermark)
                        .containsExactlyInAnyOrderElementsOf(expected.stream()
                                .filter(AmendmentsAgainstNaiveTest::isRevised)
                                .toList());
            } else {
                tried.take((TapeRecord) event);
                naive.take((TapeRecord) event);
            }
            assertThat(tried.outcomes).as("%s; what became of amendments", run).isEqualTo(naive.outcomes);
            if (random.oneIn(5)) {
                tried.writeBack();
            }
        }
        tried.writeBack();
        assertThat(tried.all.isEmpty()).as("%s; nothing is left", run).isTrue();
        assertThat(tried.store.isEmpty()).as("%s; nothing is left", run).isTrue();
        assertThat(tried.store.rewritten()).as("%s; blocks written anew", run).isZero();
        if (tried.slicesAtMost < tried.slicesEver.size()) {
            seen.merge("slices joined", 1, Integer::sum);
        }
    }

    private static boolean isRevised(Summary summary) {
        return WindowText.read(summary.window()).form() != WindowText.Form.SLIDING;
    }

    /** The events of a tape, each tick with an id, and amendments of ticks before and after them. */
    private static List<Object> withAmendments(WindowsTape tape, long horizon, Generated random) {
        List<Tick> ticks = new ArrayList<>();
        for (WindowsTape.Event event : tape.events()) {
            if (event.tick() != null) {
                ticks.add(named(event.tick(), "t" + ticks.size()));
            }
        }
        List<Object> events = new ArrayList<>();
        int next = 0;
        long offset = 1_000_000;
        for (WindowsTape.Event event : tape.events()) {
            if (event.tick() == null) {
                events.add(event.watermark());
            } else {
                events.add(ticks.get(next));
                next++;
            }
            while (random.oneIn(4) && !ticks.isEmpty()) {
                int back = random.oneIn(8) ? -random.below(5) : random.below(random.oneIn(3) ? 3 : 40);
                Tick of = ticks.get(Math.max(0, Math.min(ticks.size() - 1, next - 1 - back)));
                Tick near = ticks.get(Math.max(0, Math.min(ticks.size() - 1, next - 1)));
                long time = near.time() + random.below(random.oneIn(2) ? 5 : 5_000);
                events.add(amendment(of, time, offset++, random));
            }
        }
        return events;
    }

    private static Amendment amendment(Tick of, long time, long offset, Generated random) {
        // The first name of a trade, or one that corrections may have given it.
        int generation = random.oneIn(3) ? 1 + random.below(2) : 0;
        String id = of.id() + "'".repeat(generation);
        boolean cancels = random.oneIn(2);
        long ofTime = random.oneIn(3) ? of.time() : Decoded.NO_TIME;
        Origin origin = new Origin(random.below(3), offset, time, Origin.Stamp.CREATE_TIME);
        if (random.oneIn(50)) {
            id = "never sent";
        }
        if (cancels) {
            return new Amendment(
                    of.symbol(),
                    Amendment.Kind.CANCEL,
                    null,
                    id,
                    null,
                    0,
                    -1,
                    0,
                    -1,
                    time,
                    0,
                    ofTime,
                    Tick.NO_SEQ,
                    origin);
        }
        boolean hasPrice = !random.oneIn(4);
        boolean hasSize = !hasPrice || random.oneIn(2);
        return new Amendment(
                of.symbol(),
                Amendment.Kind.CORRECT,
                null,
                id,
                random.oneIn(2) ? id + "'" : null,
                hasPrice ? 64_000 + random.below(12) : 0,
                hasPrice ? 0 : Amendment.UNCHANGED,
                hasSize ? 1 + random.below(9) : 0,
                hasSize ? 3 : Amendment.UNCHANGED,
                time,
                0,
                ofTime,
                Tick.NO_SEQ,
                origin);
    }

    private static Tick named(Tick tick, String id) {
        return with(tick, id, tick.priceUnits(), tick.priceScale(), tick.sizeUnits(), tick.sizeScale());
    }

    private static Tick with(Tick tick, String id, long price, int priceScale, long size, int sizeScale) {
        return new Tick(
                tick.symbol(),
                price,
                priceScale,
                size,
                sizeScale,
                tick.time(),
                tick.nanos(),
                id,
                tick.seq(),
                tick.side(),
                tick.venue(),
                tick.conditions(),
                tick.origin());
    }

    /** What every taker of records of the tape does: has them wait for the watermark. */
    private abstract static class Turns {

        final KeepingSettings keeping;
        final List<String> outcomes = new ArrayList<>();
        final List<TapeRecord> held = new ArrayList<>();
        long watermark = Long.MIN_VALUE;

        Turns(KeepingSettings keeping) {
            this.keeping = keeping;
        }

        final void take(TapeRecord record) {
            if (record.time() <= watermark) {
                turn(record);
            } else {
                held.add(record);
            }
        }

        final void release(long newWatermark) {
            held.sort(TapeOrder.QUOTES_AFTER);
            while (!held.isEmpty() && held.get(0).time() <= newWatermark) {
                turn(held.remove(0));
            }
        }

        final void turn(TapeRecord record) {
            if (record instanceof Tick tick) {
                tick(tick);
            } else {
                amend((Amendment) record);
            }
        }

        final void note(Amendment amendment, Object outcome) {
            outcomes.add(outcome + " " + amendment.origin().offset());
        }

        abstract void tick(Tick tick);

        abstract void amend(Amendment amendment);
    }

    /** The windows and the kept trades of one symbol, as an operator drives them. */
    private static final class Driven extends Turns implements SummaryPublisher {

        private final Windows windows;
        private final NodesInMemory nodes = new NodesInMemory();
        private final TradesInMemory store = new TradesInMemory();
        private final List<Summary> published = new ArrayList<>();
        private final WindowsState state = new WindowsState();
        private final Set<Long> slicesEver = new HashSet<>();
        private AmendableTrades all = new AmendableTrades();
        private SymbolWindows symbol;
        private int slicesAtMost;

        Driven(WindowsTape.Settings settings, KeepingSettings keeping) {
            super(keeping);
            windows = new Windows(
                            WindowSpec.parseList(settings.windows()),
                            settings.allowedLateness(),
                            settings.latenessOf(),
                            settings.reviseEvery(),
                            settings.previousCloseMaxAge())
                    .takingBackFor(keeping.horizon());
            symbol = new SymbolWindows("BTC-USD", windows, state, nodes, this);
        }

        @Override
        public void publish(Summary summary) {
            published.add(summary);
        }

        @Override
        public void leaveOut() {
            throw new AssertionError("all ticks are there");
        }

        @Override
        void tick(Tick tick) {
            if (symbol.add(tick, watermark) == Counted.BY_NO_WINDOW) {
                return;
            }
            all.keep(tick, Eligibility.ALL, watermark, keeping, store);
            all.awaiting(tick.venue(), tick.id()).forEach(this::amend);
        }

        @Override
        void amend(Amendment amendment) {
            AmendedTrade.Outcome outcome = all.take(amendment, watermark, keeping, store);
            if (outcome.refusal() != null) {
                note(amendment, outcome.refusal().reason());
            } else if (outcome.amended() == null) {
                note(amendment, "waits");
            } else {
                AmendedTrade trade = outcome.amended();
                assertThat(trade.changesNothing()
                                || symbol.amend(
                                        trade.before(),
                                        trade.after(),
                                        amendment.time(),
                                        watermark,
                                        (from, to, reader) -> all.read(from, to, "BTC-USD", store, reader)))
                        .as("all trades of a slice are kept")
                        .isTrue();
                all.amend(trade);
                note(amendment, "applied");
                all.awaiting(amendment.venue(), amendment.newId()).forEach(this::amend);
            }
        }

        List<Summary> advanceTo(long newWatermark) {
            published.clear();
            release(newWatermark);
            symbol.advanceTo(watermark, newWatermark);
            watermark = newWatermark;
            all.forget(watermark, "BTC-USD", keeping, store, unknown -> note(unknown, Rejection.Reason.UNKNOWN_TRADE));
            int slices = 0;
            for (Slice slice = state.slices.ceiling(Long.MIN_VALUE, nodes); slice != null; slices++) {
                slicesEver.add(slice.start());
                slice = state.slices.ceiling(slice.start() + 1, nodes);
            }
            slicesAtMost = Math.max(slicesAtMost, slices);
            return List.copyOf(published);
        }

        /** As before a checkpoint and after it. */
        void writeBack() throws IOException {
            nodes.writeBack();
            all.writeBack("BTC-USD", store);
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            all.writeTo(new DataOutputStream(bytes));
            all = AmendableTrades.readFrom(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
            symbol = new SymbolWindows("BTC-USD", windows, state, nodes, this);
        }
    }

    /** A list of all trades, each as it stands. */
    private static final class Naive extends Turns {

        private static final class Trade {
            private final List<String> names = new ArrayList<>();
            private Tick tick;
            private boolean isCancelled;
        }

        private final WindowsOracle oracle;
        private final Map<String, Integer> seen;
        private final List<Trade> trades = new ArrayList<>();
        private final List<Amendment> waiting = new ArrayList<>();

        Naive(WindowsTape tape, KeepingSettings keeping, Map<String, Integer> seen) {
            super(keeping);
            this.oracle = new WindowsOracle("BTC-USD", tape, seen);
            this.seen = seen;
        }

        private void saw(String what, boolean happened) {
            if (happened) {
                seen.merge(what, 1, Integer::sum);
            }
        }

        @Override
        void tick(Tick tick) {
            if (oracle.add(tick) == Counted.BY_NO_WINDOW) {
                return;
            }
            Trade trade = new Trade();
            trade.names.add(tick.id());
            trade.tick = tick;
            trades.add(trade);
            applyThatWaitFor(tick.id());
        }

        private void applyThatWaitFor(String name) {
            List<Amendment> found = new ArrayList<>();
            for (Iterator<Amendment> each = waiting.iterator(); each.hasNext(); ) {
                Amendment amendment = each.next();
                if (amendment.id().equals(name)) {
                    found.add(amendment);
                    each.remove();
                }
            }
            for (Amendment amendment : found) {
                saw("applied after it waited", true);
                amend(amendment);
            }
        }

        private boolean isOver(long time) {
            return watermark != Long.MIN_VALUE
                    && (watermark == Long.MAX_VALUE
                            || Math.floorDiv(time, MINUTE) * MINUTE + MINUTE - 1 + keeping.horizon() < watermark);
        }

        @Override
        void amend(Amendment amendment) {
            saw("late amendment", amendment.time() <= watermark);
            Trade trade = null;
            for (Trade each : trades) {
                if (each.names.contains(amendment.id()) && !isOver(each.tick.time())) {
                    trade = each;
                }
            }
            long told = trade == null ? amendment.ofTime() : trade.tick.time();
            if (told != Decoded.NO_TIME && (amendment.time() - told > keeping.horizon() || isOver(told))) {
                refuse(amendment, Rejection.Reason.BEYOND_HORIZON);
            } else if (trade == null) {
                if (amendment.time() + keeping.horizon() < watermark) {
                    refuse(amendment, Rejection.Reason.UNKNOWN_TRADE);
                } else {
                    waiting.add(amendment);
                    note(amendment, "waits");
                    saw("waited", true);
                }
            } else if (trade.isCancelled
                    || !trade.names.get(trade.names.size() - 1).equals(amendment.id())) {
                refuse(amendment, Rejection.Reason.REPEAT);
            } else {
                apply(amendment, trade);
            }
        }

        private void refuse(Amendment amendment, Rejection.Reason reason) {
            note(amendment, reason);
            saw(reason.name(), true);
        }

        private void apply(Amendment amendment, Trade trade) {
            boolean cancels = amendment.kind() == Amendment.Kind.CANCEL;
            boolean wasCorrected = trade.names.size() > 1;
            saw(cancels ? "cancel of a correction" : "correction of a correction", wasCorrected);
            sawWhatItWas(trade.tick, cancels);
            Tick before = trade.tick;
            boolean hasPrice = amendment.priceScale() != Amendment.UNCHANGED;
            boolean hasSize = amendment.sizeScale() != Amendment.UNCHANGED;
            Tick after = with(
                    before,
                    before.id(),
                    hasPrice ? amendment.priceUnits() : before.priceUnits(),
                    hasPrice ? amendment.priceScale() : before.priceScale(),
                    hasSize ? amendment.sizeUnits() : before.sizeUnits(),
                    hasSize ? amendment.sizeScale() : before.sizeScale());
            if (cancels) {
                trade.isCancelled = true;
                oracle.amend(before, null);
            } else if (!after.equals(before)) {
                trade.tick = after;
                oracle.amend(before, after);
            }
            note(amendment, "applied");
            saw("applied", true);
            if (amendment.newId() != null) {
                trade.names.add(amendment.newId());
                applyThatWaitFor(amendment.newId());
            }
        }

        private void sawWhatItWas(Tick tick, boolean cancels) {
            if (!cancels) {
                return;
            }
            Bar bar = new Bar();
            int count = 0;
            for (Trade trade : trades) {
                if (!trade.isCancelled && trade.tick.time() / MINUTE == tick.time() / MINUTE) {
                    bar.add(trade.tick);
                    count++;
                }
            }
            if (count > 2) {
                saw("cancel of the high", tick.price().equals(bar.high()) && tick.time() == bar.highTime());
                saw("cancel of the low", tick.price().equals(bar.low()) && tick.time() == bar.lowTime());
                saw("cancel of the open", tick.time() == bar.firstTime());
                saw("cancel of the close", tick.time() == bar.lastTime());
            }
        }

        List<Summary> advanceTo(long newWatermark) {
            release(newWatermark);
            List<Summary> published = oracle.advanceTo(newWatermark);
            watermark = newWatermark;
            List<Amendment> over = new ArrayList<>();
            for (Amendment each : waiting) {
                if (watermark == Long.MAX_VALUE || each.time() + keeping.horizon() < watermark) {
                    over.add(each);
                }
            }
            over.sort(null);
            waiting.removeAll(over);
            over.forEach(each -> refuse(each, Rejection.Reason.UNKNOWN_TRADE));
            return published;
        }
    }
}
