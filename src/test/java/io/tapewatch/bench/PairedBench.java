package io.tapewatch.bench;

import java.io.IOException;
import java.util.List;

/** A benchmark that is run on two builds in turn. */
interface PairedBench extends AutoCloseable {

    /**
     * What one run came to.
     *
     * @param piece what was measured
     * @param value how fast it was, in {@link #unit}
     * @param besides what else counts, in {@link #unitBesides}, or NaN
     */
    record Score(String piece, double value, double besides) {}

    /** The unit of what is compared, such as ns/op. */
    String unit();

    /** The unit of what is shown beside it, such as B/op. */
    String unitBesides();

    /** Whether a smaller value is the better one: nanoseconds, not ticks a second. */
    boolean isLowerBetter();

    /** Whether the build has the benchmark. */
    boolean isIn(Build build) throws IOException, InterruptedException;

    /** Runs it once, in a JVM of its own. */
    List<Score> run(Build build) throws Exception;

    /** Ends whatever it has started for its runs. */
    @Override
    default void close() throws IOException {}
}
