package io.tapewatch.operators;

import io.tapewatch.domain.EventTimes;
import io.tapewatch.domain.window.KeptWindow;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.OperatorStateStore;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;

/**
 * The position of the tape in event time, as a part of its state: how far it has come, and what it began with. Each task
 * writes its own, and after a restore each task reads those of all.
 */
final class TapePosition {

    private final ListState<Long> watermarks;
    private final ListState<Long> wholeFroms;
    private final ListState<KeptWindow> windows;

    /** Names and types are a contract with every savepoint. */
    TapePosition(OperatorStateStore store) throws Exception {
        watermarks = store.getUnionListState(new ListStateDescriptor<>("watermark", Types.LONG));
        wholeFroms = store.getUnionListState(new ListStateDescriptor<>("whole-from", Types.LONG));
        windows = store.getUnionListState(new ListStateDescriptor<>("windows", TypeInformation.of(KeptWindow.class)));
    }

    /** The watermark of the savepoint, the lowest of all tasks; there is none in a savepoint from before the tape. */
    long watermark() throws Exception {
        return stream(watermarks).min(Long::compare).orElse(EventTimes.BEGINNING);
    }

    /** The event time from which on the run of the savepoint read every tick. */
    long wholeFrom() throws Exception {
        return stream(wholeFroms).max(Long::compare).orElse(EventTimes.BEGINNING);
    }

    /** The windows of the run of the savepoint. */
    Set<KeptWindow> windows() throws Exception {
        Set<KeptWindow> kept = new HashSet<>();
        windows.get().forEach(kept::add);
        return kept;
    }

    void update(long watermark, long wholeFrom, List<KeptWindow> kept) throws Exception {
        watermarks.update(List.of(watermark));
        wholeFroms.update(List.of(wholeFrom));
        windows.update(kept);
    }

    private static Stream<Long> stream(ListState<Long> times) throws Exception {
        return StreamSupport.stream(times.get().spliterator(), false);
    }
}
