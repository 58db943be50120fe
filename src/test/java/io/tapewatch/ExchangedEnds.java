package io.tapewatch;

import io.tapewatch.domain.Decoded;
import io.tapewatch.domain.rule.RuleRequest;
import io.tapewatch.domain.window.Summary;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.source.Source;

/** The ends of the job with one of them exchanged. */
public final class ExchangedEnds {

    private ExchangedEnds() {}

    static Ends withPrices(Ends ends, Source<Decoded, ?, ?> prices) {
        return with(ends, prices, ends.instruments(), ends.rules(), ends.summaries());
    }

    static Ends withRulesAtStart(Ends ends, Source<RuleRequest, ?, ?> rulesAtStart) {
        Ends.Control<RuleRequest> rules = new Ends.Control<>(
                rulesAtStart, ends.rules().later(), ends.rules().last());
        return with(ends, ends.prices(), ends.instruments(), rules, ends.summaries());
    }

    static Ends withLaterRules(Ends ends, Source<RuleRequest, ?, ?> later) {
        Ends.Control<RuleRequest> rules =
                new Ends.Control<>(ends.rules().atStart(), later, ends.rules().last());
        return with(ends, ends.prices(), ends.instruments(), rules, ends.summaries());
    }

    static Ends withInstrumentsAtStart(Ends ends, Source<Decoded, ?, ?> atStart) {
        Ends.Control<Decoded> instruments = new Ends.Control<>(
                atStart, ends.instruments().later(), ends.instruments().last());
        return with(ends, ends.prices(), instruments, ends.rules(), ends.summaries());
    }

    public static Ends withSummaries(Ends ends, Sink<Summary> summaries) {
        return with(ends, ends.prices(), ends.instruments(), ends.rules(), summaries);
    }

    private static Ends with(
            Ends ends,
            Source<Decoded, ?, ?> prices,
            Ends.Control<Decoded> instruments,
            Ends.Control<RuleRequest> rules,
            Sink<Summary> summaries) {
        return new Ends(
                prices,
                ends.pricesParallelism(),
                ends.wholeFrom(),
                ends.topics(),
                ends.quotes(),
                instruments,
                rules,
                summaries,
                ends.summariesCsv(),
                ends.movers(),
                ends.moversCsv(),
                ends.pricesCsv(),
                ends.flags(),
                ends.flagsCsv(),
                ends.shadowFlags(),
                ends.shadowFlagsCsv(),
                ends.verdicts(),
                ends.deadLetters());
    }
}
