package io.tapewatch;

import io.tapewatch.domain.Decoded;
import io.tapewatch.domain.InstrumentChange;
import io.tapewatch.domain.Origin;
import io.tapewatch.domain.Rejection;
import io.tapewatch.domain.TapeRecord;
import io.tapewatch.domain.Tick;
import io.tapewatch.domain.mover.Movers;
import io.tapewatch.domain.rule.RuleChange;
import io.tapewatch.domain.rule.RuleRequest;
import io.tapewatch.domain.rule.Verdict;
import io.tapewatch.domain.window.Summary;
import io.tapewatch.io.json.SourceTopics;
import io.tapewatch.io.sink.DeadLetters;
import io.tapewatch.operators.DecodedRecords;
import io.tapewatch.operators.DecodedSerializer;
import io.tapewatch.operators.EventTime;
import io.tapewatch.operators.MoversSettings;
import io.tapewatch.operators.RankAll;
import io.tapewatch.operators.RankInBuckets;
import io.tapewatch.operators.RocksDbSettings;
import io.tapewatch.operators.RuleChangeSerializer;
import io.tapewatch.operators.RuleRequestSerializer;
import io.tapewatch.operators.RuleValidation;
import io.tapewatch.operators.ShortLists;
import io.tapewatch.operators.StartGate;
import io.tapewatch.operators.Tape;
import io.tapewatch.operators.TapeRecordSerializer;
import io.tapewatch.operators.TapeSettings;
import io.tapewatch.operators.TickSerializer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.state.rocksdb.RocksDBOptions;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.DataStreamSink;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * The whole job.
 *
 * <pre>
 *   prices ─► event-time ─► decode ─┬─ rejected ─────────────────────────────────► dead-letters
 *                                   └─ ticks ─┐                         ┌─► summaries ─► Kafka, CSV
 *   quotes ─► quotes-event-time ─► quotes-decode ─► key by symbol ─► tape ─┼─► flags, shadow-flags ─► Kafka, CSV
 *                                             │                     ▲   ├─► quoted-trades ─► Kafka, CSV
 *   instruments-at-start ─┐                   │                     │   └─► too late ──► dead-letters
 *            instruments ─┴► instruments-gate ─► instruments-decode │
 *                                                                   │
 *   rules-at-start ─┐                                               │
 *            rules ─┴► rules-gate ─► validate ─┬────────────────────┘ (broadcast)
 *                                              └─ verdicts ─► rule-status
 *   summaries ─► movers-window ─► movers-rank (128 buckets a day) ─► movers (one task) ─► movers-out (Kafka), CSV
 * </pre>
 *
 * <p>Quotes and instruments are there only if the job has topics for them.
 *
 * <p>The uids are a contract with every savepoint. The names are those of the metrics, and stand in the boxes of the web UI;
 * the descriptions stand in a box's details, a line for each operator (Flink shows none of a sink).
 */
final class Topology {

    /** Fixed, because keyed state cannot be restored with another. */
    static final int MAX_PARALLELISM = 128;

    private static final String EVENT_TIME = "event-time: says how far each partition has come";

    private final StreamExecutionEnvironment env;
    private final Ends ends;

    private Topology(StreamExecutionEnvironment env, Ends ends) {
        this.env = env;
        this.ends = ends;
    }

    /**
     * Adds the job to {@code env}.
     *
     * @param movers how movers are ranked
     * @param watchedSymbols names and patterns of the symbols that are watched; none for all
     * @param eventTime how a partition of prices tells event time
     * @param outOfOrderness how far the watermark of a partition is behind its latest time
     */
    static void build(
            StreamExecutionEnvironment env,
            Ends ends,
            TapeSettings settings,
            MoversSettings movers,
            List<String> watchedSymbols,
            WatermarkStrategy<Decoded> eventTime,
            Duration outOfOrderness) {
        env.setMaxParallelism(MAX_PARALLELISM);
        env.getConfig().enableObjectReuse();
        env.configure(new Configuration().set(PipelineOptions.GENERIC_TYPES, false));
        if (env.getConfiguration().getOptional(RocksDBOptions.OPTIONS_FACTORY).isEmpty()) {
            env.configure(new Configuration().set(RocksDBOptions.OPTIONS_FACTORY, RocksDbSettings.class.getName()));
        }

        Topology job = new Topology(env, ends);
        List<SingleOutputStreamOperator<TapeRecord>> inputs = new ArrayList<>();
        inputs.add(job.prices(watchedSymbols, eventTime, outOfOrderness));
        if (ends.quotes() != null) {
            inputs.add(job.quotes(watchedSymbols, eventTime, outOfOrderness));
        }
        if (ends.instruments() != null) {
            inputs.add(job.instruments(watchedSymbols));
        }
        SingleOutputStreamOperator<RuleChange> rules = job.ruleChanges(settings);
        SingleOutputStreamOperator<Summary> tape = job.tape(inputs, rules, settings);
        job.pricesCsv(inputs.get(0));
        job.summaries(tape);
        job.movers(tape, movers);
        sink(tape.getSideOutput(Tape.FLAGS), ends.flags(), "flags");
        csv(tape.getSideOutput(Tape.FLAGS), ends.flagsCsv(), "flags-csv");
        sink(tape.getSideOutput(Tape.SHADOW_FLAGS), ends.shadowFlags(), "shadow-flags");
        csv(tape.getSideOutput(Tape.SHADOW_FLAGS), ends.shadowFlagsCsv(), "shadow-flags-csv");
        if (ends.quotes() != null) {
            sink(tape.getSideOutput(Tape.QUOTED_TRADES), ends.quotes().quotedTrades(), "quoted-trades");
            csv(tape.getSideOutput(Tape.QUOTED_TRADES), ends.quotes().quotedTradesCsv(), "quoted-trades-csv");
        }
        job.verdicts(rules.getSideOutput(RuleValidation.VERDICTS));
        job.deadLetters(inputs, tape.getSideOutput(Tape.TOO_LATE));
    }

