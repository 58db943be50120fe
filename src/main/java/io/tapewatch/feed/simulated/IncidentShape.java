package io.tapewatch.feed.simulated;

import io.tapewatch.feed.simulated.PricePath.Phase;
import org.apache.commons.rng.UniformRandomProvider;

/**
 * What an incident is like, whichever instrument it happens to. Sizes come from the ranges here; no rule is looked at.
 *
 * @param size as {@link Incident#size()} has it; of an off-quote print, what is aimed at
 * @param volume of a pump and dump: how many times its usual volume the instrument has in an hour; of a fat finger: how many
 *     times the mean the size of the trade is; of others 0
 * @param course how it goes
 */
record IncidentShape(IncidentKind kind, boolean clear, double size, double volume, PricePath course) {

    private static final double SECOND = 1000;
    private static final double MINUTE = 60 * SECOND;

    /** How near to where it was a flash crash comes back, as a fraction of the price. */
    private static final Range REBOUND = new Range(0.0002, 0.002);

    static IncidentShape draw(IncidentKind kind, boolean clear, UniformRandomProvider random) {
        return switch (kind) {
            case SPIKE -> spike(clear, random);
            case FLASH_CRASH -> flashCrash(clear, random);
            case PUMP_AND_DUMP -> pumpAndDump(clear, random);
            case VOLUME_BURST ->
                new IncidentShape(
                        kind,
                        clear,
                        hundredths(pick(clear, new Range(40, 100), new Range(2, 5), random)),
                        0,
                        PricePath.of(Phase.straight(
                                new Range(2, 4).uniform(random) * MINUTE, 0, 0, ticks(clear, 0.5, 0.05))));
            case SILENCE -> {
                double seconds = hundredths(pick(clear, new Range(900, 3600), new Range(30, 150), random));
                yield new IncidentShape(
                        kind, clear, seconds, 0, PricePath.of(Phase.straight(seconds * SECOND, 0, 0, 0)));
            }
            case OFF_QUOTE_PRINT ->
                new IncidentShape(kind, clear, pick(clear, new Range(40, 150), new Range(2, 6), random), 0, oneTick());
            case FAT_FINGER ->
                new IncidentShape(
                        kind,
                        clear,
                        sign(random) * hundredths(pick(clear, new Range(5, 20), new Range(0.4, 1.5), random)),
                        pick(clear, new Range(5, 20), new Range(2, 4), random),
                        oneTick());
        };
    }

    private static IncidentShape spike(boolean clear, UniformRandomProvider random) {
        double percent = sign(random) * hundredths(pick(clear, new Range(6, 15), new Range(0.4, 1.5), random));
        double move = percent / 100;
        PricePath course = PricePath.of(
                Phase.straight(new Range(20, 60).uniform(random) * SECOND, 0, move, ticks(clear, 1, 0.1)),
                Phase.straight(new Range(2, 5).uniform(random) * MINUTE, move, move, ticks(clear, 0.2, 0.02)),
                Phase.wearingOff(new Range(20, 40).uniform(random) * MINUTE, move));
        return new IncidentShape(IncidentKind.SPIKE, clear, percent, 0, course);
    }

    private static IncidentShape flashCrash(boolean clear, UniformRandomProvider random) {
        double percent = hundredths(pick(clear, new Range(5, 12), new Range(0.4, 1.5), random));
        double move = -percent / 100;
        PricePath course = PricePath.of(
                Phase.straight(new Range(40, 90).uniform(random) * SECOND, 0, move, ticks(clear, 2, 0.12)),
                Phase.straight(
                        new Range(60, 120).uniform(random) * SECOND,
                        move,
                        -REBOUND.uniform(random),
                        ticks(clear, 2, 0.12)));
        return new IncidentShape(IncidentKind.FLASH_CRASH, clear, percent, 0, course);
    }

    private static IncidentShape pumpAndDump(boolean clear, UniformRandomProvider random) {
        double percent = hundredths(pick(clear, new Range(8, 20), new Range(0.6, 2), random));
        double move = percent / 100;
        PricePath course = PricePath.of(
                Phase.straight(new Range(15, 25).uniform(random) * MINUTE, 0, move, ticks(clear, 0.2, 0.01)),
                Phase.straight(new Range(8, 15).uniform(random) * MINUTE, move, 0, ticks(clear, 0.2, 0.01)));
        double volume = pick(clear, new Range(4, 8), new Range(1.1, 1.4), random);
        return new IncidentShape(IncidentKind.PUMP_AND_DUMP, clear, percent, volume, course);
    }

    /** How many milliseconds it is from its beginning to its end. */
    long millis() {
        return course.millis();
    }

    /** Whether it is a single trade. */
    boolean isOneTick() {
        return course.millis() == 1;
    }

    private static PricePath oneTick() {
        return PricePath.of(Phase.straight(1, 0, 0, 1000));
    }

    private static double pick(boolean clear, Range ofClear, Range ofSubtle, UniformRandomProvider random) {
        return (clear ? ofClear : ofSubtle).logUniform(random);
    }

    /** How many ticks a second it brings of its own: what is to be overlooked is no burst of them, either. */
    private static double ticks(boolean clear, double ofClear, double ofSubtle) {
        return clear ? ofClear : ofSubtle;
    }

    private static int sign(UniformRandomProvider random) {
        return random.nextBoolean() ? 1 : -1;
    }

    private static double hundredths(double number) {
        return StrictMath.rint(number * 100) / 100;
    }
}
