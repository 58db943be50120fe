package io.tapewatch.cli;

import io.tapewatch.feed.FeedRow;
import io.tapewatch.feed.FeedRows;
import io.tapewatch.feed.FeedSource;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.function.ToLongFunction;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Help.Ansi;

/**
 * How far a feed has got: on a terminal a bar, or without a known end a count that goes up, elsewhere a line now and then.
 *
 * <p>The feed's thread alone uses it.
 */
final class FeedProgress implements AutoCloseable {

    private static final long LINE_EVERY_NANOS = Duration.ofSeconds(10).toNanos();
    private static final int REDRAW_MILLIS = 500;

    private static final long MEGABYTE = 1 << 20;
    private static final int FEW = 10;

    private final PrintWriter out;
    private @Nullable ProgressBar bar;
    private long rows;
    private long saidNanos = System.nanoTime();

    private FeedProgress(PrintWriter out, @Nullable ProgressBar bar) {
        this.out = out;
        this.bar = bar;
    }

    /**
     * Of a feed that ends.
     *
     * @param most what its position is at its end
     * @param unit what its position counts
     * @param unitSize how many steps of the position make one unit
     */
    static FeedProgress to(long most, String unit, long unitSize, PrintWriter out) {
        return new FeedProgress(
                out, onTerminal() ? bar("feeding", most).setUnit(unit, unitSize).build() : null);
    }

    /** Of a feed that has no end, or none that is known. */
    static FeedProgress endless(PrintWriter out) {
        return new FeedProgress(
                out,
                onTerminal()
                        ? bar("feeding", -1).setUnit(" rows", 1).showSpeed().build()
                        : null);
    }

    /** What the bar of so many bytes counts: of a small file not whole megabytes, of which it has none. */
    record Unit(String name, long size) {
        static Unit of(long bytes) {
            return bytes >= 0 && bytes < FEW * MEGABYTE ? new Unit(" kB", MEGABYTE >> 10) : new Unit(" MB", MEGABYTE);
        }
    }

    static boolean onTerminal() {
        return Ansi.AUTO.enabled();
    }

    static ProgressBarBuilder bar(String task, long most) {
        return ProgressBar.builder()
                .setTaskName(task)
                .setInitialMax(most)
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(REDRAW_MILLIS)
                .clearDisplayOnFinish();
    }

    /**
     * The same rows, watched as they are taken.
     *
     * @param position how far the feed is once it has taken a row; ignored by a feed without an end
     */
    FeedSource watch(FeedSource source, ToLongFunction<FeedRow> position) {
        return () -> {
            FeedRows watched = source.open();
            return new FeedRows() {
                @Override
                public @Nullable FeedRow next() throws IOException {
                    FeedRow row = watched.next();
                    if (row != null) {
                        rows++;
                        tell(row, position);
                    }
                    return row;
                }

                @Override
                public void close() throws IOException {
                    watched.close();
                    // Gone before anything else is said, or it would clear that line.
                    FeedProgress.this.close();
                }
            };
        };
    }

    private void tell(FeedRow row, ToLongFunction<FeedRow> position) {
        if (bar != null) {
            // A step back, as to a row that is late, would draw the bar anew each time.
            bar.stepTo(bar.isIndefinite() ? rows : Math.max(bar.getCurrent(), position.applyAsLong(row)));
            return;
        }
        long now = System.nanoTime();
        if (now - saidNanos >= LINE_EVERY_NANOS) {
            saidNanos = now;
            out.println(String.format(
                    Locale.ROOT,
                    "%s  %,d rows",
                    Instant.ofEpochMilli(row.time()).truncatedTo(ChronoUnit.SECONDS),
                    rows));
        }
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
            bar = null;
        }
    }
}
