package io.tapewatch.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapewatch.WholeForm;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The kill matrix: a real cluster and a real broker, under load, and all that may befall them, one after the other at
 * moments that hang on a seed; then everything is computed anew from what was sent. A run begins on one state backend and
 * goes over to the other, and back, when it is rescaled.
 *
 * <p>{@code ./mvnw -Pfaults verify} is ten runs, a third of which have a broker that hangs for 70 s, and beside them those
 * of {@link HighAvailabilityFaultsITCase}. {@code .ci/run} is one run with three brokers and two job managers and one
 * fault of most kinds. Each prints the options that repeat it.
 */
@WholeForm
class FaultsITCase {

    private static final int RUNS = Integer.getInteger("tapewatch.faults.runs", 0);
    private static final long SEED = Long.getLong("tapewatch.faults.seed", 20231115);

    @TempDir
    Path folder;

    /** The seeds of all runs that are asked for, at least one. */
    static LongStream seeds() {
        return LongStream.range(SEED, SEED + Math.max(1, RUNS));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void nothingIsLostAndNothingIsThereTwice(long seed) throws Exception {
        String options = options(seed);
        System.out.println("faults: " + options);
        Random random = new Random(seed);
        List<Fault> faults = RUNS == 0 ? Fault.oneOfEach(random) : Fault.all(random, seed);
        try (FaultyRun run = RUNS == 0
                ? FaultyRun.startHighlyAvailable(folder, stateBackend(seed), random)
                : FaultyRun.start(folder, stateBackend(seed), random)) {
            run.endure(faults, RUNS == 0 ? 30_000 : 100_000);
            assertThat(run.completedCheckpoints()).as("complete checkpoints").isGreaterThanOrEqualTo(5);
            assertThat(run.recoveries()).as("recoveries").isGreaterThanOrEqualTo(3);
            System.out.println("  " + options + ": " + run.figures());
        }
    }

    /** The state backend on which the run of a seed begins. */
    static String stateBackend(long seed) {
        return seed % 2 == 0 ? "rocksdb" : "hashmap";
    }

    /** What repeats the run of a seed. */
    static String options(long seed) {
        return (RUNS == 0 ? "-Dit.test=FaultsITCase " : "-Pfaults -Dfaults.runs=1 ") + "-Dtapewatch.faults.seed="
                + seed;
    }
}
