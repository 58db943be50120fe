package io.tapewatch.io.lease;

import org.apache.flink.api.connector.source.SourceEvent;

/** Tells a reader that its job holds the lease of the consumer group, so that the reader may begin. */
final class LeaseWon implements SourceEvent {

    private static final long serialVersionUID = 1;

    @Override
    public String toString() {
        return "lease won";
    }
}
