package io.tapewatch.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapewatch.WholeForm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** That growth is measured, not what it costs. */
@Timeout(600)
@WholeForm
class GrowthITCase {

    @Test
    void eachGroupComesInATableWithRatiosToItsFirstRow() {
        assertThat(ShownTable.of(
                        new Growth(),
                        "--ticks",
                        "100000",
                        "--symbols",
                        "10",
                        "--rules",
                        "2",
                        "--usual-symbols",
                        "10",
                        "--usual-rules",
                        "2",
                        "--flink",
                        "execution.checkpointing.interval=1s",
                        "--memory",
                        "1200m"))
                .containsSequence(
                        "|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|",
                        "| symbols | N | N | N | its share | N | N | N | N | N | N | N |",
                        "| rules | N | N | N | its share | N | N | N | N | N | N | N |",
                        "| one symbol | N | N | N | its share | N | N | N | N | N | N | N |",
                        "| one symbol | N | N | N | N % | N | N | N | N | N | N | N |");
    }
}
