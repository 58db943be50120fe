package io.tapewatch.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tapewatch.io.rules.RuleFile;
import io.tapewatch.local.RuleSet;
import java.util.List;
import java.util.stream.IntStream;

/** Any number of rules of the kinds that the local run begins with, over the same windows, each with limits of its own. */
final class VariedRules {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** So far beyond those of the local run are the limits that made-up prices seldom meet. */
    private static final int SELDOM = 10;

    private VariedRules() {}

    static RuleSet ofStarterKinds(int count) {
        List<RuleFile.Entry> kinds = RuleSet.starter(false).rules();
        return new RuleSet(IntStream.range(0, count)
                .mapToObj(number -> varied(kinds.get(number % kinds.size()), number, number / kinds.size()))
                .toList());
    }

    private static RuleFile.Entry varied(RuleFile.Entry kind, int number, int round) {
        try {
            ObjectNode rule = (ObjectNode) JSON.readTree(kind.json());
            String id = kind.id() + "-" + number;
            rule.put("id", id);
            for (JsonNode condition : rule.findParents("limit")) {
                ObjectNode limited = (ObjectNode) condition;
                limited.put("limit", limited.get("limit").asDouble() * (SELDOM + round));
            }
            return new RuleFile.Entry(id, JSON.writeValueAsString(rule));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("rule " + kind.id(), e);
        }
    }
}
