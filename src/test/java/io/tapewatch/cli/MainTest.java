package io.tapewatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapewatch.settings.JobOptions;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.flink.configuration.ConfigOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is refused is refused at once: none of these commands may start a run. */
@Timeout(60)
class MainTest {

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--sped 3               | unknown option '--sped'; did you mean --speed?",
                "--window 1m            | unknown option '--window'",
                "run --replay           | Missing required parameter for option '--replay' (FILE[,FILE...])",
                "watsh                  | unknown command 'watsh'; there is: run, feed, watch, topics, rules, status, doctor, completion",
                "feed                   | 'feed' needs a command: replay, simulate, yahoo; see tapewatch feed --help",
                "feed replay            | Missing required parameter: 'FILE'",
                "feed replay nowhere.csv | FILE: nowhere.csv: there is no such file",
                "feed replay A=nowhere.csv | FILE: A=nowhere.csv: there is no such file, nor a file 'nowhere.csv' for a symbol",
                "feed replay GOOD --order newest | --order: expected time or file, found 'newest'",
                "feed replay GOOD --prices.out-of-orderness -1s | ",
                "feed replay GOOD --speed 0 | --speed: expected a number above zero (times real time) or max, found '0'",
                "feed replay GOOD --columns price=p | FILE: GOOD: expected a column 'p' for the price, found time",
                "feed replay GOOD --quotes.topic=prices | --quotes.topic is 'prices', which is --prices.topic, too",
                "feed replay GOOD --exit | unknown option '--exit'; see --help",
                "feed simulate --symbols 0 | expected 1 to 10,000 symbols, found 0",
                "feed simulate --rate 0 | expected a rate above 0",
                "feed simulate --for 0s | --for: expected a duration above zero",
                "feed simulate --for 5  | --for: \"5\" is not a duration",
                "feed simulate --speed max | --speed: a market without an end that is faster or slower than the clock",
                "feed simulate --start now | --start: expected an ISO-8601 time such as 2024-01-02T09:30:00Z, found 'now'",
                "feed simulate --incidents spike | --incidents: expected kind=number, such as spike=6,silence=0.5",
                "feed simulate --incidents spik=1 | --incidents: there is no incident 'spik'; expected one of spike",
                "feed simulate --incidents spike=x | --incidents: expected a number, found 'x'",
                "feed simulate --incidents spike=1,spike=2 | --incidents: spike is there twice",
                "feed simulate --incidents off-quote-print=1 | expected quotes with off-quote-print",
                "feed simulate --disorder 2 | expected a share of late rows from 0 to 1, found 2",
                "topics                 | 'topics' needs a command: create, describe; see tapewatch topics --help",
                "topics make            | unknown command 'make'; there is: create, describe",
                "topics create extra    | unknown argument 'extra'; see --help",
                "topics create --partition 3 | unknown option '--partition'; did you mean",
                "topics create --partitions 0 | --partitions: expected 1 to 10000, found 0",
                "topics create --replication-factor=101 | --replication-factor: expected 1 to 100, found 101",
                "topics create --prices.retention ever | Invalid value for option '--prices.retention': \"ever\" is not a",
                "topics create --quotes.topic=prices | --quotes.topic is 'prices', which is --prices.topic, too",
                "topics describe --instruments.topic=tapewatch.flags | --instruments.topic is 'tapewatch.flags', which the",
                "topics describe --kafka.properties-file nowhere | --kafka.properties-file is 'nowhere': expected a file",
                "feed yahoo             | Missing required option: '--symbols=SYMBOL[,SYMBOL...]'",
                "feed yahoo --symbols A,,B | --symbols: symbol is empty; expected 1 to 64 characters",
                "feed yahoo --symbols A,B? | --symbols: symbol has '?' at position 2; expected letters",
                "feed yahoo --symbols A --every 999ms | --every: expected 1s to 24h, found 999ms",
                "feed yahoo --symbols A --every 30 | Invalid value for option '--every': \"30\" is not a duration",
                "feed yahoo --symbols A --max-stale 25h | Invalid value for option '--max-stale': expected 1ms to 24h",
                "feed yahoo --symbols A --base-url yahoo.com | --base-url: expected http:// or https:// and a host",
                "feed yahoo --symbols A --base-url https://u:secret@yahoo.com | --base-url: expected http:// or https://",
                "feed yahoo --symbols A --headers-file nowhere | --headers-file: nowhere: there is no such file",
                "feed yahoo --symbols A --headers-file FOLDER | --headers-file: FOLDER: cannot be read",
                "feed yahoo --symbols A --headers-file GOOD | --headers-file: GOOD, line 1: expected a header such as",
                "feed yahoo --symbols A --kafka.properties-file nowhere | --kafka.properties-file is 'nowhere': expected",
                "rules                  | 'rules' needs a command: check, put, list, delete; see tapewatch rules --help",
                "rules check            | Missing required parameter: 'FILE'",
                "rules check nowhere.json | nowhere.json: there is no such file",
                "rules check FOLDER     | FOLDER: cannot be read: it is a folder",
                "rules check GOOD --rules.max-over 25h | --rules.max-over is '25h': expected a duration of 0 s to 24h",
                "rules put GOOD --timeout 5 | Invalid value for option '--timeout': \"5\" is not a duration",
                "rules put GOOD --password=hunter2 | unknown option '--password'; did you mean --partial?",
                "rules delete           | Missing required parameter: 'ID'",
                "rules delete a#b       | \"a#b\" cannot be a rule's id",
                "rules list rules       | unknown argument 'rules'; see --help",
                "watch                  | 'watch' needs a command: prices, quotes, summaries, movers, flags, shadow-flags, quoted-trades, dead-",
                "watch flag             | unknown command 'flag'; there is: prices, quotes, summaries, movers, flags",
                "watch flags extra      | unknown argument 'extra'; see --help",
                "watch flags --since 5m --since 6m | option '--since' (TIME) should be specified only once",
                "run --csv a --csv=b    | option '--csv' (DIR) should be specified only once",
                "watch flags --last -1  | --last: expected 0 to 1000000, found -1",
                "watch flags --last 5 --since 5m | --last: --since says where to begin, too; give one of them",
                "watch flags --since yesterday | Invalid value for option '--since': expected how long ago, such as 15m, or",
                "watch flags --symbol a,,b | Invalid value for option '--symbol': \"\" is not a symbol or a pattern",
                "watch flags --rule a#b | Invalid value for option '--rule': \"a#b\" cannot be a rule's id",
                "watch flags --severity loud | Invalid value for option '--severity': expected info, low, medium, high, crit",
                "watch summaries --rule rise | unknown option '--rule'",
                "watch rule-status --symbol A | unknown option '--symbol'",
                "watch movers --kafka.properties-file nowhere | --kafka.properties-file is 'nowhere': expected a file",
                "status --rest localhost:8081 | --rest: expected http:// or https:// and a host, such as http://localhost",
                "status --rest http://u:secret@host | --rest: expected http:// or https:// and a host",
                "status --max-lag -1    | --max-lag: expected 0 or more, found -1",
                "status --max-standstill 5 | Invalid value for option '--max-standstill': \"5\" is not a duration",
                "status --kafka.properties-file nowhere | --kafka.properties-file is 'nowhere': expected a file",
                "doctor --web-port 65536 | --web-port: expected 0 to 65535, found 65536",
                "doctor --kafka.properties-file nowhere | --kafka.properties-file is 'nowhere': expected a file",
                "completion bash        | unknown argument 'bash'; see --help",
                "run extra              | unknown argument 'extra'; see --help",
                "--speed fast           | --speed: expected a number above zero (times real time) or max, found 'fast'",
                "--speed 0              | --speed: expected a number above zero (times real time) or max, found '0'",
                "--replay nowhere.csv   | --replay: nowhere.csv: there is no such file",
                "--replay GOOD,nowhere.csv | --replay: nowhere.csv: there is no such file",
                "--replay BAD           | --replay: BAD, line 2: expected a number in column 'price', found 'dear'",
                "--replay FOLDER        | --replay: FOLDER: cannot be read",
                "--replay GOOD --columns time | --columns: expected field=column, such as time=timestamp,size=amount",
                "--replay GOOD --columns time=when | --replay: GOOD: expected a column 'when' for the time, found time",
                "--replay GOOD --time-unit m | --time-unit: expected s, ms, us or ns, found 'm'",
                "--replay GOOD --time-unit s | --replay: GOOD, line 2: expected a time from 1973 to 2099",
                "--symbol BTC-USD       | --columns, --time-unit, --symbol, --symbol-from-file-name and --order are about the files",
                "--order file           | --columns, --time-unit, --symbol, --symbol-from-file-name and --order are about the files",
                "--replay GOOD --order newest | --order: expected time or file, found 'newest'",
                "--replay AAPL=nowhere.csv | --replay: AAPL=nowhere.csv: there is no such file, nor a file 'nowhere.csv' for a",
                "--replay A*=GOOD       | --replay: A*=GOOD: symbol has '*' at position 2; expected letters",
                "--replay GOOD --symbol A --symbol-from-file-name | --symbol: --symbol-from-file-name names the symbols, too",
                "--replay GOOD --symbol A,B | --symbol: symbol has ',' at position 2; expected letters",
                "--replay GOOD --replay-quotes =GOOD | --replay-quotes: =GOOD: symbol is empty",
                "--replay-quotes GOOD   | --replay-quotes: quotes go with trades of the same time; name these with --replay",
                "--replay GOOD --replay-quotes nowhere.csv | --replay-quotes: nowhere.csv: there is no such file",
                "--replay GOOD --replay-quotes GOOD | --replay-quotes: GOOD: expected a column 'bid' for the bid, found time",
                "--replay GOOD --quote-columns bid=b | --quote-columns is about the files of --replay-quotes",
                "--replay GOOD --replay-quotes GOOD --quote-columns size=b | --quote-columns: expected one of the fields",
                "--instruments nowhere.csv | --instruments: nowhere.csv: there is no such file",
                "--instruments FOLDER   | --instruments: FOLDER: cannot be read",
                "--instruments GOOD --prices.topic instruments | --prices.topic: 'instruments' is the topic of the instruments",
                "--instruments GOOD --instruments.topic rules | --instruments.topic is 'rules', which is --rules.topic, too",
                "--rules nowhere.json   | --rules: nowhere.json: there is no such file",
                "--rules GOOD           | --rules: GOOD, line 1: expected JSON",
                "--csv GOOD             | --csv: expected a folder, 'GOOD' is a file",
                "--csv=                 | --csv: expected a folder, found nothing",
                "--csv GOOD/under       | --csv: GOOD/under: cannot be written: ",
                "--csv.path GOOD        | --csv.path: expected a folder, 'GOOD' is a file",
                "--csv.path file:GOOD   | --csv.path: expected a folder, 'GOOD' is a file",
                "--csv.path GOOD/under  | --csv.path: GOOD/under: cannot be written: ",
                "--csv.path s3://bucket/csv | --csv.path: a local run writes to a folder of this machine, found 's3://bucket/csv'",
                "--csv RESULTS          | --csv: RESULTS holds the results of another run; name another folder, or let",
                "--csv.path RESULTS     | --csv.path: RESULTS holds the results of another run; name another folder, or let",
                "--overwrite            | --overwrite: each run has a folder of its own; name the folder to overwrite with",
                "--csv a --csv.path b   | --csv: the same as --csv.path; give one of them",
                "--simulated 10001      | --simulated: expected 0 to 10000, found 10001",
                "--replay GOOD --simulated 5 | --simulated: a simulated market is on the clock of the default recording",
                "--partitions 0         | --partitions: expected 1 to 1000, found 0",
                "--partitions many      | Invalid value for option '--partitions': 'many' is not an int",
                "--parallelism 129      | --parallelism: expected 1 to 128, found 129",
                "--web-port 65536       | --web-port: expected 0 to 65535, found 65536",
                "--kafka.bootstrap-servers=x:9092 | --kafka.bootstrap-servers: the local run brings its own Kafka",
                "--prices.idle-timeout soon | ",
            })
    void aBadCommandLineIsOneLineAndExitCode2(String arguments, String message) throws Exception {
        Path good = Files.writeString(folder.resolve("good.csv"), "time,symbol,price\n1700000000000,A,1\n");
        Path bad = Files.writeString(folder.resolve("bad.csv"), "time,symbol,price\n1700000000000,A,dear\n");
        Path results = folder.resolve("results");
        Path day = Files.createDirectories(results.resolve("flags").resolve("2013-11-25"));
        Files.createFile(day.resolve("flags-2013-11-25.csv"));
        String[] args = arguments
                .replace("RESULTS", results.toString())
                .replace("GOOD", good.toString())
                .replace("BAD", bad.toString())
                .replace("FOLDER", folder.toString())
                .split(" ");

        assertThat(run(args)).isEqualTo(2);

        assertThat(out.toString()).isEmpty();
        assertThat(err.toString().lines()).hasSize(1);
        String expected = message == null
                ? ""
                : message.replace("RESULTS", results.toString())
                        .replace("GOOD", good.toString())
                        .replace("BAD", bad.toString())
                        .replace("FOLDER", folder.toString());
        assertThat(err.toString()).startsWith("tapewatch: " + expected);
    }

    @Test
    void aRowThatCannotBeReadInAFileToBeSortedIsOneLineAndExitCode1() throws Exception {
        Path file = Files.writeString(
                folder.resolve("newest.csv"), "time,symbol,price\n1700000060000,A,1\n1700000000000,A,dear\n");
        Path csv = folder.resolve("csv");

        assertThat(run("--replay", file.toString(), "--csv", csv.toString())).isEqualTo(1);

        assertThat(out.toString()).isEmpty();
        assertThat(err.toString().lines())
                .containsExactly("tapewatch: " + file + ", line 3: expected a number in column 'price', found 'dear'");
    }

    @Test
    void theFirstPageBeginsWithTheCommandsFitsASmallTerminalAndNamesTheOptionsOfARun() {
        assertThat(run("--help")).isZero();
        assertThat(err.toString()).isEmpty();
        List<String> lines = out.toString().lines().toList();
        assertThat(lines).hasSizeLessThanOrEqualTo(24).allSatisfy(line -> assertThat(line)
                .hasSizeLessThanOrEqualTo(80));
        assertThat(out.toString()).startsWith("Usage: tapewatch [run] [OPTION]...");
        int heading = lines.indexOf("Commands, each with a --help of its own:");
        List<String> commands = List.of("run", "feed", "watch", "topics", "rules", "status", "doctor", "completion");
        for (int i = 0; i < commands.size(); i++) {
            assertThat(lines.get(heading + 1 + i)).startsWith("  " + commands.get(i) + " ");
        }
        assertThat(heading).isLessThan(lines.indexOf("  -V, --version   Print version information and exit."));
        assertThat(out.toString()).contains("--replay,", "--speed,", "--web-port", "'tapewatch --help-settings'");
    }

    @Test
    void helpOfARunNamesEachOfItsOptionsOnceAndNoSetting() {
        assertThat(run("run", "--help")).isZero();
        assertThat(err.toString()).isEmpty();
        assertThat(out.toString()).startsWith("Usage: tapewatch [run] [OPTION]...");
        for (String option : new String[] {
            "--replay",
            "--replay-quotes",
            "--quote-columns",
            "--instruments",
            "--speed",
            "--exit",
            "--rules",
            "--csv",
            "--web-port",
            "--help-settings",
            "--version"
        }) {
            assertThat(named(option)).as(option).isEqualTo(1);
        }
        for (ConfigOption<?> option : JobOptions.all()) {
            assertThat(named("--" + option.key())).as(option.key()).isZero();
        }
    }

    @Test
    void helpOfTheSettingsNamesEverySettingOfTheJobOnceAndNothingElse() {
        assertThat(run("--help-settings")).isZero();
        assertThat(err.toString()).isEmpty();
        for (ConfigOption<?> option : JobOptions.all()) {
            assertThat(named("--" + option.key())).as(option.key()).isEqualTo(1);
        }
        assertThat(named("--replay")).isZero();
    }

    @Test
    void runIsTheDefaultCommand() {
        run("--help-settings");
        String withoutCommand = out.toString();
        out.getBuffer().setLength(0);
        run("run", "--help-settings");
        assertThat(out.toString()).isEqualTo(withoutCommand);
    }

    @Test
    void helpOfTheSettingsNeedsNoArgument() {
        assertThat(run("feed", "replay", "--help-settings")).isZero();
        assertThat(out.toString()).contains("--kafka.bootstrap-servers=VALUE");
    }

    @Test
    void helpNamesTheOtherCommandsAndEachHasHelpOfItsOwn() {
        assertThat(run("--help")).isZero();
        assertThat(out.toString().lines())
                .anyMatch(line -> line.startsWith("  feed    "))
                .anyMatch(line -> line.startsWith("  watch   "))
                .anyMatch(line -> line.startsWith("  topics  "))
                .anyMatch(line -> line.startsWith("  rules   "));
        for (String command : new String[] {
            "feed",
            "feed replay",
            "feed simulate",
            "feed yahoo",
            "topics",
            "topics create",
            "topics describe",
            "rules",
            "rules check",
            "rules put",
            "rules list",
            "rules delete",
            "watch",
            "watch summaries",
            "watch movers",
            "watch flags",
            "watch shadow-flags",
            "watch quoted-trades",
            "watch dead-letters",
            "watch rule-status",
            "status",
            "doctor",
            "completion"
        }) {
            out.getBuffer().setLength(0);
            assertThat(run((command + " --help").split(" "))).as(command).isZero();
            assertThat(out.toString()).startsWith("Usage: tapewatch " + command + " ");
            assertThat(out.toString().lines()).as(command).hasSizeLessThanOrEqualTo(40);
        }
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void theToolsTakeTheJobsSettingsByTheSameNamesAndWithTheSameDefaults() {
        assertThat(run("topics", "create", "--help-settings")).isZero();
        for (ConfigOption<?> option : List.of(
                JobOptions.BOOTSTRAP_SERVERS,
                JobOptions.KAFKA_PROPERTIES,
                JobOptions.PRICES_TOPIC,
                JobOptions.RULES_TOPIC,
                JobOptions.QUOTES_TOPIC,
                JobOptions.INSTRUMENTS_TOPIC,
                JobOptions.OUTPUT_PREFIX)) {
            assertThat(named("--" + option.key())).as(option.key()).isEqualTo(1);
            assertThat(out.toString().replaceAll("\\s+", " ")).contains("Default: " + JobOptions.defaultOf(option));
        }
    }

    @Test
    void theVersionNamesTheCommitAndWhatItRunsWith() {
        assertThat(run("--version")).isZero();
        List<String> lines = out.toString().lines().toList();
        assertThat(lines).hasSize(2);
        // Built from an archive there is no commit.
        assertThat(lines.get(0)).matches("tapewatch \\d+\\.\\d+\\.\\d+\\S*( \\(commit [0-9a-f]{7,}(-dirty)?\\))?");
        assertThat(lines.get(1))
                .matches("Java " + Pattern.quote(System.getProperty("java.version"))
                        + ", Flink \\d+\\.\\d+\\.\\d+, Kafka \\d+\\.\\d+\\.\\d+");
    }

    private long named(String option) {
        return out.toString()
                .lines()
                .map(String::strip)
                .map(line -> line.replaceFirst("^-\\w, ", ""))
                .filter(line -> line.matches(Pattern.quote(option) + "([= \\[].*)?"))
                .count();
    }

    private int run(String... args) {
        return Main.run(args, new PrintWriter(out, true), new PrintWriter(err, true));
    }
}
