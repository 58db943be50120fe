package io.tapewatch.cluster;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** What may befall a job. */
enum Fault {
    TASK_MANAGER_KILLED,
    KAFKA_KILLED,
    KAFKA_HANGS,
    BOTH_KILLED,
    CANCELLED_AND_RESTORED,
    FAILED_AT_A_CHECKPOINT,
    FAILED_DURING_A_SAVEPOINT,
    /** A task manager that is taken for dead, and comes to life again with the tasks that others do by now. */
    ZOMBIE_TASK_MANAGER,
    RESCALED,
    JOB_MANAGER_KILLED,
    PARTITION_LEADER_KILLED,
    COORDINATOR_KILLED,
    CONTROLLER_KILLED,
    BROKERS_ROLLED,
    TWO_BROKERS_GONE,
    BROKER_HANGS;

    /** All of a run with one broker and one job manager, in an order that hangs on the seed. */
    static List<Fault> all(Random random, long seed) {
        List<Fault> faults = shuffled(
                random,
                TASK_MANAGER_KILLED,
                TASK_MANAGER_KILLED,
                BOTH_KILLED,
                KAFKA_KILLED,
                CANCELLED_AND_RESTORED,
                FAILED_AT_A_CHECKPOINT,
                ZOMBIE_TASK_MANAGER,
                FAILED_DURING_A_SAVEPOINT,
                RESCALED,
                RESCALED);
        if (thirdOf(seed) == 2) {
            insert(KAFKA_HANGS, faults, random);
        }
        return faults;
    }

    /** All of a run with three brokers and two job managers, likewise. */
    static List<Fault> allOfTheHighlyAvailable(Random random, long seed) {
        List<Fault> faults = shuffled(
                random,
                PARTITION_LEADER_KILLED,
                COORDINATOR_KILLED,
                CONTROLLER_KILLED,
                JOB_MANAGER_KILLED,
                JOB_MANAGER_KILLED,
                JOB_MANAGER_KILLED);
        insert(List.of(TWO_BROKERS_GONE, BROKER_HANGS, BROKERS_ROLLED).get(thirdOf(seed)), faults, random);
        return faults;
    }

    /**
     * One of most kinds, for a short run with three brokers and two job managers. The coordinator that is killed leads
     * partitions of prices, too: each broker does.
     */
    static List<Fault> oneOfEach(Random random) {
        return shuffled(
                random,
                BOTH_KILLED,
                CANCELLED_AND_RESTORED,
                FAILED_AT_A_CHECKPOINT,
                ZOMBIE_TASK_MANAGER,
                RESCALED,
                JOB_MANAGER_KILLED,
                COORDINATOR_KILLED);
    }

    /** What takes long is for a third of the seeds. */
    private static int thirdOf(long seed) {
        return Math.floorMod(seed, 3);
    }

    private static void insert(Fault fault, List<Fault> faults, Random random) {
        faults.add(random.nextInt(faults.size() + 1), fault);
    }

    private static List<Fault> shuffled(Random random, Fault... faults) {
        List<Fault> shuffled = new ArrayList<>(List.of(faults));
        Collections.shuffle(shuffled, random);
        return shuffled;
    }
}
