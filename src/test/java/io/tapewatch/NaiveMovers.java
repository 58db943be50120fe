package io.tapewatch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tapewatch.domain.Instrument;
import io.tapewatch.domain.exact.Decimal;
import io.tapewatch.domain.mover.Mover;
import io.tapewatch.domain.mover.MoverLists;
import io.tapewatch.domain.mover.NaiveRanking;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The movers that summaries make, none of which was revised: what the job's are held against. */
public final class NaiveMovers {

    private NaiveMovers() {}

    /** Holds that these are they, each once and at revision 0. */
    public static void assertEqual(Collection<JsonNode> published, Map<String, MoverLists> expected) {
        Map<String, JsonNode> movers = new HashMap<>();
        for (JsonNode json : published) {
            assertThat(movers.put(json.get("asOf").asText(), json))
                    .as("the other of two lists of movers")
                    .isNull();
        }
        assertThat(movers.keySet()).isEqualTo(expected.keySet());
        expected.forEach((asOf, lists) -> {
            assertThat(movers.get(asOf).get("revision").asInt()).isZero();
            assertSame(movers.get(asOf).get("gainers"), lists.gainers());
            assertSame(movers.get(asOf).get("losers"), lists.losers());
            assertSame(movers.get(asOf).get("mostActive"), lists.mostActive());
        });
    }

    /** By the moment they describe: of each day the latest figures of each symbol up to then. */
    public static Map<String, MoverLists> of(List<JsonNode> summaries, String window, int size) {
        Map<String, TreeMap<String, List<JsonNode>>> days = new TreeMap<>();
        for (JsonNode summary : summaries) {
            if (summary.get("window").asText().equals(window)) {
                days.computeIfAbsent(summary.get("start").asText(), any -> new TreeMap<>())
                        .computeIfAbsent(summary.get("asOf").asText(), any -> new ArrayList<>())
                        .add(summary);
            }
        }
        Map<String, MoverLists> expected = new TreeMap<>();
        for (TreeMap<String, List<JsonNode>> moments : days.values()) {
            Map<String, Mover> figures = new HashMap<>();
            moments.forEach((asOf, ticked) -> {
                ticked.forEach(summary -> figures.put(summary.get("symbol").asText(), mover(summary)));
                expected.put(asOf, NaiveRanking.of(figures.values(), size));
            });
        }
        return expected;
    }

    private static Mover mover(JsonNode summary) {
        return new Mover(
                summary.get("symbol").asText(),
                number(summary, "changePct"),
                price(summary, "close"),
                price(summary, "previousClose"),
                summary.get("count").asLong(),
                sum(summary, "volume"),
                sum(summary, "turnover"),
                instrument(summary));
    }

    /** What a record says that is known about its symbol, or null. */
    private static Instrument instrument(JsonNode json) {
        return json.has("multiplier")
                ? new Instrument(
                        json.get("symbol").asText(),
                        json.path("name").asText(null),
                        json.path("currency").asText(null),
                        json.path("type").asText(null),
                        json.path("sector").asText(null),
                        json.path("venue").asText(null),
                        Decimal.of(json.get("multiplier").decimalValue().toPlainString()))
                : null;
    }

    private static Double number(JsonNode json, String field) {
        return json.has(field) ? json.get(field).asDouble() : null;
    }

    private static Decimal price(JsonNode json, String field) {
        return json.has(field) ? Decimal.of(NaiveSummaries.exact(json, field).toPlainString()) : null;
    }

    private static BigDecimal sum(JsonNode json, String field) {
        return json.has(field) ? NaiveSummaries.exact(json, field) : null;
    }

    private static void assertSame(JsonNode list, List<Mover> expected) {
        assertThat(list).hasSameSizeAs(expected);
        for (int i = 0; i < list.size(); i++) {
            JsonNode ranked = list.get(i);
            Mover mover = expected.get(i);
            assertThat(ranked.get("rank").asInt()).isEqualTo(i + 1);
            assertThat(new Mover(
                            ranked.get("symbol").asText(),
                            number(ranked, "changePct"),
                            price(ranked, "close"),
                            price(ranked, "previousClose"),
                            mover.count(),
                            sum(ranked, "volume"),
                            sum(ranked, "turnover"),
                            instrument(ranked)))
                    .isEqualTo(mover);
        }
    }
}
