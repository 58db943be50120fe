package io.tapewatch.local;

import io.tapewatch.io.KafkaConnection;
import io.tapewatch.io.RuleFile;
import io.tapewatch.io.RulesOnKafka;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Properties;

/**
 * Rules from a file, for the topic of rules. Whether a rule makes sense is for the job to say, on {@code rule-status}.
 *
 * @param rules each rule, by its order in the file
 */
public record RuleSet(List<RuleFile.Entry> rules) {

    private static final String STARTER = "/rules/starter.json";

    public RuleSet {
        rules = List.copyOf(rules);
    }

    /** The rules a local run begins with when it is given none. */
    public static RuleSet starter() {
        try (InputStream stream = RuleSet.class.getResourceAsStream(STARTER)) {
            byte[] bytes = Objects.requireNonNull(stream, STARTER).readAllBytes();
            return parse(STARTER, new String(bytes, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new IllegalStateException(STARTER, e);
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
    void sendTo(String bootstrapServers, String topic) {
        try (KafkaConnection kafka = new KafkaConnection(bootstrapServers, new Properties())) {
            new RulesOnKafka(kafka, topic)
                    .send(rules.stream()
                            .map(rule -> new RulesOnKafka.Request(rule.id(), rule.json()))
                            .toList());
        }
    }
}
