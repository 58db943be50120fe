package io.tapewatch.settings;

import io.tapewatch.domain.Durations;
import io.tapewatch.domain.SymbolPattern;
import io.tapewatch.domain.trade.ConditionAlphabet;
import io.tapewatch.domain.trade.NumberSequence;
import io.tapewatch.domain.window.WindowSpec;
import io.tapewatch.io.sink.LineEnding;
import io.tapewatch.io.sink.LostTransactions;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.description.TextElement;
import org.apache.flink.connector.base.DeliveryGuarantee;

/** Every setting of the job: its type, its default, what it may be and what it does. A new setting is declared here alone. */
public final class JobOptions {

    /** For {@link #PRICES_START}: where the group has got to, else the earliest record. */
    public static final String COMMITTED = "committed";

    /** For {@link #PRICES_START}: the earliest record there is. */
    public static final String EARLIEST = "earliest";

    /** For {@link #PRICES_START} and {@link #PRICES_UNTIL}: the end of the topic when the job starts. */
    public static final String LATEST = "latest";

    /** For {@link #QUOTES_SAME_TIME}. */
    static final String AFTER = "after";

    /** For {@link #QUOTES_SAME_TIME}. */
    static final String BEFORE = "before";

    /** For {@link #QUOTES_SAME_TIME}. */
    static final String SEQ = "seq";

    /** For {@link #CONDITIONS_TABLE}: every print counts for all. */
    static final String NO_TABLE = "none";

    private static final String A_TIME = "an ISO-8601 time with an offset, such as 2013-11-25T00:00:00Z";

    private static final String A_DELIVERY = "exactly-once or at-least-once";

    private static final Pattern GROUP = Pattern.compile("[A-Za-z0-9._-]{1,200}");

    /** What a tick says about itself goes into its flags, and a flag must fit into a record of Kafka's. */
    private static final int MOST_PRICE_BYTES = 300_000;

    /** The lists of movers must fit into a record of Kafka's. */
    private static final int MOST_MOVERS = 1000;

    private static final Settings SETTINGS = new Settings();

    public static final ConfigOption<String> BOOTSTRAP_SERVERS = SETTINGS.text(
                    "kafka.bootstrap-servers", "localhost:9092")
            .describedAs("The Kafka brokers to ask first: host:port, comma-separated.");

    public static final ConfigOption<String> KAFKA_PROPERTIES = SETTINGS.text("kafka.properties-file")
            .expecting("a file that can be read", SettingTexts::isReadableFile)
            .describedAs("A properties file for all Kafka clients of the job, for security settings and others."
                    + " Secrets belong into this file, never into an argument.");

    public static final ConfigOption<String> PRICES_TOPIC =
            SETTINGS.text("prices.topic", "prices").describedAs("The topic of prices.");

    public static final ConfigOption<String> GROUP_ID = SETTINGS.text("prices.group-id", "tapewatch")
            .expecting("1 to 200 letters, digits, dots, dashes or underscores", group -> GROUP.matcher(group)
                    .matches())
            .describedAs("The consumer group. It is also the name of the job in Flink and a part of the"
                    + " transactional ids, so each job needs a group of its own.");

    public static final ConfigOption<String> PRICES_START = SETTINGS.text("prices.start", COMMITTED)
            .expecting(
                    "committed, earliest, latest or " + A_TIME,
                    start -> List.of(COMMITTED, EARLIEST, LATEST).contains(start) || SettingTexts.isTime(start))
            .describedAs("Where a job without a savepoint begins: committed, earliest, latest, or an ISO-8601"
                    + " time. committed is the position of the group, or the earliest record if there is none;"
                    + " windows that were open there are not published. If records are gone, the job stops; with"
                    + " earliest it skips them.");

    public static final ConfigOption<String> PRICES_UNTIL = SETTINGS.text("prices.until")
            .expecting("latest or " + A_TIME, until -> until.equals(LATEST) || SettingTexts.isTime(until))
            .expecting(
                    "a time that has passed",
                    until -> until.equals(LATEST) || SettingTexts.epochMillis(until) <= System.currentTimeMillis())
            .describedAs("Where the job ends: latest (the end of the topic at the start of the job), or an"
                    + " ISO-8601 time of Kafka's timestamps. Unset: the job has no end. A job from a savepoint"
                    + " ends where the job that took the savepoint was to end.");

