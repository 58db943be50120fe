package io.tapewatch.operators;

import org.apache.flink.metrics.MetricGroup;

/** Where the job's own metrics are found: in the group {@value #GROUP} of their operator. */
public final class TapewatchMetrics {

    public static final String GROUP = "tapewatch";

    private TapewatchMetrics() {}

    static MetricGroup of(MetricGroup operator) {
        return operator.addGroup(GROUP);
    }
}
