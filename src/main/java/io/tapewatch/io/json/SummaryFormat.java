package io.tapewatch.io.json;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tapewatch.domain.exact.Decimal;
import io.tapewatch.domain.window.Summary;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A summary as a JSON object, and as a row of CSV with the same names. A field without a value is left out. */
public final class SummaryFormat {

    /** The fields of the summary itself, in their order. */
    private static final Field[] OWN = {
        text("symbol", Summary::symbol),
        text("window", Summary::window),
        time("start", Summary::start),
        time("end", Summary::end),
        time("asOf", Summary::asOf),
        whole("count", Summary::count),
        whole("sizedCount", Summary::sizedCount),
        wholeIfAny("ineligible", Summary::ineligible),
        wholeIfAny("missing", Summary::missing),
        decimal("open", Summary::open),
        decimal("high", Summary::high),
        decimal("low", Summary::low),
        decimal("close", Summary::close),
        timeIfKnown("firstTime", Summary::firstTime),
        timeIfKnown("lastTime", Summary::lastTime),
        timeIfKnown("highTime", Summary::highTime),
        timeIfKnown("lowTime", Summary::lowTime),
        numberIfKnown("mean", Summary::mean),
        numberIfKnown("stddev", Summary::stddev),
        numberIfKnown("vwap", Summary::vwap),
        exact("volume", Summary::volume),
        exact("turnover", Summary::turnover),
        decimal("previousClose", Summary::previousClose),
        numberIfKnown("changePct", Summary::changePct),
        whole("revision", Summary::revision),
        time("mayChangeUntil", Summary::mayChangeUntil),
    };

    /** The names of all fields, in their order. */
    public static final List<String> FIELDS = Stream.concat(
                    Arrays.stream(OWN).map(Field::name), InstrumentFields.FIELDS.stream())
            .toList();

    /**
     * A field.
     *
     * @param name its name
     * @param value writes it
     */
    private record Field(String name, Value value) {}

    @FunctionalInterface
    private interface Value {
        void write(JsonGenerator out, Summary summary) throws IOException;
    }

    private SummaryFormat() {}

    /** Writes the summary. */
    public static void write(JsonGenerator out, Summary summary) throws IOException {
        out.writeStartObject();
        for (Field field : OWN) {
            field.value.write(out, summary);
        }
        InstrumentFields.write(out, summary.instrument());
        out.writeEndObject();
    }

    private static Field text(String name, Function<Summary, String> text) {
        return new Field(name, (out, summary) -> out.writeStringField(name, text.apply(summary)));
    }

    private static Field time(String name, ToLongFunction<Summary> time) {
        return new Field(name, (out, summary) -> out.writeStringField(name, IsoTime.format(time.applyAsLong(summary))));
    }

    private static Field timeIfKnown(String name, Function<Summary, @Nullable Long> time) {
        return new Field(name, (out, summary) -> {
            Long known = time.apply(summary);
            if (known != null) {
                out.writeStringField(name, IsoTime.format(known));
            }
        });
    }

    /** A number that is left out where it is 0. */
    private static Field wholeIfAny(String name, ToLongFunction<Summary> number) {
        return new Field(name, (out, summary) -> {
            long value = number.applyAsLong(summary);
            if (value != 0) {
                out.writeNumberField(name, value);
            }
        });
    }

    private static Field whole(String name, ToLongFunction<Summary> number) {
        return new Field(name, (out, summary) -> out.writeNumberField(name, number.applyAsLong(summary)));
    }

    private static Field decimal(String name, Function<Summary, @Nullable Decimal> number) {
        return new Field(name, (out, summary) -> PlainNumbers.writeIfKnown(out, name, number.apply(summary)));
    }

    private static Field exact(String name, Function<Summary, @Nullable BigDecimal> number) {
        return new Field(name, (out, summary) -> PlainNumbers.writeIfKnown(out, name, number.apply(summary)));
    }

    private static Field numberIfKnown(String name, Function<Summary, @Nullable Double> number) {
        return new Field(name, (out, summary) -> PlainNumbers.writeIfKnown(out, name, number.apply(summary)));
    }
}
