package io.tapewatch.settings;

import io.tapewatch.io.kafka.KafkaTopics;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;

/** The check of the settings that name topics, with one another. */
public final class TopicsOfTheirOwn {

    private TopicsOfTheirOwn() {}

    /**
     * Requires that what is read is neither what is written, nor read as something else.
     *
     * @throws IllegalArgumentException if it is; the message is one line
     */
    public static void require(Configuration given) {
        String prefix = given.get(JobOptions.OUTPUT_PREFIX);
        List<String> outputs = KafkaTopics.outputs(prefix, true, true);
        Map<String, ConfigOption<String>> inputs = new HashMap<>();
        for (ConfigOption<String> input : List.of(
                JobOptions.PRICES_TOPIC,
                JobOptions.RULES_TOPIC,
                JobOptions.QUOTES_TOPIC,
                JobOptions.INSTRUMENTS_TOPIC)) {
            String topic = given.get(input);
            if (topic == null) {
                continue;
            }
            ConfigOption<String> other = inputs.put(topic, input);
            if (other != null) {
                throw new IllegalArgumentException("--" + input.key() + " is '" + topic + "', which is --" + other.key()
                        + ", too; " + whatIsIn(other) + " and " + whatIsIn(input) + " need a topic each");
            }
            if (outputs.contains(topic)) {
                throw new IllegalArgumentException("--" + input.key() + " is '" + topic
                        + "', which the job writes to; it needs a topic of its own");
            }
        }
    }

    private static String whatIsIn(ConfigOption<String> topic) {
        return topic.key().replaceFirst("\\.topic$", "");
    }
}
