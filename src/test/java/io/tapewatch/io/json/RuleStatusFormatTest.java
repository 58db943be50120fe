package io.tapewatch.io.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.tapewatch.domain.Origin;
import io.tapewatch.domain.rule.Verdict;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RuleStatusFormatTest {

    @Test
    void aVerdictIsWrittenFieldByField() throws IOException {
        assertThat(written(new Verdict("pump", 3, Verdict.Outcome.REJECTED, "why", 1_385_337_613_042L)))
                .isEqualTo("{\"ruleId\":\"pump\",\"version\":3,\"verdict\":\"rejected\",\"reason\":\"why\","
                        + "\"time\":\"2013-11-25T00:00:13.042Z\"}");
        assertThat(written(new Verdict("pump", 3, Verdict.Outcome.DELETED, null, 0)))
                .isEqualTo("{\"ruleId\":\"pump\",\"version\":3,\"verdict\":\"deleted\","
                        + "\"time\":\"1970-01-01T00:00:00.000Z\"}");
    }

    @Test
    void whatHasNoValueIsLeftOut() throws IOException {
        assertThat(written(new Verdict(null, null, Verdict.Outcome.ACCEPTED, null, Origin.NO_TIMESTAMP)))
                .isEqualTo("{\"verdict\":\"accepted\"}");
    }

    @Test
    void anyTimestampCanBeWritten() throws IOException {
        assertThat(written(new Verdict(null, null, Verdict.Outcome.ACCEPTED, null, Long.MAX_VALUE)))
                .isEqualTo("{\"verdict\":\"accepted\",\"time\":\"+292278994-08-17T07:12:55.807Z\"}");
    }

    @Test
    void whatIsWrittenReadsBack() throws IOException {
        for (Verdict verdict : new Verdict[] {
            new Verdict("pump", 3, Verdict.Outcome.REJECTED, "why \"so\"", 1_385_337_613_042L),
            new Verdict("pump", null, Verdict.Outcome.DELETED, null, 0),
            new Verdict(null, null, Verdict.Outcome.ACCEPTED, null, Origin.NO_TIMESTAMP),
        }) {
            assertThat(RuleStatusFormat.read(written(verdict).getBytes(StandardCharsets.UTF_8)))
                    .isEqualTo(verdict);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "7", "{", "{}", "{\"verdict\":\"perhaps\"}", "{\"verdict\":\"accepted\",\"time\":\"soon\"}"})
    void whatIsNoVerdictIsToldFromOne(String json) {
        assertThatThrownBy(() -> RuleStatusFormat.read(json.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(IOException.class);
    }

    private static String written(Verdict verdict) throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
            RuleStatusFormat.write(json, verdict);
        }
        return text.toString();
    }
}
