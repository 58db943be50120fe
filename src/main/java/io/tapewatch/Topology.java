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
import io.tapewatch.domain.trade.NumberSequence;
import io.tapewatch.domain.window.Summary;
import io.tapewatch.io.json.SourceTopics;
import io.tapewatch.io.sink.DeadLetters;
import io.tapewatch.operators.DecodedRecords;
import io.tapewatch.operators.DecodedSerializer;
import io.tapewatch.operators.EventTime;
import io.tapewatch.operators.MoversSettings;
import io.tapewatch.operators.RankAll;
import io.tapewatch.operators.RankInBuckets;
import io.tapewatch.operators.Refused;
import io.tapewatch.operators.RocksDbSettings;
import io.tapewatch.operators.RuleChangeSerializer;
import io.tapewatch.operators.RuleRequestSerializer;
import io.tapewatch.operators.RuleValidation;
import io.tapewatch.operators.ShortLists;
import io.tapewatch.operators.StartGate;
import io.tapewatch.operators.Tape;
import io.tapewatch.operators.TapeRecordSerializer;
import io.tapewatch.operators.TickSerializer;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.state.rocksdb.RocksDBOptions;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.DataStreamSink;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.Collector;

/**
 * The whole job.
 *
 * <pre>
 *   prices ─► event-time ─► decode ─┬─ rejected ─────────────────────────────────► dead-letters
 *                                   └─ ticks ─┐                         ┌─► summaries ─► Kafka, CSV
 *   quotes ─► quotes-event-time ─► quotes-decode ─► key by symbol ─► tape ─┼─► flags, shadow-flags ─► Kafka, CSV
 *                                             │                     ▲   ├─► quoted-trades ─► Kafka, CSV
 *   instruments-at-start ─┐                   │                     │   └─► too late, refused ──► dead-letters
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

    private final StreamExecutionEnvironment env;
    private final Ends.Inputs from;
    private final TopologySettings settings;

    private Topology(StreamExecutionEnvironment env, Ends.Inputs from, TopologySettings settings) {
        this.env = env;
        this.from = from;
        this.settings = settings;
    }

    /** Adds the job to {@code env}. */
    static void build(StreamExecutionEnvironment env, Ends ends, TopologySettings settings) {
        configure(env);
        Topology job = new Topology(env, ends.inputs(), settings);
        Ends.Outputs to = ends.outputs();

        SingleOutputStreamOperator<TapeRecord> prices = job.prices();
        List<SingleOutputStreamOperator<TapeRecord>> records = job.records(prices);
        SingleOutputStreamOperator<RuleChange> rules = job.ruleChanges();
        SingleOutputStreamOperator<Summary> tape = job.tape(records, rules);
        if (!to.prices().isEmpty()) {
            write(ticks(prices), to.prices());
        }
        write(tape, to.summaries());
        write(job.movers(tape), to.movers());
        write(tape.getSideOutput(Tape.FLAGS), to.flags());
        write(tape.getSideOutput(Tape.SHADOW_FLAGS), to.shadowFlags());
        write(tape.getSideOutput(Tape.QUOTED_TRADES), to.quotedTrades());
        write(rules.getSideOutput(RuleValidation.VERDICTS), to.verdicts());
        write(
                job.deadLetters(records, tape.getSideOutput(Tape.TOO_LATE), tape.getSideOutput(Tape.REFUSED)),
                to.deadLetters());
    }

    private static void configure(StreamExecutionEnvironment env) {
        env.setMaxParallelism(MAX_PARALLELISM);
        env.getConfig().enableObjectReuse();
        env.configure(new Configuration().set(PipelineOptions.GENERIC_TYPES, false));
        if (env.getConfiguration().getOptional(RocksDBOptions.OPTIONS_FACTORY).isEmpty()) {
            env.configure(new Configuration().set(RocksDBOptions.OPTIONS_FACTORY, RocksDbSettings.class.getName()));
        }
    }

    /** An output is made in {@link JobOutputs}; here it only gets its name and its tasks. */
    private static <T> void write(DataStream<T> stream, List<Output<T>> outputs) {
        for (Output<T> output : outputs) {
            DataStreamSink<T> sink =
                    stream.sinkTo(output.sink()).name(output.name()).uid(output.name());
            if (output.hasOneTask()) {
                sink.setParallelism(1);
            }
        }
    }

    /** All that goes to the tape: prices, and quotes and instruments if there are any. */
    private List<SingleOutputStreamOperator<TapeRecord>> records(SingleOutputStreamOperator<TapeRecord> prices) {
        List<SingleOutputStreamOperator<TapeRecord>> records = new ArrayList<>();
        records.add(prices);
        from.quotes().map(this::quotes).ifPresent(records::add);
        from.instruments().map(this::instruments).ifPresent(records::add);
        return records;
    }

    private SingleOutputStreamOperator<TapeRecord> prices() {
        DataStream<Decoded> prices = timed(from.prices(), "prices", "event-time");
        return decoded(prices, "decode", DecodedRecords.Kind.PRICES, "a tick")
                .setParallelism(from.prices().parallelism());
    }

    /** As prices; event time is that of both. */
    private SingleOutputStreamOperator<TapeRecord> quotes(Ends.TimedInput input) {
        DataStream<Decoded> quotes = timed(input, "quotes", "quotes-event-time");
        return decoded(quotes, "quotes-decode", DecodedRecords.Kind.QUOTES, "a quote")
                .setParallelism(input.parallelism());
    }

    private SingleOutputStreamOperator<TapeRecord> instruments(Ends.Control<Decoded> input) {
        StartGate<Decoded> gate = new StartGate<>(DecodedSerializer.TYPE, Topology::originOfInstrument, input.last());
        DataStream<Decoded> instruments = gated(input, "instruments", DecodedSerializer.TYPE, gate);
        return decoded(instruments, "instruments-decode", DecodedRecords.Kind.INSTRUMENTS, "an instrument")
                .forceNonParallel();
    }

    /** There are no heartbeats among them. */
    private static Origin originOfInstrument(Decoded decoded) {
        return decoded instanceof InstrumentChange change ? change.origin() : ((Rejection) decoded).origin();
    }

    private SingleOutputStreamOperator<RuleChange> ruleChanges() {
        StartGate<RuleRequest> gate = new StartGate<>(
                RuleRequestSerializer.TYPE, RuleRequest::origin, from.rules().last());
        return gated(from.rules(), "rules", RuleRequestSerializer.TYPE, gate.tellingEndOfTime())
                .process(new RuleValidation(settings.tape()))
                .returns(RuleChangeSerializer.TYPE)
                .name("validate")
                .uid("validate")
                .setDescription("validate: accepts or rejects each rule, and says why")
                .forceNonParallel();
    }

    /** Event time is decided here, a partition at a time, and kept over restarts. */
    private DataStream<Decoded> timed(Ends.TimedInput input, String name, String eventTime) {
        return env.fromSource(input.source(), settings.eventTime(), name, DecodedSerializer.TYPE)
                .uid(name)
                .setDescription(name + ": reads the topic")
                .setParallelism(input.parallelism())
                .transform(eventTime, DecodedSerializer.TYPE, new EventTime(settings.outOfOrderness()))
                .uid(eventTime)
                .setDescription("event-time: says how far each partition has come")
                .setParallelism(input.parallelism());
    }

    /** What cannot be a record of the tape goes aside. */
    private SingleOutputStreamOperator<TapeRecord> decoded(
            DataStream<Decoded> stream, String name, DecodedRecords.Kind kind, String record) {
        return stream.process(new DecodedRecords(
                        kind,
                        settings.watchedSymbols(),
                        kind == DecodedRecords.Kind.PRICES
                                && settings.tape().trades().sequence() == NumberSequence.PARTITION))
                .returns(TapeRecordSerializer.TYPE)
                .name(name)
                .uid(name)
                .setDescription("decode: makes " + record + " of each record, or a dead letter");
    }

    /** One task each, so that changes stay in the order of their topic. */
    private <T> SingleOutputStreamOperator<T> gated(
            Ends.Control<T> control, String name, TypeInformation<T> type, StartGate<T> gate) {
        return all(control.atStart(), name + "-at-start", type)
                .connect(all(control.later(), name, type))
                .transform(name + "-gate", type, gate)
                .uid(name + "-gate")
                .setDescription("gate: holds event time back until the " + name + " of the start are there")
                .forceNonParallel();
    }

    private <T> DataStream<T> all(Source<T, ?, ?> source, String name, TypeInformation<T> type) {
        return env.fromSource(source, WatermarkStrategy.noWatermarks(), name, type)
                .uid(name)
                .setDescription(name + ": reads the topic")
                .forceNonParallel();
    }

    /** All that is known about a symbol, behind one shuffle. */
    private SingleOutputStreamOperator<Summary> tape(
            List<SingleOutputStreamOperator<TapeRecord>> records, DataStream<RuleChange> rules) {
        return records.stream()
                .<DataStream<TapeRecord>>map(each -> each)
                .reduce((some, more) -> some.union(more))
                .orElseThrow()
                .keyBy(TapeRecord::symbol)
                .connect(rules.broadcast())
                .transform("tape", TypeInformation.of(Summary.class), new Tape(settings.tape(), from.wholeFrom()))
                .uid("tape")
                .setDescription("tape: keeps the windows of each symbol, and checks each tick against the rules");
    }

    /** The figures of a day, ranked in buckets, and these merged by one task. */
    private DataStream<Movers> movers(DataStream<Summary> summaries) {
        MoversSettings movers = settings.movers();
        String window = movers.window();
        return summaries
                .filter(summary -> summary.window().equals(window))
                .name("movers-window")
                .uid("movers-window")
                .setDescription("movers-window: takes the summaries that movers are ranked by")
                .keyBy(RankInBuckets::bucketOfDay, Types.LONG)
                .process(new RankInBuckets(movers), TypeInformation.of(ShortLists.class))
                .name("movers-rank")
                .uid("movers-rank")
                .setDescription("movers-rank: ranks the symbols of a bucket")
                .keyBy(ShortLists::start, Types.LONG)
                .process(new RankAll(movers), TypeInformation.of(Movers.class))
                .name("movers")
                .uid("movers")
                .setDescription("movers: merges the ranks of all buckets")
                .forceNonParallel();
    }

    /** The ticks for outputs of ticks. The uid names CSV, as CSV was the first of these. */
    private static DataStream<Tick> ticks(DataStream<TapeRecord> prices) {
        return prices.flatMap(Topology::tick)
                .returns(TickSerializer.TYPE)
                .name("prices-csv-ticks")
                .uid("prices-csv-ticks")
                .setDescription("prices-csv-ticks: takes the ticks for CSV");
    }

    private static void tick(TapeRecord record, Collector<Tick> out) {
        if (record instanceof Tick tick) {
            out.collect(tick);
        }
    }

    private DataStream<Rejection> deadLetters(
            List<SingleOutputStreamOperator<TapeRecord>> records,
            DataStream<TapeRecord> tooLate,
            DataStream<Refused> refused) {
        SourceTopics topics = from.topics();
        DataStream<Rejection> letters = tooLate.map(record -> DeadLetters.tooLate(record, topics))
                .returns(TypeInformation.of(Rejection.class))
                .name("too-late")
                .uid("too-late")
                .setDescription("too-late: makes a dead letter of each tick and quote that is too late");
        letters = letters.union(refused.map(
                        each -> DeadLetters.refused(each.record(), each.reason(), each.detail(), topics))
                .returns(TypeInformation.of(Rejection.class))
                .name("refused")
                .uid("refused")
                .setDescription("refused: makes a dead letter of each trade, cancel and correction that is not taken"));
        for (SingleOutputStreamOperator<TapeRecord> each : records) {
            letters = letters.union(each.getSideOutput(DecodedRecords.REJECTED));
        }
        return letters;
    }
}
