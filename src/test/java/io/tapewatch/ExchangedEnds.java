package io.tapewatch;

import io.tapewatch.domain.Decoded;
import io.tapewatch.domain.rule.RuleRequest;
import io.tapewatch.domain.window.Summary;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.source.Source;

/** The ends of the job with one of them exchanged. */
public final class ExchangedEnds {

    private ExchangedEnds() {}

    static Ends withPrices(Ends ends, Source<Decoded, ?, ?> prices) {
        Ends.Inputs from = ends.inputs();
        return with(ends, new Ends.TimedInput(prices, from.prices().parallelism()), from.instruments(), from.rules());
    }

    static Ends withRulesAtStart(Ends ends, Source<RuleRequest, ?, ?> rulesAtStart) {
        Ends.Inputs from = ends.inputs();
        return with(ends, from.prices(), from.instruments(), atStart(from.rules(), rulesAtStart));
    }

    static Ends withLaterRules(Ends ends, Source<RuleRequest, ?, ?> later) {
        Ends.Inputs from = ends.inputs();
        Ends.Control<RuleRequest> rules =
                new Ends.Control<>(from.rules().atStart(), later, from.rules().last());
        return with(ends, from.prices(), from.instruments(), rules);
    }

    static Ends withInstrumentsAtStart(Ends ends, Source<Decoded, ?, ?> atStart) {
        Ends.Inputs from = ends.inputs();
        return with(ends, from.prices(), from.instruments().map(each -> atStart(each, atStart)), from.rules());
    }

    /** @param exchange what becomes of the sink that writes summaries to Kafka */
    public static Ends withSummaries(Ends ends, UnaryOperator<Sink<Summary>> exchange) {
        Ends.Outputs to = ends.outputs();
        return new Ends(
                ends.inputs(),
                new Ends.Outputs(
                        to.prices(),
                        to.summaries().stream()
                                .map(each -> each.name().equals("summaries")
                                        ? new Output<>(each.name(), exchange.apply(each.sink()), each.hasOneTask())
                                        : each)
                                .toList(),
                        to.movers(),
                        to.quotedTrades(),
                        to.flags(),
                        to.shadowFlags(),
                        to.verdicts(),
                        to.deadLetters()));
    }

    private static <T> Ends.Control<T> atStart(Ends.Control<T> control, Source<T, ?, ?> atStart) {
        return new Ends.Control<>(atStart, control.later(), control.last());
    }

    private static Ends with(
            Ends ends,
            Ends.TimedInput prices,
            Optional<Ends.Control<Decoded>> instruments,
            Ends.Control<RuleRequest> rules) {
        Ends.Inputs from = ends.inputs();
        return new Ends(
                new Ends.Inputs(prices, from.quotes(), instruments, rules, from.topics(), from.wholeFrom()),
                ends.outputs());
    }
}
