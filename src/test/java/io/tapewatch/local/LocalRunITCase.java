package io.tapewatch.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tapewatch.LongPatience;
import io.tapewatch.cluster.Waiting;
import io.tapewatch.feed.Speed;
import io.tapewatch.feed.recorded.RecordedInstruments;
import io.tapewatch.feed.recorded.Recording;
import io.tapewatch.feed.recorded.RecordingException;
import io.tapewatch.feed.recorded.RecordingFormat;
import io.tapewatch.feed.recorded.Recordings;
import io.tapewatch.feed.simulated.IncidentKind;
import io.tapewatch.feed.simulated.SimulationSettings;
import io.tapewatch.settings.JobOptions;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@Timeout(900)
@ExtendWith(LongPatience.class)
class LocalRunITCase {

    private static final int PRICES = 2_000;
    private static final long PATIENCE = Waiting.PATIENCE.toSeconds();
    private static final long START = 1_700_000_000_000L;

    @TempDir
    private Path folder;

    private final StringWriter shown = new StringWriter();

    @Test
    void aReplayAsFastAsItGoesEndsWithAnAccountThatBalances() throws Exception {
        LocalRun run = run(prices(), Speed.MAX, true, shown);
        assertThat(run.run()).isEqualTo(LocalRun.Outcome.BALANCED);
        assertThat(shown.toString().lines())
                .contains("2,000 in = 2,000 counted + 0 dead letters; difference 0")
                .anyMatch(line -> line.matches("rule +checked +flags +suppressed"))
                // A subtle one may still stand out from the small returns of a busy symbol.
                .anyMatch(line -> line.matches("fat-finger +2,000 +[1-9]\\d* +\\d+"))
                .anyMatch(line -> line.matches("silence +0 +0 +0"))
                .anyMatch(line -> line.matches("ticks/s   [\\d,]+"));
    }

    @Test
    void tradesQuotesAndInstrumentsHaveAnAccountEachAndAllBalance() throws Exception {
        Path trades = Files.writeString(
                folder.resolve("trades.csv"), rows("time,symbol,price,size", 300, 0, i -> 100 + i % 10 + ",1"));
        // A quote 300 ms before each trade but the first ten, and one that is none.
        Path quotes = Files.writeString(
                folder.resolve("quotes.csv"),
                rows("time,symbol,bid,ask", 300, -300, i -> i < 10 ? null : 99 + i % 10 + "," + (101 + i % 10))
                        + (START + 300_000) + ",A,0,1\n");
        Path instruments = Files.writeString(
                folder.resolve("instruments.csv"), "symbol,name,sector,multiplier\nA,Alpha,energy,\nB,,,10\n");
        Configuration job = new Configuration();
        job.set(JobOptions.QUOTES_TOPIC, "quotes");
        job.set(JobOptions.INSTRUMENTS_TOPIC, "instruments");
        LocalRun run = new LocalRun(
                new LocalRunSettings(
                        new Recordings(
                                List.of(Recording.file(trades)),
                                RecordingFormat.DEFAULT,
                                List.of(Recording.file(quotes)),
                                RecordingFormat.DEFAULT),
                        null,
                        RecordedInstruments.read(Recording.file(instruments)),
                        Speed.MAX,
                        true,
                        RuleSet.starter(true),
                        folder.resolve("out"),
                        1,
                        1,
                        0,
                        job),
                new Screen(new PrintWriter(shown), false));
        assertThat(run.run()).isEqualTo(LocalRun.Outcome.BALANCED);
        assertThat(shown.toString().lines())
                .contains(
                        "300 ticks and 291 quotes fed; now the job reads them",
                        "300 in = 300 counted + 0 dead letters; difference 0",
                        "291 quotes in = 290 taken + 1 dead letters (bad-price 1); difference 0",
                        "2 instruments in = 2 taken + 0 dead letters; difference 0",
                        "290 trades quoted, 10 unquoted");
        assertThat(folder.resolve("out").resolve("quoted-trades")).isNotEmptyDirectory();
    }

