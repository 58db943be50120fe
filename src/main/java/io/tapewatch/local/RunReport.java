package io.tapewatch.local;

import static io.tapewatch.local.Account.counted;
import static io.tapewatch.local.Account.grouped;

import io.tapewatch.feed.recorded.Recording;
import io.tapewatch.io.json.IsoTime;
import io.tapewatch.settings.JobOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a local run says on the screen: what is fed, how far the job is, and at the end what became of everything. */
final class RunReport {

    private static final Logger LOG = LoggerFactory.getLogger(RunReport.class);

    private static final int TIME_COLUMNS = "2013-11-25T09:30:00Z  ".length();
    private static final long TELL_EVERY_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final LocalRunSettings settings;
    private final Screen screen;
    private final JobCounters counters;
    private final Progress progress;
    private final Scoreboard scoreboard;
    private long toldNanos = System.nanoTime();
    private long toldTicks;

    RunReport(
            LocalRunSettings settings, Screen screen, JobCounters counters, Progress progress, Scoreboard scoreboard) {
        this.settings = settings;
        this.screen = screen;
        this.counters = counters;
        this.progress = progress;
        this.scoreboard = scoreboard;
    }

    /** What is replayed from now on. */
    void replaying() {
        screen.line("replaying " + fedFrom() + ", " + settings.speed());
    }

    private String fedFrom() {
        Stream<String> files = Stream.concat(
                        settings.recordings().prices().stream(), settings.recordings().quotes().stream())
                .map(Recording::name);
        Stream<String> simulated = settings.simulation() == null
                ? Stream.of()
                : Stream.of(grouped(settings.simulation().symbols()) + " simulated symbols");
        String names = Stream.concat(files, simulated).collect(Collectors.joining(", "));
        return names.isEmpty() ? "nothing" : names;
    }

    /** How much is fed so far, every few seconds. */
    void feeding(Feeding feeding) {
        long now = System.nanoTime();
        if (now - toldNanos >= TELL_EVERY_NANOS) {
            screen.line(ticksAndQuotes(feeding) + " fed");
            toldNanos = now;
        }
    }

    /** That everything is fed before the job begins. */
    void fed(Feeding feeding) {
        screen.line(ticksAndQuotes(feeding) + " fed; now the job reads them");
    }

    /** That the replay is over, of a run that goes on. */
    void over(Feeding feeding) {
        screen.line("the replay is over: " + ticksAndQuotes(feeding) + "; Ctrl-C ends the run");
        progress.told();
    }

    /** {@code 78,638 ticks and 203,999 quotes}. */
    private String ticksAndQuotes(Feeding feeding) {
        String ticks = counted(feeding.prices().sent(), "tick");
        return hasQuotes() ? ticks + " and " + counted(feeding.quotes().sent(), "quote") : ticks;
    }

    /** How far the job is, every few seconds if there is news. */
    void processing(long now) {
        if (now - toldNanos < TELL_EVERY_NANOS) {
            return;
        }
        if (progress.isNews()) {
            tell(now);
            progress.told();
        }
        toldNanos = now;
    }

    /**
     * {@code 2013-11-25T09:30:00Z  ticks 12,345  summaries 678  flags 9  dead letters 0  2,469 ticks/s}; with quotes {@code …
     * ticks 12,345  quotes 34,567  summaries …}; once ticks are late {@code … dead letters 0  late 12 (3 missed a window) …}.
     */
    private void tell(long now) {
        Account account = counters.account();
        Account quotes = counters.quotes();
        double seconds = (now - toldNanos) / 1e9;
        String time = counters.eventTime().isPresent()
                ? IsoTime.toSecond(counters.eventTime().getAsLong())
                : "no event time yet   ";
        screen.line(
                String.format(
                        Locale.ROOT,
                        "%s  ticks %,d%s  summaries %,d  flags %,d  dead letters %,d%s  %,.0f ticks/s",
                        time,
                        account.in(),
                        hasQuotes() ? "  quotes " + grouped(quotes.in()) : "",
                        counters.sum("summaries"),
                        counters.flags(),
                        account.dead() + quotes.dead() + counters.instruments().dead(),
                        counters.late().inSummary(),
                        (account.in() - toldTicks) / seconds),
                TIME_COLUMNS);
        toldTicks = account.in();
    }

    /**
     * What became of everything that was fed.
     *
     * @return whether all accounts balance
     */
    boolean accounts(Feeding feeding, double seconds) {
        long fed = feeding.prices().sent();
        List<Account> accounts = new ArrayList<>();
        accounts.add(counters.account().of(fed));
        if (hasQuotes()) {
            accounts.add(counters.quotes().of(feeding.quotes().sent()));
        }
        if (!settings.instruments().isEmpty()) {
            accounts.add(counters.instruments().of(settings.instruments().size()));
        }
        RuleTotals.table(counters.rules()).forEach(screen::line);
        if (settings.simulation() != null) {
            scoreboard.lines().forEach(line -> screen.line(line, Scoreboard.LAST_COLUMN));
        }
        for (Account account : accounts) {
            // What a run that goes on has not processed yet is not lost.
            String line = settings.exit() || account.balances() ? account.toString() : account.soFar();
            screen.line(line);
            LOG.info(line);
            if (account.kind() == Account.Kind.PRICES) {
                counters.late().lines().forEach(screen::line);
            }
        }
        if (hasQuotes()) {
            screen.line(grouped(counters.sum("quoted")) + " trades quoted, " + grouped(counters.sum("unquoted"))
                    + " unquoted");
        }
        screen.line("summaries " + grouped(counters.sum("summaries")));
        screen.line("revisions " + grouped(counters.sum("revisions")));
        screen.line("flags     " + grouped(counters.flags()));
        screen.line(String.format(Locale.ROOT, "seconds   %.1f", seconds));
        screen.line(String.format(Locale.ROOT, "ticks/s   %,.0f", fed / seconds));
        return accounts.stream().allMatch(Account::balances);
    }

    /** What was processed before the run was told to stop. */
    void stopped() {
        screen.line("stopped; " + counters.account().soFar());
        counters.late().lines().forEach(screen::line);
        if (hasQuotes()) {
            screen.line("stopped; " + counters.quotes().soFar());
        }
    }

    private boolean hasQuotes() {
        return settings.job().contains(JobOptions.QUOTES_TOPIC);
    }
}
