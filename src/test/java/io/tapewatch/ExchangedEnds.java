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
        return with(ends, prices, ends.rulesAtStart(), ends.summaries());
    }

    static Ends withRulesAtStart(Ends ends, Source<RuleRequest, ?, ?> rulesAtStart) {
        return with(ends, ends.prices(), rulesAtStart, ends.summaries());
    }

    public static Ends withSummaries(Ends ends, Sink<Summary> summaries) {
        return with(ends, ends.prices(), ends.rulesAtStart(), summaries);
    }

    private static Ends with(
            Ends ends, Source<Decoded, ?, ?> prices, Source<RuleRequest, ?, ?> rulesAtStart, Sink<Summary> summaries) {
        return new Ends(
                prices,
                ends.pricesParallelism(),
                ends.topics(),
                ends.quotes(),
                ends.instruments(),
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
