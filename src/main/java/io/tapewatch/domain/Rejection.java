package io.tapewatch.domain;

import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A record that is not counted, with the reason, exactly as it came.
 *
 * @param reason why
 * @param detail what was wrong and what was expected, for a person
 * @param key the record's key
 * @param value the record's value
 * @param topic the topic it came from
 * @param origin where in that topic
 */
public record Rejection(
        Reason reason, String detail, byte @Nullable [] key, byte @Nullable [] value, String topic, Origin origin)
        implements Decoded {

    public Rejection {
        Objects.requireNonNull(reason, "reason");
        Objects.requireNonNull(detail, "detail");
        Objects.requireNonNull(topic, "topic");
        Objects.requireNonNull(origin, "origin");
    }

    /** A record that cannot be used must not move the watermark. */
    @Override
    public long time() {
        return NO_TIME;
    }

    @Override
    public int partition() {
        return origin.partition();
    }

    /** Why a record is not counted. */
    public enum Reason {
        MALFORMED_JSON,
        MISSING_FIELD,
        BAD_SYMBOL,
        BAD_PRICE,
        BAD_SIZE,
        BAD_MULTIPLIER,
        BAD_TIME,
        FUTURE_TIME,
        TOO_LATE,
        TOO_LARGE,
        EMPTY,
        REPEAT,
        UNSUPPORTED_TYPE,
        UNKNOWN_TRADE,
        BEYOND_HORIZON;

        private final String label = name().toLowerCase(Locale.ROOT).replace('_', '-');

        /** The reason as the dead letters and the metrics spell it, such as {@code bad-price}. */
        public String label() {
            return label;
        }
    }
}
