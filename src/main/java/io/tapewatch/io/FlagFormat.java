package io.tapewatch.io;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.tapewatch.domain.Evidence;
import io.tapewatch.domain.Flag;
import java.io.IOException;
import java.io.StringWriter;
import java.util.List;
import java.util.Locale;

/**
 * A flag as a JSON object, and as a row of CSV with the same names: there the source's fields are columns of their own,
 * and the evidence is one column of JSON. A field without a value is left out.
 */
public final class FlagFormat {

    /** The columns of CSV, in their order. */
    static final List<String> CSV_FIELDS = List.of(
            "id",
            "ruleId",
            "ruleVersion",
            "severity",
            "symbol",
            "time",
            "price",
            "size",
            "previousPrice",
            "tradeId",
            "seq",
            "side",
            "venue",
            "conditions",
            "source.topic",
            "source.partition",
            "source.offset",
            "evidence",
            "message",
            "suppressed",
            "revision",
            "late");

    private static final JsonFactory JSON = new JsonFactory();

    private FlagFormat() {}

    /**
     * Writes the flag as JSON.
     *
     * @param sourceTopic the topic that the flag's tick came from
     */
    public static void write(JsonGenerator json, Flag flag, String sourceTopic) throws IOException {
        json.writeStartObject();
        writeTick(json, flag);
        json.writeObjectFieldStart("source");
        json.writeStringField("topic", sourceTopic);
        json.writeNumberField("partition", flag.partition());
        json.writeNumberField("offset", flag.offset());
        json.writeEndObject();
        json.writeFieldName("evidence");
        writeEvidence(json, flag);
        writeOutcome(json, flag);
        json.writeEndObject();
    }

    /** Writes the flag as a row of CSV. */
    static void writeRow(JsonGenerator row, Flag flag, String sourceTopic) throws IOException {
        row.writeStartObject();
        writeTick(row, flag);
        row.writeStringField("source.topic", sourceTopic);
        row.writeNumberField("source.partition", flag.partition());
        row.writeNumberField("source.offset", flag.offset());
        StringWriter evidence = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(evidence)) {
            writeEvidence(json, flag);
        }
        row.writeStringField("evidence", evidence.toString());
        writeOutcome(row, flag);
        row.writeEndObject();
    }

    private static void writeTick(JsonGenerator out, Flag flag) throws IOException {
        out.writeStringField("id", flag.id());
        out.writeStringField("ruleId", flag.ruleId());
        out.writeNumberField("ruleVersion", flag.ruleVersion());
        out.writeStringField("severity", flag.severity().word());
        out.writeStringField("symbol", flag.symbol());
        out.writeStringField("time", IsoTime.format(flag.time()));
        PlainNumbers.writeIfKnown(out, "price", flag.price());
        PlainNumbers.writeIfKnown(out, "size", flag.size());
        PlainNumbers.writeIfKnown(out, "previousPrice", flag.previousPrice());
        writeIfKnown(out, "tradeId", flag.tradeId());
        if (flag.seq() != null) {
            out.writeNumberField("seq", flag.seq());
        }
        if (flag.side() != null) {
            out.writeStringField("side", flag.side().name().toLowerCase(Locale.ROOT));
        }
        writeIfKnown(out, "venue", flag.venue());
        writeIfKnown(out, "conditions", flag.conditions());
    }

    private static void writeOutcome(JsonGenerator out, Flag flag) throws IOException {
        out.writeStringField("message", flag.message());
        out.writeNumberField("suppressed", flag.suppressed());
        out.writeNumberField("revision", flag.revision());
        out.writeBooleanField("late", flag.late());
    }

    private static void writeEvidence(JsonGenerator json, Flag flag) throws IOException {
        json.writeStartArray();
        for (Evidence evidence : flag.evidence()) {
            json.writeStartObject();
            json.writeStringField("metric", evidence.metric());
            writeIfKnown(json, "over", evidence.over());
            writeIfKnown(json, "baseline", evidence.baseline());
            PlainNumbers.write(json, "value", evidence.value());
            json.writeStringField("is", evidence.is());
            PlainNumbers.write(json, "limit", evidence.limit());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void writeIfKnown(JsonGenerator json, String field, String text) throws IOException {
        if (text != null) {
            json.writeStringField(field, text);
        }
    }
}
