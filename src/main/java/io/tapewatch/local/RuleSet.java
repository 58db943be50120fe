package io.tapewatch.local;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Rules from a file with a JSON array of them, for the topic of rules. Whether a rule makes sense is for the job to say,
 * on {@code rule-status}.
 *
 * @param rules each rule, by its order in the file
 */
public record RuleSet(List<Entry> rules) {

    private static final String STARTER = "/rules/starter.json";
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    /**
     * A rule.
     *
     * @param id its id, the key of its record
     * @param json the rule itself
     */
    public record Entry(String id, String json) {}

    public RuleSet {
        rules = List.copyOf(rules);
    }

    /** The rules a local run begins with when it is given none. */
    public static RuleSet starter() {
        try (InputStream stream = RuleSet.class.getResourceAsStream(STARTER)) {
            return parse(STARTER, Objects.requireNonNull(stream, STARTER).readAllBytes());
        } catch (IOException e) {
            throw new IllegalStateException(STARTER, e);
        }
    }

    /**
     * Reads a file.
     *
     * @throws IllegalArgumentException if it cannot be read, or is no JSON array of objects that have an id
     */
    public static RuleSet read(Path file) {
        try {
            return parse(file.toString(), Files.readAllBytes(file));
        } catch (NoSuchFileException e) {
            throw new IllegalArgumentException(file + ": there is no such file", e);
        } catch (IOException e) {
            throw new IllegalArgumentException(file + ": cannot be read: " + e.getMessage(), e);
        }
    }

    private static RuleSet parse(String name, byte[] bytes) throws IOException {
        JsonNode array;
        try {
            array = JSON.readTree(bytes);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    name + ", line " + e.getLocation().getLineNr() + ": expected JSON: " + e.getOriginalMessage(), e);
        }
        if (!array.isArray()) {
            throw new IllegalArgumentException(name + ": expected a JSON array of rules");
        }
        List<Entry> rules = new ArrayList<>();
        for (JsonNode rule : array) {
            if (!rule.path("id").isTextual() || rule.path("id").asText().isEmpty()) {
                throw new IllegalArgumentException(
                        name + ": expected an object with a text \"id\" as rule " + (rules.size() + 1));
            }
            rules.add(new Entry(rule.path("id").asText(), rule.toString()));
        }
        return new RuleSet(rules);
    }

    /** Sends the rules to a topic, and returns when all have arrived. */
    void sendTo(String bootstrapServers, String topic) throws IOException, InterruptedException {
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrapServers,
                        ProducerConfig.CLIENT_ID_CONFIG,
                        "tapewatch-rules",
                        ProducerConfig.ACKS_CONFIG,
                        "all"),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            List<Future<?>> sent = new ArrayList<>();
            for (Entry rule : rules) {
                sent.add(producer.send(new ProducerRecord<>(
                        topic,
                        rule.id().getBytes(StandardCharsets.UTF_8),
                        rule.json().getBytes(StandardCharsets.UTF_8))));
            }
            for (Future<?> record : sent) {
                record.get();
            }
        } catch (ExecutionException e) {
            throw new IOException(
                    "the rules did not reach topic " + topic + ": "
                            + e.getCause().getMessage(),
                    e);
        }
    }
}