    public static final ConfigOption<String> PRICES_SYMBOLS = SETTINGS.text("prices.symbols")
            .readBy((symbols, given) -> SettingTexts.symbols(symbols).forEach(SymbolPattern::requireValid))
            .describedAs("The symbols to watch, comma-separated: names, or patterns with *, such as BTC-*,AAPL."
                    + " Unset: all. Ticks of other symbols are filtered out, and counted as unwatched.");

    public static final ConfigOption<Duration> OUT_OF_ORDERNESS = span("prices.out-of-orderness", Duration.ofSeconds(2))
            .describedAs("How far a tick may be behind the latest event time of its partition without being late.");

    public static final ConfigOption<Duration> IDLE_TIMEOUT = span("prices.idle-timeout", Duration.ofSeconds(30))
            .expecting("a duration of 1 ms or more", timeout -> timeout.toMillis() > 0)
            .describedAs("How long a partition may be without a tick or a heartbeat before it is idle. An idle"
                    + " partition does not hold event time back.");

    public static final ConfigOption<Boolean> QUIET_ADVANCE = SETTINGS.trueOrFalse("prices.quiet-advance")
            .describedAs("Whether the event time of an idle partition follows the wall clock, minus"
                    + " prices.out-of-orderness. For live feeds without heartbeats.");

    public static final ConfigOption<Duration> MAX_FUTURE = span("prices.max-future", Duration.ofMinutes(1))
            .describedAs("How far a tick's time may be after its Kafka timestamp. A tick further ahead is rejected.");

    public static final ConfigOption<Duration> REPEAT_WINDOW = span("prices.repeat-window", Duration.ZERO)
            .describedAs(
                    "How far apart two ticks of one symbol, venue and id may be in event time to be one tick that was"
                            + " sent twice. The second tick is a dead letter, repeat. 0: no tick is a repeat.");

    public static final ConfigOption<Duration> CORRECTIONS_HORIZON = span("corrections.horizon", Duration.ZERO)
            .describedAs("How long after its time a trade can be cancelled or corrected. 0: never; then a cancel or a"
                    + " correction is a dead letter.");

    public static final ConfigOption<Integer> CORRECTIONS_MAX_TRADES = wholeNumber(
                    "corrections.max-trades", 3_000_000, 1, Integer.MAX_VALUE)
            .describedAs(
                    "How many trades of a symbol are kept for corrections.horizon and prices.repeat-window. Beyond that,"
                            + " the oldest trades are dropped, and can be neither cancelled nor known again.");

    public static final ConfigOption<Integer> PRICES_MAX_BYTES = wholeNumber(
                    "prices.max-bytes", 64_000, 1, MOST_PRICE_BYTES)
            .describedAs("The longest value of a price record, in bytes. A longer record is rejected.");

    public static final ConfigOption<Boolean> ALLOW_NONPOSITIVE = SETTINGS.trueOrFalse("prices.allow-nonpositive")
            .describedAs("Whether zero and negative prices are accepted: for spreads, power, or oil in April 2020.");

    public static final ConfigOption<NumberSequence> PRICES_SEQUENCE = SETTINGS.oneOf(
                    NumberSequence.class, "prices.sequence", NumberSequence.NONE, "symbol, partition or none")
            .describedAs(
                    "Which ticks the feed numbers without gaps: those of each symbol, or those of each partition. The"
                            + " number of a tick is its seq, or without one its id if that is a whole number. Numbers that are missing"
                            + " are counted; with symbol, summaries say how many. none: numbers say nothing.");

    public static final ConfigOption<String> QUOTES_TOPIC = SETTINGS.text("quotes.topic")
            .describedAs("The topic of quotes. Unset: no quotes, no quoted-trades, and no rules that need quotes."
                    + " The settings of prices.* for time, start and end are those of quotes, too.");

    public static final ConfigOption<Duration> QUOTES_MAX_AGE =
            span("quotes.max-age", Duration.ofSeconds(5)).describedAs("How old the quote of a trade may be.");

    public static final ConfigOption<String> QUOTES_SAME_TIME = SETTINGS.text("quotes.same-time", AFTER)
            .expecting("after, before or seq", List.of(AFTER, BEFORE, SEQ)::contains)
            .describedAs("Where a quote of a trade's own instant, to the nanosecond, stands in the as-of join: after"
                    + " the trade (as its effect) or before the trade. seq: the lower seq comes first, for feeds that"
                    + " number trades and quotes in one sequence; where neither has a seq, the quote is after.");

