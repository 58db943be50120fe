package io.tapewatch.domain.trade;

import static io.tapewatch.domain.Ticks.tick;
import static org.assertj.core.api.Assertions.assertThat;

import io.tapewatch.domain.Amendment;
import io.tapewatch.domain.Decoded;
import io.tapewatch.domain.EventTimes;
import io.tapewatch.domain.Generated;
import io.tapewatch.domain.Origin;
import io.tapewatch.domain.Rejection.Reason;
import io.tapewatch.domain.Tick;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AmendableTradesTest {

    private static final long T0 = 1_700_000_040_000L;
    private static final long MINUTE = 60_000;
    private static final String BTC = "BTC-USD";

    private final TradesInMemory store = new TradesInMemory();
    private AmendableTrades trades = new AmendableTrades();

    private static KeepingSettings keeping(long horizon, long repeatWindow) {
        return new KeepingSettings(horizon, repeatWindow, 1_000_000);
    }

    private void writeBackAndRead() throws IOException {
        trades.writeBack(BTC, store);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        trades.copy().writeTo(new DataOutputStream(bytes));
        trades = AmendableTrades.readFrom(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
    }

    private static Amendment cancel(String id, long time) {
        return new Amendment(
                BTC,
                Amendment.Kind.CANCEL,
                null,
                id,
                null,
                0,
                Amendment.UNCHANGED,
                0,
                Amendment.UNCHANGED,
                time,
                0,
                Decoded.NO_TIME,
                Tick.NO_SEQ,
                new Origin(0, time, time, Origin.Stamp.CREATE_TIME));
    }

    @Test
    void readsBackEveryTradeAsItWasSentAndWhatItCountsFor() throws IOException {
        Generated random = new Generated(21);
        KeepingSettings settings = keeping(MINUTE * 60, 0);
        List<Tick> sent = new ArrayList<>();
        Map<Long, Eligibility> eligibilities = new HashMap<>();
        for (int i = 0; i < 5_000; i++) {
            Tick tick = tick(BTC)
                    .at(T0 + random.below((int) (5 * MINUTE)))
                    .nanos(random.oneIn(3) ? random.below(1_000_000) : 0)
                    .price(random.oneIn(9) ? "1e-9" : Integer.toString(1 + random.below(1_000_000)))
                    .partition(random.below(3))
                    .offset(i)
                    .seq(random.oneIn(2) ? Tick.NO_SEQ : random.below(1_000) - 500)
                    .tick();
            if (random.oneIn(2)) {
                tick = StandingTrade.with(
                        tick, tick.priceUnits(), tick.priceScale(), 1 + random.below(9), random.below(4));
            }
            Eligibility eligibility = random.oneIn(3)
                    ? new Eligibility(true, Eligibility.Last.values()[random.below(3)], random.oneIn(2), false)
                    : random.oneIn(3) ? new Eligibility(false, Eligibility.Last.NO, true, true) : Eligibility.ALL;
            sent.add(tick);
            eligibilities.put((long) i, eligibility);
            trades.keep(tick, eligibility, Long.MIN_VALUE, settings, store);
            if (random.oneIn(500)) {
                writeBackAndRead();
            }
        }
        List<Tick> read = new ArrayList<>();
        for (long minute = T0 - MINUTE; minute < T0 + 7 * MINUTE; minute += MINUTE) {
            trades.read(minute, minute + MINUTE, BTC, store, (tick, eligibility) -> {
                read.add(tick);
                assertThat(eligibility)
                        .isEqualTo(eligibilities.get(tick.origin().offset()));
            });
        }
        assertThat(read)
                .usingElementComparator((one, other) -> one.compareTo(other) != 0
                                || one.priceUnits() != other.priceUnits()
                                || one.priceScale() != other.priceScale()
                                || one.sizeUnits() != other.sizeUnits()
                                || one.sizeScale() != other.sizeScale()
                        ? 1
                        : 0)
                .containsExactlyInAnyOrderElementsOf(sent);
        assertThat(store.rewritten()).isZero();
    }

    @Test
    void aTradeTakesLessThanFortyBytes() {
        Generated random = new Generated(22);
        KeepingSettings settings = keeping(MINUTE * 60, 0);
        int count = 100_000;
        for (int i = 0; i < count; i++) {
            Tick tick = tick(BTC)
                    .at(T0 + i * 3L)
                    .nanos(random.below(1_000_000))
                    .price(64_000 + random.below(10_000) / 100.0)
                    .size(random.below(1_000_000) / 1e6)
                    .id("" + (3_700_000_000L + i))
                    .seq(9_000_000_000L + i)
                    .offset(500_000_000L + i)
                    .tick();
            trades.keep(tick, Eligibility.ALL, Long.MIN_VALUE, settings, store);
        }
        trades.writeBack(BTC, store);
        assertThat(store.bytes() / (double) count).isBetween(20.0, 40.0);
    }

    @Test
    void aRepeatIsOfTheSameVenueAndIdAndNearEnough() throws IOException {
        KeepingSettings settings = keeping(0, 5 * MINUTE);
        trades.keep(tick(BTC).at(T0).id("a").tick(), Eligibility.ALL, T0, settings, store);
        for (int restarts = 0; restarts < 2; restarts++) {
            assertThat(trades.isRepeat(tick(BTC).at(T0 + 5 * MINUTE).id("a").tick(), T0, settings, store))
                    .isTrue();
            assertThat(trades.isRepeat(tick(BTC).at(T0 + 5 * MINUTE + 1).id("a").tick(), T0, settings, store))
                    .isFalse();
            assertThat(trades.isRepeat(tick(BTC).at(T0).id("b").tick(), T0, settings, store))
                    .isFalse();
            assertThat(trades.isRepeat(tick(BTC).at(T0).tick(), T0, settings, store))
                    .as("no id")
                    .isFalse();
            writeBackAndRead();
        }
    }

    @Test
    void theOldestMinutesAreLetGoWhenThereAreTooManyTrades() {
        KeepingSettings settings = new KeepingSettings(60 * MINUTE, 0, 100);
        for (int i = 0; i < 1_000; i++) {
            trades.keep(
                    tick(BTC).at(T0 + i * 3_000L).id("t" + i).offset(i).tick(), Eligibility.ALL, T0, settings, store);
        }
        assertThat(trades.count()).isBetween(60L, 100L);
        assertThat(store.times()).isLessThanOrEqualTo(100);
        AmendedTrade.Outcome last = trades.take(cancel("t999", T0 + 50 * MINUTE), T0, settings, store);
        assertThat(last.amended()).isNotNull();
        AmendedTrade.Outcome first = trades.take(cancel("t0", T0 + 50 * MINUTE), T0, settings, store);
        assertThat(first.amended()).isNull();
    }

    @Test
    void aCancelBeforeItsTradeWaitsAndIsUnknownAfterTheHorizon() throws IOException {
        KeepingSettings settings = keeping(10 * MINUTE, 0);
        Amendment early = cancel("late", T0);
        assertThat(trades.take(early, T0 - 1, settings, store)).isEqualTo(AmendedTrade.Outcome.WAITS);
        writeBackAndRead();
        List<Amendment> unknown = new ArrayList<>();
        trades.forget(T0 + 10 * MINUTE, BTC, settings, store, unknown::add);
        assertThat(unknown).isEmpty();
        assertThat(trades.due(settings)).isEqualTo(T0 + 10 * MINUTE + 1);
        trades.forget(T0 + 10 * MINUTE + 1, BTC, settings, store, unknown::add);
        assertThat(unknown).containsExactly(early);
        assertThat(trades.isEmpty()).isTrue();
    }

    @Test
    void nothingIsLeftOnceTheHorizonIsOver() throws IOException {
        KeepingSettings settings = keeping(10 * MINUTE, 0);
        trades.keep(tick(BTC).at(T0).id("a").tick(), Eligibility.ALL, T0 - 1, settings, store);
        AmendedTrade amended = trades.take(cancel("a", T0 + 10 * MINUTE), T0 - 1, settings, store)
                .amended();
        trades.amend(amended);
        writeBackAndRead();
        assertThat(trades.take(cancel("a", T0 + MINUTE), T0 + MINUTE, settings, store)
                        .refusal()
                        .reason())
                .isEqualTo(Reason.REPEAT);
        long due = trades.due(settings);
        assertThat(due).isLessThanOrEqualTo(T0 + 13 * MINUTE);
        trades.forget(due, BTC, settings, store, unknown -> {});
        assertThat(trades.isEmpty()).isTrue();
        assertThat(store.isEmpty()).isTrue();
        assertThat(trades.due(settings)).isEqualTo(EventTimes.NEVER);
    }

    @Test
    void aCancelThatIsSaidTooLateIsBeyondTheHorizon() {
        KeepingSettings settings = keeping(10 * MINUTE, 0);
        trades.keep(tick(BTC).at(T0).id("a").tick(), Eligibility.ALL, T0 - 1, settings, store);
        assertThat(trades.take(cancel("a", T0 + 10 * MINUTE + 1), T0, settings, store)
                        .refusal()
                        .reason())
                .isEqualTo(Reason.BEYOND_HORIZON);
    }
}
