package io.tapewatch.io.json;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tapewatch.domain.window.Summary;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;

/** A summary as a JSON object, and as a row of CSV with the same names. A field without a value is left out. */
public final class SummaryFormat {

    /** The fields, in their order. */
    public static final List<String> FIELDS = Stream.concat(
                    Stream.of(
                            "symbol",
                            "window",
                            "start",
                            "end",
                            "asOf",
                            "count",
                            "sizedCount",
                            "open",
                            "high",
                            "low",
                            "close",
                            "firstTime",
                            "lastTime",
                            "highTime",
                            "lowTime",
                            "mean",
                            "stddev",
                            "vwap",
                            "volume",
                            "turnover",
                            "previousClose",
                            "changePct",
                            "revision",
                            "mayChangeUntil"),
                    InstrumentFields.FIELDS.stream())
            .toList();

    private SummaryFormat() {}

    /** Writes the summary. */
    public static void write(JsonGenerator out, Summary summary) throws IOException {
        out.writeStartObject();
        out.writeStringField("symbol", summary.symbol());
        out.writeStringField("window", summary.window());
        out.writeStringField("start", IsoTime.format(summary.start()));
        out.writeStringField("end", IsoTime.format(summary.end()));
        out.writeStringField("asOf", IsoTime.format(summary.asOf()));
        out.writeNumberField("count", summary.count());
        out.writeNumberField("sizedCount", summary.sizedCount());
        PlainNumbers.write(out, "open", summary.open());
        PlainNumbers.write(out, "high", summary.high());
        PlainNumbers.write(out, "low", summary.low());
        PlainNumbers.write(out, "close", summary.close());
        out.writeStringField("firstTime", IsoTime.format(summary.firstTime()));
        out.writeStringField("lastTime", IsoTime.format(summary.lastTime()));
        out.writeStringField("highTime", IsoTime.format(summary.highTime()));
        out.writeStringField("lowTime", IsoTime.format(summary.lowTime()));
        PlainNumbers.write(out, "mean", summary.mean());
        PlainNumbers.writeIfKnown(out, "stddev", summary.stddev());
        PlainNumbers.writeIfKnown(out, "vwap", summary.vwap());
        PlainNumbers.writeIfKnown(out, "volume", summary.volume());
        PlainNumbers.writeIfKnown(out, "turnover", summary.turnover());
        PlainNumbers.writeIfKnown(out, "previousClose", summary.previousClose());
        PlainNumbers.writeIfKnown(out, "changePct", summary.changePct());
        out.writeNumberField("revision", summary.revision());
        out.writeStringField("mayChangeUntil", IsoTime.format(summary.mayChangeUntil()));
        InstrumentFields.write(out, summary.instrument());
        out.writeEndObject();
    }
}
