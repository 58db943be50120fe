package io.tapewatch.io;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tapewatch.domain.Origin;
import io.tapewatch.domain.Verdict;
import java.io.IOException;

/** A verdict as a JSON object: the records of the rule-status topic. A field without a value is left out. */
public final class RuleStatusFormat {

    private RuleStatusFormat() {}

    public static void write(JsonGenerator json, Verdict verdict) throws IOException {
        json.writeStartObject();
        if (verdict.ruleId() != null) {
            json.writeStringField("ruleId", verdict.ruleId());
        }
        if (verdict.version() != null) {
            json.writeNumberField("version", verdict.version());
        }
        json.writeStringField("verdict", verdict.outcome().word());
        if (verdict.reason() != null) {
            json.writeStringField("reason", verdict.reason());
        }
        if (verdict.time() != Origin.NO_TIMESTAMP) {
            json.writeStringField("time", IsoTime.format(verdict.time()));
        }
        json.writeEndObject();
    }
}
