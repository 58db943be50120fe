package io.tapewatch;

import io.tapewatch.domain.Decoded;
import io.tapewatch.domain.RuleRequest;
import io.tapewatch.domain.Summary;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.source.Source;

/** The ends of the job with one of them exchanged. */
public final class ExchangedEnds {

    private ExchangedEnds() {}

    static Ends withPrices(Ends ends, Source<Decoded, ?, ?> prices) {
        return with(ends, prices, ends.instruments(), ends.rulesAtStart(), ends.summaries());
    }

    static Ends withRulesAtStart(Ends ends, Source<RuleRequest, ?, ?> rulesAtStart) {
        return with(ends, ends.prices(), ends.instruments(), rulesAtStart, ends.summaries());
    }

    static Ends withInstrumentsAtStart(Ends ends, Source<Decoded, ?, ?> atStart) {
        Ends.Instruments instruments =
                new Ends.Instruments(atStart, ends.instruments().source());
        return with(ends, ends.prices(), instruments, ends.rulesAtStart(), ends.summaries());
    }

    public static Ends withSummaries(Ends ends, Sink<Summary> summaries) {
        return with(ends, ends.prices(), ends.instruments(), ends.rulesAtStart(), summaries);
    }

    private static Ends with(
            Ends ends,
            Source<Decoded, ?, ?> prices,
            Ends.Instruments instruments,
            Source<RuleRequest, ?, ?> rulesAtStart,
            Sink<Summary> summaries) {
        return new Ends(
                prices,
                ends.pricesParallelism(),
                ends.topics(),
                ends.quotes(),
                instruments,
                rulesAtStart,
                ends.rules(),
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
