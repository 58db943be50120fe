package io.tapewatch.io.rules;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tapewatch.domain.Durations;
import io.tapewatch.domain.rule.Condition;
import io.tapewatch.domain.rule.Hours;
import io.tapewatch.domain.rule.PrintSelection;
import io.tapewatch.domain.rule.Rule;
import io.tapewatch.domain.rule.When;
import io.tapewatch.io.json.IsoTime;
import io.tapewatch.io.json.PlainNumbers;
import java.io.IOException;
import java.time.DayOfWeek;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A rule as a JSON object that {@link RuleParser} reads as the same rule: the fields in one order, durations, times and
 * days in one form, and nothing said that goes without saying.
 */
public final class RuleFormat {

    private RuleFormat() {}

    public static void write(JsonGenerator json, Rule rule) throws IOException {
        json.writeStartObject();
        json.writeStringField("id", rule.id());
        json.writeNumberField("version", rule.version());
        json.writeStringField("status", rule.status().word());
        if (!rule.description().isEmpty()) {
            json.writeStringField("description", rule.description());
        }
        if (rule.on() != Rule.On.TRADE) {
            json.writeStringField("on", rule.on().word());
        }
        writeTexts(json, "symbols", rule.symbols());
        writeSomeTexts(json, "except", rule.except());
        writeSomeTexts(json, "sectors", rule.sectors());
        writeSomeTexts(json, "venues", rule.venues());
        if (rule.prints().areAll()) {
            json.writeStringField("conditions", PrintSelection.ALL_WORD);
        }
        writeSomeTexts(json, "conditions", rule.prints().codes());
        json.writeStringField("severity", rule.severity().word());
        writeDuration(json, "cooldown", rule.cooldown());
        writeDuration(json, "for", rule.heldFor());
        if (rule.hours() != null) {
            writeHours(json, rule.hours());
        }
        if (rule.from() != Rule.ALWAYS) {
            json.writeStringField("from", IsoTime.format(rule.from()));
        }
        if (rule.until() != Rule.FOR_EVER) {
            json.writeStringField("until", IsoTime.format(rule.until()));
        }
        json.writeFieldName("when");
        writeWhen(json, rule.when());
        json.writeEndObject();
    }

    private static void writeSomeTexts(JsonGenerator json, String field, List<String> texts) throws IOException {
        if (!texts.isEmpty()) {
            writeTexts(json, field, texts);
        }
    }

    private static void writeTexts(JsonGenerator json, String field, List<String> texts) throws IOException {
        json.writeArrayFieldStart(field);
        for (String text : texts) {
            json.writeString(text);
        }
        json.writeEndArray();
    }

    private static void writeDuration(JsonGenerator json, String field, long millis) throws IOException {
        if (millis != 0) {
            json.writeStringField(field, Durations.format(millis));
        }
    }

    private static void writeHours(JsonGenerator json, Hours hours) throws IOException {
        json.writeObjectFieldStart("hours");
        json.writeStringField("from", Hours.clock(hours.from()));
        json.writeStringField("to", Hours.clock(hours.to()));
        json.writeStringField("zone", hours.zone().getId());
        if (hours.days().size() < DayOfWeek.values().length) {
            json.writeStringField("days", days(hours.days()));
        }
        json.writeEndObject();
    }

    /** Three days or more that follow one another are a run: {@code MON-WED,SAT,SUN}. */
    public static String days(Set<DayOfWeek> days) {
        List<String> parts = new ArrayList<>();
        int run = 0;
        for (DayOfWeek day : DayOfWeek.values()) {
            run = days.contains(day) ? run + 1 : 0;
            if (run == 3) {
                parts.remove(parts.size() - 1);
            }
            if (run >= 3) {
                parts.set(parts.size() - 1, HoursParser.word(day.minus(run - 1)) + "-" + HoursParser.word(day));
            } else if (run > 0) {
                parts.add(HoursParser.word(day));
            }
        }
        return String.join(",", parts);
    }

    private static void writeWhen(JsonGenerator json, When when) throws IOException {
        json.writeStartObject();
        if (when instanceof Condition condition) {
            writeCondition(json, condition);
        } else if (when instanceof When.Not not) {
            json.writeFieldName("not");
            writeWhen(json, not.of());
        } else {
            json.writeArrayFieldStart(when instanceof When.All ? "all" : "any");
            for (When part : when.parts()) {
                writeWhen(json, part);
            }
            json.writeEndArray();
        }
        json.writeEndObject();
    }

    private static void writeCondition(JsonGenerator json, Condition condition) throws IOException {
        json.writeStringField("metric", condition.metric().word());
        writeDuration(json, "over", condition.over());
        writeDuration(json, "baseline", condition.baseline());
        json.writeStringField("is", condition.is().sign());
        PlainNumbers.write(json, "limit", condition.limit());
    }
}
