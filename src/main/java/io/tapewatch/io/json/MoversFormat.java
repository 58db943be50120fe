package io.tapewatch.io.json;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tapewatch.domain.mover.Movers;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;

/**
 * Movers as a JSON object, and as rows of CSV: one for each rank of each list, whose name is a column. A field without a
 * value is left out.
 */
public final class MoversFormat {

    /** The fields, in their order. */
    static final List<String> FIELDS =
            List.of("window", "start", "end", "asOf", "gainers", "losers", "mostActive", "revision");

    /** The columns of CSV, in their order. */
    public static final List<String> CSV_FIELDS = Stream.of(
                    List.of("window", "start", "end", "asOf", "list"),
                    List.of("rank", "symbol", "changePct", "close", "previousClose", "volume", "turnover"),
                    InstrumentFields.FIELDS,
                    List.of("revision"))
            .flatMap(List::stream)
            .toList();

    private MoversFormat() {}

    /** Writes the movers as JSON. */
    public static void write(JsonGenerator json, Movers movers) throws IOException {
        json.writeStartObject();
        writeMoment(json, movers);
        writeList(json, "gainers", movers.gainers());
        writeList(json, "losers", movers.losers());
        writeList(json, "mostActive", movers.mostActive());
        json.writeNumberField("revision", movers.revision());
        json.writeEndObject();
    }

    /** Writes the movers as rows of CSV. */
    public static void writeRows(JsonGenerator rows, Movers movers) throws IOException {
        writeRows(rows, movers, "gainers", movers.gainers());
        writeRows(rows, movers, "losers", movers.losers());
        writeRows(rows, movers, "mostActive", movers.mostActive());
    }

    private static void writeList(JsonGenerator json, String name, List<Movers.Ranked> list) throws IOException {
        json.writeArrayFieldStart(name);
        for (Movers.Ranked ranked : list) {
            json.writeStartObject();
            writeRanked(json, ranked);
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void writeRows(JsonGenerator rows, Movers movers, String name, List<Movers.Ranked> list)
            throws IOException {
        for (Movers.Ranked ranked : list) {
            rows.writeStartObject();
            writeMoment(rows, movers);
            rows.writeStringField("list", name);
            writeRanked(rows, ranked);
            rows.writeNumberField("revision", movers.revision());
            rows.writeEndObject();
        }
    }

    private static void writeMoment(JsonGenerator out, Movers movers) throws IOException {
        out.writeStringField("window", movers.window());
        out.writeStringField("start", IsoTime.format(movers.start()));
        out.writeStringField("end", IsoTime.format(movers.end()));
        out.writeStringField("asOf", IsoTime.format(movers.asOf()));
    }

    private static void writeRanked(JsonGenerator out, Movers.Ranked ranked) throws IOException {
        out.writeNumberField("rank", ranked.rank());
        out.writeStringField("symbol", ranked.symbol());
        PlainNumbers.writeIfKnown(out, "changePct", ranked.changePct());
        PlainNumbers.write(out, "close", ranked.close());
        PlainNumbers.writeIfKnown(out, "previousClose", ranked.previousClose());
        PlainNumbers.writeIfKnown(out, "volume", ranked.volume());
        PlainNumbers.writeIfKnown(out, "turnover", ranked.turnover());
        InstrumentFields.write(out, ranked.instrument());
    }
}
