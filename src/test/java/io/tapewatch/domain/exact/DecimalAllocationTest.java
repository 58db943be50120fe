package io.tapewatch.domain.exact;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What happens to each tick makes no objects. */
class DecimalAllocationTest {

    private static final int TICKS = 20_000;

    private final List<Decimal> prices = IntStream.range(0, TICKS)
            .mapToObj(i -> Decimal.of("64" + i % 97 + "." + i % 31))
            .toList();
    private final List<char[]> texts =
            prices.stream().map(price -> price.toString().toCharArray()).toList();

    private long result;

    @Test
    void aNumberIsReadAndWritten() {
        DecimalReader reader = new DecimalReader();
        StringBuilder to = new StringBuilder(DecimalText.MAX_LENGTH);
        assertThat(allocatedBy(() -> {
                    for (int i = 0; i < TICKS; i++) {
                        char[] text = texts.get(i);
                        reader.read(text, 0, text.length);
                        to.setLength(0);
                        DecimalText.append(to, reader.units(), reader.scale());
                        result += to.length();
                    }
                }))
                .isLessThan(TICKS);
    }

    @Test
    void aTickIsAddedAndAPartIsTakenAway() {
        TickSums sums = new TickSums();
        TickSums part = new TickSums();
        sums.add(1, 0, 123456789, 8);
        part.add(1, 0, 1, 2);
        assertThat(allocatedBy(() -> {
                    for (Decimal price : prices) {
                        sums.add(price.units(), price.scale(), 125, price.scale());
                        sums.merge(part);
                        sums.subtract(part);
                    }
                }))
                .isLessThan(TICKS);
    }

    @Test
    void aFigureIsComparedWithALimitAtWhichItIsAndFarFromIt() {
        Quotient quotient = new Quotient();
        Limit[] limits = {Limit.of(Decimal.of("5")), Limit.of(Decimal.of("50"))};
        assertThat(allocatedBy(() -> {
                    for (Limit limit : limits) {
                        for (int i = 1; i < TICKS; i++) {
                            Decimal base = prices.get(i - 1);
                            PercentChange.of(1155, 3, 11, 1, quotient);
                            result += quotient.compareTo(limit);
                            PercentChange.of(
                                    prices.get(i).units(), prices.get(i).scale(), base.units(), base.scale(), quotient);
                            result += quotient.compareTo(limit);
                        }
                    }
                }))
                .isLessThan(TICKS);
    }

    /** The bytes that an action allocates when it is done again. */
    private static long allocatedBy(Runnable action) {
        action.run(); // loads and links everything
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        action.run();
        return threads.getCurrentThreadAllocatedBytes() - before;
    }
}
