package io.tapewatch.io.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tapewatch.domain.Origin;
import io.tapewatch.domain.rule.Verdict;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A verdict as a JSON object: the records of the rule-status topic. A field without a value is left out. */
public final class RuleStatusFormat {

    private static final ObjectMapper JSON = new ObjectMapper();

    private RuleStatusFormat() {}

    /**
     * Reads what {@link #write} has written.
     *
     * @throws IOException if it is no verdict
     */
    public static Verdict read(byte @Nullable [] json) throws IOException {
        JsonNode verdict = JSON.readTree(json == null ? new byte[0] : json);
        try {
            return new Verdict(
                    verdict.hasNonNull("ruleId") ? verdict.get("ruleId").asText() : null,
                    verdict.hasNonNull("version") ? verdict.get("version").asInt() : null,
                    Verdict.Outcome.valueOf(verdict.path("verdict").asText().toUpperCase(Locale.ROOT)),
                    verdict.hasNonNull("reason") ? verdict.get("reason").asText() : null,
                    verdict.hasNonNull("time")
                            ? Instant.parse(verdict.get("time").asText()).toEpochMilli()
                            : Origin.NO_TIMESTAMP);
        } catch (IllegalArgumentException | DateTimeException e) {
            throw new IOException("no verdict: " + e.getMessage(), e);
        }
    }

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
