package io.tapewatch.domain.check;

import io.tapewatch.domain.EventTimes;
import io.tapewatch.domain.Varint;
import io.tapewatch.domain.rule.Flag;
import io.tapewatch.domain.rule.Metric;
import io.tapewatch.domain.rule.Rule;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The flags that a symbol's trades have raised, as long as the trades can be taken back, and at most {@link #MOST}: if there are
 * more, the one that was raised first is dropped, and is not withdrawn. It keeps each flag on its way out.
 */
final class RaisedFlags implements Consumer<Flag> {

    /** The most flags of a symbol that are kept. */
    static final int MOST = 1000;

    private static final int LAYOUT = 1;

    /** By id, in the order in which they were raised. */
    private final Map<String, RaisedFlag> byId = new LinkedHashMap<>();

    private long horizon;

    /** The latest event time of a flag. */
    private long latest = Long.MIN_VALUE;

    private @Nullable Consumer<Flag> out;

    /**
     * Itself, to be handed flags that go on to {@code flags}.
     *
     * @param keepFor for how long a trade can be taken back, in milliseconds of event time
     */
    Consumer<Flag> before(Consumer<Flag> flags, long keepFor) {
        out = flags;
        horizon = keepFor;
        return this;
    }

    @Override
    public void accept(Flag flag) {
        Flag published = flag;
        if (flag.on() == Rule.On.TRADE && !isOfSilence(flag)) {
            RaisedFlag before = byId.get(flag.id());
            RaisedFlag now = before == null ? RaisedFlag.of(flag) : before.again(flag);
            byId.put(flag.id(), now);
            published = now.isUnchecked() ? now.published(flag.instrument()) : flag;
            latest = Math.max(latest, flag.time());
            trim();
        }
        Objects.requireNonNull(out, "out").accept(published);
    }

    private static boolean isOfSilence(Flag flag) {
        return flag.evidence().size() == 1 && flag.evidence().get(0).metric().equals(Metric.SILENCE_SECONDS.word());
    }

    private void trim() {
        Iterator<RaisedFlag> eldest = byId.values().iterator();
        while (eldest.hasNext() && (isOver(eldest.next(), latest) || byId.size() > MOST)) {
            eldest.remove();
        }
    }

    private boolean isOver(RaisedFlag flag, long time) {
        return time - flag.flag().time() > horizon;
    }

    /** The flags of a trade. */
    List<RaisedFlag> of(long time, int partition, long offset) {
        List<RaisedFlag> found = new ArrayList<>();
        for (RaisedFlag each : byId.values()) {
            if (each.isOf(time, partition, offset)) {
                found.add(each);
            }
        }
        return found;
    }

    /** Keeps another revision of a flag that is there. */
    void replace(RaisedFlag now) {
        byId.replace(now.id(), now);
    }

    boolean isEmpty() {
        return byId.isEmpty();
    }

    /**
     * Drops flags whose trades cannot be taken back any more.
     *
     * @return the event time at which to ask again, or {@link EventTimes#NEVER}
     */
    long forget(long time) {
        byId.values().removeIf(each -> isOver(each, time));
        long again = EventTimes.NEVER;
        for (RaisedFlag each : byId.values()) {
            again = Math.min(again, each.flag().time() + horizon + 1);
        }
        return again;
    }

    RaisedFlags copy() {
        RaisedFlags copy = new RaisedFlags();
        copy.byId.putAll(byId);
        copy.horizon = horizon;
        copy.latest = latest;
        return copy;
    }

    void writeTo(DataOutput out) throws IOException {
        out.writeByte(LAYOUT);
        out.writeLong(horizon);
        out.writeLong(latest);
        Varint.write(out, byId.size());
        for (RaisedFlag each : byId.values()) {
            each.writeTo(out);
        }
    }

    static RaisedFlags readFrom(DataInput in) throws IOException {
        int layout = in.readUnsignedByte();
        if (layout != LAYOUT) {
            throw new IOException("layout " + layout + " of raised flags was written by another release");
        }
        RaisedFlags read = new RaisedFlags();
        read.horizon = in.readLong();
        read.latest = in.readLong();
        for (long left = Varint.read(in); left > 0; left--) {
            RaisedFlag flag = RaisedFlag.readFrom(in);
            read.byId.put(flag.id(), flag);
        }
        return read;
    }
}
