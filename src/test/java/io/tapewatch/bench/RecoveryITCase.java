package io.tapewatch.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapewatch.WholeForm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** That recoveries are measured, not how long they take. */
@Timeout(600)
@WholeForm
class RecoveryITCase {

    @Test
    void aRecoveryComesInATable() {
        assertThat(ShownTable.of(
                        new Recovery(),
                        "--state",
                        "hashmap",
                        "--replacement",
                        "started",
                        "--symbols",
                        "50",
                        "--minutes",
                        "10",
                        "--rate",
                        "2000",
                        "--flag-one-in",
                        "50",
                        "--seconds",
                        "2",
                        "--flink",
                        "execution.checkpointing.interval=1s",
                        "--flink",
                        "heartbeat.interval=1s",
                        "--memory",
                        "1200m"))
                .containsSequence(
                        "|---|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|",
                        "| hashmap | one that is started at once | N | N | N | N | N | N | N | N | N | N |");
    }
}
