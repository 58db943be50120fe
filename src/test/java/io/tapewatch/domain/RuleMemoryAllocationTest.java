package io.tapewatch.domain;

import static io.tapewatch.domain.Ticks.tick;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RuleMemoryAllocationTest {

    private static final int TICKS = 20_000;

    private final RuleBook book = Rules.book(
            "a: price > 1000",
            "b: size > 1000",
            "c: tickChangePct > 50",
            "d: changePct over 1m > 50",
            "e: changePct over 1h < -50");
    private final List<Tick> ticks = IntStream.range(0, TICKS)
            .mapToObj(i ->
                    tick("X").at(i * 100L).price(100 + i % 7 * 0.31).size(i % 5).tick())
            .toList();

    @Test
    void aCheckThatMeetsNoRuleAllocatesNothing() {
        checkAll(); // loads and links everything
        long perTick = allocatedBy(this::checkAll) / TICKS;
        assertThat(perTick).as("bytes a tick; a flag takes about a thousand").isLessThan(4);
    }

    @Test
    void theMeasureSeesAllocation() {
        assertThat(allocatedBy(() -> assertThat(new byte[TICKS * 4]).isNotEmpty()))
                .isGreaterThan(TICKS * 4L);
    }

    private void checkAll() {
        RuleMemory memory = new RuleMemory();
        Instrument instrument = Instrument.unknown(ticks.get(0).symbol());
        for (Tick tick : ticks) {
            memory.check(tick, AsOf.NOTHING, instrument, book, Rules.NO_CLOSES, flag -> {
                throw new AssertionError(flag);
            });
        }
    }

    private static long allocatedBy(Runnable task) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long thread = Thread.currentThread().getId();
        long before = threads.getThreadAllocatedBytes(thread);
        task.run();
        return threads.getThreadAllocatedBytes(thread) - before;
    }
}
