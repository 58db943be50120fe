package io.tapewatch.io;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tapewatch.domain.Evidence;
import io.tapewatch.domain.Flag;
import java.io.IOException;
import java.util.Locale;

/** A flag as a JSON object: the records of the flags topic. A field without a value is left out. */
public final class FlagFormat {

    private FlagFormat() {}

    /**
     * Writes the flag.
     *
     * @param sourceTopic the topic that the flag's tick came from
     */
    public static void write(JsonGenerator json, Flag flag, String sourceTopic) throws IOException {
        json.writeStartObject();
        json.writeStringField("id", flag.id());
        json.writeStringField("ruleId", flag.ruleId());
        json.writeNumberField("ruleVersion", flag.ruleVersion());
        json.writeStringField("severity", flag.severity().word());
        json.writeStringField("symbol", flag.symbol());
        json.writeStringField("time", IsoTime.format(flag.time()));
        PlainNumbers.write(json, "price", flag.price());
        writeIfKnown(json, "size", flag.size());
        writeIfKnown(json, "previousPrice", flag.previousPrice());
        writeIfKnown(json, "tradeId", flag.tradeId());
        if (flag.seq() != null) {
            json.writeNumberField("seq", flag.seq());
        }
        if (flag.side() != null) {
            json.writeStringField("side", flag.side().name().toLowerCase(Locale.ROOT));
        }
        writeIfKnown(json, "venue", flag.venue());
        writeIfKnown(json, "conditions", flag.conditions());
        json.writeObjectFieldStart("source");
        json.writeStringField("topic", sourceTopic);
        json.writeNumberField("partition", flag.partition());
        json.writeNumberField("offset", flag.offset());
        json.writeEndObject();
        json.writeFieldName("evidence");
        writeEvidence(json, flag);
        json.writeStringField("message", flag.message());
        json.writeNumberField("suppressed", flag.suppressed());
        json.writeNumberField("revision", flag.revision());
        json.writeBooleanField("late", flag.late());
        json.writeEndObject();
    }

    /** Writes the flag's evidence alone, an array: in CSV it is one column. */
    public static void writeEvidence(JsonGenerator json, Flag flag) throws IOException {
        json.writeStartArray();
        for (Evidence evidence : flag.evidence()) {
            json.writeStartObject();
            json.writeStringField("metric", evidence.metric());
            writeIfKnown(json, "over", evidence.over());
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

    private static void writeIfKnown(JsonGenerator json, String field, Double number) throws IOException {
        if (number != null) {
            PlainNumbers.write(json, field, number);
        }
    }
}
