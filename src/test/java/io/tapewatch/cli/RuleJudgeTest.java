package io.tapewatch.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.tapewatch.domain.rule.Rule;
import io.tapewatch.domain.rule.Verdict;
import io.tapewatch.io.rules.RuleFile;
import io.tapewatch.settings.JobOptions;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RuleJudgeTest {

    private static final String CONDITION = "\"when\":{\"metric\":\"price\",\"is\":\">\",\"limit\":1.50}}";

    private final Configuration job = new Configuration();

    @TempDir
    private Path folder;

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
    void rulesThatNeedAnInputWhichWasNotGivenAreNamed() {
        String onQuotes =
                "{\"version\":1,\"on\":\"quote\",\"when\":{\"metric\":\"spreadBps\",\"is\":\"<\",\"limit\":0}}";
        RuleJudge judge = new RuleJudge(job);
        Configuration all = new Configuration();
        all.set(JobOptions.QUOTES_TOPIC, "quotes");
        all.set(JobOptions.INSTRUMENTS_TOPIC, "instruments");
        RuleJudge withAllInputs = new RuleJudge(all);
        for (RuleJudge each : List.of(judge, withAllInputs)) {
            judge(each, "a", "{\"version\":1," + CONDITION);
        }
        assertThat(RulesListCommand.leftOut(judge, withAllInputs, job)).isEmpty();

        for (RuleJudge each : List.of(judge, withAllInputs)) {
            judge(each, "wide", onQuotes);
        }
        assertThat(RulesListCommand.leftOut(judge, withAllInputs, job))
                .hasValue(
                        "1 rule needs an input that was not given here, so it is not known whether the job has it in force:"
                                + " wide; give --quotes.topic and --instruments.topic as the job has it");
    }

    @Test
    void whetherThereAreQuotesAndInstrumentsIsTheJobs() {
        String onQuotes =
                "{\"version\":1,\"on\":\"quote\",\"when\":{\"metric\":\"spreadBps\",\"is\":\"<\",\"limit\":0}}";
        String ofASector = "{\"version\":1,\"sectors\":[\"Energy\"]," + CONDITION;
        RuleJudge judge = new RuleJudge(job);
        assertThat(judge(judge, "a", onQuotes)).isEqualTo(Verdict.Outcome.REJECTED);
        assertThat(judge(judge, "b", ofASector)).isEqualTo(Verdict.Outcome.REJECTED);

        job.set(JobOptions.QUOTES_TOPIC, "quotes");
        judge = new RuleJudge(job);
        assertThat(judge(judge, "a", onQuotes)).isEqualTo(Verdict.Outcome.ACCEPTED);
        assertThat(judge(judge, "b", ofASector)).isEqualTo(Verdict.Outcome.REJECTED);

        job.set(JobOptions.INSTRUMENTS_TOPIC, "instruments");
        judge = new RuleJudge(job);
        assertThat(judge(judge, "a", onQuotes)).isEqualTo(Verdict.Outcome.ACCEPTED);
        assertThat(judge(judge, "b", ofASector)).isEqualTo(Verdict.Outcome.ACCEPTED);
    }

    @Test
    void rulesCheckIsToldOfQuotesAndInstruments() throws IOException {
        Path file = Files.writeString(
                folder.resolve("rules.json"),
                "[{\"id\":\"off\",\"version\":1,\"when\":{\"metric\":\"offQuoteBps\",\"is\":\">\",\"limit\":10}},"
                        + "{\"id\":\"there\",\"version\":1,\"venues\":[\"XNYS\"]," + CONDITION + "]");
        assertThat(check(file))
                .containsExactly(
                        "off    1  rejected  offQuoteBps needs quotes, and this job has none: give it their topic"
                                + " (quotes.topic)",
                        "there  1  rejected  \"venues\" are those of instruments, and this job knows none: give it their"
                                + " topic (instruments.topic)",
                        "2 rules, 2 rejected");
        assertThat(check(file, "--quotes.topic", "quotes")).endsWith("2 rules, 1 rejected");
        assertThat(check(file, "--quotes.topic=quotes", "--instruments.topic=instruments"))
                .containsExactly("off    1  accepted", "there  1  accepted", "2 rules, 0 rejected");
    }

    private static List<String> check(Path file, String... options) {
        List<String> arguments = new ArrayList<>(List.of("rules", "check", file.toString()));
        arguments.addAll(List.of(options));
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        Main.run(arguments.toArray(String[]::new), new PrintWriter(out, true), new PrintWriter(err, true));
        assertThat(err.toString()).isEmpty();
        return out.toString().lines().toList();
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
