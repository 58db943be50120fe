package io.tapewatch.io.kafka;

import io.tapewatch.domain.rule.Verdict;
import io.tapewatch.io.json.RuleStatusFormat;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The topic of rules as people use it: to send rules, hear the job's verdicts, and look what is there. */
public final class RulesOnKafka {

    private static final Logger LOG = LoggerFactory.getLogger(RulesOnKafka.class);

    private final KafkaConnection kafka;
    private final String topic;

    public RulesOnKafka(KafkaConnection kafka, String topic) {
        this.kafka = kafka;
        this.topic = topic;
    }

    /**
     * A record to be sent.
     *
     * @param ruleId the rule's id, the record's key
     * @param json the rule, or null to delete it
     */
    public record Request(String ruleId, @Nullable String json) {}

    /**
     * Sends records, and returns when all have arrived.
     *
     * @throws KafkaConnection.KafkaUnusable if one does not
     */
    public void send(List<Request> requests) {
        sendAndTellTimes(requests);
    }

    /**
     * Sends records, and waits for the job's verdicts.
     *
     * @param statusTopic where the job writes them
     * @param timeout how long they are waited for
     * @return the verdict on each record; null where none came in time
     * @throws KafkaConnection.KafkaUnusable if a record does not arrive, or verdicts cannot be read
     */
    public List<@Nullable Verdict> sendAndAwait(List<Request> requests, String statusTopic, Duration timeout) {
        Map<TopicPartition, Long> ends = kafka.endOffsets(statusTopic);
        try (KafkaConsumer<byte[], byte[]> consumer = kafka.clients().consumer()) {
            consumer.assign(ends.keySet());
            ends.forEach(consumer::seek);
            List<Long> times = sendAndTellTimes(requests);
            AwaitedVerdicts awaited =
                    new AwaitedVerdicts(requests.stream().map(Request::ruleId).toList(), times);
            long deadline = System.nanoTime() + timeout.toNanos();
            while (!awaited.areComplete() && System.nanoTime() < deadline) {
                for (ConsumerRecord<byte[], byte[]> record : kafka.poll(consumer, statusTopic)) {
                    take(record, awaited);
                }
            }
            return awaited.verdicts();
        }
    }

    private static void take(ConsumerRecord<byte[], byte[]> record, AwaitedVerdicts awaited) {
        try {
            awaited.take(RuleStatusFormat.read(record.value()));
        } catch (IOException e) {
            LOG.warn("no verdict: {}-{} at {}", record.topic(), record.partition(), record.offset(), e);
        }
    }

    private List<Long> sendAndTellTimes(List<Request> requests) {
        kafka.expectTopics(List.of(topic));
        try (KafkaProducer<byte[], byte[]> producer = kafka.clients().producer()) {
            List<Future<RecordMetadata>> sent = new ArrayList<>();
            for (Request request : requests) {
                sent.add(producer.send(new ProducerRecord<>(topic, utf8(request.ruleId()), utf8(request.json()))));
            }
            return sent.stream()
                    .map(record -> kafka.ask("topic '" + topic + "'", record).timestamp())
                    .toList();
        }
    }

    private static byte @Nullable [] utf8(@Nullable String text) {
        return text == null ? null : text.getBytes(StandardCharsets.UTF_8);
    }

    /** All records of the topic, up to its end when this is called. */
    public List<ConsumerRecord<byte[], byte[]>> records() {
        Map<TopicPartition, Long> ends = kafka.endOffsets(topic);
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer = kafka.clients().consumer()) {
            OffsetRanges ranges = new OffsetRanges(kafka, consumer, topic, kafka.firstOffsets(topic), ends);
            while (!ranges.areOver()) {
                records.addAll(ranges.poll(Set.of()));
            }
        }
        return records;
    }
}
