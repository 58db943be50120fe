package io.tapewatch.io.rules;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import io.tapewatch.Rounds;
import io.tapewatch.Schemas;
import io.tapewatch.domain.rule.Condition;
import io.tapewatch.domain.rule.Metric;
import io.tapewatch.domain.rule.Rule;
import io.tapewatch.domain.rule.RuleChange;
import io.tapewatch.domain.rule.When;
import io.tapewatch.io.json.JsonWriter;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class RuleFormatTest {

    private static final JsonWriter<Rule> FORMAT = (rule, out) -> RuleFormat.write(out, rule);

    private final RuleParser parser = new RuleParser();

    private static String written(Rule rule) {
        return new String(FORMAT.bytes(new JsonFactory(), rule), UTF_8);
    }

    private Rule parsed(String rule) {
        ParsedRule parsed = parser.parse(null, rule.getBytes(UTF_8));
        assertThat(parsed).as(rule).isInstanceOf(ParsedRule.Change.class);
        return ((ParsedRule.Change) parsed).change().rule();
    }

    @Test
    void aRuleIsWrittenFieldByFieldInOneForm() {
        assertThat(written(parsed("""
                {"when": {"not": {"any": [{"limit": 5.50, "is": ">", "over": "300s", "metric": "changePct"},
                                          {"all": [{"metric": "volumeRatio", "over": "60s", "baseline": "60m",
                                                    "is": "<=", "limit": 1e3}]}]}},
                 "until": "2024-03-01T09:30:00.1239-05:00", "from": "2024-03-01T00:00Z", "on": "trade",
                 "hours": {"days": "FRI-MON,WED", "zone": "America/New_York", "to": "24:00:00", "from": "09:30:00"},
                 "for": "60s", "cooldown": "24h", "severity": "low", "venues": ["XNYS"], "sectors": ["Oil, Gas", "Coal"],
                 "except": ["BTC-EUR"], "symbols": ["BTC*"],
                 "description": "odd", "status": "shadow", "version": 7, "id": "odd"}""")))
                .isEqualTo("{\"id\":\"odd\",\"version\":7,\"status\":\"shadow\",\"description\":\"odd\","
                        + "\"symbols\":[\"BTC*\"],\"except\":[\"BTC-EUR\"],\"sectors\":[\"Oil, Gas\",\"Coal\"],"
                        + "\"venues\":[\"XNYS\"],\"severity\":\"low\",\"cooldown\":\"1d\","
                        + "\"for\":\"1m\",\"hours\":{\"from\":\"09:30\",\"to\":\"24:00\",\"zone\":\"America/New_York\","
                        + "\"days\":\"MON,WED,FRI-SUN\"},\"from\":\"2024-03-01T00:00:00.000Z\","
                        + "\"until\":\"2024-03-01T14:30:00.123Z\",\"when\":{\"not\":{\"any\":[{\"metric\":\"changePct\","
                        + "\"over\":\"5m\",\"is\":\">\",\"limit\":5.5},{\"all\":[{\"metric\":\"volumeRatio\",\"over\":\"1m\","
                        + "\"baseline\":\"1h\",\"is\":\"<=\",\"limit\":1000}]}]}}}");
    }

    @Test
    void whatARuleOnQuotesLooksAtIsWritten() {
        String rule = "{\"id\":\"wide\",\"version\":1,\"status\":\"active\",\"on\":\"quote\",\"symbols\":[\"*\"],"
                + "\"severity\":\"medium\",\"when\":{\"metric\":\"spreadBps\",\"is\":\">\",\"limit\":50}}";
        assertThat(written(parsed(rule))).isEqualTo(rule);
    }

    @Test
    void whatGoesWithoutSayingIsLeftOut() {
        assertThat(written(parsed("{\"id\":\"a\",\"version\":1,\"description\":\"\",\"on\":\"trade\","
                        + "\"except\":[],\"sectors\":[],\"venues\":[],\"cooldown\":\"0s\","
                        + "\"for\":\"0ms\",\"hours\":{},\"when\":{\"metric\":\"price\",\"is\":\">\",\"limit\":-0.0}}")))
                .isEqualTo("{\"id\":\"a\",\"version\":1,\"status\":\"active\",\"symbols\":[\"*\"],"
                        + "\"severity\":\"medium\",\"hours\":{\"from\":\"00:00\",\"to\":\"24:00\",\"zone\":\"UTC\"},"
                        + "\"when\":{\"metric\":\"price\",\"is\":\">\",\"limit\":0}}");
    }

    @Test
    void aRuleThatIsWrittenIsReadAsTheSameRuleAndIsValid() throws Exception {
        long seed = 23;
        RandomRules rules = new RandomRules(seed);
        Set<Metric> metrics = EnumSet.noneOf(Metric.class);
        int deep = 0;
        int wide = 0;
        int withHours = 0;
        int onQuotes = 0;
        int ofSectorsAtVenues = 0;
        for (int i = 0; i < Rounds.of(5000); i++) {
            Rule rule = rules.next();
            String written = written(rule);

            assertThat(parser.parse(null, written.getBytes(UTF_8)))
                    .as("seed %s: %s", seed, written)
                    .isEqualTo(new ParsedRule.Change(new RuleChange(rule.id(), rule)));
            Schemas.assertValid("rule", Schemas.read(written));

            metrics.addAll(
                    rule.when().conditions().stream().map(Condition::metric).collect(Collectors.toSet()));
            deep += rule.when().depth() == When.MAX_DEPTH ? 1 : 0;
            wide += rule.when().conditions().size() == When.MAX_CONDITIONS ? 1 : 0;
            withHours += rule.hours() == null ? 0 : 1;
            onQuotes += rule.on() == Rule.On.QUOTE ? 1 : 0;
            ofSectorsAtVenues += rule.sectors().isEmpty() || rule.venues().isEmpty() ? 0 : 1;
        }
        assertThat(metrics).containsExactly(Metric.values());
        assertThat(deep).as("as deep as can be").isGreaterThan(Rounds.of(100));
        assertThat(wide).as("with as many conditions as can be").isGreaterThan(Rounds.of(20));
        assertThat(withHours).as("with hours").isGreaterThan(Rounds.of(100));
        assertThat(onQuotes).as("on quotes").isGreaterThan(Rounds.of(500));
        assertThat(ofSectorsAtVenues).as("with sectors and venues").isGreaterThan(Rounds.of(300));
    }
}
