package io.tapewatch;

import io.tapewatch.domain.Decoded;
import io.tapewatch.domain.EventTimes;
import io.tapewatch.domain.Rejection;
import io.tapewatch.domain.Tick;
import io.tapewatch.domain.mover.Movers;
import io.tapewatch.domain.quote.QuotedTrade;
import io.tapewatch.domain.rule.Flag;
import io.tapewatch.domain.rule.RuleRequest;
import io.tapewatch.domain.rule.Verdict;
import io.tapewatch.domain.window.Summary;
import io.tapewatch.io.json.SourceTopics;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.api.connector.source.Source;

/** Where the job's streams begin, and where they go. */
public record Ends(Inputs inputs, Outputs outputs) {

    /**
     * Where the job's streams begin.
     *
     * @param prices the prices
     * @param quotes the quotes; empty: there are none
     * @param instruments what is known about instruments; empty: nothing is
     * @param rules what comes to the rules topic
     * @param topics the topics that prices and quotes come from, as dead letters name them
     * @param wholeFrom the event time from which on a job without a savepoint reads every price, or {@link
     *     EventTimes#BEGINNING}
     */
    public record Inputs(
            TimedInput prices,
            Optional<TimedInput> quotes,
            Optional<Control<Decoded>> instruments,
            Control<RuleRequest> rules,
            SourceTopics topics,
            long wholeFrom) {}

    /**
     * A topic whose records tell event time.
     *
     * @param source what reads it
     * @param parallelism how many tasks read it: at most the topic's partitions
     */
    public record TimedInput(Source<Decoded, ?, ?> source, int parallelism) {}

    /**
     * A topic whose records are in force before the first tick is checked, as far as they were there when the job started.
     *
     * @param atStart what a job without a savepoint finds there; it ends
     * @param later what comes after that
     * @param last the offset of the last record that was there when the job started, of each partition that had one
     */
    public record Control<T>(Source<T, ?, ?> atStart, Source<T, ?, ?> later, Map<Integer, Long> last) {}

    /**
     * The outputs of each stream. A stream without outputs goes nowhere.
     *
     * @param prices the outputs of ticks as they came
     * @param summaries the outputs of summaries
     * @param movers the outputs of movers
     * @param quotedTrades the outputs of quoted trades
     * @param flags the outputs of flags
     * @param shadowFlags the outputs of flags that are to alarm nobody
     * @param verdicts the outputs of verdicts on rules
     * @param deadLetters the outputs of what is not counted
     */
    public record Outputs(
            List<Output<Tick>> prices,
            List<Output<Summary>> summaries,
            List<Output<Movers>> movers,
            List<Output<QuotedTrade>> quotedTrades,
            List<Output<Flag>> flags,
            List<Output<Flag>> shadowFlags,
            List<Output<Verdict>> verdicts,
            List<Output<Rejection>> deadLetters) {}
}
