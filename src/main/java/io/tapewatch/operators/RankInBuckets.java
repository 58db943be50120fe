package io.tapewatch.operators;

import io.tapewatch.domain.EventTimes;
import io.tapewatch.domain.mover.Mover;
import io.tapewatch.domain.mover.Ranking;
import io.tapewatch.domain.window.Summary;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.TimerService;
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
    public record Day(String window, long start, long end, long asOf, boolean corrected) implements DayRanking.Day {}

    /**
     * Figures that wait for their moment.
     *
     * @param asOf that moment
     * @param mover the figures
     */
    public record Waiting(long asOf, Mover mover) {}

    private final MoversSettings settings;

    private transient Ranking ranking;
    private transient DayRanking<Day, Waiting, String, Mover> days;

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
        days = new DayRanking<>(
                getRuntimeContext(), settings, Waiting::asOf, Day.class, Waiting.class, Types.STRING, Mover.class);
    }

    @Override
    public void processElement(Summary summary, Context context, Collector<ShortLists> out) throws Exception {
        TimerService timers = context.timerService();
        Day day = days.day();
        if (day == null) {
            day = new Day(settings.window(), summary.start(), summary.end(), EventTimes.BEGINNING, false);
            days.begin(day, timers);
        }
        if (summary.asOf() > day.asOf()) {
            days.await(new Waiting(summary.asOf(), Mover.of(summary)), timers);
            return;
        }
        days.put(summary.symbol(), Mover.of(summary));
        if (!day.corrected()) {
            days.update(new Day(day.window(), day.start(), day.end(), day.asOf(), true));
            timers.registerEventTimeTimer(timers.currentWatermark() + 1);
        }
    }

    @Override
    public void onTimer(long time, OnTimerContext context, Collector<ShortLists> out) throws Exception {
        Day day = days.day();
        if (day == null) {
            return;
        }
        NavigableMap<Long, List<Waiting>> due = days.takeDue(context.timerService());
        if (day.corrected() || !due.isEmpty()) {
            day = rank(day, due, bucket(context.getCurrentKey()), out);
            days.update(day);
        }
        days.endIfFinal(day, context.timerService());
    }

    private Day rank(Day day, NavigableMap<Long, List<Waiting>> due, int bucket, Collector<ShortLists> out)
            throws Exception {
        Map<String, Mover> figures = days.latest();
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
        days.putAll(changed);
        return new Day(day.window(), day.start(), day.end(), asOf, false);
    }
}
