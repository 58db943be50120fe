package io.tapewatch.feed.simulated;

import io.tapewatch.feed.simulated.Randomness.Concern;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.apache.commons.rng.UniformRandomProvider;
import org.jspecify.annotations.Nullable;

/** Which incident happens to which instrument, and when, in the order of their starts. Never two at once to one. */
final class IncidentSchedule {

    /** How long an instrument is left alone between incidents where there are enough of them, in milliseconds. */
    private static final long GAP = 90 * 60 * 1000;

    /** How long at least. Quotes reach back from what they belong to, and must not reach into the incident before. */
    private static final long LEAST_GAP = 1000;

    private static final double HOUR = 60 * 60 * 1000;

    /** How many ticks an hour an instrument has at least that has a usual volume. */
    private static final double OFTEN_AN_HOUR = 36;

    /** How many ticks a silence leaves out at least, or it would be none. */
    private static final double TICKS_MISSED = 10;

    /** How large a step of the price is at most of which the least off-quote print is one. */
    private static final double FINE_STEP_BPS = 2;

    private final List<SimulatedSymbol> symbols;
    private final long[] busyUntil;
    private final Map<IncidentKind, KindPlan> plans = new EnumMap<>(IncidentKind.class);
    private final Map<IncidentKind, PlannedIncident> nexts = new EnumMap<>(IncidentKind.class);
    private final Map<IncidentKind, UniformRandomProvider> choices = new EnumMap<>(IncidentKind.class);

    /** @param symbols the instruments, busiest first */
    IncidentSchedule(SimulationSettings settings, Randomness randomness, List<SimulatedSymbol> symbols) {
        this.symbols = symbols;
        this.busyUntil = new long[symbols.size()];
        Arrays.fill(busyUntil, settings.start() - GAP - 1);
        settings.incidents().forEach((kind, anHour) -> {
            if (anHour > 0) {
                UniformRandomProvider random = randomness.of(Concern.PLANS, kind.ordinal());
                plans.put(kind, new KindPlan(kind, anHour, settings.start(), settings.end(), random));
                choices.put(kind, randomness.of(Concern.CHOICES, kind.ordinal()));
                plan(kind);
            }
        });
    }

    /** The next incident, or null if there is none. One that would find no instrument free is left out. */
    @Nullable
    PlannedIncident next() {
        while (!nexts.isEmpty()) {
            PlannedIncident first = Collections.min(nexts.values(), Comparator.comparingLong(PlannedIncident::start));
            IncidentKind kind = first.shape().kind();
            plan(kind);
            int symbol = choose(first, Objects.requireNonNull(choices.get(kind), "choice"));
            if (symbol != KindPlan.NO_SYMBOL) {
                busyUntil[symbol] = first.end();
                return first.to(symbol);
            }
        }
        return null;
    }

    private void plan(IncidentKind kind) {
        PlannedIncident next = Objects.requireNonNull(plans.get(kind), "plan").next();
        if (next == null) {
            nexts.remove(kind);
        } else {
            nexts.put(kind, next);
        }
    }

    /** One of those that suit it, with as long a gap as can be had; else the busiest that is free. */
    private int choose(PlannedIncident incident, UniformRandomProvider random) {
        IntPredicate suits = symbol -> suits(incident.shape(), symbols.get(symbol));
        for (long gap = GAP; gap >= LEAST_GAP; gap /= 2) {
            int[] free = free(incident.start() - gap, suits);
            if (free.length > 0) {
                return free[random.nextInt(free.length)];
            }
        }
        for (long gap = GAP; gap >= LEAST_GAP; gap /= 2) {
            int[] free = free(incident.start() - gap, symbol -> true);
            if (free.length > 0) {
                return free[0];
            }
        }
        return KindPlan.NO_SYMBOL;
    }

    private int[] free(long since, IntPredicate suits) {
        return IntStream.range(0, symbols.size())
                .filter(symbol -> busyUntil[symbol] < since)
                .filter(suits)
                .toArray();
    }

    private static boolean suits(IncidentShape shape, SimulatedSymbol symbol) {
        return switch (shape.kind()) {
            case SPIKE, FLASH_CRASH, FAT_FINGER -> true;
            // Their measure is the usual volume: it takes an instrument that has one.
            case VOLUME_BURST, PUMP_AND_DUMP -> symbol.ticksPerMilli() * HOUR >= OFTEN_AN_HOUR;
            // Of others no rule could tell a silence from a market that is closed.
            case SILENCE -> symbol.isCoin() && symbol.ticksPerMilli() * shape.millis() >= TICKS_MISSED;
            // Two basis points must be a step at least.
            case OFF_QUOTE_PRINT -> symbol.stepBps() <= FINE_STEP_BPS;
        };
    }
}
