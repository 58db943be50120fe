package io.tapewatch.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The kill matrix: a real cluster and a real broker, under load, and all that may befall them, one after the other at
 * moments that hang on a seed; then everything is computed anew from what was sent. A run begins on one state backend and
 * goes over to the other, and back, when it is rescaled.
 *
 * <p>{@code ./mvnw -Pfaults verify} is ten runs, {@code ./mvnw verify} one with one fault of each kind. Each
 * prints the options that repeat it.
 */
class FaultsITCase {

    private static final int RUNS = Integer.getInteger("tapewatch.faults.runs", 0);
    private static final long SEED = Long.getLong("tapewatch.faults.seed", 20231115);

    @TempDir
    Path folder;

    static Stream<Arguments> runs() {
        return IntStream.range(0, Math.max(1, RUNS))
                .mapToObj(run -> SEED + run)
                .map(seed -> Arguments.of(seed % 2 == 0 ? "rocksdb" : "hashmap", seed));
    }

    @ParameterizedTest
    @MethodSource("runs")
    void nothingIsLostAndNothingIsThereTwice(String stateBackend, long seed) throws Exception {
        System.out.println("faults, beginning on " + stateBackend + ": "
                + (RUNS == 0 ? "" : "-Pfaults -Dfaults.runs=1 ") + "-Dtapewatch.faults.seed=" + seed);
        Random random = new Random(seed);
        List<Fault> faults = RUNS == 0 ? Fault.oneOfEach(random) : Fault.all(random);
        try (FaultyRun run = FaultyRun.start(folder, stateBackend, random)) {
            for (Fault fault : faults) {
                run.suffer(fault);
            }
            run.finish(RUNS == 0 ? 30_000 : 100_000);
            assertThat(run.completedCheckpoints()).as("complete checkpoints").isGreaterThanOrEqualTo(5);
            assertThat(run.recoveries()).as("recoveries").isGreaterThanOrEqualTo(3);
            run.assertThatNothingIsLostOrThereTwice();
            run.assertThatNothingIsLeftBehind();
        }
    }
}
