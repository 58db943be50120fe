package io.tapewatch.operators;

import static io.tapewatch.domain.Ticks.tick;
import static org.assertj.core.api.Assertions.assertThat;

import io.tapewatch.domain.Decoded;
import io.tapewatch.domain.Heartbeat;
import io.tapewatch.domain.Origin;
import io.tapewatch.domain.Rejection;
import io.tapewatch.domain.Tick;
import java.util.List;
import org.apache.flink.streaming.api.operators.ProcessOperator;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

@SuppressWarnings("try") // Flink's harnesses throw any Exception when they are closed.
class PriceRecordsTest {

    @Test
    void ticksGoOnRejectionsGoAsideAndHeartbeatsEndHere() throws Exception {
        Tick tick = tick("BTC-USD").at(1000).tick();
        Rejection rejection = new Rejection(
                Rejection.Reason.EMPTY,
                "",
                null,
                null,
                "prices",
                new Origin(0, 1, Origin.NO_TIMESTAMP, Origin.Stamp.NONE));
        try (OneInputStreamOperatorTestHarness<Decoded, Tick> records =
                new OneInputStreamOperatorTestHarness<>(new ProcessOperator<>(new PriceRecords(List.of())))) {
            records.setup(TickSerializer.INSTANCE);
            records.open();
            records.processElement(new Heartbeat(900), 900);
            records.processElement(rejection, Decoded.NO_TIME);
            records.processElement(tick, 1000);
            assertThat(records.extractOutputValues()).containsExactly(tick);
            assertThat(records.getSideOutput(PriceRecords.REJECTED))
                    .extracting(each -> each.getValue().reason())
                    .containsExactly(Rejection.Reason.EMPTY);
        }
    }

    @Test
    void ticksOfOtherSymbolsAreLeftOut() throws Exception {
        Tick watched = tick("BTC-USD").at(1000).tick();
        try (OneInputStreamOperatorTestHarness<Decoded, Tick> records = new OneInputStreamOperatorTestHarness<>(
                new ProcessOperator<>(new PriceRecords(List.of("BTC-*", "AAPL"))))) {
            records.setup(TickSerializer.INSTANCE);
            records.open();
            records.processElement(watched, 1000);
            records.processElement(tick("ETH-USD").at(1000).tick(), 1000);
            assertThat(records.extractOutputValues()).containsExactly(watched);
        }
    }

    /** Too late is judged by the tape; the decoder must not trip over any of its own. */
    @Test
    void everyReasonOfTheDecoderIsCounted() throws Exception {
        try (OneInputStreamOperatorTestHarness<Decoded, Tick> records =
                new OneInputStreamOperatorTestHarness<>(new ProcessOperator<>(new PriceRecords(List.of())))) {
            records.setup(TickSerializer.INSTANCE);
            records.open();
            for (Rejection.Reason reason : Rejection.Reason.values()) {
                if (reason != Rejection.Reason.TOO_LATE) {
                    Origin origin = new Origin(0, 1, 2, Origin.Stamp.CREATE_TIME);
                    records.processElement(new Rejection(reason, "", null, null, "prices", origin), 0);
                }
            }
            assertThat(records.getSideOutput(PriceRecords.REJECTED)).hasSize(Rejection.Reason.values().length - 1);
        }
    }
}
