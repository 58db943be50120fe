package io.tapewatch.operators;

import io.tapewatch.domain.Rejection.Reason;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.SimpleCounter;

/** What the tape counts; {@code docs/metrics.md} says what each is. In a job without quotes nobody asks for those of quotes. */
final class TapeCounters {

    final Counter ticks;
    final Counter waiting;
    final Counter counted;
    final Counter late;
    final Counter lateMissed;
    final Counter tooLate;
    final Counter summaries;
    final Counter unpublished;
    final Counter revisions;
    final Counter correctedWindows;
    final Counter flags;
    final Counter repeats;
    final Counter amendments;
    final Counter amendmentsRefused;
    final Counter cancels;
    final Counter corrections;
    final Counter amendmentsWaiting;
    final Counter quotesWaiting;
    final Counter quotesTaken;
    final Counter quotesLate;
    final Counter quotesTooLate;
    final Counter quoted;
    final Counter unquoted;

    /** The records that the tape does not take, by the reason. */
    private final Map<Reason, Counter> refused = new EnumMap<>(Reason.class);

    TapeCounters(Ledger ledger, boolean hasQuotes) {
        ticks = ledger.counter("ticks");
        waiting = ledger.balance("waiting");
        counted = ledger.counter("counted");
        late = ledger.counter("late");
        lateMissed = ledger.counter("lateMissed");
        tooLate = ledger.counter("tooLate");
        summaries = ledger.counter("summaries");
        unpublished = ledger.counter("unpublished");
        revisions = ledger.counter("revisions");
        correctedWindows = ledger.counter("correctedWindows");
        flags = ledger.counter("flags");
        repeats = ledger.counter("repeats");
        amendments = ledger.counter("amendments");
        amendmentsRefused = ledger.counter("amendmentsRefused");
        cancels = ledger.counter("cancels");
        corrections = ledger.counter("corrections");
        amendmentsWaiting = ledger.balance("amendmentsWaiting");
        for (Reason reason : List.of(Reason.REPEAT, Reason.UNKNOWN_TRADE, Reason.BEYOND_HORIZON)) {
            refused.put(reason, ledger.counter("rejectedBy", "reason", reason.label()));
        }
        quotesWaiting = hasQuotes ? ledger.balance("quotesWaiting") : new SimpleCounter();
        quotesTaken = hasQuotes ? ledger.counter("quotesTaken") : new SimpleCounter();
        quotesLate = hasQuotes ? ledger.counter("quotesLate") : new SimpleCounter();
        quotesTooLate = hasQuotes ? ledger.counter("quotesTooLate") : new SimpleCounter();
        quoted = hasQuotes ? ledger.counter("quoted") : new SimpleCounter();
        unquoted = hasQuotes ? ledger.counter("unquoted") : new SimpleCounter();
    }

    /** The counter of records that the tape does not take for a reason. */
    Counter refused(Reason reason) {
        return Objects.requireNonNull(refused.get(reason), "counter");
    }
}
