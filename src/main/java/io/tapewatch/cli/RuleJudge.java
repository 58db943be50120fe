package io.tapewatch.cli;

import io.tapewatch.domain.check.RuleBook;
import io.tapewatch.domain.rule.Rule;
import io.tapewatch.domain.rule.Verdict;
import io.tapewatch.io.rules.ParsedRule;
import io.tapewatch.io.rules.RuleParser;
import io.tapewatch.settings.JobSettings;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.apache.flink.configuration.Configuration;
import org.jspecify.annotations.Nullable;

/** Judges the records of the topic of rules, one after the other, as the job does: with its parser and its book. */
final class RuleJudge {

    private final RuleParser parser = new RuleParser();
    private final RuleBook book;
    private final Map<String, String> texts = new HashMap<>();

    /** @param job the limits of the job's rules, its windows, and whether it has quotes and instruments */
    RuleJudge(Configuration job) {
        book = new RuleBook(JobSettings.ruleLimits(job));
    }

    /**
     * What the job would say.
     *
     * @param key the record's key
     * @param value the rule, or null to delete it
     * @param time the record's Kafka timestamp
     */
    Verdict judge(byte @Nullable [] key, byte @Nullable [] value, long time) {
        ParsedRule parsed = parser.parse(key, value);
        if (parsed instanceof ParsedRule.Rejection rejection) {
            return rejection.verdict(time);
        }
        Verdict verdict = book.apply(((ParsedRule.Change) parsed).change(), time);
        switch (verdict.outcome()) {
            case ACCEPTED -> texts.put(verdict.ruleId(), new String(value, StandardCharsets.UTF_8));
            case DELETED -> texts.remove(verdict.ruleId());
            default -> {
                // What was in force before still is.
            }
        }
        return verdict;
    }

    /** The rules in force by now, by id. */
    Collection<Rule> inForce() {
        return book.rules();
    }

    /** A rule in force as it was sent. */
    String text(String ruleId) {
        return Objects.requireNonNull(texts.get(ruleId), ruleId);
    }
}
