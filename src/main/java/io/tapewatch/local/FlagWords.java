package io.tapewatch.local;

import com.fasterxml.jackson.databind.JsonNode;

/** What a person reads of a flag. */
public final class FlagWords {

    /** Where the id of the rule begins in a {@linkplain #line line}. */
    static final int INDENT = "2013-11-25T09:30:00Z  critical  ".length();

    private FlagWords() {}

    /** {@code again, 12 more} of a flag that comes again; else empty. */
    public static String again(JsonNode flag) {
        return flag.path("revision").asInt() == 0
                ? ""
                : "again, " + Account.grouped(flag.path("suppressed").asLong()) + " more";
    }

    /**
     * {@code 2013-11-25T09:30:00Z  high      spike: BTC-USD rose 5.2 % in 5m (limit 5 %), 811.02 → 853.2}; of a flag that
     * comes again {@code … high      spike again, 12 more: BTC-USD rose 40 % …}.
     */
    static String line(String severity, JsonNode flag) {
        String again = again(flag);
        return String.format(
                "%s  %-8s  %s%s: %s",
                Times.toSecond(flag.path("time").asText()),
                severity,
                flag.path("ruleId").asText(),
                again.isEmpty() ? "" : " " + again,
                flag.path("message").asText());
    }
}
