package io.tapewatch.operators;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapewatch.Rounds;
import io.tapewatch.domain.Tick;
import io.tapewatch.domain.window.Bar;
import io.tapewatch.domain.window.Summary;
import io.tapewatch.domain.window.WindowSpec;
import io.tapewatch.domain.window.WindowsOracle;
import io.tapewatch.domain.window.WindowsTape;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.flink.api.common.ExecutionConfig;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.functions.windowing.ProcessWindowFunction;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.api.windowing.assigners.SlidingEventTimeWindows;
import org.apache.flink.streaming.api.windowing.triggers.EventTimeTrigger;
import org.apache.flink.streaming.api.windowing.windows.TimeWindow;
import org.apache.flink.streaming.runtime.operators.windowing.WindowOperatorBuilder;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The tape beside Flink's own window operator, one for each window. Flink publishes at each late tick and the tape at
 * the next watermark, so what a reader keeps is compared, and what is too late.
 */
@SuppressWarnings("try") // Flink's harnesses throw any Exception when they are closed.
class TapeAgainstFlinkTest {

    private static final String[] SYMBOLS = {"BTC-USD", "ETH-USD", "AAPL"};
    private static final OutputTag<Tick> LATE = new OutputTag<>("late", TickSerializer.TYPE);

    @ParameterizedTest
    @EnumSource
    void theLatestOfEachWindowAndTheTooLateTicksAreFlinks(Backend backend) throws Exception {
        int lateTicks = 0;
        int revised = 0;
        Set<WindowSpec.Form> forms = EnumSet.noneOf(WindowSpec.Form.class);
        for (long seed = 1; seed <= (backend == Backend.HASHMAP ? Rounds.of(40, 8) : Rounds.of(8, 8)); seed++) {
            WindowsTape tape = new WindowsTape(5000 + seed, 200, SYMBOLS);
            Map<String, Summary> expected = new HashMap<>();
            List<Tick> tooLate = null;
            List<WindowSpec> windows = ofFlink(tape);
            if (windows.isEmpty()) {
                continue;
            }
            for (WindowSpec window : windows) {
                forms.add(window.form());
                FlinkWindows flink = FlinkWindows.run(tape, window, backend);
                expected.putAll(flink.latest);
                if (tooLate == null) {
                    tooLate = flink.tooLate;
                } else {
                    tooLate.retainAll(flink.tooLate);
                }
            }
            TapeSettings settings = TestSettings.ofWindows(String.join(
                            ",", windows.stream().map(WindowSpec::name).toList()))
                    .lateness(tape.allowedLateness())
                    .latenessOf(latenessOf(windows, tape))
                    .reviseEvery(tape.reviseEvery())
                    .previousCloseMaxAge(0)
                    .maxHeld(1000)
                    .tape();
            try (TapeRun run = TapeRun.started(settings, backend)) {
                for (WindowsTape.Event event : tape.events()) {
                    if (event.tick() != null) {
                        run.tick(event.tick());
                    } else {
                        run.advanceTo(event.watermark());
                    }
                }
                Map<String, Summary> latest = WindowsOracle.latest(run.summaries);
                revised += (int) latest.values().stream()
                        .filter(summary -> summary.revision() > 0)
                        .count();
                assertThat(unnumbered(latest)).as("%s; windows", tape).isEqualTo(unnumbered(expected));
                assertThat(run.tooLate).as("%s; too late", tape).isEqualTo(tooLate);
            }
            lateTicks += tooLate.size();
        }
        assertThat(lateTicks).as("ticks too late").isPositive();
        assertThat(revised).as("windows revised").isPositive();
        assertThat(forms).containsExactly(WindowSpec.Form.TUMBLING, WindowSpec.Form.HOPPING);
    }

    /** Those of the windows that Flink has, too. */
    private static List<WindowSpec> ofFlink(WindowsTape tape) {
        return WindowSpec.parseList(tape.windows()).stream()
                .filter(window -> window.form() == WindowSpec.Form.HOPPING
                        || window.form() == WindowSpec.Form.TUMBLING
                                && !window.name().contains("@"))
                .toList();
    }

    private static Map<String, Long> latenessOf(List<WindowSpec> windows, WindowsTape tape) {
        Map<String, Long> latenessOf = new HashMap<>(tape.latenessOf());
        latenessOf.keySet().retainAll(windows.stream().map(WindowSpec::name).toList());
        return latenessOf;
    }

    /** As text, every digit of it, but for what Flink does not know: the revision, and the window before. */
    private static Map<String, String> unnumbered(Map<String, Summary> summaries) {
        Map<String, String> unnumbered = new TreeMap<>();
        summaries.forEach((key, summary) ->
                unnumbered.put(key, summary.toString().replaceFirst("previousClose=.*revision=[0-9]+", "")));
        return unnumbered;
    }

    /** What Flink's operator says of one window. */
    private static final class FlinkWindows {
        final Map<String, Summary> latest = new HashMap<>();
        final List<Tick> tooLate = new ArrayList<>();

        static FlinkWindows run(WindowsTape tape, WindowSpec window, Backend backend) throws Exception {
            long lateness = tape.latenessOf().getOrDefault(window.name(), tape.allowedLateness());
            WindowOperatorBuilder<Tick, String, TimeWindow> builder = new WindowOperatorBuilder<>(
                    SlidingEventTimeWindows.of(Duration.ofMillis(window.length()), Duration.ofMillis(window.step())),
                    EventTimeTrigger.create(),
                    new ExecutionConfig(),
                    TickSerializer.TYPE,
                    Tick::symbol,
                    Types.STRING);
            builder.allowedLateness(Duration.ofMillis(lateness));
            builder.sideOutputLateData(LATE);
            FlinkWindows flink = new FlinkWindows();
            try (KeyedOneInputStreamOperatorTestHarness<String, Tick, Summary> harness =
                    new KeyedOneInputStreamOperatorTestHarness<>(
                            builder.process(new Summarize(window.name(), lateness)), Tick::symbol, Types.STRING)) {
                harness.setStateBackend(backend.stateBackend());
                harness.setup(TypeInformation.of(Summary.class).createSerializer(new SerializerConfigImpl()));
                harness.open();
                for (WindowsTape.Event event : tape.events()) {
                    if (event.tick() != null) {
                        harness.processElement(event.tick(), event.tick().time());
                    } else {
                        harness.processWatermark(new Watermark(event.watermark()));
                    }
                }
                for (Summary summary : harness.extractOutputValues()) {
                    flink.latest.put(
                            summary.symbol() + " " + summary.window() + " " + summary.start() + " " + summary.asOf(),
                            summary);
                }
                if (harness.getSideOutput(LATE) != null) {
                    for (StreamRecord<Tick> tick : harness.getSideOutput(LATE)) {
                        flink.tooLate.add(tick.getValue());
                    }
                }
            }
            return flink;
        }
    }

    private static final class Summarize extends ProcessWindowFunction<Tick, Summary, String, TimeWindow> {
        private final String name;
        private final long lateness;

        Summarize(String name, long lateness) {
            this.name = name;
            this.lateness = lateness;
        }

        @Override
        public void process(String symbol, Context context, Iterable<Tick> ticks, Collector<Summary> out) {
            Bar bar = new Bar();
            ticks.forEach(bar::add);
            TimeWindow window = context.window();
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
