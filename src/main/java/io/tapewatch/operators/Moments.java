package io.tapewatch.operators;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import org.apache.flink.api.common.state.ListState;

/** What waits for the moment it describes to be complete: the watermark has passed all that came before that moment. */
final class Moments {

    private Moments() {}

    /**
     * Takes out what {@code watermark} has made complete.
     *
     * @param asOf the moment that an element describes
     * @return the elements by their moment, and in the order in which they came
     */
    static <T> TreeMap<Long, List<T>> takeDue(ListState<T> waiting, ToLongFunction<T> asOf, long watermark)
            throws Exception {
        TreeMap<Long, List<T>> due = new TreeMap<>();
        List<T> stay = new ArrayList<>();
        for (T each : waiting.get()) {
            long moment = asOf.applyAsLong(each);
            if (moment - 1 <= watermark) {
                due.computeIfAbsent(moment, any -> new ArrayList<>()).add(each);
            } else {
                stay.add(each);
            }
        }
        if (!due.isEmpty()) {
            waiting.update(stay);
        }
        return due;
    }
}
