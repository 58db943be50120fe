package io.tapewatch;

import io.tapewatch.domain.Decoded;
import io.tapewatch.domain.Flag;
import io.tapewatch.domain.Movers;
import io.tapewatch.domain.Rejection;
import io.tapewatch.domain.RuleRequest;
import io.tapewatch.domain.Summary;
import io.tapewatch.domain.Tick;
import io.tapewatch.domain.Verdict;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.source.Source;

/**
 * Where the job's streams begin and end.
 *
 * @param prices the prices
 * @param pricesParallelism how many tasks read them: at most the topic's partitions
 * @param pricesTopic the topic they come from, as dead letters name it
 * @param rulesAtStart the rules that were there when the job started; it ends
 * @param rules what came to the rules topic after that
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
        String pricesTopic,
        Source<RuleRequest, ?, ?> rulesAtStart,
        Source<RuleRequest, ?, ?> rules,
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
        Sink<Rejection> deadLetters) {}
