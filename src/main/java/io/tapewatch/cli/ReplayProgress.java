package io.tapewatch.cli;

import io.tapewatch.domain.Printable;
import io.tapewatch.feed.recorded.Recording;
import io.tapewatch.feed.recorded.Replay;
import java.util.ArrayList;
import java.util.List;
import me.tongfei.progressbar.ProgressBar;
import org.jspecify.annotations.Nullable;

/** How far files are read ahead of their replay: a bar on a terminal, and a line for each that was sorted. */
final class ReplayProgress implements Replay.Progress, AutoCloseable {

    private final @Nullable ProgressBar bar;
    private final List<String> sorted = new ArrayList<>();

    /** @param bytes how many there are to read at least; -1 if that is not known */
    ReplayProgress(long bytes) {
        FeedProgress.Unit unit = FeedProgress.Unit.of(bytes);
        bar = FeedProgress.onTerminal()
                ? FeedProgress.bar("reading", bytes)
                        .setUnit(unit.name(), unit.size())
                        .build()
                : null;
    }

    @Override
    public void reading(Recording file, boolean toSort) {
        if (bar != null) {
            if (toSort && !bar.isIndefinite()) {
                bar.maxHint(bar.getMax() + file.size().orElse(0));
            }
            bar.setExtraMessage((toSort ? "sorting " : "") + Printable.printable(file.name()));
        }
    }

    @Override
    public void read(long bytes) {
        if (bar != null) {
            bar.stepBy(bytes);
        }
    }

    @Override
    public void sorted(Recording file, String back) {
        sorted.add(file.name() + " goes back by " + back + "; sorted by time (--order file replays it as it stands)");
    }

    /** What there is to say once the bar is gone. */
    List<String> sorted() {
        return sorted;
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
        }
    }
}
