package io.tapewatch;

import io.tapewatch.domain.Durations;
import io.tapewatch.io.sink.LineEnding;
import io.tapewatch.io.sink.LostTransactions;
import java.time.Duration;
import java.util.List;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.configuration.description.TextElement;
import org.apache.flink.connector.base.DeliveryGuarantee;

/** Every setting of the job: its type, its default and what it does. */
public final class JobOptions {

    /** For {@link #PRICES_START}: where the group has got to, else the earliest record. */
    static final String COMMITTED = "committed";

    /** For {@link #PRICES_START}: the earliest record there is. */
    static final String EARLIEST = "earliest";

    /** For {@link #PRICES_START} and {@link #PRICES_UNTIL}: the end of the topic when the job starts. */
    static final String LATEST = "latest";

    /** For {@link #QUOTES_SAME_TIME}. */
    static final String AFTER = "after";

    /** For {@link #QUOTES_SAME_TIME}. */
    static final String BEFORE = "before";

    public static final ConfigOption<String> BOOTSTRAP_SERVERS = option("kafka.bootstrap-servers")
            .stringType()
            .defaultValue("localhost:9092")
            .withDescription("The Kafka brokers to ask first: host:port, comma-separated.");

    public static final ConfigOption<String> KAFKA_PROPERTIES = option("kafka.properties-file")
            .stringType()
            .noDefaultValue()
            .withDescription("A properties file for all Kafka clients of the job, for security settings and others."
                    + " Secrets belong into this file, never into an argument.");

    public static final ConfigOption<String> PRICES_TOPIC =
            option("prices.topic").stringType().defaultValue("prices").withDescription("The topic of prices.");

    public static final ConfigOption<String> GROUP_ID = option("prices.group-id")
            .stringType()
            .defaultValue("tapewatch")
            .withDescription("The consumer group. It is also the name of the job in Flink and a part of the"
                    + " transactional ids, so each job needs a group of its own.");

    public static final ConfigOption<String> PRICES_START = option("prices.start")
            .stringType()
            .defaultValue(COMMITTED)
            .withDescription("Where a job without a savepoint begins: committed, earliest, latest, or an ISO-8601"
                    + " time. committed is the position of the group, or the earliest record if there is none;"
                    + " windows that were open there are not published. If records are gone, the job stops; with"
                    + " earliest it skips them.");

    public static final ConfigOption<String> PRICES_UNTIL = option("prices.until")
            .stringType()
            .noDefaultValue()
            .withDescription("Where the job ends: latest (the end of the topic at the start of the job), or an"
                    + " ISO-8601 time of Kafka's timestamps. Unset: the job has no end. A job from a savepoint"
                    + " ends where the job that took the savepoint was to end.");

    public static final ConfigOption<String> PRICES_SYMBOLS = option("prices.symbols")
            .stringType()
            .noDefaultValue()
            .withDescription("The symbols to watch, comma-separated: names, or patterns with *, such as BTC-*,AAPL."
                    + " Unset: all. Ticks of other symbols are filtered out, and counted as unwatched.");

    public static final ConfigOption<Duration> OUT_OF_ORDERNESS = option("prices.out-of-orderness")
            .durationType()
            .defaultValue(Duration.ofSeconds(2))
            .withDescription("How far a tick may be behind the latest event time of its partition without being late.");

    public static final ConfigOption<Duration> IDLE_TIMEOUT = option("prices.idle-timeout")
            .durationType()
            .defaultValue(Duration.ofSeconds(30))
            .withDescription("How long a partition may be without a tick or a heartbeat before it is idle. An idle"
                    + " partition does not hold event time back.");

    public static final ConfigOption<Boolean> QUIET_ADVANCE = option("prices.quiet-advance")
            .booleanType()
            .defaultValue(false)
            .withDescription("Whether the event time of an idle partition follows the wall clock, minus"
                    + " prices.out-of-orderness. For live feeds without heartbeats.");

    public static final ConfigOption<Duration> MAX_FUTURE = option("prices.max-future")
            .durationType()
            .defaultValue(Duration.ofMinutes(1))
            .withDescription(
                    "How far a tick's time may be after its Kafka timestamp. A tick further ahead is rejected.");

    public static final ConfigOption<Integer> PRICES_MAX_BYTES = option("prices.max-bytes")
            .intType()
            .defaultValue(64_000)
            .withDescription("The longest value of a price record, in bytes. A longer record is rejected.");

