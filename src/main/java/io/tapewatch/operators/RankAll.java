package io.tapewatch.operators;

import io.tapewatch.domain.mover.MoverLists;
import io.tapewatch.domain.mover.Movers;
import io.tapewatch.domain.mover.Ranking;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.streaming.api.TimerService;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/**
 * The second of two phases of the movers, in one task: merges the short lists of all buckets, a day at a time. Its key is
 * the start of the day.
 *
 * <p>The movers of a moment are published once the watermark says that the lists of all buckets are there; a bucket in
 * which nothing ticked has sent none, and its lists before still hold. A list of a moment that was published before is a
 * correction: it revises the latest movers of the day.
 */
public final class RankAll extends KeyedProcessFunction<Long, ShortLists, Movers> {

    /**
     * What has happened on one day.
     *
     * @param window the day's window
     * @param end the first millisecond after it
     * @param last what was published last
     * @param publishedAt when that was, in event time
     * @param due when a correction is due
     */
    public record Day(
            String window,
            long end,
            @Nullable Movers last,
            long publishedAt,
            @Nullable Long due) implements DayRanking.Day {}

    private final MoversSettings settings;

    private transient Ranking ranking;
    private transient DayRanking<Day, ShortLists, Integer, MoverLists> days;
    private transient Counter moversOut;
    private transient Counter revisionsOut;

    public RankAll(MoversSettings settings) {
        this.settings = settings;
    }

    @Override
    public void open(OpenContext context) {
        ranking = new Ranking(settings.size());
        days = new DayRanking<>(
                getRuntimeContext(),
                settings,
                ShortLists::asOf,
                Day.class,
                ShortLists.class,
                Types.INT,
                MoverLists.class);
        MetricGroup metrics = TapewatchMetrics.of(getRuntimeContext().getMetricGroup());
        moversOut = metrics.counter("moversOut");
        revisionsOut = metrics.counter("moversRevisions");
    }

    @Override
    public void processElement(ShortLists lists, Context context, Collector<Movers> out) throws Exception {
        TimerService timers = context.timerService();
        Day day = days.day();
        if (day == null) {
            day = new Day(settings.window(), lists.end(), null, Long.MIN_VALUE, null);
            days.begin(day, timers);
        }
        if (day.last() == null || lists.asOf() > day.last().asOf()) {
            days.await(lists, timers);
            return;
        }
        days.put(lists.bucket(), lists.lists());
        if (day.due() == null) {
            long soonest = timers.currentWatermark() + 1;
            long due = Math.min(
                    settings.finalAt(day.end()), Math.max(soonest, day.publishedAt() + settings.reviseEvery()));
            days.update(new Day(day.window(), day.end(), day.last(), day.publishedAt(), due));
            timers.registerEventTimeTimer(due);
        }
    }

    @Override
    public void onTimer(long time, OnTimerContext context, Collector<Movers> out) throws Exception {
        Day day = days.day();
        if (day == null) {
            return;
        }
        long start = context.getCurrentKey();
        long watermark = context.timerService().currentWatermark();
        NavigableMap<Long, List<ShortLists>> moments = days.takeDue(context.timerService());
        boolean revise = day.due() != null && day.due() <= watermark;
        if (revise || !moments.isEmpty()) {
            Map<Integer, MoverLists> lists = days.latest();
            Map<Integer, MoverLists> changed = new HashMap<>();
            // In the order of event time: a correction that was due before a moment is published before it.
            for (Map.Entry<Long, List<ShortLists>> moment : moments.entrySet()) {
                long asOf = moment.getKey();
                if (day.due() != null && day.due() < asOf - 1) {
                    day = revise(day, lists, watermark, out);
                }
                moment.getValue().forEach(each -> changed.put(each.bucket(), each.lists()));
                moment.getValue().forEach(each -> lists.put(each.bucket(), each.lists()));
                day = publish(start, asOf, day, lists, out);
            }
            if (day.due() != null && day.due() <= watermark) {
                day = revise(day, lists, watermark, out);
            }
            days.putAll(changed);
            days.update(day);
        }
        days.endIfFinal(day, context.timerService());
    }

    private Day publish(long start, long asOf, Day day, Map<Integer, MoverLists> lists, Collector<Movers> out) {
        MoverLists merged = ranking.merged(lists.values());
        Movers movers = Movers.of(settings.window(), start, day.end(), asOf, merged, 0);
        moversOut.inc();
        out.collect(movers);
        return new Day(day.window(), day.end(), movers, asOf - 1, null);
    }

    private Day revise(Day day, Map<Integer, MoverLists> lists, long watermark, Collector<Movers> out) {
        Movers last = Objects.requireNonNull(day.last(), "last");
        Movers movers = last.corrected(ranking.merged(lists.values()));
        if (movers.showsTheSameAs(last)) {
            return new Day(day.window(), day.end(), last, day.publishedAt(), null);
        }
        moversOut.inc();
        revisionsOut.inc();
        out.collect(movers);
        return new Day(day.window(), day.end(), movers, watermark, null);
    }
}
