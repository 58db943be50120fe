package io.tapewatch.local;

import com.fasterxml.jackson.databind.JsonNode;
import io.tapewatch.io.json.IsoTime;

/** What a person reads of a flag. */
public final class FlagWords {

    /** Where the id of the rule begins in a {@linkplain #line line}. */
    static final int INDENT = "2013-11-25T09:30:00Z  critical  ".length();

    private FlagWords() {}

    /**
     * {@code updated} of a flag that is published again, whose message says how often it was met again; else empty. Empty also
     * of one that is withdrawn: its message begins with that.
     */
    public static String updated(JsonNode flag) {
        return flag.path("revision").asInt() == 0 || flag.has("withdrawn") ? "" : "updated";
    }

    /**
     * {@code 2013-11-25T09:30:00Z  high      spike: BTC-USD rose 5.2 % in 5m (limit 5 %), 811.02 → 853.2}; of an update
     * {@code … high      spike updated: BTC-USD rose 5.2 % … → 853.2; again 12 times until 09:34:10Z, …}.
     */
    static String line(String severity, JsonNode flag) {
        String updated = updated(flag);
        return String.format(
                "%s  %-8s  %s%s: %s",
                IsoTime.toSecond(flag.path("time").asText()),
                severity,
                flag.path("ruleId").asText(),
                updated.isEmpty() ? "" : " " + updated,
                flag.path("message").asText());
    }
}