    /** Event time is decided here, a partition at a time, and kept over restarts; what cannot be a tick goes aside. */
    private SingleOutputStreamOperator<TapeRecord> prices(
            List<String> watchedSymbols, WatermarkStrategy<Decoded> eventTime, Duration outOfOrderness) {
        return env.fromSource(ends.prices(), eventTime, "prices", DecodedSerializer.TYPE)
                .uid("prices")
                .setDescription("prices: reads the topic")
                .setParallelism(ends.pricesParallelism())
                .transform("event-time", DecodedSerializer.TYPE, new EventTime(outOfOrderness))
                .uid("event-time")
                .setDescription(EVENT_TIME)
                .setParallelism(ends.pricesParallelism())
                .process(new DecodedRecords(DecodedRecords.Kind.PRICES, watchedSymbols))
                .returns(TapeRecordSerializer.TYPE)
                .name("decode")
                .uid("decode")
                .setDescription("decode: makes a tick of each record, or a dead letter")
                .setParallelism(ends.pricesParallelism());
    }

    /** As prices; event time is that of both. */
    private SingleOutputStreamOperator<TapeRecord> quotes(
            List<String> watchedSymbols, WatermarkStrategy<Decoded> eventTime, Duration outOfOrderness) {
        return env.fromSource(ends.quotes().source(), eventTime, "quotes", DecodedSerializer.TYPE)
                .uid("quotes")
                .setDescription("quotes: reads the topic")
                .setParallelism(ends.quotes().parallelism())
                .transform("quotes-event-time", DecodedSerializer.TYPE, new EventTime(outOfOrderness))
                .uid("quotes-event-time")
                .setDescription(EVENT_TIME)
                .setParallelism(ends.quotes().parallelism())
                .process(new DecodedRecords(DecodedRecords.Kind.QUOTES, watchedSymbols))
                .returns(TapeRecordSerializer.TYPE)
                .name("quotes-decode")
                .uid("quotes-decode")
                .setDescription("decode: makes a quote of each record, or a dead letter")
                .setParallelism(ends.quotes().parallelism());
    }

    private SingleOutputStreamOperator<TapeRecord> instruments(List<String> watchedSymbols) {
        StartGate<Decoded> gate = new StartGate<>(
                DecodedSerializer.TYPE,
                Topology::originOfInstrument,
                ends.instruments().last());
        return gated(ends.instruments(), "instruments", DecodedSerializer.TYPE, gate)
                .process(new DecodedRecords(DecodedRecords.Kind.INSTRUMENTS, watchedSymbols))
                .returns(TapeRecordSerializer.TYPE)
                .name("instruments-decode")
                .uid("instruments-decode")
                .setDescription("decode: makes an instrument of each record, or a dead letter")
                .forceNonParallel();
    }

    /** There are no heartbeats among them. */
    private static Origin originOfInstrument(Decoded decoded) {
        return decoded instanceof InstrumentChange change ? change.origin() : ((Rejection) decoded).origin();
    }

    private SingleOutputStreamOperator<RuleChange> ruleChanges(TapeSettings settings) {
        StartGate<RuleRequest> gate = new StartGate<>(
                RuleRequestSerializer.TYPE, RuleRequest::origin, ends.rules().last());
        return gated(ends.rules(), "rules", RuleRequestSerializer.TYPE, gate.tellingEndOfTime())
                .process(new RuleValidation(settings))
                .returns(RuleChangeSerializer.TYPE)
                .name("validate")
                .uid("validate")
                .setDescription("validate: accepts or rejects each rule, and says why")
                .forceNonParallel();
    }

