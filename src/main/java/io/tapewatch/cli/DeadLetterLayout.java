package io.tapewatch.cli;

import static io.tapewatch.cli.FixedColumns.prose;
import static io.tapewatch.cli.FixedColumns.text;

import io.tapewatch.domain.Printable;
import io.tapewatch.io.json.IsoTime;
import java.util.List;

/** A dead letter: when it was published, why, where its record is, and what was in that. */
final class DeadLetterLayout implements Layout {

    private static final String UNKNOWN = "?";

    private final FixedColumns<Received> columns;

    /** @param room how many characters a line of the terminal has; 0 for lines as long as they are */
    DeadLetterLayout(int room) {
        columns = new FixedColumns<>(
                2,
                room,
                List.of(
                        text("TIME", 20, letter -> IsoTime.toSecond(letter.timestamp())),
                        text("REASON", 16, letter -> header(letter, "reason")),
                        text("SOURCE", 20, DeadLetterLayout::source),
                        text("KEY", 10, letter -> Received.shown(letter.key(), room)),
                        prose("DETAIL", 60, letter -> header(letter, "detail")),
                        prose("VALUE", 0, letter -> Received.shown(letter.value(), room))));
    }

    private static String header(Received letter, String name) {
        return Printable.printable(letter.header(name).orElse(UNKNOWN));
    }

    /** {@code topic/partition/offset}. */
    private static String source(Received letter) {
        return header(letter, "source-topic") + "/" + header(letter, "source-partition") + "/"
                + header(letter, "source-offset");
    }

    @Override
    public List<String> heading() {
        return columns.heading();
    }

    @Override
    public List<String> lines(Received letter) {
        return columns.lines(letter);
    }
}
