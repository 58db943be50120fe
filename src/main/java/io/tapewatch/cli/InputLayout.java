package io.tapewatch.cli;

import io.tapewatch.domain.Decoded;
import io.tapewatch.domain.Heartbeat;
import io.tapewatch.domain.Origin;
import io.tapewatch.domain.Printable;
import io.tapewatch.domain.Rejection;
import io.tapewatch.io.json.IsoTime;
import io.tapewatch.local.Wrapping;
import java.util.List;
import java.util.function.Function;
import picocli.CommandLine.Help.Ansi.Style;

/**
 * What was sent to the job, with its partition and offset: a tick or a quote in columns, a heartbeat with its time, and of a
 * record that the job rejects the reason, the detail, the key and the value. Rejected records are red.
 *
 * @param <R> what the topic holds
 */
final class InputLayout<R extends Decoded> implements Layout {

    /** The width of {@code partition/offset}. */
    static final int AT = 10;

    /** The width of a time to the millisecond; a finer one is longer. */
    static final int TIME = 24;

    private final FixedColumns<R> columns;
    private final Function<Received, Decoded> decoder;
    private final int room;

    /**
     * @param columns those of a record that the job takes
     * @param decoder tells what the job takes a record for
     * @param room how many characters a line of the terminal has; 0 for lines as long as they are
     */
    InputLayout(FixedColumns<R> columns, Function<Received, Decoded> decoder, int room) {
        this.columns = columns;
        this.decoder = decoder;
        this.room = room;
    }

    static String at(Origin origin) {
        return origin.partition() + "/" + origin.offset();
    }

    /** The time, with the nanoseconds after the millisecond where there are some. */
    static String time(long epochMillis, int nanos) {
        return IsoTime.format(epochMillis, nanos);
    }

    @Override
    public List<String> heading() {
        return columns.heading();
    }

    @Override
    @SuppressWarnings("unchecked") // A decoder gives what its topic holds, a heartbeat or a rejection.
    public List<String> lines(Received record) {
        Decoded decoded = decoder.apply(record);
        if (decoded instanceof Heartbeat heartbeat) {
            return other(record, time(heartbeat.time(), 0) + "  heartbeat");
        }
        if (decoded instanceof Rejection rejection) {
            return other(record, rejected(rejection, record));
        }
        return columns.lines((R) decoded);
    }

    private String rejected(Rejection rejection, Received record) {
        String key = record.key() == null ? "" : "  key " + Received.shown(record.key(), room);
        String value = record.value() == null ? "" : "  value " + Received.shown(record.value(), room);
        return "rejected  " + rejection.reason().label() + "  " + Printable.printable(rejection.detail()) + key + value;
    }

    private List<String> other(Received record, String what) {
        String at = record.coordinates();
        String blanks = " ".repeat(Math.max(0, AT - at.length()) + 2);
        return new Wrapping(room).lines(at + blanks + what, AT + 2);
    }

    @Override
    public String paint(Received record, String line) {
        return decoder.apply(record) instanceof Rejection ? Style.fg_red.on() + line + Style.reset.on() : line;
    }
}