    public static final ConfigOption<Boolean> ALLOW_NONPOSITIVE = option("prices.allow-nonpositive")
            .booleanType()
            .defaultValue(false)
            .withDescription(
                    "Whether zero and negative prices are accepted: for spreads, power, or oil in April 2020.");

    public static final ConfigOption<String> QUOTES_TOPIC = option("quotes.topic")
            .stringType()
            .noDefaultValue()
            .withDescription("The topic of quotes. Unset: no quotes, no quoted-trades, and no rules that need quotes."
                    + " The settings of prices.* for time, start and end are those of quotes, too.");

    public static final ConfigOption<Duration> QUOTES_MAX_AGE = option("quotes.max-age")
            .durationType()
            .defaultValue(Duration.ofSeconds(5))
            .withDescription("How old the quote of a trade may be.");

    public static final ConfigOption<String> QUOTES_SAME_TIME = option("quotes.same-time")
            .stringType()
            .defaultValue(AFTER)
            .withDescription("Where a quote of a trade's own millisecond stands in the as-of join: after the trade (as"
                    + " its effect) or before the trade.");

    public static final ConfigOption<String> INSTRUMENTS_TOPIC = option("instruments.topic")
            .stringType()
            .noDefaultValue()
            .withDescription("The topic of instruments, which should be compacted. Unset: nothing is known about"
                    + " instruments.");

    public static final ConfigOption<String> WINDOWS = option("windows")
            .stringType()
            .defaultValue("1m,5m/1m,1d+1m")
            .withDescription("The windows to summarize, comma-separated. 1m: each minute. 5m/1m: the last five"
                    + " minutes, each minute. 5m/tick: the last five minutes, at each tick."
                    + " 1d@America/New_York: the days of a time zone. 1d+1m: the day so far, each minute.");

    public static final ConfigOption<Duration> ALLOWED_LATENESS = option("windows.allowed-lateness")
            .durationType()
            .defaultValue(Duration.ofHours(4))
            .withDescription("How long after its end late ticks may still correct a window.");

    public static final ConfigOption<String> LATENESS_OF = option("windows.lateness-of")
            .stringType()
            .noDefaultValue()
            .withDescription("The lateness of single windows, comma-separated: 1s:1m,1h:12h.");

    public static final ConfigOption<Duration> REVISE_EVERY = option("windows.revise-every")
            .durationType()
            .defaultValue(Duration.ofSeconds(1))
            .withDescription("The least event time between two corrections of a window.");

    public static final ConfigOption<Duration> PREVIOUS_CLOSE_MAX_AGE = option("windows.previous-close-max-age")
            .durationType()
            .defaultValue(Duration.ofDays(32))
            .withDescription("How long before the start of a window the earlier window may have ended whose close is"
                    + " its previousClose.");

    public static final ConfigOption<String> MOVERS_WINDOW = option("movers.window")
            .stringType()
            .noDefaultValue()
            .withDescription("The window by which movers are ranked: one of windows, a day, tumbling or cumulating."
                    + " Unset: the first such window of the list. Without such a window there are no movers.");

    public static final ConfigOption<Integer> MOVERS_SIZE = option("movers.size")
            .intType()
            .defaultValue(10)
            .withDescription("How many symbols a list of movers holds, at most 1000.");

    public static final ConfigOption<String> RULES_TOPIC = option("rules.topic")
            .stringType()
            .defaultValue("rules")
            .withDescription("The topic of rules. The job reads it from its beginning.");

    public static final ConfigOption<Integer> RULES_MAX_COUNT =
            option("rules.max-count").intType().defaultValue(1_000).withDescription("How many rules may be in force.");

    public static final ConfigOption<Integer> RULES_MAX_WINDOWS = option("rules.max-windows")
            .intType()
            .defaultValue(8)
            .withDescription("How many distinct windows the rules may use, except paused rules.");

    public static final ConfigOption<Duration> RULES_MAX_OVER = option("rules.max-over")
            .durationType()
            .defaultValue(Duration.ofHours(24))
            .withDescription("How long a window of a rule may be, at most 24h.");

    public static final ConfigOption<Integer> RULES_MAX_BUFFERED = option("rules.max-buffered")
            .intType()
            .defaultValue(1_000_000)
            .withDescription(
                    "How many ticks of a task may wait for the watermark on the heap. More ticks wait in state.");

    public static final ConfigOption<String> OUTPUT_PREFIX = option("output.prefix")
            .stringType()
            .defaultValue("tapewatch.")
            .withDescription("The beginning of the names of all output topics.");

