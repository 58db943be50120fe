package io.tapewatch.domain.trade;

import java.util.Map;
import java.util.TreeMap;

/** What is missing in one run of numbers, found by looking at all of them in their order. */
public final class NaiveNumbers {

    private final TreeMap<Long, Long> timeOf = new TreeMap<>();

    /** Notes a number and the event time of its tick. */
    public void see(long number, long time) {
        timeOf.putIfAbsent(number, time);
    }

    /** How many numbers are missing, by the event time of the number that follows them. */
    public TreeMap<Long, Long> missing() {
        TreeMap<Long, Long> missing = new TreeMap<>();
        Long before = null;
        for (Map.Entry<Long, Long> each : timeOf.entrySet()) {
            if (before != null && each.getKey() - before > 1) {
                missing.merge(each.getValue(), each.getKey() - before - 1, Long::sum);
            }
            before = each.getKey();
        }
        return missing;
    }
}
