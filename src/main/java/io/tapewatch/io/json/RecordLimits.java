package io.tapewatch.io.json;

import io.tapewatch.domain.Decoded;
import io.tapewatch.domain.Origin;
import io.tapewatch.domain.Rejection.Reason;
import io.tapewatch.domain.exact.Decimals;
import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;

/** Which prices, sizes and times of a record are taken, and what is wrong with others. */
public final class RecordLimits implements Serializable {

    /** Epoch milliseconds from 1973-03-03 on; below, a number is taken for seconds. */
    private static final long EARLIEST = 100_000_000_000L;

    /** Epoch milliseconds before 2099-12-03; from there on, a number is taken for micro- or nanoseconds. */
    private static final long AFTER_LATEST = 4_100_000_000_000L;

    private final int maxBytes;
    private final long maxFuture;
    private final boolean allowNonpositive;
    private final boolean amendments;

    /**
     * @param maxBytes the longest value that is read, in bytes
     * @param maxFuture how far an event time may lie after its record's Kafka timestamp
     * @param allowNonpositive whether a price may be zero or negative
     */
    public RecordLimits(int maxBytes, Duration maxFuture, boolean allowNonpositive) {
        this(maxBytes, maxFuture.toMillis(), allowNonpositive, false);
    }

    private RecordLimits(int maxBytes, long maxFuture, boolean allowNonpositive, boolean amendments) {
        this.maxBytes = maxBytes;
        this.maxFuture = maxFuture;
        this.allowNonpositive = allowNonpositive;
        this.amendments = amendments;
    }

    /** These, but that cancels and corrections are taken, too. */
    public RecordLimits withAmendments() {
        return new RecordLimits(maxBytes, maxFuture, allowNonpositive, true);
    }

    /** Whether cancels and corrections are taken. */
    boolean takesAmendments() {
        return amendments;
    }

    /** The longest value that is read, in bytes. */
    int maxBytes() {
        return maxBytes;
    }

    /** @throws InvalidRecord if the price is not one that is taken */
    void expectPrice(long units, int scale, String name) {
        if (units <= 0 && !allowNonpositive) {
            throw new InvalidRecord(
                    Reason.BAD_PRICE,
                    name + " is " + Decimals.toString(units, scale)
                            + "; expected above zero (prices.allow-nonpositive is off)");
        }
    }

    /** @throws InvalidRecord if the size is not one that is taken */
    static void expectSize(long units, int scale, String name) {
        if (units < 0) {
            throw new InvalidRecord(
                    Reason.BAD_SIZE, name + " is " + Decimals.toString(units, scale) + "; expected zero or more");
        }
    }

    /**
     * The time of a record's value, or else the record's own.
     *
     * @param timeOfValue the time the value says, or {@link Decoded#NO_TIME}
     */
    long time(long timeOfValue, Origin origin) {
        long time = timeOfValue;
        String timeIs = "time is ";
        if (time == Decoded.NO_TIME) {
            time = origin.timestamp();
            if (time == Origin.NO_TIMESTAMP) {
                throw new InvalidRecord(Reason.MISSING_FIELD, "time is missing, and the record has no timestamp");
            }
            timeIs = "time is missing, and the record's timestamp is ";
        }
        if (time < EARLIEST) {
            throw new InvalidRecord(
                    Reason.BAD_TIME,
                    timeIs + time + ", before 1973-03-03 in milliseconds: are these seconds? Expected epoch"
                            + " milliseconds or ISO-8601 with an offset");
        }
        if (time >= AFTER_LATEST) {
            String unit = time < AFTER_LATEST * 1000 ? "microseconds" : "nanoseconds";
            throw new InvalidRecord(
                    Reason.BAD_TIME,
                    timeIs + time + ", after 2099-12-03 in milliseconds: are these " + unit
                            + "? Expected epoch milliseconds or ISO-8601 with an offset");
        }
        // In this order nothing overflows, whatever the timestamp is.
        if (origin.timestamp() != Origin.NO_TIMESTAMP && time - maxFuture > origin.timestamp()) {
            throw new InvalidRecord(
                    Reason.FUTURE_TIME,
                    "time is " + Instant.ofEpochMilli(time) + ", more than " + maxFuture
                            + " ms (prices.max-future) after the record's timestamp "
                            + Instant.ofEpochMilli(origin.timestamp()));
        }
        return time;
    }
}
