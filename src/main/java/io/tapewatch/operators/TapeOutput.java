package io.tapewatch.operators;

import io.tapewatch.domain.Quote;
import io.tapewatch.domain.TapeRecord;
import io.tapewatch.domain.Tick;
import io.tapewatch.domain.exact.Quotient;
import io.tapewatch.domain.quote.QuoteAtTrade;
import io.tapewatch.domain.quote.QuotedTrade;
import io.tapewatch.domain.rule.Flag;
import io.tapewatch.domain.trade.AmendedTrade;
import io.tapewatch.domain.window.Summary;
import io.tapewatch.domain.window.SummaryPublisher;
import java.util.function.Consumer;
import org.apache.flink.streaming.api.operators.Output;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/** The outputs of the tape, each with its event time; what goes there is counted. */
final class TapeOutput implements SummaryPublisher, Consumer<Flag> {

    private final Output<StreamRecord<Summary>> output;
    private final TapeCounters counters;

    /** For the figures of quoted trades, one after the other. */
    private final Quotient figure = new Quotient();

    TapeOutput(Output<StreamRecord<Summary>> output, TapeCounters counters) {
        this.output = output;
        this.counters = counters;
    }

    @Override
    public void publish(Summary summary) {
        counters.summaries.inc();
        if (summary.revision() > 0) {
            counters.revisions.inc();
            if (summary.revision() == 1) {
                // Each result has its revision 1 once.
                counters.correctedWindows.inc();
            }
        }
        output.collect(new StreamRecord<>(summary, Math.min(summary.asOf(), summary.end() - 1)));
    }

    @Override
    public void leaveOut() {
        counters.unpublished.inc();
    }

    /** Raises a flag. */
    @Override
    public void accept(Flag flag) {
        counters.flags.inc();
        output.collect(flag.shadow() ? Tape.SHADOW_FLAGS : Tape.FLAGS, new StreamRecord<>(flag, flag.time()));
    }

    /** Publishes a trade with its quote. */
    void publish(Tick tick, QuoteAtTrade atTrade, boolean late) {
        (atTrade.isQuoted() ? counters.quoted : counters.unquoted).inc();
        output.collect(
                Tape.QUOTED_TRADES, new StreamRecord<>(QuotedTrade.of(tick, atTrade, late, figure), tick.time()));
    }

    /** Takes a record that the tape does not take for another reason than that it is late. */
    void refuse(TapeRecord record, AmendedTrade.Refusal why) {
        counters.refused(why.reason()).inc();
        (record instanceof Tick ? counters.repeats : counters.amendmentsRefused).inc();
        output.collect(
                Tape.REFUSED, new StreamRecord<>(new Refused(record, why.reason(), why.detail()), record.time()));
    }

    /** Takes a tick that no window counts. */
    void tooLate(Tick tick) {
        counters.tooLate.inc();
        output.collect(Tape.TOO_LATE, new StreamRecord<>(tick, tick.time()));
    }

    /** Takes a quote that no trade can need any more. */
    void tooLate(Quote quote) {
        counters.quotesTooLate.inc();
        output.collect(Tape.TOO_LATE, new StreamRecord<>(quote, quote.time()));
    }
}
