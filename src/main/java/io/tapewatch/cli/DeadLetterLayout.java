package io.tapewatch.cli;

import static io.tapewatch.cli.FixedColumns.text;

import io.tapewatch.domain.Quoted;
import io.tapewatch.local.Times;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** A dead letter a line: when it was published, why, where its record is, and what was in that. */
final class DeadLetterLayout implements Layout {

    private static final String UNKNOWN = "?";
    private static final int MOST_BYTES = 800;

    private static final FixedColumns<Received> COLUMNS = new FixedColumns<>(
            2,
            List.of(
                    text("TIME", 20, letter -> Times.toSecond(letter.timestamp())),
                    text("REASON", 16, letter -> header(letter, "reason")),
                    text("SOURCE", 20, DeadLetterLayout::source),
                    text("KEY", 10, letter -> shown(letter.key())),
                    text("DETAIL", 60, letter -> header(letter, "detail")),
                    text("VALUE", 60, letter -> shown(letter.value()))));

    private static String header(Received letter, String name) {
        return Quoted.printable(letter.header(name).orElse(UNKNOWN));
    }

    /** {@code topic/partition/offset}. */
    private static String source(Received letter) {
        return header(letter, "source-topic") + "/" + header(letter, "source-partition") + "/"
                + header(letter, "source-offset");
    }

    /** The beginning of these bytes; what is no text shows as U+FFFD. */
    private static String shown(byte[] bytes) {
        return bytes == null
                ? ""
                : Quoted.printable(new String(bytes, 0, Math.min(bytes.length, MOST_BYTES), StandardCharsets.UTF_8));
    }

    @Override
    public Optional<String> heading() {
        return Optional.of(COLUMNS.heading());
    }

    @Override
    public List<String> lines(Received letter) {
        return List.of(COLUMNS.line(letter));
    }
}
