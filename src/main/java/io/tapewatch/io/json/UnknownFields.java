package io.tapewatch.io.json;

import static io.tapewatch.domain.Printable.quoted;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The fields that a decoder finds in its records and does not read. Producers may send such fields: each name is logged
 * once, and counted. A field that was probably meant as one that the record lacks is a warning; it asks for what was meant.
 *
 * <p>Producers may send any number of names, of any length: few are told, none of them long, and the rest is counted
 * together.
 */
final class UnknownFields {

    /** How many names are told. */
    static final int MAX_NAMES = 20;

    /** The longest name that is told, in characters. */
    static final int MAX_NAME = 40;

    /** The label of all fields that are not told. */
    static final String OTHER = "other";

    private static final Logger LOG = LoggerFactory.getLogger(UnknownFields.class);

    /** What a metric's label must not have, whatever system it is reported to. */
    private static final Pattern NOT_IN_LABELS = Pattern.compile("[^A-Za-z0-9_-]");

    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_.-]+");

    private final String topic;
    private final FieldNames names;
    private final Function<String, Runnable> newCounter;
    private final Map<String, Runnable> counters = new HashMap<>();

    /** The counters by their labels: different names may have the same. */
    private final Map<String, Runnable> labelled = new HashMap<>();

    /** The names that the record at hand is the first to have. */
    private final List<String> news = new ArrayList<>();

    private boolean saidThatThereAreMore;

    /**
     * @param topic the topic the records come from
     * @param names those of the fields that are read
     * @param newCounter makes what counts the records with a field, by a label for its name
     */
    UnknownFields(String topic, FieldNames names, Function<String, Runnable> newCounter) {
        this.topic = topic;
        this.names = names;
        this.newCounter = newCounter;
    }

    /** Another record is at hand. One that was not read to its end does not tell which fields it lacks. */
    void begin() {
        news.clear();
    }

    /** The record at hand has a field of this name. */
    void found(String name) {
        Runnable counter = counters.get(name);
        if (counter != null) {
            counter.run();
        } else if (name.length() <= MAX_NAME && counters.size() + news.size() < MAX_NAMES) {
            if (!news.contains(name)) {
                news.add(name);
            }
        } else {
            countOther();
        }
    }

    private void countOther() {
        counter(OTHER).run();
        if (!saidThatThereAreMore) {
            saidThatThereAreMore = true;
            LOG.info("topic {} has more fields that are not read; they are counted, and not named here", topic);
        }
    }

    /**
     * The record at hand is over.
     *
     * @param seen the fields that it has
     */
    void ended(int seen) {
        if (news.isEmpty()) {
            return;
        }
        List<String> lacking = names.of(missed(seen));
        List<String> notRead = new ArrayList<>();
        for (String name : news) {
            Runnable counter = counter(label(name));
            counters.put(name, counter);
            counter.run();
            String meant = LikelyField.meantBy(name, lacking);
            if (meant == null) {
                notRead.add(shown(name));
            } else {
                LOG.warn(
                        "topic {} has a field {}, which is not read: did you mean \"{}\"?{}",
                        topic,
                        quoted(name),
                        meant,
                        insteadOf(names.field(meant)));
            }
        }
        news.clear();
        if (!notRead.isEmpty()) {
            LOG.info("topic {} has fields that are not read: {}", topic, String.join(", ", notRead));
        }
    }

    /** The fields that a record lacks and may have meant to have: of a heartbeat its time alone. */
    private int missed(int seen) {
        int lacked = names.known() & ~seen;
        if ((names.known() & RecordField.HEARTBEAT) == 0) {
            return lacked;
        }
        boolean isHeartbeat = (seen & RecordField.HEARTBEAT) != 0;
        // Few records say that they are what all are.
        return lacked & (isHeartbeat ? RecordField.TIME : ~(RecordField.HEARTBEAT | RecordField.TYPE));
    }

    private Runnable counter(String label) {
        return labelled.computeIfAbsent(label, newCounter);
    }

    private static String label(String name) {
        return name.isEmpty() ? "_" : NOT_IN_LABELS.matcher(name).replaceAll("_");
    }

    private static String insteadOf(int field) {
        return switch (field) {
            case RecordField.TIME -> " Without it, the record's Kafka timestamp is taken";
            case RecordField.SYMBOL -> " Without it, the record's key is taken";
            default -> "";
        };
    }

    /** A name as a list of names shows it: as it is where nothing in it could be taken for something else. */
    static String shown(String name) {
        return name.length() <= MAX_NAME && PLAIN.matcher(name).matches() ? name : quoted(name);
    }
}
