package io.tapewatch.io.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.tapewatch.domain.rule.Evidence;
import io.tapewatch.domain.rule.Extreme;
import io.tapewatch.domain.rule.Flag;
import java.io.IOException;
import java.io.StringWriter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A flag as a JSON object, and as a row of CSV with the same names: there the source's fields are columns of their own,
 * and the evidence and the most extreme values are a column of JSON each. A field without a value is left out. The venue
 * is the one that the tick names, else the instrument's.
 */
public final class FlagFormat {

    /** The columns of CSV, in their order. */
    public static final List<String> CSV_FIELDS = Stream.concat(
                    Stream.of(
                            "id",
                            "ruleId",
                            "ruleVersion",
                            "severity",
                            "symbol",
                            "time",
                            "price",
                            "size",
                            "previousPrice",
                            "bid",
                            "ask",
                            "tradeId",
                            "seq",
                            "side",
                            "venue",
                            "conditions",
                            "source.topic",
                            "source.partition",
                            "source.offset",
                            "evidence",
                            "mostExtreme",
                            "message",
                            "suppressed",
                            "lastTime",
                            "revision",
                            "late",
                            "withdrawn"),
                    InstrumentFields.FIELDS_BUT_VENUE.stream())
            .toList();

    private static final JsonFactory JSON = new JsonFactory();

    /** What writes a part of a flag. */
    private interface Part {
        void write(JsonGenerator json, Flag flag) throws IOException;
    }

    private FlagFormat() {}

    /**
     * Writes the flag as JSON.
     *
     * @param sources the topics that the flag's tick or quote came from
     */
    public static void write(JsonGenerator json, Flag flag, SourceTopics sources) throws IOException {
        json.writeStartObject();
        writeTick(json, flag);
        json.writeObjectFieldStart("source");
        KnownTexts.writeIfKnown(json, "topic", sources.of(flag.on()));
        json.writeNumberField("partition", flag.partition());
        json.writeNumberField("offset", flag.offset());
        json.writeEndObject();
        json.writeFieldName("evidence");
        writeEvidence(json, flag);
        if (hasSuppressed(flag)) {
            json.writeFieldName("mostExtreme");
            writeMostExtreme(json, flag);
        }
        writeOutcome(json, flag);
        json.writeEndObject();
    }

    /** Writes the flag as a row of CSV. */
    public static void writeRow(JsonGenerator row, Flag flag, SourceTopics sources) throws IOException {
        row.writeStartObject();
        writeTick(row, flag);
        KnownTexts.writeIfKnown(row, "source.topic", sources.of(flag.on()));
        row.writeNumberField("source.partition", flag.partition());
        row.writeNumberField("source.offset", flag.offset());
        row.writeStringField("evidence", text(flag, FlagFormat::writeEvidence));
        if (hasSuppressed(flag)) {
            row.writeStringField("mostExtreme", text(flag, FlagFormat::writeMostExtreme));
        }
        writeOutcome(row, flag);
        row.writeEndObject();
    }

    private static boolean hasSuppressed(Flag flag) {
        return flag.suppressed() > 0;
    }

    private static String text(Flag flag, Part part) throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            part.write(json, flag);
        }
        return text.toString();
    }

    private static void writeTick(JsonGenerator out, Flag flag) throws IOException {
        out.writeStringField("id", flag.id());
        out.writeStringField("ruleId", flag.ruleId());
        out.writeNumberField("ruleVersion", flag.ruleVersion());
        out.writeStringField("severity", flag.severity().word());
        out.writeStringField("symbol", flag.symbol());
        out.writeStringField("time", IsoTime.format(flag.time(), flag.nanos()));
        PlainNumbers.writeIfKnown(out, "price", flag.price());
        PlainNumbers.writeIfKnown(out, "size", flag.size());
        PlainNumbers.writeIfKnown(out, "previousPrice", flag.previousPrice());
        PlainNumbers.writeIfKnown(out, "bid", flag.bid());
        PlainNumbers.writeIfKnown(out, "ask", flag.ask());
        KnownTexts.writeIfKnown(out, "tradeId", flag.tradeId());
        if (flag.seq() != null) {
            out.writeNumberField("seq", flag.seq());
        }
        if (flag.side() != null) {
            out.writeStringField("side", flag.side().name().toLowerCase(Locale.ROOT));
        }
        KnownTexts.writeIfKnown(out, "venue", venue(flag));
        KnownTexts.writeIfKnown(out, "conditions", flag.conditions());
    }

    private static void writeOutcome(JsonGenerator out, Flag flag) throws IOException {
        out.writeStringField("message", flag.message());
        out.writeNumberField("suppressed", flag.suppressed());
        if (flag.lastTime() != null) {
            out.writeStringField("lastTime", IsoTime.format(flag.lastTime()));
        }
        out.writeNumberField("revision", flag.revision());
        out.writeBooleanField("late", flag.late());
        if (flag.withdrawn() != null) {
            out.writeStringField("withdrawn", flag.withdrawn().word());
        }
        InstrumentFields.writeAllButVenue(out, flag.instrument());
    }

    private static @Nullable String venue(Flag flag) {
        return flag.venue() != null || flag.instrument() == null
                ? flag.venue()
                : flag.instrument().venue();
    }

    private static void writeEvidence(JsonGenerator json, Flag flag) throws IOException {
        json.writeStartArray();
        for (Evidence evidence : flag.evidence()) {
            json.writeStartObject();
            writeFields(json, evidence);
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void writeMostExtreme(JsonGenerator json, Flag flag) throws IOException {
        json.writeStartArray();
        for (Extreme extreme : flag.mostExtreme()) {
            json.writeStartObject();
            writeFields(json, extreme.evidence());
            json.writeStringField("time", IsoTime.format(extreme.time()));
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void writeFields(JsonGenerator json, Evidence evidence) throws IOException {
        json.writeStringField("metric", evidence.metric());
        KnownTexts.writeIfKnown(json, "over", evidence.over());
        KnownTexts.writeIfKnown(json, "baseline", evidence.baseline());
        PlainNumbers.write(json, "value", evidence.value());
        json.writeStringField("is", evidence.is());
        PlainNumbers.write(json, "limit", evidence.limit());
    }
}
