package io.tapewatch.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.tapewatch.bench.PairedBench.Score;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class PiecePairsTest {

    @Test
    void aScoreIsTheTimeAndTheGarbageOfAPieceWithItsParameters() throws IOException {
        assertThat(PiecePairs.scores(new ObjectMapper().readTree("""
                [
                  {
                    "benchmark": "io.tapewatch.bench.pieces.Bars.add",
                    "primaryMetric": {"score": 22.5, "scoreError": "NaN", "scoreUnit": "ns/op"},
                    "secondaryMetrics": {
                      "gc.alloc.rate": {"score": 56.8, "scoreUnit": "MB/sec"},
                      "gc.alloc.rate.norm": {"score": 1.5, "scoreUnit": "B/op"}
                    }
                  },
                  {
                    "benchmark": "io.tapewatch.bench.pieces.RuleChecks.check",
                    "params": {"held": "10", "kind": "simple"},
                    "primaryMetric": {"score": 16, "scoreUnit": "ns/op"},
                    "secondaryMetrics": {"gc.alloc.rate.norm": {"score": 0, "scoreUnit": "B/op"}}
                  }
                ]
                """)))
                .containsExactly(
                        new Score("Bars.add", 22.5, 1.5), new Score("RuleChecks.check held=10 kind=simple", 16, 0));
    }
}
