package io.tapewatch.feed.simulated;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Objects;

/**
 * Something that was planted in a simulated market.
 *
 * @param kind what
 * @param symbol the instrument it happens to
 * @param start the event time of its first effect on the tape, in epoch milliseconds
 * @param end the last millisecond of its effect on the tape, inclusive
 * @param size how large it is, in the {@link IncidentKind#unit() unit} of its kind: per cent of the price for a spike and a
 *     fat finger (negative: downwards), a flash crash and a pump and dump; times the usual volume of five minutes for a
 *     volume burst; seconds for a silence; basis points of the mid beyond the bid or the ask for an off-quote print
 * @param clear whether it is of the larger half, which a sensible rule would catch; otherwise it is subtle
 */
public record Incident(IncidentKind kind, String symbol, long start, long end, double size, boolean clear) {

    private static final JsonFactory JSON = new JsonFactory();
    private static final DateTimeFormatter ISO =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

    public Incident {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(symbol, "symbol");
        if (end < start) {
            throw new IllegalArgumentException(
                    "expected an end that is not before the start, found " + end + " after " + start);
        }
        if (!Double.isFinite(size)) {
            throw new IllegalArgumentException("expected a finite size, found " + size);
        }
    }

    /** {@code {"kind":…,"symbol":…,"start":…,"end":…,"size":…,"unit":…,"clear":…}} on one line, the size to two decimals. */
    public String toJson() {
        StringWriter text = new StringWriter(160);
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartObject();
            json.writeStringField("kind", kind.word());
            json.writeStringField("symbol", symbol);
            json.writeStringField("start", ISO.format(Instant.ofEpochMilli(start)));
            json.writeStringField("end", ISO.format(Instant.ofEpochMilli(end)));
            json.writeFieldName("size");
            json.writeNumber(new BigDecimal(size)
                    .setScale(2, RoundingMode.HALF_EVEN)
                    .stripTrailingZeros()
                    .toPlainString());
            json.writeStringField("unit", kind.unit());
            json.writeBooleanField("clear", clear);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }
}
