package io.tapewatch.cli;

import static io.tapewatch.cli.FixedColumns.prose;
import static io.tapewatch.cli.FixedColumns.text;

import io.tapewatch.local.FlagWords;
import io.tapewatch.local.SeverityColours;
import java.util.List;

/** A flag a line, in the colour of its severity. */
final class FlagLayout implements Layout {

    private final FixedColumns<ShownFields> columns;

    /** @param room how many characters a line of the terminal has; 0 for lines as long as they are */
    FlagLayout(int room) {
        columns = new FixedColumns<>(
                2,
                room,
                List.of(
                        text("TIME", 20, flag -> flag.toSecond("time")),
                        text("SEVERITY", 8, flag -> flag.text("severity")),
                        text("RULE", 16, flag -> flag.text("ruleId")),
                        text("SYMBOL", 10, flag -> flag.text("symbol")),
                        prose("MESSAGE", 0, FlagLayout::message)));
    }

    private static String message(ShownFields flag) {
        String updated = FlagWords.updated(flag.json());
        return (updated.isEmpty() ? "" : updated + ": ") + flag.text("message");
    }

    @Override
    public List<String> heading() {
        return columns.heading();
    }

    @Override
    public List<String> lines(Received flag) {
        return columns.lines(flag.fields());
    }

    @Override
    public String paint(Received flag, String line) {
        return SeverityColours.paint(flag.fields().text("severity"), line);
    }
}
