package io.tapewatch.local;

import io.tapewatch.io.kafka.KafkaConnection;
import io.tapewatch.io.kafka.RulesOnKafka;
import io.tapewatch.io.rules.RuleFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Rules from a file, for the topic of rules. Whether a rule makes sense is for the job to say, on {@code rule-status}.
 *
 * @param rules each rule, by its order in the file
 */
public record RuleSet(List<RuleFile.Entry> rules) {

    private static final String STARTER = "/rules/starter.json";
    private static final String STARTER_WITH_QUOTES = "/rules/starter-quotes.json";

    public RuleSet {
        rules = List.copyOf(rules);
    }

    /**
     * The rules a local run begins with when it is given none.
     *
     * @param quotes whether there are quotes, so that rules can look at them
     */
    public static RuleSet starter(boolean quotes) {
        List<RuleFile.Entry> rules = new ArrayList<>(resource(STARTER).rules);
        if (quotes) {
            rules.addAll(resource(STARTER_WITH_QUOTES).rules);
        }
        return new RuleSet(rules);
    }

    private static RuleSet resource(String name) {
        try (InputStream stream = RuleSet.class.getResourceAsStream(name)) {
            byte[] bytes = Objects.requireNonNull(stream, name).readAllBytes();
            return parse(name, new String(bytes, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new IllegalStateException(name, e);
        }
    }

    /**
     * Reads a file.
     *
     * @throws IllegalArgumentException if it cannot be read, or holds no JSON array of objects that have an id
     */
    public static RuleSet read(Path file) {
        try {
            return parse(file.toString(), Files.readString(file));
        } catch (NoSuchFileException e) {
            throw new IllegalArgumentException(file + ": there is no such file", e);
        } catch (IOException e) {
            throw new IllegalArgumentException(file + ": cannot be read: " + e.getMessage(), e);
        }
    }

    private static RuleSet parse(String name, String text) {
        return new RuleSet(RuleFile.parse(name, text).requireIds(name).rules());
    }

    /** Sends the rules to a topic, and returns when all have arrived. */
    void sendTo(KafkaConnection kafka, String topic) {
        new RulesOnKafka(kafka, topic)
                .send(rules.stream()
                        .map(rule -> new RulesOnKafka.Request(Objects.requireNonNull(rule.id(), "id"), rule.json()))
                        .toList());
    }
}
