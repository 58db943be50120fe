package io.tapewatch.bench.contender;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.tapewatch.io.json.JsonWriter;
import java.io.IOException;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;

/**
 * What Kafka Streams publishes of a window: JSON with the names of our summaries, and times in epoch milliseconds.
 *
 * @param start the first millisecond of the window
 * @param end the first millisecond after it
 */
record StatsOfWindow(String symbol, String window, long start, long end, TradeStats stats) {

    static final Serde<StatsOfWindow> SERDE = serde();

    private static Serde<StatsOfWindow> serde() {
        JsonFactory json = new JsonFactory();
        JsonWriter<StatsOfWindow> writer = StatsOfWindow::write;
        return Serdes.serdeFrom((topic, stats) -> writer.bytes(json, stats), (topic, bytes) -> {
            throw new UnsupportedOperationException("summaries are written only");
        });
    }

    private static void write(StatsOfWindow summary, JsonGenerator out) throws IOException {
        out.writeStartObject();
        out.writeStringField("symbol", summary.symbol);
        out.writeStringField("window", summary.window);
        out.writeNumberField("start", summary.start);
        out.writeNumberField("end", summary.end);
        summary.stats.writeTo(out);
        out.writeEndObject();
    }
}
