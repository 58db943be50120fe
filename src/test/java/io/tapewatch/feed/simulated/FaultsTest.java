package io.tapewatch.feed.simulated;

import static io.tapewatch.feed.simulated.SimulatedTape.MINUTE;
import static io.tapewatch.feed.simulated.SimulatedTape.START;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tapewatch.domain.Decoded;
import io.tapewatch.domain.Origin;
import io.tapewatch.domain.Rejection;
import io.tapewatch.domain.Rejection.Reason;
import io.tapewatch.feed.FeedRow;
import io.tapewatch.feed.PriceRow;
import io.tapewatch.feed.QuoteRow;
import io.tapewatch.feed.RawRow;
import io.tapewatch.io.json.PriceDecoder;
import io.tapewatch.io.json.RecordDecoder;
import io.tapewatch.io.json.RecordLimits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Rows that are late, that come twice, or that cannot be used. */
@Tag("slow")
class FaultsTest {

    private static final long SEED = 5;
    private static final String WITH_SEED = "with seed " + SEED;

    private static final SimulationSettings CALM = SimulationSettings.of(SEED, 100, 500, START, START + 2 * MINUTE);
    private static final List<PriceRow> TICKS = SimulatedTape.of(CALM).ticks();

    @Test
    void rowsInTimeAreInTheOrderOfTheirTimesBetweenStartAndEnd() {
        assertThat(TICKS).as(WITH_SEED).isSortedAccordingTo((a, b) -> Long.compare(a.time(), b.time()));
        assertThat(TICKS).allSatisfy(tick -> assertThat(tick.time()).isBetween(START + 1, CALM.end() - 1));
        assertThat(TICKS).hasSizeGreaterThan(50_000);
    }

    @Test
    void theShareAskedForIsLateByNoMoreThanAskedForEvenly() {
        long most = 5000;
        List<PriceRow> late = SimulatedTape.of(CALM.withDisorder(0.2, most)).ticks();

        assertThat(late).as("the same ticks").containsExactlyInAnyOrderElementsOf(TICKS);
        int behind = 0;
        long sum = 0;
        long latest = 0;
        long reached = 0;
        for (PriceRow tick : late) {
            if (tick.time() < reached - 10) {
                long delay = reached - tick.time();
                behind++;
                sum += delay;
                latest = Math.max(latest, delay);
            }
            reached = Math.max(reached, tick.time());
        }
        assertThat((double) behind / late.size())
                .as("share behind, " + WITH_SEED)
                .isCloseTo(0.2, within(0.01));
        assertThat((double) sum / behind).as("mean delay, " + WITH_SEED).isCloseTo(most / 2.0, within(75.0));
        assertThat(latest).as("longest delay, " + WITH_SEED).isBetween(most - 100, most);
    }

    @Test
    void quotesAndBadRecordsAreLateToo() {
        SimulatedTape tape = SimulatedTape.of(CALM.withQuotes().withBad(0.5).withDisorder(0.2, 5000));

        for (Class<? extends FeedRow> type : List.of(QuoteRow.class, RawRow.class)) {
            List<? extends FeedRow> rows = tape.rows(type);
            int behind = 0;
            long reached = 0;
            for (FeedRow row : rows) {
                behind += row.time() < reached - 10 ? 1 : 0;
                reached = Math.max(reached, row.time());
            }
            assertThat((double) behind / rows.size())
                    .as("share behind, " + WITH_SEED)
                    .isCloseTo(0.2, within(0.015));
        }
    }

    @Test
    void theShareAskedForComesTwiceEqualAndSoonAfter() {
        List<PriceRow> repeated = SimulatedTape.of(CALM.withRepeats(0.1)).ticks();

        Map<String, PriceRow> seen = new HashMap<>();
        List<PriceRow> firsts = new ArrayList<>();
        int repeats = 0;
        long longest = 0;
        long reached = 0;
        for (PriceRow tick : repeated) {
            reached = Math.max(reached, tick.time());
            PriceRow before = seen.putIfAbsent(tick.id(), tick);
            if (before == null) {
                firsts.add(tick);
            } else {
                assertThat(tick).as(WITH_SEED).isEqualTo(before);
                repeats++;
                longest = Math.max(longest, reached - tick.time());
            }
        }
        assertThat(firsts).as("without the repeats, " + WITH_SEED).isEqualTo(TICKS);
        assertThat((double) repeats / firsts.size()).as(WITH_SEED).isCloseTo(0.1, within(0.006));
        assertThat(longest).as(WITH_SEED).isBetween(450L, 500L);
    }

    @Test
    void badRecordsAreRejectedForEveryReasonThatAFeedCanGive() {
        SimulatedTape tape = SimulatedTape.of(CALM.withBad(0.1));
        RecordDecoder decoder = PriceDecoder.factory(new RecordLimits(64_000, Duration.ofMinutes(1), true))
                .decoder("prices");

        Map<Reason, Integer> reasons = new EnumMap<>(Reason.class);
        List<RawRow> bad = tape.rows(RawRow.class);
        for (RawRow row : bad) {
            Origin origin = new Origin(0, 0, row.time(), Origin.Stamp.LOG_APPEND_TIME);
            Decoded decoded = decoder.decode(row.symbol().getBytes(UTF_8), row.value(), origin);
            assertThat(decoded).as(new String(row.value(), UTF_8)).isInstanceOf(Rejection.class);
            reasons.merge(((Rejection) decoded).reason(), 1, Integer::sum);
        }

        assertThat(tape.ticks()).as("the ticks beside them").isEqualTo(TICKS);
        assertThat((double) bad.size() / TICKS.size()).as(WITH_SEED).isCloseTo(0.1, within(0.006));
        assertThat(reasons)
                .containsOnlyKeys(
                        Reason.MALFORMED_JSON,
                        Reason.MISSING_FIELD,
                        Reason.BAD_SYMBOL,
                        Reason.BAD_PRICE,
                        Reason.BAD_SIZE,
                        Reason.BAD_TIME,
                        Reason.FUTURE_TIME,
                        Reason.EMPTY,
                        Reason.UNSUPPORTED_TYPE);
        double each = bad.size() / 9.0;
        assertThat(reasons.values()).as(WITH_SEED).allSatisfy(count -> assertThat((double) count)
                .isCloseTo(each, within(5 * Math.sqrt(each))));
    }
}
