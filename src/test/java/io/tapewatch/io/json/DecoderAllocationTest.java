package io.tapewatch.io.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.tapewatch.domain.Origin;
import io.tapewatch.domain.Tick;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A number of a trade costs no object, however many digits it has. */
class DecoderAllocationTest {

    private static final int RECORDS = 20_000;
    private static final Origin ORIGIN = new Origin(3, 42, RecordTable.RECORD_TIME, Origin.Stamp.LOG_APPEND_TIME);

    private final RecordDecoder decoder = PriceDecoder.factory(new RecordLimits(64_000, Duration.ofMinutes(1), false))
            .decoder("prices");

    @Test
    void digitsOfPricesSizesAndTimesCostNothing() {
        long few = bytesOf("{\"price\":1,\"size\":2,\"time\":1700000000000}");

        for (String many : new String[] {
            "{\"price\":64250.123456789012,\"size\":0.000000000000000001,\"time\":1700000000000.123456}",
            "{\"price\":\"64250.12345678901234567890\",\"size\":\"1e-18\",\"time\":\"1700000000000.123456\"}",
            "{\"price\":1e17,\"size\":999999999999999999,\"time\":\"2023-11-14T22:13:20.123456789+05:30\"}"
        }) {
            assertThat(bytesOf(many)).as("bytes of %s", many).isBetween(few - 8, few + 8);
        }
    }

    @Test
    void theMeasureSeesAnObject() {
        long without = bytesOf("{\"price\":1}");

        assertThat(bytesOf("{\"price\":1,\"id\":\"a\"}")).isGreaterThan(without + 16);
    }

    private long bytesOf(String json) {
        byte[] value = json.getBytes(UTF_8);
        byte[] key = "KEY".getBytes(UTF_8);
        assertThat(decoder.decode(key, value, ORIGIN)).isInstanceOf(Tick.class);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long thread = Thread.currentThread().getId();
        for (int i = 0; i < RECORDS; i++) {
            decoder.decode(key, value, ORIGIN); // until it is compiled
        }
        long before = threads.getThreadAllocatedBytes(thread);
        for (int i = 0; i < RECORDS; i++) {
            decoder.decode(key, value, ORIGIN);
        }
        return (threads.getThreadAllocatedBytes(thread) - before) / RECORDS;
    }
}
