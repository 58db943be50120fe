package io.tapewatch.bench.contender;

import io.tapewatch.domain.Decoded;
import io.tapewatch.domain.Tick;
import io.tapewatch.domain.window.Bar;
import io.tapewatch.domain.window.Summary;
import io.tapewatch.domain.window.WindowSpec;
import io.tapewatch.io.json.PriceDecoder;
import io.tapewatch.io.json.RecordLimits;
import io.tapewatch.io.kafka.KafkaTopics;
import io.tapewatch.io.sink.JobSinks;
import io.tapewatch.io.sink.LostTransactions;
import io.tapewatch.io.source.JobSources;
import io.tapewatch.io.source.PartitionTime;
import io.tapewatch.operators.DecodedRecords;
import io.tapewatch.operators.DecodedSerializer;
import io.tapewatch.operators.SerializedType;
import io.tapewatch.operators.TapeRecordSerializer;
import io.tapewatch.operators.TickSerializer;
import io.tapewatch.settings.JobOptions;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.flink.api.common.functions.AggregateFunction;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.DataStreamUtils;
import org.apache.flink.streaming.api.datastream.WindowedStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.windowing.ProcessWindowFunction;
import org.apache.flink.streaming.api.windowing.assigners.SlidingEventTimeWindows;
import org.apache.flink.streaming.api.windowing.assigners.TumblingEventTimeWindows;
import org.apache.flink.streaming.api.windowing.assigners.WindowAssigner;
import org.apache.flink.streaming.api.windowing.triggers.ContinuousEventTimeTrigger;
import org.apache.flink.streaming.api.windowing.windows.TimeWindow;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;
import org.apache.kafka.common.TopicPartition;

/**
 * The windows of the job by Flink's own operators, one for each, as someone who knows Flink well would write them:
 * aggregated tick by tick, no type by Kryo or reflection, objects reused, and all behind one shuffle, so that a tick is sent
 * and read once. Source, decoder, event time and sink are those of the job.
 *
 * <p>Summing up the minutes' results into the longer windows would be quicker, but wrong: a late tick fires a minute
 * again, and would be counted twice.
 *
 * <p>Flink has no assigner of cumulating windows. What comes nearest is a window of the whole length that fires at each step.
 * It publishes all that has arrived by then, also ticks that lie behind the step, and it publishes steps without new ticks. A
 * late tick does not correct the steps before. Only its last result, that of the whole length, is the job's.
 *
 * @param name in the table
 * @param words what it does
 * @param windows a list as in the job's setting of that name
 * @param stateBackend {@code hashmap} or {@code rocksdb}
 */
record FlinkWindows(String name, String words, String windows, String stateBackend) implements Contender {

    private static final OutputTag<Tick> LATE = new OutputTag<>("late", TickSerializer.TYPE);
    private static final TypeInformation<Bar> BAR = new SerializedType<>(Bar.class, BarSerializer.INSTANCE);

    static FlinkWindows onHeap(String name, String words, String windows) {
        return new FlinkWindows(name, words, windows, "hashmap");
    }

    static FlinkWindows onRocksDb(String name, String words, String windows) {
        return new FlinkWindows(name, words, windows, "rocksdb");
    }

    @Override
    public Set<Promise> promises() {
        return EnumSet.allOf(Promise.class);
    }

    @Override
    public Running start(Task task) throws Exception {
        int partitions = task.pricePartitions();
        task.createTopics(List.of(task.prefix() + KafkaTopics.SUMMARIES), partitions);
        Configuration settings = MiniFlink.settings(task, stateBackend);
        StreamExecutionEnvironment env = new StreamExecutionEnvironment(new Configuration(settings));
        env.getConfig().enableObjectReuse();
        DataStream<Tick> keyed = keyedTicks(env, task, partitions);
        for (WindowSpec window : WindowSpec.parseList(windows)) {
            summarize(keyed, window).sinkTo(summaries(task)).name("summaries of " + window.name());
        }
        return MiniFlink.run(task, settings, env.getStreamGraph().getJobGraph());
    }