    public static final ConfigOption<String> INSTRUMENTS_TOPIC = SETTINGS.text("instruments.topic")
            .describedAs("The topic of instruments, which should be compacted. Unset: nothing is known about"
                    + " instruments.");

    public static final ConfigOption<ConditionAlphabet> CONDITIONS_ALPHABET = SETTINGS.oneOf(
                    ConditionAlphabet.class,
                    "conditions.alphabet",
                    ConditionAlphabet.AUTO,
                    "auto, sip, massive or finnhub")
            .describedAs(
                    "Whose codes the table us-consolidated reads. sip: the characters of the consolidated tapes, as"
                            + " Alpaca sends them. massive (formerly Polygon), finnhub: their numbers. auto: sip, but all codes of a"
                            + " print are Massive's if one of them is a number of two digits.");

    public static final ConfigOption<String> CONDITIONS_TABLE = SETTINGS.text("conditions.table", NO_TABLE)
            .readBy((table, given) -> ConditionTables.read(table, given.get(CONDITIONS_ALPHABET)))
            .describedAs(
                    "The table of sale conditions, which says what a print may update: none, us-consolidated for US"
                            + " stocks, or a CSV file, which is read where the job is submitted.");

    public static final ConfigOption<String> WINDOWS = SETTINGS.text("windows", "1m,5m/1m,1d+1m")
            .readBy((windows, given) -> WindowSpec.parseList(windows))
            .describedAs("The windows to summarize, comma-separated. 1m: each minute. 5m/1m: the last five"
                    + " minutes, each minute. 5m/tick: the last five minutes, at each tick."
                    + " 1d@America/New_York: the days of a time zone. 1d+1m: the day so far, each minute.");

    public static final ConfigOption<Duration> ALLOWED_LATENESS = span("windows.allowed-lateness", Duration.ofHours(4))
            .describedAs("How long after its end late ticks may still correct a window.");

    public static final ConfigOption<String> LATENESS_OF = SETTINGS.text("windows.lateness-of")
            .readBy((lateness, given) ->
                    SettingTexts.lateness(lateness).keySet().forEach(name -> oneOfWindows(name, given)))
            .describedAs("The lateness of single windows, comma-separated: 1s:1m,1h:12h.");

    public static final ConfigOption<Duration> REVISE_EVERY = span("windows.revise-every", Duration.ofSeconds(1))
            .describedAs("The least event time between two corrections of a window.");

    public static final ConfigOption<Duration> PREVIOUS_CLOSE_MAX_AGE = span(
                    "windows.previous-close-max-age", Duration.ofDays(32))
            .describedAs("How long before the start of a window the earlier window may have ended whose close is"
                    + " its previousClose.");

    public static final ConfigOption<String> MOVERS_WINDOW = SETTINGS.text("movers.window")
            .readBy((window, given) ->
                    requireDay(oneOfWindows(WindowSpec.parse(window).name(), given)))
            .describedAs("The window by which movers are ranked: one of windows, a day, tumbling or cumulating."
                    + " Unset: the first such window of the list. Without such a window there are no movers.");

    public static final ConfigOption<Integer> MOVERS_SIZE = wholeNumber("movers.size", 10, 1, MOST_MOVERS)
            .describedAs("How many symbols a list of movers holds, at most 1000.");

    public static final ConfigOption<String> RULES_TOPIC = SETTINGS.text("rules.topic", "rules")
            .describedAs("The topic of rules. The job reads it from its beginning.");

    public static final ConfigOption<Integer> RULES_MAX_COUNT =
            positive("rules.max-count", 1_000).describedAs("How many rules may be in force.");

    public static final ConfigOption<Integer> RULES_MAX_WINDOWS = positive("rules.max-windows", 8)
            .describedAs("How many distinct windows the rules may use, except paused rules.");

    public static final ConfigOption<Duration> RULES_MAX_OVER = SETTINGS.duration(
                    "rules.max-over", Duration.ofHours(24))
            .expecting(
                    "a duration of 0 s to 24h", over -> !over.isNegative() && over.compareTo(Duration.ofDays(1)) <= 0)
            .describedAs("How long a window of a rule may be, at most 24h.");

    public static final ConfigOption<Integer> RULES_MAX_BUFFERED = positive("rules.max-buffered", 1_000_000)
            .describedAs("How many ticks of a task may wait for the watermark on the heap. More ticks wait in state.");

