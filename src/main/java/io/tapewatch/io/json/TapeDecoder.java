package io.tapewatch.io.json;

import static io.tapewatch.domain.Printable.quoted;

import com.fasterxml.jackson.core.JsonParser;
import io.tapewatch.domain.Heartbeat;
import io.tapewatch.domain.Rejection.Reason;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The decoder of trades or quotes in JSON: each has a type, and there are heartbeats among them. */
abstract class TapeDecoder extends JsonDecoder {

    private final RecordLimits limits;
    private final String type;
    private final TimeReader times = new TimeReader();
    private final TimeReader otherTimes = new TimeReader();

    /**
     * @param topic the topic the records come from
     * @param type that of the records that are taken
     * @param limits which records are taken
     * @param names those of the fields that are read
     * @param counters makes what counts what its producers should hear of
     */
    TapeDecoder(String topic, String type, RecordLimits limits, FieldNames names, DecoderCounters counters) {
        super(topic, limits.maxBytes(), names, counters);
        this.limits = limits;
        this.type = type;
    }

    /** Which records are taken. */
    final RecordLimits limits() {
        return limits;
    }

    /**
     * Reads the current value as a time.
     *
     * @return its epoch milliseconds, which are never {@link io.tapewatch.domain.Decoded#NO_TIME}; {@link #nanosOfTime()}
     *     has the rest
     */
    final long readTime(JsonParser parser) throws IOException {
        return FieldValues.time(parser, times);
    }

    /** Reads the current value as a time that is not the record's own; its epoch milliseconds, never {@code NO_TIME}. */
    final long readOtherTime(JsonParser parser, String name) throws IOException {
        return FieldValues.time(parser, otherTimes, name);
    }

    /** The nanoseconds after the millisecond of the time that was read last. */
    final int nanosOfTime() {
        return times.nanos();
    }

    /**
     * The time of the record at hand, in epoch milliseconds.
     *
     * @param ofValue the time that the value says, or {@link io.tapewatch.domain.Decoded#NO_TIME}
     */
    final long time(long ofValue) {
        return limits.time(ofValue, origin());
    }

    /** What the record at hand says if it is a heartbeat. */
    final Heartbeat heartbeat(long time) {
        return new Heartbeat(time(time), origin().partition());
    }

    /** @param found the type that the value says */
    final void expectType(@Nullable String found) {
        if (found != null && !found.equalsIgnoreCase(type)) {
            throw new InvalidRecord(
                    Reason.UNSUPPORTED_TYPE, "type is " + quoted(found) + "; expected \"" + type + "\" or no type");
        }
    }
}
