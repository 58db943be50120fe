package io.tapewatch.io.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class JobTopicsTest {

    private static final Map<String, String> AS_THEY_COME =
            Map.of("cleanup.policy", "delete", "message.timestamp.type", "CreateTime", "retention.ms", "604800000");

    private static final String ADVICE =
            "topic '%s' has compression.type=producer, so a record of a few kB may unpack to"
                    + " more than fits into memory; set compression.type=uncompressed with kafka-configs.sh, and brokers refuse it";

    private static final InputTopics ALL_FOUR = new InputTopics("p", "r", "q", "i");

    @Test
    void thereAreTheTwoThatAreReadAndAllThatAreWritten() {
        assertThat(JobTopics.ANY.all(new InputTopics("p", "r"), "out.").stream().map(TopicSpec::name))
                .containsExactly(
                        "p",
                        "r",
                        "out.summaries",
                        "out.movers",
                        "out.flags",
                        "out.shadow-flags",
                        "out.dead-letters",
                        "out.rule-status")
                .containsAll(KafkaTopics.outputs("out.", true, false));
    }

    @Test
    void quotesInstrumentsAndQuotedTradesAreThereWhereTheyAreAskedFor() {
        List<String> others = names(new InputTopics("p", "r"));
        assertThat(names(ALL_FOUR))
                .containsAll(others)
                .contains("q", "i", "quoted-trades")
                .hasSize(others.size() + 3);
        assertThat(names(new InputTopics("p", "r", "q", null)))
                .contains("q", "quoted-trades")
                .hasSize(others.size() + 2);
        assertThat(names(new InputTopics("p", "r", null, "i"))).contains("i").hasSize(others.size() + 1);
    }

    @Test
    void quotesAreLikePrices() {
        for (JobTopics topics : List.of(JobTopics.ANY, new JobTopics(6, 3, 2, 1000L, -1L))) {
            TopicSpec prices = byName(topics).get("p");
            assertThat(byName(topics).get("q"))
                    .isEqualTo(new TopicSpec(
                            "q", prices.partitions(), prices.replication(), prices.settings(), prices.advised()));
        }
    }

    @Test
    void instrumentsAreCompactedInAnyNumberOfPartitionsAndMayBeStampedByAnybody() {
        TopicSpec instruments = byName(new JobTopics(6, 3, 2, 1000L, -1L)).get("i");
        assertThat(instruments)
                .isEqualTo(new TopicSpec(
                        "i",
                        TopicSpec.ANY,
                        2,
                        Map.of("cleanup.policy", "compact"),
                        Map.of("compression.type", "uncompressed")));
        assertThat(instruments.toCreate().numPartitions()).isEqualTo(1);
        assertThat(instruments.differences(new FoundTopic(4, 2, Map.of("cleanup.policy", "compact"))))
                .isEmpty();
        assertThat(instruments.differences(new FoundTopic(4, 2, AS_THEY_COME)))
                .containsExactly("cleanup.policy=delete, expected compact");
    }

    @Test
    void rulesAreKeptForEverInOrderAndNeverCompacted() {
        TopicSpec rules = byName(JobTopics.ANY).get("r");
        assertThat(rules.partitions()).isEqualTo(1);
        assertThat(rules.settings())
                .isEqualTo(Map.of("cleanup.policy", "delete", "retention.ms", "-1", "retention.bytes", "-1"));
    }

    @Test
    void brokersStampAllButRulesAndInstruments() {
        byName(JobTopics.ANY).forEach((name, topic) -> {
            if (!List.of("r", "i").contains(name)) {
                assertThat(topic.settings())
                        .isEqualTo(Map.of("cleanup.policy", "delete", "message.timestamp.type", "LogAppendTime"));
            }
        });
    }

    @Test
    void numbersAndTimesAreForTheTopicsTheyAreMeantFor() {
        Map<String, TopicSpec> topics = byName(new JobTopics(6, 3, 2, 1000L, -1L));
        assertThat(topics.values()).extracting(TopicSpec::replication).containsOnly(2);
        assertThat(topics.get("p").partitions()).isEqualTo(6);
        assertThat(topics.get("summaries").partitions()).isEqualTo(3);
        assertThat(topics.get("quoted-trades").partitions()).isEqualTo(3);
        assertThat(topics.get("movers").partitions()).isEqualTo(TopicSpec.ANY);
        assertThat(topics.get("rule-status").partitions()).isEqualTo(TopicSpec.ANY);
        assertThat(topics.get("p").settings()).containsEntry("retention.ms", "1000");
        assertThat(topics.get("r").settings()).containsEntry("retention.ms", "-1");
        assertThat(topics.get("flags").settings()).containsEntry("retention.ms", "-1");
    }

    @Test
    void aTopicIsCreatedAsItIsExpected() {
        TopicSpec topic = new TopicSpec("t", 3, 2, Map.of("retention.ms", "1"));
        assertThat(topic.toCreate().numPartitions()).isEqualTo(3);
        assertThat(topic.toCreate().replicationFactor()).isEqualTo((short) 2);
        assertThat(topic.toCreate().configs()).isEqualTo(Map.of("retention.ms", "1"));
        assertThat(topic.differences(new FoundTopic(3, 2, Map.of("retention.ms", "1", "segment.ms", "5"))))
                .isEmpty();
        TopicSpec any = new TopicSpec("t", TopicSpec.ANY, TopicSpec.ANY, Map.of());
        assertThat(any.toCreate().numPartitions()).isEqualTo(1);
        assertThat(any.toCreate().replicationFactor())
                .as("the brokers' default")
                .isEqualTo((short) -1);
    }

    @Test
    void inputsAreCreatedUncompressedAndMayBeOtherwise() {
        byName(JobTopics.ANY).forEach((name, topic) -> {
            boolean input = List.of("p", "r", "q", "i").contains(name);
            FoundTopic compressed = new FoundTopic(1, 1, Map.of("compression.type", "producer"));
            assertThat(topic.toCreate().configs().get("compression.type"))
                    .as(name)
                    .isEqualTo(input ? "uncompressed" : null);
            assertThat(topic.differences(compressed)).isEmpty();
            assertThat(topic.advice(compressed))
                    .as(name)
                    .isEqualTo(Optional.ofNullable(input ? ADVICE.formatted(name) : null));
            assertThat(topic.advice(new FoundTopic(1, 1, Map.of("compression.type", "uncompressed"))))
                    .isEmpty();
            assertThat(topic.advice(new FoundTopic(1, 1, Map.of())))
                    .as("what is not known")
                    .isEmpty();
        });
    }

    @Test
    void whatDiffersIsNamedWithWhatIsExpected() {
        TopicSpec rules = byName(new JobTopics(6, 3, 2, 1000L, null)).get("r");
        assertThat(rules.differences(new FoundTopic(4, 1, AS_THEY_COME)))
                .containsExactly(
                        "has 4 partitions, expected 1",
                        "has replication factor 1, expected 2",
                        "retention.ms=604800000, expected -1");
    }

    @Test
    void numbersThatDoNotMatterAndSettingsThatAreNotKnownDoNotDiffer() {
        TopicSpec prices = byName(JobTopics.ANY).get("p");
        assertThat(prices.differences(new FoundTopic(12, 3, Map.of()))).isEmpty();
        assertThat(prices.differences(new FoundTopic(12, 3, AS_THEY_COME)))
                .isEqualTo(List.of("message.timestamp.type=CreateTime, expected LogAppendTime"));
    }

    private static Map<String, TopicSpec> byName(JobTopics topics) {
        return topics.all(ALL_FOUR, "").stream().collect(Collectors.toMap(TopicSpec::name, Function.identity()));
    }

    private static List<String> names(InputTopics inputs) {
        return JobTopics.ANY.all(inputs, "").stream().map(TopicSpec::name).toList();
    }
}
