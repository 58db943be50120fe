package io.tapewatch.io.rules;

import static io.tapewatch.domain.Printable.quoted;

import com.fasterxml.jackson.databind.JsonNode;
import io.tapewatch.domain.rule.Hours;
import io.tapewatch.io.json.NearMiss;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads when a rule looks. */
final class HoursParser {

    /** The fields of hours. */
    static final List<String> FIELDS = List.of("from", "to", "zone", "days");

    private static final Pattern CLOCK = Pattern.compile("([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9])?");
    private static final Pattern END_OF_DAY = Pattern.compile("24:00(:00)?");
    private static final List<String> DAYS =
            Stream.of(DayOfWeek.values()).map(HoursParser::word).toList();

    private HoursParser() {}

    /** How rules spell a day: {@code MON}. */
    static String word(DayOfWeek day) {
        return day.name().substring(0, 3).toUpperCase(Locale.ROOT);
    }

    /**
     * Reads what stands in a rule's {@code hours}.
     *
     * @throws IllegalArgumentException if it makes no sense; the message says what would
     */
    static Hours parse(JsonNode node) {
        if (!node.isObject()) {
            throw new IllegalArgumentException("\"hours\" must be an object, such as"
                    + " {\"from\":\"09:30\",\"to\":\"16:00\",\"zone\":\"America/New_York\",\"days\":\"MON-FRI\"}, not "
                    + RuleObject.kind(node));
        }
        RuleObject fields = new RuleObject(node, "hours");
        fields.requireOnly(FIELDS, "hours have " + String.join(", ", FIELDS));
        return new Hours(
                fields.has("from") ? from(fields) : 0,
                fields.has("to") ? to(fields) : Hours.DAY,
                fields.has("zone") ? zone(fields) : ZoneId.of("UTC"),
                fields.has("days") ? days(fields) : EnumSet.allOf(DayOfWeek.class));
    }

    private static int from(RuleObject fields) {
        String text = fields.text("from", "a time of day such as \"09:30\"");
        if (!CLOCK.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "\"hours.from\" must be a time of day from 00:00 to 23:59:59, such as \"09:30\", not "
                            + quoted(text));
        }
        return LocalTime.parse(text).toSecondOfDay();
    }

    private static int to(RuleObject fields) {
        String text = fields.text("to", "a time of day such as \"16:00\"");
        if (END_OF_DAY.matcher(text).matches()) {
            return Hours.DAY;
        }
        int second = CLOCK.matcher(text).matches() ? LocalTime.parse(text).toSecondOfDay() : 0;
        if (second == 0) {
            throw new IllegalArgumentException(
                    "\"hours.to\" must be a time of day from 00:00:01 to 24:00, such as \"16:00\", not "
                            + quoted(text));
        }
        return second;
    }

    private static ZoneId zone(RuleObject fields) {
        String id = fields.text("zone", "a time zone such as \"America/New_York\"");
        Set<String> zones = ZoneId.getAvailableZoneIds();
        if (!zones.contains(id)) {
            throw new IllegalArgumentException("\"hours.zone\": there is no zone " + quoted(id) + ": "
                    + NearMiss.or(
                            "write an IANA zone such as America/New_York",
                            id,
                            zones.stream().sorted().toList()));
        }
        return ZoneId.of(id);
    }

    /** Days and runs of days, such as {@code MON-WED,SAT}; a run may go on past Sunday. */
    private static Set<DayOfWeek> days(RuleObject fields) {
        String text = fields.text("days", "text such as \"MON-FRI\"");
        Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
        for (String part : text.split(",", -1)) {
            List<DayOfWeek> ends = new ArrayList<>();
            for (String end : part.split("-", -1)) {
                ends.add(day(end.strip()));
            }
            if (ends.size() > 2) {
                throw noDays(part.strip());
            }
            DayOfWeek last = ends.get(ends.size() - 1);
            for (DayOfWeek day = ends.get(0); day != last; day = day.plus(1)) {
                days.add(day);
            }
            days.add(last);
        }
        return days;
    }

    private static DayOfWeek day(String word) {
        int day = DAYS.indexOf(word);
        if (day < 0) {
            throw noDays(word);
        }
        return DayOfWeek.of(day + 1);
    }

    private static IllegalArgumentException noDays(String text) {
        return new IllegalArgumentException("\"hours.days\": " + quoted(text) + " is no day: "
                + NearMiss.or("write days and runs of days, such as MON-FRI or MON,WED,SAT-SUN", text, DAYS));
    }
}
