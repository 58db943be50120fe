package io.tapewatch.operators;

import static io.tapewatch.domain.check.Rules.NO_CLOSES;
import static io.tapewatch.domain.check.Rules.rule;
import static java.time.DayOfWeek.MONDAY;
import static java.time.DayOfWeek.SUNDAY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tapewatch.Rounds;
import io.tapewatch.domain.Amendment;
import io.tapewatch.domain.Decoded;
import io.tapewatch.domain.Heartbeat;
import io.tapewatch.domain.Instrument;
import io.tapewatch.domain.InstrumentChange;
import io.tapewatch.domain.Instruments;
import io.tapewatch.domain.Origin;
import io.tapewatch.domain.Rejection;
import io.tapewatch.domain.Side;
import io.tapewatch.domain.Tick;
import io.tapewatch.domain.Ticks;
import io.tapewatch.domain.check.RuleBook;
import io.tapewatch.domain.check.RuleLimits;
import io.tapewatch.domain.check.SymbolRules;
import io.tapewatch.domain.check.Unquoted;
import io.tapewatch.domain.exact.Decimal;
import io.tapewatch.domain.exact.Decimals;
import io.tapewatch.domain.mover.Mover;
import io.tapewatch.domain.mover.MoverLists;
import io.tapewatch.domain.mover.Movers;
import io.tapewatch.domain.mover.Ranking;
import io.tapewatch.domain.quote.SymbolQuotes;
import io.tapewatch.domain.rule.Comparison;
import io.tapewatch.domain.rule.Condition;
import io.tapewatch.domain.rule.Hours;
import io.tapewatch.domain.rule.Metric;
import io.tapewatch.domain.rule.Rule;
import io.tapewatch.domain.rule.RuleChange;
import io.tapewatch.domain.rule.RuleRequest;
import io.tapewatch.domain.rule.Severity;
import io.tapewatch.domain.rule.Verdict;
import io.tapewatch.domain.rule.When;
import io.tapewatch.domain.trade.SymbolTrades;
import io.tapewatch.domain.window.Bar;
import io.tapewatch.domain.window.NodesInMemory;
import io.tapewatch.domain.window.Summary;
import io.tapewatch.domain.window.SymbolWindows;
import io.tapewatch.domain.window.WindowSettings;
import io.tapewatch.domain.window.Windows;
import io.tapewatch.domain.window.WindowsState;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.types.PojoTestUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SerializersTest {

    private static final Origin ORIGIN = new Origin(7, 812_345, 1_700_000_000_123L, Origin.Stamp.LOG_APPEND_TIME);
    private static final String LONG_TEXT = "\ud83d\udcc8\ud83d\udcc9é".repeat(12_000); // 60,000 chars
    private static final long SEED = 20260101;

    // Ours.

    @Test
    void everyTickComesBackAsItWas() throws IOException {
        SplittableRandom random = new SplittableRandom(SEED);
        DataOutputSerializer all = new DataOutputSerializer(1);
        List<Tick> ticks = new ArrayList<>();
        for (int i = 0; i < Rounds.of(5_000); i++) {
            Tick tick = tick(random);
            ticks.add(tick);
            TickSerializer.INSTANCE.serialize(tick, all);
        }
        DataInputDeserializer in = new DataInputDeserializer(all.getCopyOfBuffer());
        for (Tick tick : ticks) {
            assertThat(TickSerializer.INSTANCE.deserialize(in))
                    .as("seed %d", SEED)
                    .isEqualTo(tick);
        }
        assertThat(in.available()).isZero();
    }

    private static Tick tick(SplittableRandom random) {
        Origin.Stamp[] stamps = Origin.Stamp.values();
        Side[] sides = {null, Side.BUY, Side.SELL};
        return Ticks.of(
                symbol(random),
                decimal(random),
                random.nextBoolean() ? null : decimal(random),
                random.nextLong(),
                random.nextBoolean() ? 0 : random.nextInt(1_000_000),
                random.nextBoolean() ? null : random.nextBoolean() ? "" : "t-" + random.nextInt(),
                random.nextBoolean() ? Tick.NO_SEQ : random.nextLong(),
                sides[random.nextInt(sides.length)],
                random.nextBoolean() ? null : "XBTS",
                random.nextBoolean() ? null : "@ I \u00e9",
                new Origin(random.nextInt(), random.nextLong(), random.nextLong(), stamps[random.nextInt(3)]));
    }

    /** Of Latin letters alone, or of any. */
    private static String symbol(SplittableRandom random) {
        String characters = random.nextBoolean()
                ? "^GSPC-symbol.of=64:characters&at@the#very$most!and/not+one_more/ab"
                : "币安人生USDT हिन्दी \ud842\udfb7野家 Ärger (ADR)|'~ÿĀ\uffdc";
        int[] points = characters.codePoints().toArray();
        StringBuilder symbol = new StringBuilder();
        for (int length = 1 + random.nextInt(64); length > 0; length--) {
            symbol.appendCodePoint(points[random.nextInt(points.length)]);
        }
        return symbol.toString();
    }

    /** Of any scale and any number of digits. */
    private static Decimal decimal(SplittableRandom random) {
        long units = random.nextLong(-Decimals.MAX_UNITS, Decimals.MAX_UNITS + 1) >> random.nextInt(64);
        return Decimal.of(BigDecimal.valueOf(units, random.nextInt(Decimals.MAX_SCALE + 1))
                .toPlainString());
    }

    @Test
    void textsMayBeLong() throws IOException {
        Tick tick = Ticks.of("BTC-USD", 1, 2, 3, LONG_TEXT, 4, Side.SELL, LONG_TEXT, LONG_TEXT, ORIGIN);
        assertThat(written(tick, TickSerializer.INSTANCE)).isEqualTo(tick);
    }

    @Test
    void aTickOfALaterReleaseIsRefused() {
        DataInputDeserializer later = new DataInputDeserializer(new byte[] {(byte) 0x80, 0, 0, 0});
        assertThatThrownBy(() -> TickSerializer.INSTANCE.deserialize(later))
                .isInstanceOf(IOException.class)
                .hasMessage("this tick was written by a later release of Tapewatch");
    }

    @Test
    void whatWasDecodedComesBackAsItWas() throws IOException {
        byte[] bytes = {0, -1, 127, -128};
        List<Decoded> all = new ArrayList<>();
        all.add(new Heartbeat(1_700_000_000_000L, 3));
        all.add(Ticks.tick("BTC-USD").at(5).price(6).size(7).tick());
        all.add(new InstrumentChange("BTC-USD", null, ORIGIN));
        all.add(new Amendment(
                "BTC-USD", Amendment.Kind.CANCEL, null, LONG_TEXT, null, 0, -1, 0, -1, 5, 6, 7, Tick.NO_SEQ, ORIGIN));
        all.add(new Amendment(
                "BTC-USD", Amendment.Kind.CORRECT, "V", "a", LONG_TEXT, -3, 2, 4, 0, 5, 0, Decoded.NO_TIME, 8, ORIGIN));
        for (Rejection.Reason reason : Rejection.Reason.values()) {
            all.add(new Rejection(reason, LONG_TEXT, null, bytes, "prices", ORIGIN));
            all.add(new Rejection(reason, "", bytes, null, "prices", ORIGIN));
            all.add(new Rejection(reason, "", new byte[0], new byte[0], "prices", ORIGIN));
        }
        for (Decoded decoded : all) {
            assertThat(written(decoded, DecodedSerializer.INSTANCE))
                    .usingRecursiveComparison()
                    .isEqualTo(decoded);
        }
        DataInputDeserializer unknown = new DataInputDeserializer(new byte[] {9});
        assertThatThrownBy(() -> DecodedSerializer.INSTANCE.deserialize(unknown))
                .isInstanceOf(IOException.class)
                .hasMessage("kind 9 of record is not known");
    }

    @Test
    void aSymbolComesBackAsItWasAndItsCopyGoesItsOwnWay() throws IOException {
        Windows windows = new WindowSettings("1m,7s", 60_000, Map.of(), 0, 0).newWindows();
        RuleBook book = new RuleBook(new RuleLimits(9, 9, Condition.MAX_OVER, true, false, false));
        book.restore(rule("rise: changePct over 5s > 1"));
        book.restore(rule("high: price > 1, cooldown 10s"));
        SymbolState state = new SymbolState(
                new WindowsState(),
                new SymbolRules(),
                new SymbolQuotes(),
                new SymbolTrades(),
                null,
                76,
                List.of(77L, 78L),
                79,
                80);
        SymbolWindows ofSymbol =
                new SymbolWindows("BTC-USD", windows, state.windows(), new NodesInMemory(), summary -> {});
        ofSymbol.add(tick(1, 7), Long.MIN_VALUE);
        Unquoted.check(state.rules(), tick(1, 7), book, NO_CLOSES, flag -> {});
        // A late one makes a correction, which is remembered.
        ofSymbol.add(tick(2, 8), 10_000);

        byte[] before = bytes(state);
        SymbolState read = written(state, SymbolStateSerializer.INSTANCE);
        assertThat(bytes(read)).isEqualTo(before);
        assertThat(read.publishedThrough()).isEqualTo(76);
        assertThat(read.held()).containsExactly(77L, 78L);
        assertThat(read.timer()).isEqualTo(79);
        assertThat(read.forgetAt()).isEqualTo(80);
        assertThat(read.isEmpty()).isFalse();

        SymbolState copy = SymbolStateSerializer.INSTANCE.copy(state);
        ofSymbol.add(tick(20_000, 8), 10_000);
        ofSymbol.add(tick(8_000, 8), 15_000);
        Unquoted.check(state.rules(), tick(20_000, 9), book, NO_CLOSES, flag -> {});
        assertThat(bytes(state)).isNotEqualTo(before);
        assertThat(bytes(copy)).isEqualTo(before);
    }

    private static Tick tick(long time, double price) {
        return Ticks.tick("BTC-USD").at(time).price(price).tick();
    }

    @Test
    void eachSerializerIsFoundAgainFromASavepoint() throws Exception {
        for (TypeSerializer<?> serializer : List.of(
                TickSerializer.INSTANCE,
                DecodedSerializer.INSTANCE,
                SymbolStateSerializer.INSTANCE,
                RecordListSerializer.INSTANCE)) {
            DataOutputSerializer out = new DataOutputSerializer(64);
            TypeSerializerSnapshot.writeVersionedSnapshot(out, serializer.snapshotConfiguration());
            TypeSerializerSnapshot<?> read = TypeSerializerSnapshot.readVersionedSnapshot(
                    new DataInputDeserializer(out.getCopyOfBuffer()), getClass().getClassLoader());
            assertThat(read.restoreSerializer()).isSameAs(serializer);
        }
    }

    @Test
    void whatChangesIsCopiedAndWhatDoesNotIsNot() {
        assertThat(TickSerializer.INSTANCE.isImmutableType()).isTrue();
        assertThat(DecodedSerializer.INSTANCE.isImmutableType()).isTrue();
        assertThat(SymbolStateSerializer.INSTANCE.isImmutableType()).isFalse();
    }

    private static byte[] bytes(SymbolState state) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(1);
        SymbolStateSerializer.INSTANCE.serialize(state, out);
        return out.getCopyOfBuffer();
    }

    private static <T> T written(T value, TypeSerializer<T> serializer) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(1);
        serializer.serialize(value, out);
        DataInputDeserializer in = new DataInputDeserializer(out.getCopyOfBuffer());
        DataOutputSerializer again = new DataOutputSerializer(out.length());
        serializer.copy(in, again);
        assertThat(in.available()).isZero();
        assertThat(again.getCopyOfBuffer()).isEqualTo(out.getCopyOfBuffer());
        return serializer.deserialize(new DataInputDeserializer(again.getCopyOfBuffer()));
    }

    // Rules.

    @Test
    void rulesComeBackAsTheyWere() throws IOException {
        Hours hours = new Hours(57_000, 86_400, ZoneId.of("America/New_York"), EnumSet.of(MONDAY, SUNDAY));
        When condition = new Condition(Metric.VOLUME_RATIO, 1, 2, Comparison.AT_MOST, Decimal.of("-0.5"));
        When silence = new Condition(Metric.SILENCE_SECONDS, 0, Comparison.ABOVE, Decimal.of("1"));
        When nested =
                new When.All(List.of(condition, new When.Any(List.of(condition, new When.Not(condition))), condition));
        for (When when : List.of(condition, silence, nested)) {
            for (Rule.Status status : Rule.Status.values()) {
                Rule full = new Rule(
                        "a",
                        Integer.MAX_VALUE,
                        status,
                        "what it is for – ü",
                        Rule.On.TRADE,
                        List.of("BTC*", "X"),
                        List.of("Y"),
                        List.of("Oil, Gas", "Güter"),
                        List.of("XNYS"),
                        Severity.CRITICAL,
                        1,
                        when == silence ? 0 : 2,
                        hours,
                        3,
                        4,
                        when);
                assertThat(written(full, RuleSerializer.INSTANCE)).isEqualTo(full);
            }
        }
        Rule plain = rule("b: changePct over 5m > 5");
        assertThat(written(plain, RuleSerializer.INSTANCE)).isEqualTo(plain);
        Rule onQuotes = rule("c: any(spreadBps < 0; quoteRatio over 1s baseline 1m > 5), on quote, venues XNYS");
        assertThat(written(onQuotes, RuleSerializer.INSTANCE)).isEqualTo(onQuotes);
        Rule onQuotesOfTrades = rule("d: all(offQuoteBps > 5; quoteAgeSeconds < 1; buyPct over 10s > 90), sectors X");
        assertThat(written(onQuotesOfTrades, RuleSerializer.INSTANCE)).isEqualTo(onQuotesOfTrades);
        RuleChange change = new RuleChange("b", plain);
        assertThat(written(change, RuleChangeSerializer.INSTANCE)).isEqualTo(change);
        RuleChange deletion = new RuleChange("b", null);
        assertThat(written(deletion, RuleChangeSerializer.INSTANCE)).isEqualTo(deletion);
        RuleRequest request =
                new RuleRequest(change, null, new Origin(3, 1L << 40, Origin.NO_TIMESTAMP, Origin.Stamp.NONE));
        assertThat(written(request, RuleRequestSerializer.INSTANCE)).isEqualTo(request);
        RuleRequest unknown = new RuleRequest(null, new Verdict(null, null, Verdict.Outcome.REJECTED, "no", 1), ORIGIN);
        assertThat(written(unknown, RuleRequestSerializer.INSTANCE)).isEqualTo(unknown);
        RuleRequest refusal =
                new RuleRequest(null, new Verdict("a", 7, Verdict.Outcome.REJECTED, LONG_TEXT, 1), ORIGIN);
        assertThat(written(refusal, RuleRequestSerializer.INSTANCE)).isEqualTo(refusal);
    }

    // Flink's.

    @ParameterizedTest
    @ValueSource(
            classes = {
                Summary.class,
                Movers.class,
                ShortLists.class,
                RankInBuckets.Day.class,
                RankInBuckets.Waiting.class,
                RankAll.Day.class,
                Rejection.class,
                Origin.class,
            })
    void aRecordOnAnEdgeOrInStateDoesWithoutKryo(Class<?> type) {
        PojoTestUtils.assertSerializedAsPojoWithoutKryo(type);
    }

    @Test
    void recordsWithoutSomeOfTheirFieldsComeBackAsTheyWere() throws IOException {
        Bar bar = new Bar();
        bar.add(Ticks.tick("A").at(0).price(1).tick());
        Summary summary = Summary.of("A", "1m", 0, 1, 1, bar, null, 0, 1);
        assertThat(written(summary, pojo(Summary.class))).isEqualTo(summary);
        for (Instrument instrument : List.of(Instruments.GOLD, Instruments.ON_A_TAPE, Instrument.unknown("A"))) {
            Summary known = Instruments.with(instrument, summary);
            assertThat(written(known, pojo(Summary.class))).isEqualTo(known);
            RankInBuckets.Waiting waiting = new RankInBuckets.Waiting(1, Mover.of(known));
            assertThat(written(waiting, pojo(RankInBuckets.Waiting.class))).isEqualTo(waiting);
        }
        Mover unknown = Mover.of(summary);
        assertThat(written(unknown, pojo(Mover.class))).isEqualTo(unknown);
        MoverLists lists = new Ranking(2).of(List.of(unknown, Mover.of(Instruments.with(Instruments.GOLD, summary))));
        ShortLists some = new ShortLists(0, 1, 1, 7, lists);
        assertThat(written(some, pojo(ShortLists.class))).isEqualTo(some);
        Rejection rejection = new Rejection(Rejection.Reason.EMPTY, LONG_TEXT, null, null, "prices", ORIGIN);
        assertThat(written(rejection, pojo(Rejection.class))).isEqualTo(rejection);
    }

    private static <T> TypeSerializer<T> pojo(Class<T> type) {
        return TypeInformation.of(type).createSerializer(new SerializerConfigImpl());
    }
}
