package io.tapewatch.io.json;

import static io.tapewatch.domain.Printable.quoted;

import io.tapewatch.domain.Heartbeat;
import io.tapewatch.domain.Rejection.Reason;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The decoder of trades or quotes in JSON: each has a type, and there are heartbeats among them. */
abstract class TapeDecoder extends JsonDecoder {

    private final RecordLimits limits;
    private final String type;

    /**
     * @param topic the topic the records come from
     * @param type that of the records that are taken
     * @param limits which records are taken
     * @param names those of the fields that are read
     * @param unknownFields makes what counts the records with a field that is not read, by a label for its name
     */
    TapeDecoder(
            String topic,
            String type,
            RecordLimits limits,
            FieldNames names,
            Function<String, Runnable> unknownFields) {
        super(topic, limits.maxBytes(), names, unknownFields);
        this.limits = limits;
        this.type = type;
    }

    /** Which records are taken. */
    final RecordLimits limits() {
        return limits;
    }

    /**
     * The time of the record at hand.
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
        if (found != null && !found.equals(type)) {
            throw new InvalidRecord(
                    Reason.UNSUPPORTED_TYPE, "type is " + quoted(found) + "; expected \"" + type + "\" or no type");
        }
    }
}
