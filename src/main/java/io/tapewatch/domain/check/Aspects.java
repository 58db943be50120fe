package io.tapewatch.domain.check;

import io.tapewatch.domain.Varint;
import io.tapewatch.domain.rule.Aspect;
import io.tapewatch.domain.rule.Metric;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** Sets of {@linkplain Aspect aspects} as whole numbers, with a bit for each aspect: a check asks for them at every tick. */
final class Aspects {

    /** All of them, in their order. Nobody changes it. */
    static final Aspect[] ALL = Aspect.values();

    static {
        // More would need a long.
        if (ALL.length >= Integer.SIZE) {
            throw new AssertionError(ALL.length + " aspects; a set of them holds at most " + (Integer.SIZE - 1));
        }
    }

    private Aspects() {}

    /** The set of one aspect. */
    static int bit(Aspect aspect) {
        return 1 << aspect.ordinal();
    }

    /** What a metric needs of its window, and of its baseline. */
    static int of(Metric metric) {
        int aspects = 0;
        for (Aspect aspect : metric.aspects()) {
            aspects |= bit(aspect);
        }
        return aspects;
    }

    static boolean has(int aspects, Aspect aspect) {
        return (aspects & bit(aspect)) != 0;
    }

    /** Whether each aspect of {@code some} is in {@code aspects}, too. */
    static boolean hasAll(int aspects, int some) {
        return (some & aspects) == some;
    }

    /**
     * Writes a set: a byte for the first seven aspects, and another byte once a later one is among them. So an eighth aspect
     * needs no other format: sets without it are written, and read, as before.
     */
    static void write(DataOutput out, int aspects) throws IOException {
        Varint.write(out, aspects);
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @throws IOException also if a later version of the job wrote it, with an aspect that is not known here
     */
    static int read(DataInput in) throws IOException {
        long aspects = Varint.read(in);
        if (aspects >> ALL.length != 0) {
            throw new IOException("A window with the aspects " + Long.toBinaryString(aspects)
                    + ", a bit each; known are " + ALL.length);
        }
        return (int) aspects;
    }
}
