package io.tapewatch.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapewatch.WholeForm;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** That latencies are measured, not how long they are. */
@Timeout(600)
@WholeForm
class LatencyITCase {

    @Test
    void latenciesOfFlagsAndSummariesComeInATable() {
        List<String> shown = ShownTable.of(
                new Latency(),
                "--rate",
                "2000",
                "--symbols",
                "20",
                "--flag-one-in",
                "50",
                "--windows",
                "1s",
                "--warm-up",
                "1",
                "--seconds",
                "4",
                "--out-of-orderness",
                "100ms",
                "--flink",
                "execution.checkpointing.interval=1s",
                "--memory",
                "1200m");
        assertThat(shown)
                .containsSequence(
                        "| out-of-orderness | from | to | pN, ms | pN, ms | pN, ms | longest, ms | how many |",
                        "|---|---|---|--:|--:|--:|--:|--:|",
                        "| Nms | a tick is appended | its flag is appended | N | N | N | N | N |",
                        "| Nms | a tick is appended | its flag is read | N | N | N | N | N |",
                        "| Nms | a window ends | its summary is appended | N | N | N | N | N |",
                        "| Nms | a window ends | its summary is committed and read | N | N | N | N | N |")
                .contains(
                        "out-of-orderness Nms: N ticks/s were read with N cores of the task manager, and the producer was"
                                + " at most N ms behind its pace of N ticks/s.");
    }
}
