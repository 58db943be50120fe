package io.tapewatch.operators;

import org.apache.flink.runtime.event.WatermarkEvent;
import org.apache.flink.streaming.api.operators.Output;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.LatencyMarker;
import org.apache.flink.streaming.runtime.streamrecord.RecordAttributes;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.util.OutputTag;

/**
 * Passes everything on but that a task is idle. All tasks of the tape hear of the same sources and are idle together, so
 * nobody need go on without one of them; but at the end one that has not come to the end of time yet must not be left out.
 */
final class NeverIdle<T> implements Output<StreamRecord<T>> {

    private final Output<StreamRecord<T>> to;

    NeverIdle(Output<StreamRecord<T>> to) {
        this.to = to;
    }

    @Override
    public void emitWatermarkStatus(WatermarkStatus status) {
        // See above.
    }

    @Override
    public void emitWatermark(Watermark mark) {
        to.emitWatermark(mark);
    }

    @Override
    public void emitWatermark(WatermarkEvent mark) {
        to.emitWatermark(mark);
    }

    @Override
    public <X> void collect(OutputTag<X> tag, StreamRecord<X> record) {
        to.collect(tag, record);
    }

    @Override
    public void collect(StreamRecord<T> record) {
        to.collect(record);
    }

    @Override
    public void emitLatencyMarker(LatencyMarker marker) {
        to.emitLatencyMarker(marker);
    }

    @Override
    public void emitRecordAttributes(RecordAttributes attributes) {
        to.emitRecordAttributes(attributes);
    }

    @Override
    public void close() {
        to.close();
    }
}
