package io.tapewatch.local;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tapewatch.io.kafka.Partitions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Shows flags, and rules that were refused, as they arrive in their topics. */
final class FlagTail implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(FlagTail.class);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final TopicPartition flags;
    private final TopicPartition ruleStatus;
    private final Screen screen;
    private final Consumer<JsonNode> onFlag;
    private final Thread thread;
    private volatile boolean finishing;

    /** @param onFlag is handed each flag, in the tail's thread */
    FlagTail(
            String bootstrapServers,
            String flagsTopic,
            String ruleStatusTopic,
            Screen screen,
            Consumer<JsonNode> onFlag) {
        this.flags = new TopicPartition(flagsTopic, 0);
        this.ruleStatus = new TopicPartition(ruleStatusTopic, 0);
        this.screen = screen;
        this.onFlag = onFlag;
        this.consumer = new KafkaConsumer<>(
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrapServers,
                        ConsumerConfig.CLIENT_ID_CONFIG,
                        "tapewatch-tail",
                        ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                        "earliest"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        this.thread = new Thread(this::follow, "tail");
        this.thread.setDaemon(true);
        this.thread.start();
    }

    /** Shows what is in the topics by now, then stops. */
    void finish() throws InterruptedException {
        finishing = true;
        thread.join(Duration.ofSeconds(10).toMillis());
    }

    @Override
    public void close() {
        finishing = true;
        consumer.wakeup();
        try {
            thread.join(Duration.ofSeconds(5).toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void follow() {
        List<TopicPartition> topics = List.of(flags, ruleStatus);
        try (consumer) {
            consumer.assign(topics);
            consumer.seekToBeginning(topics);
            while (!finishing) {
                showNext();
            }
            Map<TopicPartition, Long> ends = consumer.endOffsets(topics);
            while (topics.stream().anyMatch(topic -> consumer.position(topic) < Partitions.value(ends, topic))) {
                showNext();
            }
        } catch (WakeupException e) {
            LOG.debug("stopped", e);
        } catch (RuntimeException e) {
            LOG.error("flags are no longer shown", e);
            screen.line("flags are no longer shown: " + e.getMessage());
        }
    }

    private void showNext() {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
            try {
                JsonNode json = JSON.readTree(record.value() == null ? new byte[0] : record.value());
                if (record.topic().equals(flags.topic())) {
                    String severity = json.path("severity").asText();
                    screen.flag(severity, FlagWords.line(severity, json));
                    onFlag.accept(json);
                } else if (json.path("verdict").asText().equals("rejected")) {
                    screen.line("rule " + json.path("ruleId").asText() + " rejected: "
                            + json.path("reason").asText());
                }
            } catch (JsonProcessingException e) {
                LOG.warn("not JSON: {}", record, e);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
