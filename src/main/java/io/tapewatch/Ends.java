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
import java.util.Map;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.source.Source;

/**
 * Where the job's streams begin and end.
 *
 * @param prices the prices
 * @param pricesParallelism how many tasks read them: at most the topic's partitions
 * @param wholeFrom the event time from which on a job without a savepoint reads every price, or {@link EventTimes#BEGINNING}
 * @param topics the topics that prices and quotes come from, as dead letters name them
 * @param quotes where quotes come from and quoted trades go, or null: there are none
 * @param instruments where it is said what is known about instruments, or null: nowhere
 * @param rules what comes to the rules topic
 * @param summaries where summaries go
 * @param summariesCsv where they go as CSV, or null
 * @param movers where movers go
 * @param moversCsv where they go as CSV, or null
 * @param pricesCsv where the ticks go as CSV, or null
 * @param flags where flags go
 * @param flagsCsv where they go as CSV, or null
 * @param shadowFlags where flags go that are to alarm nobody
 * @param shadowFlagsCsv where they go as CSV, or null
 * @param verdicts where verdicts on rules go
 * @param deadLetters where what is not counted goes
 */
public record Ends(
        Source<Decoded, ?, ?> prices,
        int pricesParallelism,
        long wholeFrom,
        SourceTopics topics,
        Quotes quotes,
        Control<Decoded> instruments,
        Control<RuleRequest> rules,
        Sink<Summary> summaries,
        Sink<Summary> summariesCsv,
        Sink<Movers> movers,
        Sink<Movers> moversCsv,
        Sink<Tick> pricesCsv,
        Sink<Flag> flags,
        Sink<Flag> flagsCsv,
        Sink<Flag> shadowFlags,
        Sink<Flag> shadowFlagsCsv,
        Sink<Verdict> verdicts,
        Sink<Rejection> deadLetters) {

    /**
     * The ends of a job with quotes.
     *
     * @param source the quotes
     * @param parallelism how many tasks read them: at most the topic's partitions
     * @param quotedTrades where quoted trades go
     * @param quotedTradesCsv where they go as CSV, or null
     */
    public record Quotes(
            Source<Decoded, ?, ?> source,
            int parallelism,
            Sink<QuotedTrade> quotedTrades,
            Sink<QuotedTrade> quotedTradesCsv) {}

    /**
     * A topic whose records are in force before the first tick is checked, as far as they were there when the job started.
     *
     * @param atStart what a job without a savepoint finds there; it ends
     * @param later what comes after that
     * @param last the offset of the last record that was there when the job started, of each partition that had one
     */
    public record Control<T>(Source<T, ?, ?> atStart, Source<T, ?, ?> later, Map<Integer, Long> last) {}
}
