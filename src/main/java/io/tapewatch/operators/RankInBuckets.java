package io.tapewatch.operators;

import io.tapewatch.domain.EventTimes;
import io.tapewatch.domain.mover.Mover;
import io.tapewatch.domain.mover.Ranking;
import io.tapewatch.domain.window.Summary;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.MathUtils;

/**
 * The first of two phases of the movers: symbols fall into {@value #BUCKETS} buckets, and each bucket, of each day, ranks
 * its own. Its key is the {@linkplain #bucketOfDay bucket of a day}.
 *
 * <p>Results of several moments arrive in any order, from tapes that are not abreast. They wait until the watermark says
 * that all of a moment are there, so that a ranking holds exactly what was known as of its moment. A result of a moment
 * that was ranked before is a correction: it changes the latest ranking. What is a correction is told from state, as a
 * restart forgets watermarks.
 */
public final class RankInBuckets extends KeyedProcessFunction<Long, Summary, ShortLists> {

    static final int BUCKETS = 128;

    /**
     * What has happened in one bucket of one day.
     *
     * @param window the day's window
     * @param start the first millisecond of the day
     * @param end the first millisecond after it
     * @param asOf the moment of the latest ranking
     * @param corrected whether figures have changed since
     */
    public record Day(String window, long start, long end, long asOf, boolean corrected) {}

    /**
     * Figures that wait for their moment.
     *
     * @param asOf that moment
     * @param mover the figures
     */
    public record Waiting(long asOf, Mover mover) {}

    private final MoversSettings settings;

    private transient Ranking ranking;
    private transient ValueState<Day> dayState;
    private transient ListState<Waiting> waiting;
    private transient MapState<String, Mover> latest;

    public RankInBuckets(MoversSettings settings) {
        this.settings = settings;
    }

    /** The key of a result: its day, and the bucket of its symbol, the same in every JVM. */
    public static long bucketOfDay(Summary summary) {
        return summary.start() * BUCKETS + MathUtils.murmurHash(summary.symbol().hashCode()) % BUCKETS;
    }

    private static int bucket(long bucketOfDay) {
        return (int) Math.floorMod(bucketOfDay, (long) BUCKETS);
    }

    @Override
    public void open(OpenContext context) {
        ranking = new Ranking(settings.size());
        dayState = getRuntimeContext().getState(new ValueStateDescriptor<>("day", TypeInformation.of(Day.class)));
        waiting = getRuntimeContext()
                .getListState(new ListStateDescriptor<>("waiting", TypeInformation.of(Waiting.class)));
        latest = getRuntimeContext()
                .getMapState(new MapStateDescriptor<>("latest", Types.STRING, TypeInformation.of(Mover.class)));
    }

    @Override
    public void processElement(Summary summary, Context context, Collector<ShortLists> out) throws Exception {
        Day day = day();
        if (day == null) {
            day = new Day(settings.window(), summary.start(), summary.end(), EventTimes.BEGINNING, false);
            dayState.update(day);
            context.timerService().registerEventTimeTimer(settings.finalAt(day.end()));
        }
        if (summary.asOf() > day.asOf()) {
            waiting.add(new Waiting(summary.asOf(), Mover.of(summary)));
            context.timerService().registerEventTimeTimer(summary.asOf() - 1);
            return;
        }
        latest.put(summary.symbol(), Mover.of(summary));
        if (!day.corrected()) {
            dayState.update(new Day(day.window(), day.start(), day.end(), day.asOf(), true));
            context.timerService().registerEventTimeTimer(context.timerService().currentWatermark() + 1);
        }
    }

    @Override
    public void onTimer(long time, OnTimerContext context, Collector<ShortLists> out) throws Exception {
        Day day = day();
        if (day == null) {
            return;
        }
        long watermark = context.timerService().currentWatermark();
        TreeMap<Long, List<Waiting>> due = Moments.takeDue(waiting, Waiting::asOf, watermark);
        if (day.corrected() || !due.isEmpty()) {
            day = rank(day, due, bucket(context.getCurrentKey()), out);
            dayState.update(day);
            for (long asOf : due.keySet()) {
                context.timerService().deleteEventTimeTimer(asOf - 1);
            }
        }
        if (watermark >= settings.finalAt(day.end())) {
            clear();
        } else {
            // It may have been an earlier moment in a run whose lateness was shorter.
            context.timerService().registerEventTimeTimer(settings.finalAt(day.end()));
        }
    }

    /** The day, or null: of one by which another run ranked nothing is left. */
    private Day day() throws Exception {
        Day day = dayState.value();
        if (day == null || day.window().equals(settings.window())) {
            return day;
        }
        clear();
        return null;
    }

    private void clear() {
        dayState.clear();
        waiting.clear();
        latest.clear();
    }

    private Day rank(Day day, TreeMap<Long, List<Waiting>> due, int bucket, Collector<ShortLists> out)
            throws Exception {
        Map<String, Mover> figures = new HashMap<>();
        latest.entries().forEach(figure -> figures.put(figure.getKey(), figure.getValue()));
        if (day.corrected()) {
            out.collect(new ShortLists(day.start(), day.end(), day.asOf(), bucket, ranking.of(figures.values())));
        }
        Map<String, Mover> changed = new HashMap<>();
        long asOf = day.asOf();
        for (Map.Entry<Long, List<Waiting>> moment : due.entrySet()) {
            asOf = moment.getKey();
            moment.getValue().forEach(each -> changed.put(each.mover().symbol(), each.mover()));
            moment.getValue().forEach(each -> figures.put(each.mover().symbol(), each.mover()));
            out.collect(new ShortLists(day.start(), day.end(), asOf, bucket, ranking.of(figures.values())));
        }
        latest.putAll(changed);
        return new Day(day.window(), day.start(), day.end(), asOf, false);
    }
}
