package io.tapewatch.operators;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.TimerService;
import org.jspecify.annotations.Nullable;

/**
 * The state of one phase of the movers, until a day is final: what has happened on the day, what waits for its moment to be
 * complete, and the latest of all that was ranked. A moment is complete once the watermark has passed all that came before
 * it.
 *
 * @param <D> what has happened on the day
 * @param <W> what waits
 * @param <K> what the latest is found by
 * @param <V> the latest
 */
final class DayRanking<D extends DayRanking.Day, W, K, V> {

    /** What has happened on a day. */
    interface Day {

        /** The name of the day's window. */
        String window();

        /** The first millisecond after the day. */
        long end();
    }

    private final MoversSettings settings;
    private final ToLongFunction<W> asOf;
    private final ValueState<D> day;
    private final ListState<W> waiting;
    private final MapState<K, V> latest;

    /**
     * The state's names are a contract with every savepoint, and so are the types.
     *
     * @param asOf the moment of what waits
     */
    DayRanking(
            RuntimeContext context,
            MoversSettings settings,
            ToLongFunction<W> asOf,
            Class<D> day,
            Class<W> waiting,
            TypeInformation<K> key,
            Class<V> latest) {
        this.settings = settings;
        this.asOf = asOf;
        this.day = context.getState(new ValueStateDescriptor<>("day", TypeInformation.of(day)));
        this.waiting = context.getListState(new ListStateDescriptor<>("waiting", TypeInformation.of(waiting)));
        this.latest = context.getMapState(new MapStateDescriptor<>("latest", key, TypeInformation.of(latest)));
    }

    /** The day, if one is known. A day that another run ranked by another window is forgotten. */
    @Nullable
    D day() throws Exception {
        D known = day.value();
        if (known == null || known.window().equals(settings.window())) {
            return known;
        }
        forget();
        return null;
    }

    /** Begins a day, of which nothing is known. */
    void begin(D begun, TimerService timers) throws Exception {
        day.update(begun);
        timers.registerEventTimeTimer(settings.finalAt(begun.end()));
    }

    void update(D changed) throws Exception {
        day.update(changed);
    }

    /** Has something wait for its moment. */
    void await(W element, TimerService timers) throws Exception {
        waiting.add(element);
        timers.registerEventTimeTimer(asOf.applyAsLong(element) - 1);
    }

    /** Takes out what the watermark has made complete: by its moment, and in the order in which it came. */
    NavigableMap<Long, List<W>> takeDue(TimerService timers) throws Exception {
        NavigableMap<Long, List<W>> due = new TreeMap<>();
        List<W> stay = new ArrayList<>();
        for (W each : waiting.get()) {
            long moment = asOf.applyAsLong(each);
            if (moment - 1 <= timers.currentWatermark()) {
                due.computeIfAbsent(moment, any -> new ArrayList<>()).add(each);
            } else {
                stay.add(each);
            }
        }
        if (!due.isEmpty()) {
            waiting.update(stay);
        }
        due.keySet().forEach(moment -> timers.deleteEventTimeTimer(moment - 1));
        return due;
    }

    /** A copy of the latest. */
    Map<K, V> latest() throws Exception {
        Map<K, V> copy = new HashMap<>();
        latest.entries().forEach(each -> copy.put(each.getKey(), each.getValue()));
        return copy;
    }

    void put(K key, V value) throws Exception {
        latest.put(key, value);
    }

    void putAll(Map<K, V> changed) throws Exception {
        latest.putAll(changed);
    }

    /** Forgets the day once it is final. */
    void endIfFinal(D known, TimerService timers) {
        long finalAt = settings.finalAt(known.end());
        if (timers.currentWatermark() >= finalAt) {
            forget();
        } else {
            // It may have been an earlier moment in a run whose lateness was shorter.
            timers.registerEventTimeTimer(finalAt);
        }
    }

    private void forget() {
        day.clear();
        waiting.clear();
        latest.clear();
    }
}