    public static final ConfigOption<String> OUTPUT_PREFIX = SETTINGS.text("output.prefix", "tapewatch.")
            .describedAs("The beginning of the names of all output topics.");

    public static final ConfigOption<Integer> DEAD_LETTERS_MAX_BYTES = wholeNumber(
                    "dead-letters.max-bytes", 900_000, 1000, 1_000_000)
            .describedAs("The most bytes of a dead letter. A longer value is cut, and a header has its full length.");

    public static final ConfigOption<DeliveryGuarantee> DELIVERY_SUMMARIES = delivery(
                    "delivery.summaries", DeliveryGuarantee.EXACTLY_ONCE)
            .describedAs("The delivery of summaries, movers and quoted-trades: exactly-once (readers use"
                    + " isolation.level=read_committed) or at-least-once.");

    public static final ConfigOption<DeliveryGuarantee> DELIVERY_FLAGS = delivery(
                    "delivery.flags", DeliveryGuarantee.AT_LEAST_ONCE)
            .describedAs("The delivery of flags: at-least-once (quick; a repeated flag has the same id) or"
                    + " exactly-once.");

    public static final ConfigOption<LostTransactions> LOST_TRANSACTIONS = SETTINGS.oneOf(
                    LostTransactions.class, "delivery.lost-transactions", LostTransactions.FAIL, "fail or go-on")
            .describedAs("What to do when Kafka has aborted a transaction that was not committed within"
                    + " transaction.timeout.ms: fail, or go-on without its records.");

    public static final ConfigOption<String> CSV_PATH = SETTINGS.text("csv.path")
            .describedAs("The folder that CSV files are written to, a path or URI that the submitting machine and all"
                    + " task managers reach. A path is taken as it is; in a URI a space is %20."
                    + " Unset, there are none.");

    public static final ConfigOption<LineEnding> CSV_LINE_ENDING = SETTINGS.oneOf(
                    LineEnding.class, "csv.line-ending", LineEnding.LF, "lf or crlf")
            .describedAs("What ends a line of a CSV file: lf, or crlf as RFC 4180 has it.");

    public static final ConfigOption<Boolean> CSV_PRICES = SETTINGS.trueOrFalse("csv.prices")
            .describedAs("Whether ticks are written to CSV, too: time, symbol, price and size.");

    private JobOptions() {}

    private static Setting<Duration> span(String key, Duration value) {
        return SETTINGS.duration(key, value)
                .expecting(
                        "a duration of at most " + SettingTexts.LONGEST_TEXT,
                        span -> span.compareTo(SettingTexts.LONGEST) <= 0)
                .expecting("a duration of 0 s or more", span -> !span.isNegative());
    }

    private static Setting<Integer> positive(String key, int value) {
        return SETTINGS.wholeNumber(key, value).expecting("a whole number above 0", number -> number > 0);
    }

    private static Setting<Integer> wholeNumber(String key, int value, int from, int to) {
        return SETTINGS.wholeNumber(key, value)
                .expecting("a whole number from " + from + " to " + to, number -> number >= from && number <= to);
    }

    private static Setting<DeliveryGuarantee> delivery(String key, DeliveryGuarantee value) {
        return SETTINGS.oneOf(DeliveryGuarantee.class, key, value, A_DELIVERY)
                .expecting(A_DELIVERY, delivery -> delivery != DeliveryGuarantee.NONE);
    }

    private static WindowSpec oneOfWindows(String name, Configuration given) {
        return WindowSpec.parseList(given.get(WINDOWS)).stream()
                .filter(window -> window.name().equals(name))
                .findFirst()
                .orElseThrow(
                        () -> new IllegalArgumentException("window " + name + " is not one of --" + WINDOWS.key()));
    }

    private static void requireDay(WindowSpec window) {
        if (!window.isDay()) {
            throw new IllegalArgumentException("window " + window.name()
                    + " is no day; expected one of 24 h, tumbling or cumulating, such as 1d or 1d+1m");
        }
    }

    /** Every setting, in the order of the documentation. */
    public static List<ConfigOption<?>> all() {
        return SETTINGS.options();
    }

    /**
     * Requires that every setting is valid.
     *
     * @throws IllegalArgumentException if one is not; the message is one line that says what was expected
     */
    static void check(Configuration given) {
        SETTINGS.check(given);
    }

    /** The same of a single setting. */
    static void check(ConfigOption<?> option, Configuration given) {
        SETTINGS.check(option, given);
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
