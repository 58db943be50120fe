package io.tapewatch.io.kafka;

import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerConfig;

/** What the job's topics are called, and what it asks of Kafka's clients. */
public final class KafkaTopics {

    public static final String SUMMARIES = "summaries";
    public static final String MOVERS = "movers";
    public static final String FLAGS = "flags";
    public static final String SHADOW_FLAGS = "shadow-flags";
    public static final String QUOTED_TRADES = "quoted-trades";
    public static final String DEAD_LETTERS = "dead-letters";
    public static final String RULE_STATUS = "rule-status";

    /** At most what a broker allows unless told otherwise (transaction.max.timeout.ms). */
    public static final int TRANSACTION_TIMEOUT_MS = 15 * 60 * 1000;

    /** How long brokers may be away and a task only waits; beyond, it fails and is restarted. */
    public static final int LONGEST_OUTAGE_MS = 5 * 60 * 1000;

    private static final int PRODUCER_MAX_REQUEST = 1024 * 1024;

    private KafkaTopics() {}

    /**
     * The names of the topics that the job writes to.
     *
     * @param movers whether there are movers
     * @param quotedTrades whether there are trades beside their quotes
     */
    public static List<String> outputs(String prefix, boolean movers, boolean quotedTrades) {
        return Stream.of(SUMMARIES, MOVERS, FLAGS, SHADOW_FLAGS, QUOTED_TRADES, DEAD_LETTERS, RULE_STATUS)
                .filter(name -> movers || !name.equals(MOVERS))
                .filter(name -> quotedTrades || !name.equals(QUOTED_TRADES))
                .map(name -> prefix + name)
                .toList();
    }

    /** How long a transaction may last, in milliseconds: as these settings say, or else the job. */
    public static int transactionTimeout(Properties properties) {
        return number(properties, ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, TRANSACTION_TIMEOUT_MS);
    }

    /**
     * Expects that producers with these settings send records of so many bytes.
     *
     * @param why what makes records so large, and what makes them smaller
     * @throws IllegalArgumentException if they do not
     */
    public static void expectProducerRoom(Properties properties, int bytes, String why) {
        int most = number(properties, ProducerConfig.MAX_REQUEST_SIZE_CONFIG, PRODUCER_MAX_REQUEST);
        if (most < bytes) {
            boolean isSet = properties.getProperty(ProducerConfig.MAX_REQUEST_SIZE_CONFIG) != null;
            throw new IllegalArgumentException(ProducerConfig.MAX_REQUEST_SIZE_CONFIG + " in the file of"
                    + " --kafka.properties-file is " + (isSet ? "" : "not set, and else ") + most + ", and " + bytes
                    + " are needed: " + why);
        }
    }

    /** The number that a client's property has, or the other one where the property is missing. */
    public static int number(Properties properties, String name, int otherwise) {
        String text = properties.getProperty(name);
        try {
            return text == null ? otherwise : Integer.parseInt(text.strip());
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(name + " in the file of --kafka.properties-file is no whole number", e);
        }
    }
}
