package io.tapewatch.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.SimpleCounter;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.junit.jupiter.api.Test;

class JobCountersTest {

    private static final MetricGroup TAPE = group(Map.of("<operator_name>", "tape"), "host", "tapewatch");

    private final JobCounters counters = new JobCounters();

    @Test
    void subtasksAreSummed() {
        count("records", TAPE, 3);
        count("records", TAPE, 4);
        count("counted", TAPE, 5);
        assertThat(counters.sum("records")).isEqualTo(7);
        assertThat(counters.sum("counted")).isEqualTo(5);
        assertThat(counters.sum("flags")).isZero();
    }

    @Test
    void aCounterThatGoesOnCountingIsReadAsItIs() {
        Counter records = count("records", TAPE, 3);
        records.inc();
        assertThat(counters.sum("records")).isEqualTo(4);
    }

    @Test
    void aTaskThatEndedKeepsWhatItCounted() {
        Counter ended = count("records", TAPE, 3);
        counters.removed(ended);
        counters.removed(ended);
        count("records", TAPE, 4);
        assertThat(counters.sum("records")).isEqualTo(7);
    }

    @Test
    void countersOfOthersAreNotCounted() {
        count("records", group(Map.of(), "host", "kafka"), 3);
        assertThat(counters.sum("records")).isZero();
    }

    @Test
    void theAccountHoldsPricesWithoutHeartbeatsAndDeadLettersByReason() {
        count("records", TAPE, 100);
        count("heartbeats", TAPE, 10);
        count("rejected", TAPE, 5);
        Counter ended = count("rejectedBy", reason("bad-price"), 2);
        counters.removed(ended);
        count("rejectedBy", reason("bad-price"), 1);
        count("rejectedBy", reason("empty"), 2);
        count("tooLate", TAPE, 4);
        count("counted", TAPE, 81);
        assertThat(counters.account())
                .hasToString("90 in = 81 counted + 9 dead letters (too-late 4, bad-price 3, empty 2); difference 0");
    }

    @Test
    void lateTicksAreSummedWithTheWindowsThatMissedAndCorrectedThem() {
        count("late", TAPE, 5);
        count("late", TAPE, 3);
        count("lateMissed", TAPE, 2);
        count("tooLate", TAPE, 1);
        count("correctedWindows", TAPE, 4);
        count("revisions", TAPE, 9);
        assertThat(counters.late()).isEqualTo(new LateTicks(8, 2, 1, 4));
    }

    @Test
    void pricesQuotesAndInstrumentsHaveAnAccountEachWhateverTheReasonsAreCalled() {
        count("records", TAPE, 10);
        count("counted", TAPE, 8);
        count("rejectedBy", reason("bad-price"), 2);
        count("quotesRecords", TAPE, 100);
        count("quotesHeartbeats", TAPE, 10);
        count("quotesUnwatched", TAPE, 4);
        count("quotesRejected", TAPE, 6);
        count("quotesRejectedBy", reason("bad-price"), 4);
        Counter ended = count("quotesRejectedBy", reason("bad-symbol"), 1);
        counters.removed(ended);
        count("quotesRejectedBy", reason("bad-symbol"), 1);
        count("quotesTaken", TAPE, 77);
        count("quotesLate", TAPE, 5);
        count("quotesTooLate", TAPE, 3);
        count("instrumentsRecords", TAPE, 20);
        count("instrumentsRejected", TAPE, 1);
        count("instrumentsRejectedBy", reason("bad-price"), 1);
        count("othersBy", reason("bad-price"), 1_000);

        assertThat(counters.account()).hasToString("10 in = 8 counted + 2 dead letters (bad-price 2); difference 0");
        assertThat(counters.quotes())
                .hasToString("90 quotes in = 77 taken + 9 dead letters (bad-price 4, too-late 3, bad-symbol 2)"
                        + " + 4 of symbols not watched; difference 0");
        assertThat(counters.instruments())
                .hasToString("20 instruments in = 19 taken + 1 dead letters (bad-price 1); difference 0");
    }

    @Test
    void theEventTimeIsTheSlowestSubtasksAndStaysWhenTheJobHasEnded() {
        long[] watermarks = {Long.MIN_VALUE, 2_000};
        Gauge<Long> first = () -> watermarks[0];
        Gauge<Long> second = () -> watermarks[1];
        counters.added(first, "currentOutputWatermark", TAPE);
        counters.added(second, "currentOutputWatermark", TAPE);
        counters.added((Gauge<Long>) () -> 1L, "currentOutputWatermark", group(Map.of("<operator_name>", "sink")));
        assertThat(counters.eventTime()).isEmpty();

        watermarks[0] = 1_000;
        assertThat(counters.eventTime()).hasValue(1_000);

        watermarks[0] = Long.MAX_VALUE;
        watermarks[1] = Long.MAX_VALUE;
        assertThat(counters.eventTime()).hasValue(1_000);

        counters.removed(first);
        counters.removed(second);
        assertThat(counters.eventTime()).hasValue(1_000);
    }

    @Test
    void rulesAreSummedAlsoWhenTheirTasksHaveEnded() {
        Gauge<Long> ended = gauge("checked", rule("spike"), 70);
        counters.removed(ended);
        gauge("checked", rule("spike"), 30);
        gauge("flagged", rule("spike"), 2);
        gauge("suppressed", rule("spike"), 1_234);
        gauge("checked", rule("blind"), 0);
        gauge("flagged", rule("blind"), 0);
        gauge("suppressed", rule("blind"), 0);
        gauge("lastTick", rule("spike"), 5);
        gauge("checked", group(Map.of("<rule>", "spike"), "host", "other"), 1);

        assertThat(counters.rules())
                .containsExactly(new RuleTotals("blind", 0, 0, 0), new RuleTotals("spike", 100, 2, 1_234));
        assertThat(counters.flags()).isEqualTo(2);
        assertThat(RuleTotals.table(counters.rules()))
                .containsExactly(
                        "rule       checked      flags   suppressed",
                        "blind            0          0            0",
                        "spike          100          2        1,234");
        assertThat(RuleTotals.table(List.of())).isEmpty();
    }

    private Gauge<Long> gauge(String name, MetricGroup group, long value) {
        Gauge<Long> gauge = () -> value;
        counters.added(gauge, name, group);
        return gauge;
    }

    private Counter count(String name, MetricGroup group, long count) {
        Counter counter = new SimpleCounter();
        counter.inc(count);
        counters.added(counter, name, group);
        return counter;
    }

    private static MetricGroup rule(String id) {
        return group(Map.of("<rule>", id), "host", "tapewatch", "rule", id);
    }

    private static MetricGroup reason(String reason) {
        return group(Map.of("<reason>", reason), "host", "tapewatch", "reason", reason);
    }

    private static MetricGroup group(Map<String, String> variables, String... scope) {
        return new UnregisteredMetricsGroup() {
            @Override
            public String[] getScopeComponents() {
                return scope;
            }

            @Override
            public Map<String, String> getAllVariables() {
                return variables;
            }
        };
    }
}