    private static DataStream<Tick> keyedTicks(StreamExecutionEnvironment env, Task task, int partitions) {
        int readers = Math.min(partitions, task.parallelism());
        return env.fromSource(
                        prices(task, partitions),
                        PartitionTime.strategy(
                                JobOptions.OUT_OF_ORDERNESS.defaultValue(),
                                JobOptions.IDLE_TIMEOUT.defaultValue(),
                                JobOptions.QUIET_ADVANCE.defaultValue()),
                        "prices",
                        DecodedSerializer.TYPE)
                .setParallelism(readers)
                .process(new DecodedRecords(DecodedRecords.Kind.PRICES, List.of(), false))
                .returns(TapeRecordSerializer.TYPE)
                .name("decode")
                .setParallelism(readers)
                .map(Tick.class::cast)
                .returns(TickSerializer.TYPE)
                .setParallelism(readers)
                .keyBy(Tick::symbol)
                .filter(tick -> true)
                .name("keyed");
    }

    private static Source<Decoded, ?, ?> prices(Task task, int partitions) {
        Map<TopicPartition, Long> from = IntStream.range(0, partitions)
                .boxed()
                .collect(Collectors.toMap(partition -> new TopicPartition(task.prices(), partition), partition -> 0L));
        return new JobSources(task.bootstrapServers(), new Properties(), group(task))
                .prices(
                        task.prices(),
                        new JobSources.Stretch(from, null, true),
                        PriceDecoder.factory(new RecordLimits(
                                JobOptions.PRICES_MAX_BYTES.defaultValue(),
                                JobOptions.MAX_FUTURE.defaultValue(),
                                JobOptions.ALLOW_NONPOSITIVE.defaultValue())),
                        DecodedSerializer.TYPE);
    }

    private static Sink<Summary> summaries(Task task) {
        return new JobSinks(
                        task.bootstrapServers(), new Properties(), group(task), task.prefix(), LostTransactions.FAIL)
                .summaries(DeliveryGuarantee.AT_LEAST_ONCE);
    }

    private static String group(Task task) {
        return task.prefix() + "group";
    }

    private static DataStream<Summary> summarize(DataStream<Tick> keyed, WindowSpec window) {
        Duration lateness = JobOptions.ALLOWED_LATENESS.defaultValue();
        WindowedStream<Tick, String, TimeWindow> windowed = DataStreamUtils.reinterpretAsKeyedStream(
                        keyed, Tick::symbol, Types.STRING)
                .window(assigner(window))
                .allowedLateness(lateness)
                .sideOutputLateData(LATE);
        if (window.form() == WindowSpec.Form.CUMULATING) {
            windowed.trigger(ContinuousEventTimeTrigger.of(Duration.ofMillis(window.step())));
        }
        return windowed.aggregate(
                        new AddUp(),
                        new Summarize(window.name(), window.step(), lateness.toMillis()),
                        BAR,
                        BAR,
                        TypeInformation.of(Summary.class))
                .name(window.name());
    }

    private static WindowAssigner<Object, TimeWindow> assigner(WindowSpec window) {
        Duration length = Duration.ofMillis(window.length());
        return switch (window.form()) {
            case TUMBLING, CUMULATING -> TumblingEventTimeWindows.of(length);
            case HOPPING -> SlidingEventTimeWindows.of(length, Duration.ofMillis(window.step()));
            case SLIDING ->
                throw new IllegalArgumentException("Flink has no operator for windows like " + window.name());
        };
    }

    private static final class AddUp implements AggregateFunction<Tick, Bar, Bar> {
        @Override
        public Bar createAccumulator() {
            return new Bar();
        }

        @Override
        public Bar add(Tick tick, Bar bar) {
            bar.add(tick);
            return bar;
        }

        @Override
        public Bar getResult(Bar bar) {
            return bar;
        }

        @Override
        public Bar merge(Bar one, Bar other) {
            one.merge(other);
            return one;
        }
    }

    /** Makes a summary of what has been added up: of the whole window, or up to the last step that event time has reached. */
    private static final class Summarize extends ProcessWindowFunction<Bar, Summary, String, TimeWindow> {
        private final String name;
        private final long step;
        private final long lateness;

        Summarize(String name, long step, long lateness) {
            this.name = name;
            this.step = step;
            this.lateness = lateness;
        }

        @Override
        public void process(String symbol, Context context, Iterable<Bar> bars, Collector<Summary> out) {
            TimeWindow window = context.window();
            long reached = Math.min(window.maxTimestamp(), context.currentWatermark()) + 1;
            out.collect(Summary.of(
                    symbol,
                    name,
                    window.getStart(),
                    window.getEnd(),
                    reached - Math.floorMod(reached, step),
                    bars.iterator().next(),
                    null,
                    0,
                    window.getEnd() + lateness));
        }
    }
}
