package io.tapewatch.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.tapewatch.JobOptions;
import io.tapewatch.domain.Rule;
import io.tapewatch.domain.Verdict;
import io.tapewatch.io.RuleFile;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.Test;

class RuleJudgeTest {

    private static final String CONDITION = "\"when\":{\"metric\":\"price\",\"is\":\">\",\"limit\":1.50}}";

    private final Configuration job = new Configuration();

    @Test
    void recordsAreJudgedOneAfterTheOther() {
        RuleJudge judge = new RuleJudge(job);
        assertThat(judge(judge, "a", "{\"version\":1," + CONDITION)).isEqualTo(Verdict.Outcome.ACCEPTED);
        assertThat(judge(judge, "a", "{\"version\":1,\"severity\":\"low\"," + CONDITION))
                .isEqualTo(Verdict.Outcome.REJECTED);
        assertThat(judge(judge, "a", "{\"version\":2," + CONDITION)).isEqualTo(Verdict.Outcome.ACCEPTED);
        assertThat(judge(judge, "b", "{")).isEqualTo(Verdict.Outcome.REJECTED);
        assertThat(judge(judge, "b", null)).isEqualTo(Verdict.Outcome.REJECTED);
        assertThat(judge.inForce()).extracting(Rule::id, Rule::version).containsExactly(tuple("a", 2));
        assertThat(judge(judge, "a", null)).isEqualTo(Verdict.Outcome.DELETED);
        assertThat(judge.inForce()).isEmpty();
    }

    @Test
    void theLimitsAreTheJobs() {
        job.set(JobOptions.RULES_MAX_COUNT, 1);
        RuleJudge judge = new RuleJudge(job);
        assertThat(judge(judge, "a", "{\"version\":1," + CONDITION)).isEqualTo(Verdict.Outcome.ACCEPTED);
        assertThat(judge(judge, "b", "{\"version\":1," + CONDITION)).isEqualTo(Verdict.Outcome.REJECTED);
    }

    @Test
    void theJsonOfTheRulesInForceIsAFileOfTheSameRules() {
        RuleJudge judge = new RuleJudge(job);
        judge(judge, "b", "{\n \"version\":1, \"description\":\"über 1½ €\"," + CONDITION);
        judge(judge, "a", "{\"version\":7,\"id\":\"a\"," + CONDITION);
        judge(judge, "a", "{\"version\":6,\"id\":\"a\",\"severity\":\"high\"," + CONDITION);
        String json = RulesListCommand.json(judge);
        assertThat(json.lines()).hasSize(4).allMatch(line -> line.chars().allMatch(c -> c < 128));
        assertThat(json).contains("\"limit\":1.50");

        RuleJudge again = new RuleJudge(job);
        List<RuleFile.Entry> rules =
                RuleFile.parse("json", json).requireIds("json").rules();
        assertThat(rules).extracting(RuleFile.Entry::id).containsExactly("a", "b");
        rules.forEach(rule -> judge(again, null, rule.json()));
        assertThat(List.copyOf(again.inForce())).isEqualTo(List.copyOf(judge.inForce()));
        assertThat(again.inForce()).hasSize(2);

        assertThat(RulesListCommand.json(new RuleJudge(job))).isEqualTo("[]");
    }

    private static Verdict.Outcome judge(RuleJudge judge, String key, String value) {
        return judge.judge(utf8(key), utf8(value), 0).outcome();
    }

    private static byte[] utf8(String text) {
        return text == null ? null : text.getBytes(StandardCharsets.UTF_8);
    }
}
