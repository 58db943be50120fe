package io.tapewatch.bench;

import io.tapewatch.domain.Decoded;
import io.tapewatch.domain.Tick;
import io.tapewatch.domain.window.Bar;
import io.tapewatch.domain.window.Summary;
import io.tapewatch.domain.window.WindowSpec;
import io.tapewatch.operators.DecodedRecords;
import io.tapewatch.operators.DecodedSerializer;
import io.tapewatch.operators.SerializedType;
import io.tapewatch.operators.TapeRecordSerializer;
import io.tapewatch.operators.TickSerializer;
import java.time.Duration;
import java.util.List;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.AggregateFunction;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.DataStreamUtils;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.windowing.ProcessWindowFunction;
import org.apache.flink.streaming.api.windowing.assigners.SlidingEventTimeWindows;
import org.apache.flink.streaming.api.windowing.assigners.TumblingEventTimeWindows;
import org.apache.flink.streaming.api.windowing.assigners.WindowAssigner;
import org.apache.flink.streaming.api.windowing.windows.TimeWindow;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * The same windows by Flink's own operators, one for each, as who knows Flink would write them: aggregated tick by tick,
 * no type by Kryo or reflection, objects reused, and all behind one shuffle, so that a tick is sent and read once.
 *
 * <p>Summing up the minutes' results into the longer windows would be quicker, but wrong: a late tick fires a minute
 * again, and would be counted twice.
 */
final class FlinkWindows {

    private static final OutputTag<Tick> LATE = new OutputTag<>("late", TickSerializer.TYPE);
    private static final TypeInformation<Bar> BAR = new SerializedType<>(Bar.class, BarSerializer.INSTANCE);

    private FlinkWindows() {}

    static void build(
            StreamExecutionEnvironment env,
            Source<Decoded, ?, ?> prices,
            int pricesParallelism,
            WatermarkStrategy<Decoded> eventTime,
            List<WindowSpec> windows,
            Duration lateness,
            Sink<Summary> summaries) {
        env.getConfig().enableObjectReuse();
        DataStream<Tick> keyed = env.fromSource(prices, eventTime, "prices", DecodedSerializer.TYPE)
                .setParallelism(pricesParallelism)
                .process(new DecodedRecords(DecodedRecords.Kind.PRICES, List.of()))
                .returns(TapeRecordSerializer.TYPE)
                .name("decode")
                .setParallelism(pricesParallelism)
                .map(Tick.class::cast)
                .returns(TickSerializer.TYPE)
                .setParallelism(pricesParallelism)
                .keyBy(Tick::symbol)
                .filter(tick -> true)
                .name("keyed");
        for (WindowSpec window : windows) {
            DataStreamUtils.reinterpretAsKeyedStream(keyed, Tick::symbol, Types.STRING)
                    .window(assigner(window))
                    .allowedLateness(lateness)
                    .sideOutputLateData(LATE)
                    .aggregate(
                            new AddUp(),
                            new Summarize(window.name(), lateness.toMillis()),
                            BAR,
                            BAR,
                            TypeInformation.of(Summary.class))
                    .name(window.name())
                    .sinkTo(summaries)
                    .name("summaries of " + window.name());
        }
    }

    /** @throws IllegalArgumentException if Flink has no operator for one of them */
    static void expectOperators(List<WindowSpec> windows) {
        windows.forEach(FlinkWindows::assigner);
    }

    private static WindowAssigner<Object, TimeWindow> assigner(WindowSpec window) {
        if (window.name().contains("@")) {
            throw new IllegalArgumentException("Flink has no operator for windows like " + window.name());
        }
        Duration length = Duration.ofMillis(window.length());
        return switch (window.form()) {
            case TUMBLING -> TumblingEventTimeWindows.of(length);
            case HOPPING -> SlidingEventTimeWindows.of(length, Duration.ofMillis(window.step()));
            case SLIDING, CUMULATING ->
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

    private static final class Summarize extends ProcessWindowFunction<Bar, Summary, String, TimeWindow> {
        private final String name;
        private final long lateness;

        Summarize(String name, long lateness) {
            this.name = name;
            this.lateness = lateness;
        }

        @Override
        public void process(String symbol, Context context, Iterable<Bar> bars, Collector<Summary> out) {
            TimeWindow window = context.window();
            Bar bar = bars.iterator().next();
            out.collect(Summary.of(
                    symbol,
                    name,
                    window.getStart(),
                    window.getEnd(),
                    window.getEnd(),
                    bar,
                    null,
                    0,
                    window.getEnd() + lateness));
        }
    }
}
