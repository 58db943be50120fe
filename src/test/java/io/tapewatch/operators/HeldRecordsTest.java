package io.tapewatch.operators;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapewatch.domain.TapeOrder;
import io.tapewatch.domain.TapeRecord;
import io.tapewatch.domain.Tick;
import io.tapewatch.domain.Ticks;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class HeldRecordsTest {

    private static final long SEED = 20261201;

    @Test
    void recordsAreHandedOverInTheOrderOfTheTapeHoweverTheyCame() {
        SplittableRandom random = new SplittableRandom(SEED);
        for (int round = 0; round < 300; round++) {
            HeldRecords held = new HeldRecords(TapeOrder.QUOTES_AFTER);
            List<Tick> waiting = new ArrayList<>();
            int far = 1 + random.nextInt(random.nextBoolean() ? 10 : 2000);
            long watermark = 0;
            for (int step = 0; step < 20; step++) {
                for (int i = random.nextInt(60); i > 0; i--) {
                    Tick tick = Ticks.tick("BTC-USD")
                            .at(watermark + 1 + i + random.nextInt(far))
                            .price(1)
                            .offset(random.nextInt())
                            .tick();
                    held.add(tick);
                    waiting.add(tick);
                }
                watermark += random.nextInt(far);
                long passed = watermark;
                List<Tick> due = waiting.stream()
                        .filter(tick -> tick.time() <= passed)
                        .sorted()
                        .toList();
                waiting.removeAll(due);

                assertThat(released(held, watermark))
                        .as("seed %d, round %d, step %d", SEED, round, step)
                        .isEqualTo(due);
                assertThat(held.size()).isEqualTo(waiting.size());
                assertThat(held.first())
                        .isEqualTo(waiting.stream().mapToLong(Tick::time).min().orElse(Long.MAX_VALUE));
            }
        }
    }

    private static List<TapeRecord> released(HeldRecords held, long watermark) {
        List<TapeRecord> released = new ArrayList<>();
        held.release(watermark, null, (symbol, record) -> released.add(record));
        return released;
    }
}