    public static final ConfigOption<Integer> DEAD_LETTERS_MAX_BYTES = option("dead-letters.max-bytes")
            .intType()
            .defaultValue(900_000)
            .withDescription(
                    "The most bytes of a dead letter. A longer value is cut, and a header has its full length.");

    public static final ConfigOption<DeliveryGuarantee> DELIVERY_SUMMARIES = option("delivery.summaries")
            .enumType(DeliveryGuarantee.class)
            .defaultValue(DeliveryGuarantee.EXACTLY_ONCE)
            .withDescription("The delivery of summaries, movers and quoted-trades: exactly-once (readers use"
                    + " isolation.level=read_committed) or at-least-once.");

    public static final ConfigOption<DeliveryGuarantee> DELIVERY_FLAGS = option("delivery.flags")
            .enumType(DeliveryGuarantee.class)
            .defaultValue(DeliveryGuarantee.AT_LEAST_ONCE)
            .withDescription("The delivery of flags: at-least-once (quick; a repeated flag has the same id) or"
                    + " exactly-once.");

    public static final ConfigOption<LostTransactions> LOST_TRANSACTIONS = option("delivery.lost-transactions")
            .enumType(LostTransactions.class)
            .defaultValue(LostTransactions.FAIL)
            .withDescription("What to do when Kafka has aborted a transaction that was not committed within"
                    + " transaction.timeout.ms: fail, or go-on without its records.");

    public static final ConfigOption<String> CSV_PATH = option("csv.path")
            .stringType()
            .noDefaultValue()
            .withDescription(
                    "The folder that CSV files are written to, a path or URI that the submitting machine and all"
                            + " task managers reach. A path is taken as it is; in a URI a space is %20."
                            + " Unset, there are none.");

    public static final ConfigOption<LineEnding> CSV_LINE_ENDING = option("csv.line-ending")
            .enumType(LineEnding.class)
            .defaultValue(LineEnding.LF)
            .withDescription("What ends a line of a CSV file: lf, or crlf as RFC 4180 has it.");

    public static final ConfigOption<Boolean> CSV_PRICES = option("csv.prices")
            .booleanType()
            .defaultValue(false)
            .withDescription("Whether ticks are written to CSV, too: time, symbol, price and size.");

    private static final List<ConfigOption<?>> ALL = List.of(
            BOOTSTRAP_SERVERS,
            KAFKA_PROPERTIES,
            PRICES_TOPIC,
            GROUP_ID,
            PRICES_START,
            PRICES_UNTIL,
            PRICES_SYMBOLS,
            OUT_OF_ORDERNESS,
            IDLE_TIMEOUT,
            QUIET_ADVANCE,
            MAX_FUTURE,
            PRICES_MAX_BYTES,
            ALLOW_NONPOSITIVE,
            QUOTES_TOPIC,
            QUOTES_MAX_AGE,
            QUOTES_SAME_TIME,
            INSTRUMENTS_TOPIC,
            WINDOWS,
            ALLOWED_LATENESS,
            LATENESS_OF,
            REVISE_EVERY,
            PREVIOUS_CLOSE_MAX_AGE,
            MOVERS_WINDOW,
            MOVERS_SIZE,
            RULES_TOPIC,
            RULES_MAX_COUNT,
            RULES_MAX_WINDOWS,
            RULES_MAX_OVER,
            RULES_MAX_BUFFERED,
            OUTPUT_PREFIX,
            DEAD_LETTERS_MAX_BYTES,
            DELIVERY_SUMMARIES,
            DELIVERY_FLAGS,
            LOST_TRANSACTIONS,
            CSV_PATH,
            CSV_LINE_ENDING,
            CSV_PRICES);

    private JobOptions() {}

    private static ConfigOptions.OptionBuilder option(String name) {
        return ConfigOptions.key(name);
    }

    /** Every setting, in the order of the documentation. */
    public static List<ConfigOption<?>> all() {
        return ALL;
    }

    /** What a setting does, for a person. */
    public static String description(ConfigOption<?> option) {
        return ((TextElement) option.description().getBlocks().get(0)).getFormat();
    }

    /** A setting's default as one would write it, or the empty string. */
    public static String defaultOf(ConfigOption<?> option) {
        Object value = option.defaultValue();
        return value == null
                ? ""
                : value instanceof Duration duration ? Durations.format(duration.toMillis()) : value.toString();
    }
}
