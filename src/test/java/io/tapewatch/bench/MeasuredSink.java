package io.tapewatch.bench;

import io.tapewatch.domain.window.Summary;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;

/** Counts summaries, tells {@link Progress} of event time, and passes them on to another sink if there is one. */
final class MeasuredSink implements Sink<Summary> {

    private final Sink<Summary> next;

    /** @param next where the summaries go, or null: nowhere */
    MeasuredSink(Sink<Summary> next) {
        this.next = next;
    }

    @Override
    public SinkWriter<Summary> createWriter(WriterInitContext context) throws IOException {
        return new Writer(next == null ? null : next.createWriter(context));
    }

    @SuppressWarnings("try") // The next writer throws any Exception when it is closed.
    private static final class Writer implements SinkWriter<Summary> {
        private final SinkWriter<Summary> next;
        private final Progress progress = Progress.current();
        private final int number = progress.join();
        private final List<Summary> sample = new ArrayList<>();
        private long count;

        Writer(SinkWriter<Summary> next) {
            this.next = next;
        }

        @Override
        public void write(Summary summary, Context context) throws IOException, InterruptedException {
            count++;
            if (summary.symbol().equals(progress.sampled())) {
                sample.add(summary);
            }
            if (next != null) {
                next.write(summary, context);
            }
        }

        @Override
        public void writeWatermark(Watermark watermark) throws IOException, InterruptedException {
            if (next != null) {
                next.writeWatermark(watermark);
            }
            progress.published(count, sample);
            count = 0;
            sample.clear();
            progress.reached(number, watermark.getTimestamp());
        }

        @Override
        public void flush(boolean endOfInput) throws IOException, InterruptedException {
            if (next != null) {
                next.flush(endOfInput);
            }
        }

        @Override
        public void close() throws Exception {
            if (next != null) {
                next.close();
            }
        }
    }
}
