package io.tapewatch;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tapewatch.domain.check.NaiveFlag;
import io.tapewatch.domain.exact.Decimal;
import io.tapewatch.domain.rule.Evidence;
import io.tapewatch.domain.rule.Extreme;
import io.tapewatch.domain.rule.Rule;
import io.tapewatch.io.rules.RuleFormat;
import java.io.IOException;
import java.io.StringWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What the naive replay says of a flag and the job, too: its topic, id, revision, number of suppressed checks, evidence. */
public final class FlagTexts {

    private FlagTexts() {}

    /** Of one that the naive replay raises. */
    public static String of(NaiveFlag flag) {
        return (flag.shadow() ? "shadow-flags " : "flags ") + flag.id() + ", revision " + flag.revision()
                + ", suppressed " + flag.suppressed() + " until " + flag.lastTime() + ", " + flag.evidence() + ", "
                + flag.mostExtreme();
    }

    /** Of one that the job published: the name of the topic, a space and the record. */
    public static String of(String line) {
        String topic = line.substring(0, line.indexOf(' '));
        try {
            JsonNode flag = new ObjectMapper().readTree(line.substring(topic.length()));
            List<Evidence> evidence = new ArrayList<>();
            flag.get("evidence").forEach(each -> evidence.add(evidence(each)));
            List<Extreme> mostExtreme = new ArrayList<>();
            flag.path("mostExtreme")
                    .forEach(each -> mostExtreme.add(new Extreme(
                            evidence(each),
                            Instant.parse(each.get("time").asText()).toEpochMilli())));
            Long lastTime = flag.has("lastTime")
                    ? Instant.parse(flag.get("lastTime").asText()).toEpochMilli()
                    : null;
            return topic + " " + flag.get("id").asText() + ", revision "
                    + flag.get("revision").asInt() + ", suppressed "
                    + flag.get("suppressed").asLong() + " until " + lastTime + ", " + evidence + ", " + mostExtreme;
        } catch (IOException e) {
            throw new AssertionError(line, e);
        }
    }

    private static Evidence evidence(JsonNode each) {
        return new Evidence(
                each.get("metric").asText(),
                each.has("over") ? each.get("over").asText() : null,
                each.has("baseline") ? each.get("baseline").asText() : null,
                each.get("value").asDouble(),
                each.get("is").asText(),
                Decimal.of(each.get("limit").asText()));
    }

    /** A rule as it is sent. */
    public static String json(Rule rule) throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
            RuleFormat.write(json, rule);
        }
        return text.toString();
    }
}
