package io.tapewatch.domain.trade;

import static io.tapewatch.domain.Ticks.tick;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tapewatch.Rounds;
import io.tapewatch.domain.EventTimes;
import io.tapewatch.domain.Tick;
import io.tapewatch.domain.ZonedDays;
import io.tapewatch.domain.trade.Eligibility.Last;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FirstPrintsTest {

    private static final long SEED = 20261201;
    private static final long HOUR = 3_600_000;
    private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");
    private static final long MONDAY = Instant.parse("2024-03-11T04:00:00Z").toEpochMilli();
    private static final long TUESDAY = MONDAY + 24 * HOUR;

    private final ZonedDays calendar = new ZonedDays(NEW_YORK);
    private final FirstPrints kept = new FirstPrints();
    private final FirstsOfDays firsts = kept.in(calendar);

    private static Tick at(long time) {
        return tick("A").at(time).tick();
    }

    private void take(long time) {
        firsts.take(at(time), Eligibility.ALL);
    }

    private static boolean holds(FirstsOfDays firsts, Tick tick) {
        return firsts.isFirst(
                tick.time(),
                tick.nanos(),
                tick.seq(),
                tick.origin().partition(),
                tick.origin().offset());
    }

    @Test
    void aLatePrintTakesThePlaceOfTheOneThatWasFirst() {
        assertThat(firsts.firstOf(MONDAY)).isEqualTo(EventTimes.NEVER);
        take(MONDAY + 2 * HOUR);
        take(MONDAY + 3 * HOUR);
        assertThat(holds(firsts, at(MONDAY + 2 * HOUR))).isTrue();
        assertThat(holds(firsts, at(MONDAY + 3 * HOUR))).isFalse();
        assertThat(firsts.firstOf(MONDAY)).isEqualTo(MONDAY + 2 * HOUR);
        take(MONDAY + HOUR);
        assertThat(holds(firsts, at(MONDAY + 2 * HOUR))).isFalse();
        assertThat(holds(firsts, at(MONDAY + HOUR))).isTrue();
        take(MONDAY + 2 * HOUR);
        assertThat(firsts.firstOf(TUESDAY - 1)).isEqualTo(MONDAY + HOUR);
        assertThat(firsts.firstOf(TUESDAY)).isEqualTo(EventTimes.NEVER);
    }

    @Test
    void aPrintThatCanBeNoOpenIsNotTheFirst() {
        firsts.take(at(MONDAY), new Eligibility(true, Last.NO, true, false));
        assertThat(kept.isEmpty()).isTrue();
        firsts.take(at(MONDAY + 1), new Eligibility(true, Last.FIRST_OF_DAY, true, false));
        assertThat(holds(firsts, at(MONDAY + 1))).isTrue();
    }

    @Test
    void aDayIsNamedByItsEnd() {
        assertThat(firsts.dayOf(MONDAY)).isEqualTo(TUESDAY);
        assertThat(firsts.dayOf(TUESDAY - 1)).isEqualTo(TUESDAY);
    }

    @Test
    void eachDayOfTheZoneHasItsOwn() {
        take(TUESDAY - 1);
        take(TUESDAY);
        assertThat(holds(firsts, at(TUESDAY - 1))).isTrue();
        assertThat(holds(firsts, at(TUESDAY))).isTrue();
        take(MONDAY - HOUR);
        take(MONDAY);
        assertThat(holds(firsts, at(TUESDAY - 1))).isFalse();
        assertThat(holds(firsts, at(MONDAY))).isTrue();
    }

    @Test
    void aDayIsDroppedWhenNoWindowCanHoldItAnyMore() {
        take(MONDAY);
        take(TUESDAY);
        assertThat(kept.due(HOUR)).isEqualTo(TUESDAY + HOUR);
        kept.forget(TUESDAY + HOUR - 1, HOUR);
        assertThat(holds(firsts, at(MONDAY))).isTrue();
        kept.forget(TUESDAY + HOUR, HOUR);
        assertThat(holds(firsts, at(MONDAY))).isFalse();
        assertThat(kept.isEmpty()).isFalse();
        kept.forget(Long.MAX_VALUE, Long.MAX_VALUE);
        assertThat(kept.isEmpty()).isTrue();
        assertThat(kept.due(HOUR)).isEqualTo(EventTimes.NEVER);
    }

    /** Against the least of each date, whichever way the prints come. */
    @Test
    void theOrderInWhichPrintsComeDoesNotShow() throws IOException {
        for (int round = 0; round < Rounds.of(1_000); round++) {
            long seed = SEED + round;
            Random random = new Random(seed);
            List<Tick> ticks = new ArrayList<>();
            for (int i = 0; i < 30; i++) {
                Tick tick = tick("A")
                        .at(MONDAY + random.nextInt(5) * 13 * HOUR + random.nextInt(3))
                        .nanos(random.nextInt(2))
                        .partition(random.nextInt(2))
                        .offset(i)
                        .tick();
                ticks.add(tick);
            }
            Map<LocalDate, Tick> least = new HashMap<>();
            for (Tick tick : ticks) {
                least.merge(
                        LocalDate.ofInstant(Instant.ofEpochMilli(tick.time()), NEW_YORK),
                        tick,
                        (one, other) -> one.compareTo(other) < 0 ? one : other);
            }
            Collections.shuffle(ticks, random);
            FirstPrints taken = new FirstPrints();
            for (Tick tick : ticks) {
                taken.in(calendar).take(tick, Eligibility.ALL);
                assertThat(taken.in(calendar).firstOf(tick.time()))
                        .as("seed %d", seed)
                        .isLessThanOrEqualTo(tick.time());
                if (random.nextInt(5) == 0) {
                    taken = written(taken.copy());
                }
            }
            for (Tick tick : ticks) {
                assertThat(holds(taken.in(calendar), tick))
                        .as("seed %d: %s", seed, tick)
                        .isEqualTo(least.containsValue(tick));
            }
        }
    }

    @Test
    void anotherLayoutIsRefused() {
        assertThatThrownBy(() -> FirstPrints.readFrom(new DataInputStream(new ByteArrayInputStream(new byte[] {9}))))
                .isInstanceOf(IOException.class)
                .hasMessage("layout 9 of the first prints of days was written by another release");
    }

    private static FirstPrints written(FirstPrints firsts) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        firsts.writeTo(new DataOutputStream(bytes));
        return FirstPrints.readFrom(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
    }
}
