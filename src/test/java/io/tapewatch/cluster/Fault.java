package io.tapewatch.cluster;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** What may befall a job. */
enum Fault {
    TASK_MANAGER_KILLED,
    BROKER_KILLED,
    BOTH_KILLED,
    CANCELLED_AND_RESTORED,
    FAILED_AT_A_CHECKPOINT,
    FAILED_DURING_A_SAVEPOINT,
    RESCALED;

    /** All of a run of the matrix, in an order that hangs on the seed. */
    static List<Fault> all(Random random) {
        return shuffled(
                random,
                TASK_MANAGER_KILLED,
                TASK_MANAGER_KILLED,
                BOTH_KILLED,
                BROKER_KILLED,
                CANCELLED_AND_RESTORED,
                FAILED_AT_A_CHECKPOINT,
                FAILED_DURING_A_SAVEPOINT,
                RESCALED,
                RESCALED);
    }

    /** One of each. */
    static List<Fault> oneOfEach(Random random) {
        return shuffled(
                random,
                BOTH_KILLED,
                CANCELLED_AND_RESTORED,
                FAILED_AT_A_CHECKPOINT,
                FAILED_DURING_A_SAVEPOINT,
                RESCALED);
    }

    private static List<Fault> shuffled(Random random, Fault... faults) {
        List<Fault> shuffled = new ArrayList<>(List.of(faults));
        Collections.shuffle(shuffled, random);
        return shuffled;
    }
}