    @Test
    void whatWasPlantedIsSetAgainstWhatWasFound() throws Exception {
        SimulationSettings market = SimulationSettings.of(7, 10, 2, START, START + TimeUnit.HOURS.toMillis(4))
                .withDisorder(0.05, 1_500)
                .withBad(0.001)
                .withIncidents(Map.of(IncidentKind.FAT_FINGER, 1.0));
        LocalRun run = new LocalRun(
                new LocalRunSettings(
                        Recordings.ofPrices(List.of(Recording.file(prices())), RecordingFormat.DEFAULT),
                        market,
                        List.of(),
                        Speed.MAX,
                        true,
                        RuleSet.starter(false),
                        folder.resolve("out"),
                        1,
                        1,
                        0,
                        new Configuration()),
                new Screen(new PrintWriter(shown), false));
        assertThat(run.run()).isEqualTo(LocalRun.Outcome.BALANCED);
        List<String> lines = shown.toString().lines().toList();
        assertThat(lines)
                .contains("planted              clear    subtle   found by")
                // A subtle one may still stand out from the small returns of a busy symbol.
                .anyMatch(line -> line.matches("fat-finger +2 of 2 +[01] of 2 .*\\bfat-finger 2\\b.*"))
                .anyMatch(line -> line.matches("all +2 of 2 +[01] of 2"))
                .anyMatch(line -> line.matches("other flags on simulated symbols: \\d+.*"))
                .anyMatch(line -> line.matches("replaying .*prices.csv, 10 simulated symbols, as fast as it goes"));
        // About two a second for four hours, and the recorded ones.
        Matcher account = lines.stream()
                .map(
                        Pattern.compile("([\\d,]+) in = ([\\d,]+) counted \\+ (\\d+) dead letters .*; difference 0")
                                ::matcher)
                .filter(Matcher::matches)
                .findFirst()
                .orElseThrow();
        assertThat(Integer.parseInt(account.group(1).replace(",", ""))).isBetween(29_000, 33_000);
        assertThat(Integer.parseInt(account.group(3))).isBetween(5, 80);
    }

    /** A row a second, of A and B in turn; a value that is null makes none. */
    private static String rows(String header, int rows, int offset, IntFunction<String> values) {
        StringBuilder csv = new StringBuilder(header).append('\n');
        for (int i = 0; i < rows; i++) {
            String value = values.apply(i);
            if (value != null) {
                csv.append(START + i * 1_000L + offset)
                        .append(i % 2 == 0 ? ",A," : ",B,")
                        .append(value)
                        .append('\n');
            }
        }
        return csv.toString();
    }

    @Test
    void aPacedReplayIsDrainedAtItsEnd() throws Exception {
        LocalRun run = run(prices(), Speed.parse("1000"), true, shown);
        assertThat(run.run()).isEqualTo(LocalRun.Outcome.BALANCED);
        assertThat(shown.toString().lines()).contains("2,000 in = 2,000 counted + 0 dead letters; difference 0");
    }

    @Test
    void aPacedReplayThatIsOverSaysSoOnceWithWhatCameOfIt() throws Exception {
        CompletableFuture<String> over = new CompletableFuture<>();
        Watched watched = new Watched("the replay is over: ", over);
        LocalRun run = run(prices(), Speed.parse("1000"), false, watched);
        CompletableFuture<LocalRun.Outcome> ended = inAThread(run);
        ended.whenComplete((outcome, e) -> over.complete("not before the end"));

        String said = over.get(PATIENCE, TimeUnit.SECONDS);
        run.stop();

        assertThat(ended.get(PATIENCE, TimeUnit.SECONDS)).isEqualTo(LocalRun.Outcome.STOPPED);
        assertThat(said).isEqualTo("2,000 ticks; Ctrl-C ends the run");
        List<String> lines = watched.toString().lines().toList();
        assertThat(lines)
                .filteredOn(line -> line.startsWith("the replay is over")
                        || line.matches("rule +checked +flags +suppressed")
                        || line.startsWith("2,000 in = 2,000 counted")
                        || line.startsWith("summaries ")
                        || line.startsWith("stopped"))
                .extracting(line -> line.replaceAll("[ :].*", ""))
                .containsExactly("rule", "2,000", "summaries", "the", "stopped;");
        assertThat(lines).noneMatch(line -> line.contains("ticks 0"));
    }

