package io.tapewatch.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tapewatch.domain.window.WindowSpec;
import io.tapewatch.io.kafka.InputTopics;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JobArgumentsTest {

    @Test
    void everyOptionIsListedOnce() {
        List<ConfigOption<?>> declared = Arrays.stream(JobOptions.class.getDeclaredFields())
                .filter(field -> Modifier.isPublic(field.getModifiers()) && field.getType() == ConfigOption.class)
                .<ConfigOption<?>>map(field -> {
                    try {
                        return (ConfigOption<?>) field.get(null);
                    } catch (IllegalAccessException e) {
                        throw new AssertionError(e);
                    }
                })
                .toList();

        assertThat(declared).isNotEmpty();
        assertThat(JobOptions.all()).containsExactlyElementsOf(declared);
        assertThat(JobOptions.all()).extracting(ConfigOption::key).doesNotHaveDuplicates();
    }

    @Test
    void everyOptionIsDescribedInASentence() {
        assertThat(JobOptions.all())
                .allSatisfy(option -> assertThat(JobOptions.description(option)).endsWith("."));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            kafka.bootstrap-servers  | localhost:9092
            kafka.properties-file    |
            prices.topic             | prices
            prices.group-id          | tapewatch
            prices.start             | committed
            prices.until             |
            prices.out-of-orderness  | 2s
            prices.idle-timeout      | 30s
            prices.max-future        | 1m
            prices.max-bytes         | 64000
            prices.allow-nonpositive | false
            prices.sequence          | none
            quotes.topic             |
            quotes.max-age           | 5s
            quotes.same-time         | after
            instruments.topic        |
            conditions.alphabet      | auto
            conditions.table         | none
            windows                  | 1m,5m/1m,1d+1m
            windows.allowed-lateness | 4h
            windows.lateness-of      |
            windows.revise-every     | 1s
            windows.previous-close-max-age | 32d
            movers.window            |
            movers.size              | 10
            rules.topic              | rules
            rules.max-count          | 1000
            rules.max-windows        | 8
            rules.max-buffered       | 1000000
            output.prefix            | tapewatch.
            dead-letters.max-bytes   | 900000
            delivery.summaries       | exactly-once
            delivery.flags           | at-least-once
            delivery.lost-transactions | fail
            csv.path                 |
            csv.line-ending          | lf
            """)
    void hasTheDefaultsOfTheDesign(String name, String expected) {
        assertThat(JobOptions.defaultOf(option(name))).isEqualTo(expected == null ? "" : expected);
    }

    @Test
    void nothingHasToBeGiven() {
        assertThat(JobArguments.parse().toMap()).isEmpty();
    }

    @Test
    void aValueFollowsItsNameOrAnEqualsSign() {
        Configuration given = JobArguments.parse(
                "--prices.topic",
                "trades",
                "--windows=1s,5m",
                "--prices.max-future",
                "90 s",
                "--prices.max-bytes=1000",
                "--delivery.flags=exactly-once",
                "--prices.start",
                "2013-11-25T00:00:00+01:00");

        assertThat(given.get(JobOptions.PRICES_TOPIC)).isEqualTo("trades");
        assertThat(given.get(JobOptions.WINDOWS)).isEqualTo("1s,5m");
        assertThat(given.get(JobOptions.MAX_FUTURE)).isEqualTo(Duration.ofSeconds(90));
        assertThat(given.get(JobOptions.PRICES_MAX_BYTES)).isEqualTo(1000);
        assertThat(given.get(JobOptions.DELIVERY_FLAGS)).isEqualTo(DeliveryGuarantee.EXACTLY_ONCE);
        assertThat(JobSettings.epochMillis(given.get(JobOptions.PRICES_START))).isEqualTo(1_385_334_000_000L);
    }

    @Test
    void whatTheWebUiShowsIsEverySettingThatHasAValue() {
        Map<String, String> shown = ShownSettings.of(JobArguments.parse("--windows=1s,5m", "--csv.prices"));

        assertThat(shown)
                .containsEntry("windows", "1s,5m")
                .containsEntry("csv.prices", "true")
                .containsEntry("prices.out-of-orderness", "2s")
                .containsEntry("delivery.summaries", "exactly-once")
                .doesNotContainKeys("kafka.properties-file", "prices.until");
        assertThat(shown.keySet())
                .hasSizeGreaterThan(20)
                .isSubsetOf(JobOptions.all().stream().map(ConfigOption::key).toList());
    }

    @Test
    void whatTheWebUiShowsOfAFileOfSecretsIsItsNameAndOfAnAddressNoPassword(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("kafka.properties"), "sasl.jaas.config=pelican");
        Map<String, String> shown = ShownSettings.of(JobArguments.parse(
                "--kafka.properties-file=" + file,
                "--kafka.bootstrap-servers=me:pelican@a:9092,SASL_SSL://me:pelican@b:9092,c:9092",
                "--csv.path=s3://key:pelican@bucket/csv"));

        assertThat(shown)
                .containsEntry("kafka.properties-file", file.toString())
                .containsEntry("kafka.bootstrap-servers", "…@a:9092,SASL_SSL://…@b:9092,c:9092")
                .containsEntry("csv.path", "s3://…@bucket/csv");
        assertThat(shown.values()).noneMatch(value -> value.contains("pelican"));
    }

    @ParameterizedTest
    @CsvSource({
        "s3://key:pel/ican@bucket/csv, s3://…@bucket/csv",
        "s3://key:pel//ic@n@bucket, s3://…@bucket",
        "key:pel/ican@bucket/csv, …@bucket/csv",
        "'s3://key:pel,ic@n@bucket/csv,2', 's3://…@bucket/csv,2'",
        "abfss://container@account.dfs.core.windows.net/csv, abfss://…@account.dfs.core.windows.net/csv"
    })
    void aPasswordWithSlashesIsNotShownEither(String path, String shown) {
        assertThat(ShownSettings.of(JobArguments.parse("--csv.path=" + path))).containsEntry("csv.path", shown);
    }

    @ParameterizedTest
    @ValueSource(strings = {"windows", "prices.allow-nonpositive", "csv.path"})
    void aSettingIsGivenOnce(String setting) {
        assertThatThrownBy(() -> JobArguments.parse("--" + setting + "=true", "--" + setting + "=false"))
                .hasMessage("option '--" + setting + "' (VALUE) should be specified only once");
    }

    @Test
    void aSwitchNeedsNoValue() {
        assertThat(JobArguments.parse("--prices.allow-nonpositive").get(JobOptions.ALLOW_NONPOSITIVE))
                .isTrue();
        assertThat(JobArguments.parse("--prices.allow-nonpositive", "--windows=1m")
                        .get(JobOptions.ALLOW_NONPOSITIVE))
                .isTrue();
        assertThat(JobArguments.parse("--prices.allow-nonpositive=false").get(JobOptions.ALLOW_NONPOSITIVE))
                .isFalse();
    }

    @Test
    void theLatenessOfSingleWindowsGoesByTheirCanonicalNames() {
        Configuration given = JobArguments.parse("--windows=1s,60s", "--windows.lateness-of=1s:1m,60s:2h");

        assertThat(JobSettings.windows(given).latenessOf()).isEqualTo(Map.of("1s", 60_000L, "1m", 7_200_000L));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --window 1m           | --windows
            --prices.topics=x     | --prices.topic
            --price.topic=x       | --prices.topic
            --csv.paths out       | --csv.path
            """)
    void anUnknownNameIsToldWithTheOneThatWasMeant(String arguments, String meant) {
        assertThat(refusal(arguments.split(" ")))
                .contains(arguments.split("[ =]")[0])
                .endsWith("; did you mean " + meant + "?");
    }

    @Test
    void aNameThatResemblesNothingAndAStrayWordAreTold() {
        assertThat(refusal("--xyzzy=1")).contains("--xyzzy");
        assertThat(refusal("stray")).contains("stray");
    }

    @Test
    void aNameWithoutAValueAndANameGivenTwiceAreTold() {
        assertThat(refusal("--windows")).contains("--windows");
        assertThat(refusal("--windows=1m", "--windows=1h"))
                .contains("--windows")
                .contains("once");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --prices.out-of-orderness=soon     | --prices.out-of-orderness is 'soon': expected a duration, such as 30s
            --prices.out-of-orderness=-1s      | --prices.out-of-orderness is '-1s': expected a duration, such as 30s
            --prices.out-of-orderness=36501d   | --prices.out-of-orderness is '36501d': expected a duration of at most 36500d
            --prices.idle-timeout=0s           | --prices.idle-timeout is '0s': expected a duration of 1 ms or more
            --prices.idle-timeout=1ns          | --prices.idle-timeout is '1ns': expected a duration of 1 ms or more
            --prices.max-future=1 fortnight    | --prices.max-future is '1 fortnight': expected a duration, such as 30s
            --prices.max-future=100000000000d  | --prices.max-future is '100000000000d': expected a duration of at most 36500d
            --windows.allowed-lateness=4       | OK
            --windows.allowed-lateness=9999999999d | --windows.allowed-lateness is '9999999999d': expected a duration of at most 36500d
            --windows.revise-every=1x          | --windows.revise-every is '1x': expected a duration, such as 30s
            --prices.max-bytes=64kB            | --prices.max-bytes is '64kB': expected a whole number
            --prices.max-bytes=0               | --prices.max-bytes is '0': expected a whole number from 1 to 300000
            --prices.max-bytes=300001          | --prices.max-bytes is '300001': expected a whole number from 1 to 300000
            --rules.max-count=-1               | --rules.max-count is '-1': expected a whole number above 0
            --rules.topic=prices               | --rules.topic is 'prices', which is --prices.topic, too; prices and rules need a topic each
            --prices.topic=tapewatch.flags     | --prices.topic is 'tapewatch.flags', which the job writes to; it needs a topic of its own
            --quotes.topic=prices              | --quotes.topic is 'prices', which is --prices.topic, too; prices and quotes need a topic each
            --instruments.topic=rules          | --instruments.topic is 'rules', which is --rules.topic, too; rules and instruments need a topic each
            --quotes.topic=tapewatch.flags     | --quotes.topic is 'tapewatch.flags', which the job writes to; it needs a topic of its own
            --instruments.topic=tapewatch.movers | --instruments.topic is 'tapewatch.movers', which the job writes to; it needs a topic of its own
            --prices.topic=tapewatch.quoted-trades | --prices.topic is 'tapewatch.quoted-trades', which the job writes to; it needs a topic of its own
            --prices.sequence=Partition        | OK
            --prices.sequence=all              | --prices.sequence is 'all': expected symbol, partition or none
            --quotes.topic=quotes              | OK
            --quotes.same-time=never           | --quotes.same-time is 'never': expected after, before or seq
            --conditions.table=us-consolidated | OK
            --conditions.table=nasdaq          | --conditions.table: 'nasdaq' is no file; expected none, us-consolidated or a CSV file
            --conditions.alphabet=polygon      | --conditions.alphabet is 'polygon': expected auto, sip, massive or finnhub
            --conditions.alphabet=sip          | --conditions.table: the table is 'none', and --conditions.alphabet is of us-consolidated alone; remove it, or choose that table
            --quotes.max-age=-1s               | --quotes.max-age is '-1s': expected a duration, such as 30s
            --rules.max-windows=0              | --rules.max-windows is '0': expected a whole number above 0
            --rules.max-buffered=many          | --rules.max-buffered is 'many': expected a whole number
            --dead-letters.max-bytes=999       | --dead-letters.max-bytes is '999': expected a whole number from 1000 to 1000000
            --prices.allow-nonpositive=perhaps | --prices.allow-nonpositive is 'perhaps': expected true or false
            --prices.group-id=a b              | --prices.group-id is 'a b': expected 1 to 200 letters, digits, dots, dashes or underscores
            --prices.start=now                 | --prices.start is 'now': expected committed, earliest, latest or an ISO-8601 time with an offset, such as 2013-11-25T00:00:00Z
            --prices.start=2013-11-25          | --prices.start is '2013-11-25': expected committed, earliest, latest or an ISO-8601 time with an offset, such as 2013-11-25T00:00:00Z
            --prices.until=earliest            | --prices.until is 'earliest': expected latest or an ISO-8601 time with an offset, such as 2013-11-25T00:00:00Z
            --prices.until=2999-01-01T00:00:00Z | --prices.until is '2999-01-01T00:00:00Z': expected a time that has passed
            --prices.until=latest              | OK
            --rules.max-over=25h               | --rules.max-over is '25h': expected a duration of 0 s to 24h
            --delivery.summaries=none          | --delivery.summaries is 'none': expected exactly-once or at-least-once
            --delivery.flags=often             | --delivery.flags is 'often': expected exactly-once or at-least-once
            --delivery.lost-transactions=on    | --delivery.lost-transactions is 'on': expected fail or go-on
            --csv.line-ending=cr               | --csv.line-ending is 'cr': expected lf or crlf
            --csv.line-ending=CRLF             | OK
            --kafka.properties-file=/no/such   | --kafka.properties-file is '/no/such': expected a file that can be read
            --windows=                         | --windows: window '': "" is not a duration: write a whole number and one of ms, s, m, h, d, such as "5m"
            --windows=1m,60s                   | --windows: window '60s' is listed twice: it is 1m
            --windows=5m/2m                    | --windows: window '5m/2m': a step of 2m does not divide the window of 5m; expected one that does, such as 1m
            --windows=0s                       | --windows: window '0s': a window of 0s; expected 1ms to 366d
            --movers.size=0                    | --movers.size is '0': expected a whole number from 1 to 1000
            --movers.size=1001                 | --movers.size is '1001': expected a whole number from 1 to 1000
            --movers.window=day                | --movers.window: window 'day': "day" is not a duration: write a whole number and one of ms, s, m, h, d, such as "5m"
            --movers.window=1d                 | --movers.window: window 1d is not one of --windows
            --movers.window=1m                 | --movers.window: window 1m is no day; expected one of 24 h, tumbling or cumulating, such as 1d or 1d+1m
            --windows.lateness-of=1m           | --windows.lateness-of: '1m'; expected window:duration, such as 1s:1m
            --windows.lateness-of=5m:1h        | --windows.lateness-of: window 5m is not one of --windows
            --windows.lateness-of=1m:36501d    | --windows.lateness-of: '1m:36501d'; expected at most 36500d
            --windows.lateness-of=1m:soon      | --windows.lateness-of: "soon" is not a duration: write a whole number and one of ms, s, m, h, d, such as "5m"
            """)
    void aBadValueIsToldWithWhatWasExpected(String argument, String expected) {
        if (expected.equals("OK")) {
            assertThat(JobArguments.parse(argument).toMap()).hasSize(1);
        } else {
            assertThat(refusal(argument)).isEqualTo(expected);
        }
    }

    @Test
    void quotesAndInstrumentsNeedATopicEachAndOneThatTheJobDoesNotWriteToWhateverThePrefix() {
        assertThat(refusal("--quotes.topic=reference", "--instruments.topic=reference"))
                .isEqualTo("--instruments.topic is 'reference', which is --quotes.topic, too; quotes and instruments"
                        + " need a topic each");
        assertThat(refusal("--output.prefix=", "--quotes.topic=quoted-trades"))
                .isEqualTo("--quotes.topic is 'quoted-trades', which the job writes to; it needs a topic of its own");
        assertThat(JobSettings.inputs(JobArguments.parse("--quotes.topic=q", "--instruments.topic=i")))
                .isEqualTo(new InputTopics("prices", "rules", "q", "i"));
        assertThat(JobSettings.inputs(JobArguments.parse())).isEqualTo(new InputTopics("prices", "rules"));
    }

    @Test
    void aFolderIsNoPropertiesFile(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("kafka.properties"), "security.protocol=SSL\n");

        assertThat(JobArguments.parse("--kafka.properties-file", file.toString())
                        .get(JobOptions.KAFKA_PROPERTIES))
                .isEqualTo(file.toString());
        assertThat(refusal("--kafka.properties-file", folder.toString())).endsWith("expected a file that can be read");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--windows=1m\n1h", "--prices.start=a\nb", "--prices.max-bytes=1\r2", "--x\ny=1"})
    void aRefusalStaysOnOneLineWhateverWasGiven(String argument) {
        refusal(argument);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            1m,1h                          |         |
            1m,24h/1h,24h/tick,7d          |         |
            1m,1d                          |         | 1d
            1d+1m,1d                       |         | 1d+1m
            1m,1d@America/New_York,1d      |         | 1d@America/New_York
            1d,1d@America/New_York+1m      | 24h@America/New_York+60s | 1d@America/New_York+1m
            1d+1m,1d                       | 24h     | 1d
            """)
    void moversAreRankedByTheFirstDayOrTheOneThatIsAskedFor(String windows, String asked, String ranked) {
        Configuration given = new Configuration().set(JobOptions.WINDOWS, windows);
        if (asked != null) {
            given.set(JobOptions.MOVERS_WINDOW, asked);
        }
        assertThat(JobSettings.moversWindow(given).map(WindowSpec::name)).isEqualTo(Optional.ofNullable(ranked));
    }

    private static String refusal(String... arguments) {
        String[] message = new String[1];
        assertThatIllegalArgumentException()
                .isThrownBy(() -> JobArguments.parse(arguments))
                .satisfies(e -> message[0] = e.getMessage());
        assertThat(message[0].chars().noneMatch(Character::isISOControl))
                .as("on one line: " + message[0])
                .isTrue();
        return message[0];
    }

    private static ConfigOption<?> option(String name) {
        return JobOptions.all().stream()
                .filter(option -> option.key().equals(name))
                .findAny()
                .orElseThrow();
    }
}