    /** One task each, so that changes stay in the order of their topic. */
    private <T> SingleOutputStreamOperator<T> gated(
            Ends.Control<T> control, String name, TypeInformation<T> type, StartGate<T> gate) {
        return from(control.atStart(), name + "-at-start", type)
                .connect(from(control.later(), name, type))
                .transform(name + "-gate", type, gate)
                .uid(name + "-gate")
                .setDescription("gate: holds event time back until the " + name + " of the start are there")
                .forceNonParallel();
    }

    private <T> DataStream<T> from(Source<T, ?, ?> source, String name, TypeInformation<T> type) {
        return env.fromSource(source, WatermarkStrategy.noWatermarks(), name, type)
                .uid(name)
                .setDescription(name + ": reads the topic")
                .forceNonParallel();
    }

    /** All that is known about a symbol, behind one shuffle. */
    private SingleOutputStreamOperator<Summary> tape(
            List<SingleOutputStreamOperator<TapeRecord>> inputs, DataStream<RuleChange> rules, TapeSettings settings) {
        return inputs.stream()
                .<DataStream<TapeRecord>>map(each -> each)
                .reduce((some, more) -> some.union(more))
                .orElseThrow()
                .keyBy(TapeRecord::symbol)
                .connect(rules.broadcast())
                .transform("tape", TypeInformation.of(Summary.class), new Tape(settings, ends.wholeFrom()))
                .uid("tape")
                .setDescription("tape: keeps the windows of each symbol, and checks each tick against the rules");
    }

    private void summaries(DataStream<Summary> summaries) {
        sink(summaries, ends.summaries(), "summaries");
        csv(summaries, ends.summariesCsv(), "summaries-csv");
    }

    /** The figures of a day, ranked in buckets, and these merged by one task. */
    private void movers(DataStream<Summary> summaries, MoversSettings settings) {
        String window = settings.window();
        DataStream<Movers> movers = summaries
                .filter(summary -> summary.window().equals(window))
                .name("movers-window")
                .uid("movers-window")
                .setDescription("movers-window: takes the summaries that movers are ranked by")
                .keyBy(RankInBuckets::bucketOfDay, Types.LONG)
                .process(new RankInBuckets(settings), TypeInformation.of(ShortLists.class))
                .name("movers-rank")
                .uid("movers-rank")
                .setDescription("movers-rank: ranks the symbols of a bucket")
                .keyBy(ShortLists::start, Types.LONG)
                .process(new RankAll(settings), TypeInformation.of(Movers.class))
                .name("movers")
                .uid("movers")
                .setDescription("movers: merges the ranks of all buckets")
                .forceNonParallel();
        sink(movers, ends.movers(), "movers-out").setParallelism(1);
        csv(movers, ends.moversCsv(), "movers-csv");
    }

    private void verdicts(DataStream<Verdict> verdicts) {
        sink(verdicts, ends.verdicts(), "rule-status").setParallelism(1);
    }

    private void deadLetters(List<SingleOutputStreamOperator<TapeRecord>> inputs, DataStream<TapeRecord> tooLate) {
        SourceTopics topics = ends.topics();
        DataStream<Rejection> letters = tooLate.map(record -> DeadLetters.tooLate(record, topics))
                .returns(TypeInformation.of(Rejection.class))
                .name("too-late")
                .uid("too-late")
                .setDescription("too-late: makes a dead letter of each tick and quote that is too late");
        for (SingleOutputStreamOperator<TapeRecord> input : inputs) {
            letters = letters.union(input.getSideOutput(DecodedRecords.REJECTED));
        }
        sink(letters, ends.deadLetters(), "dead-letters");
    }

    private void pricesCsv(DataStream<TapeRecord> prices) {
        if (ends.pricesCsv() != null) {
            DataStream<Tick> ticks = prices.map(Tick.class::cast)
                    .returns(TickSerializer.TYPE)
                    .name("prices-csv-ticks")
                    .uid("prices-csv-ticks")
                    .setDescription("prices-csv-ticks: takes the ticks for CSV");
            csv(ticks, ends.pricesCsv(), "prices-csv");
        }
    }

    private static <T> DataStreamSink<T> sink(DataStream<T> stream, Sink<T> sink, String name) {
        return stream.sinkTo(sink).name(name).uid(name);
    }

    /** One writer a kind, so that files stay few. */
    private static <T> void csv(DataStream<T> stream, Sink<T> sink, String name) {
        if (sink != null) {
            sink(stream, sink, name).setParallelism(1);
        }
    }
}
