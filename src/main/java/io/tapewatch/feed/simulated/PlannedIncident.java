package io.tapewatch.feed.simulated;

/**
 * An incident that is to happen.
 *
 * @param shape what it is like
 * @param start when, in epoch milliseconds of event time
 * @param index which of its kind it is, from 0
 * @param symbol the number of the instrument it happens to
 */
record PlannedIncident(IncidentShape shape, long start, long index, int symbol) {

    /** The last millisecond of its effect. */
    long end() {
        return start + shape.millis() - 1;
    }

    PlannedIncident to(int chosen) {
        return new PlannedIncident(shape, start, index, chosen);
    }
}
