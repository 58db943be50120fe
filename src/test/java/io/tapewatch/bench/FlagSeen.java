package io.tapewatch.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.Map;

/**
 * A flag, as far as it matters when it came.
 *
 * @param rule which rule flagged
 * @param source what it flagged
 */
record FlagSeen(String rule, Source source) {

    /** Where a tick is in the topic of prices. */
    record Source(int partition, long offset) {}

    static FlagSeen of(JsonNode flag) {
        JsonNode source = flag.get("source");
        return new FlagSeen(
                flag.get("ruleId").asText(),
                new Source(source.get("partition").asInt(), source.get("offset").asLong()));
    }

    /** The flags of {@link PacedPrices#RULE}, each as it came first, by their ticks. */
    static Map<Source, Arrivals.Arrival<FlagSeen>> firstOfKnownShare(Iterable<Arrivals.Arrival<FlagSeen>> arrivals) {
        Map<Source, Arrivals.Arrival<FlagSeen>> first = new HashMap<>();
        for (Arrivals.Arrival<FlagSeen> arrival : arrivals) {
            if (arrival.record().rule.equals(PacedPrices.RULE.id())) {
                first.putIfAbsent(arrival.record().source, arrival);
            }
        }
        return first;
    }
}