    private static CompletableFuture<LocalRun.Outcome> inAThread(LocalRun run) {
        CompletableFuture<LocalRun.Outcome> ended = new CompletableFuture<>();
        new Thread(() -> {
                    try {
                        ended.complete(run.run());
                    } catch (Exception e) {
                        ended.completeExceptionally(e);
                    }
                })
                .start();
        return ended;
    }

    @Test
    void aRunShowsItsWebUiUntilItIsToldToStop() throws Exception {
        CompletableFuture<String> webUi = new CompletableFuture<>();
        LocalRun run = run(prices(), Speed.parse("1"), false, new Watched("web UI    ", webUi));
        CompletableFuture<LocalRun.Outcome> ended = inAThread(run);
        ended.whenComplete((outcome, e) -> webUi.complete("none before the end"));

        URI overview = URI.create(webUi.get(PATIENCE, TimeUnit.SECONDS) + "/overview");
        HttpClient http = HttpClient.newHttpClient();
        // For its first moments it asks for patience.
        Waiting.untilTrue("there is a task manager", () -> http.send(
                        HttpRequest.newBuilder(overview).build(), HttpResponse.BodyHandlers.ofString())
                .body()
                .contains("\"taskmanagers\":1"));
        run.stop();

        assertThat(ended.get(PATIENCE, TimeUnit.SECONDS)).isEqualTo(LocalRun.Outcome.STOPPED);
    }

    @Test
    void aRowThatCannotBeReadEndsTheRunAndIsNamed() throws Exception {
        Path file = prices();
        Files.writeString(file, Files.readString(file) + "1700009999000,A,dear,1\n");
        LocalRun run = run(file, Speed.MAX, true, shown);
        assertThatThrownBy(run::run)
                .isInstanceOf(RecordingException.class)
                .hasMessage(file + ", line 2002: expected a number in column 'price', found 'dear'");
    }

    private LocalRun run(Path file, Speed speed, boolean exit, Writer out) {
        return new LocalRun(
                new LocalRunSettings(
                        Recordings.ofPrices(List.of(Recording.file(file)), RecordingFormat.DEFAULT),
                        null,
                        List.of(),
                        speed,
                        exit,
                        RuleSet.starter(false),
                        folder.resolve("out"),
                        1,
                        1,
                        0,
                        new Configuration()),
                new Screen(new PrintWriter(out), false));
    }

    private Path prices() throws Exception {
        StringBuilder csv = new StringBuilder("time,symbol,price,size\n");
        for (int i = 0; i < PRICES; i++) {
            csv.append(1_700_000_000_000L + i * 1_000L)
                    .append(i % 2 == 0 ? ",A," : ",B,")
                    .append(100 + i % 10)
                    .append(",1\n");
        }
        return Files.writeString(folder.resolve("prices.csv"), csv);
    }

    /** Keeps what is written, and completes a future with the rest of the line that starts in a certain way. */
    private static final class Watched extends StringWriter {
        private final String start;
        private final CompletableFuture<String> rest;

        Watched(String start, CompletableFuture<String> rest) {
            this.start = start;
            this.rest = rest;
        }

        @Override
        public void flush() {
            super.flush();
            toString()
                    .lines()
                    .filter(line -> line.startsWith(start))
                    .findFirst()
                    .ifPresent(line -> rest.complete(line.substring(start.length())));
        }
    }
}
