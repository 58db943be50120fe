package io.tapewatch.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The kill matrix where nothing is there once only: three brokers with three copies of each partition, and two job managers
 * that find each other through ZooKeeper. The job goes on without the broker that is gone or hangs, and without the job
 * manager that is gone.
 *
 * <p>{@code ./mvnw -Pfaults verify} is ten runs. Each kills the leader of a partition of prices, the coordinator of an open
 * transaction, the controller, and three times the leading job manager, in an order that hangs on the seed. What takes long
 * is for a third of the seeds each: two brokers gone for 60 s, a broker that hangs for 70 s, and all brokers stopped and
 * started one after the other. {@code .ci/run} has some of these faults in {@link FaultsITCase}.
 */
@EnabledIfSystemProperty(named = "tapewatch.faults.runs", matches = "[1-9]\\d*")
class HighAvailabilityFaultsITCase {

    @TempDir
    Path folder;

    static LongStream seeds() {
        return FaultsITCase.seeds();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void nothingIsLostAndNothingIsThereTwice(long seed) throws Exception {
        String options = FaultsITCase.options(seed);
        System.out.println("faults, three brokers and two job managers: " + options);
        Random random = new Random(seed);
        try (FaultyRun run = FaultyRun.startHighlyAvailable(folder, FaultsITCase.stateBackend(seed), random)) {
            run.endure(Fault.allOfTheHighlyAvailable(random, seed), 60_000);
            assertThat(run.recoveries()).as("recoveries").isGreaterThanOrEqualTo(3);
            System.out.println("  " + options + ": " + run.figures());
        }
    }
}
