package io.tapewatch.cli;

import static io.tapewatch.cli.FixedColumns.text;

import io.tapewatch.local.FlagWords;
import io.tapewatch.local.SeverityColours;
import java.util.List;
import java.util.Optional;

/** A flag a line, in the colour of its severity. */
final class FlagLayout implements Layout {

    private static final FixedColumns<Fields> COLUMNS = new FixedColumns<>(
            2,
            List.of(
                    text("TIME", 20, flag -> flag.toSecond("time")),
                    text("SEVERITY", 8, flag -> flag.text("severity")),
                    text("RULE", 16, flag -> flag.text("ruleId")),
                    text("SYMBOL", 10, flag -> flag.text("symbol")),
                    text("MESSAGE", 1000, FlagLayout::message)));

    private static String message(Fields flag) {
        String updated = FlagWords.updated(flag.json());
        return (updated.isEmpty() ? "" : updated + ": ") + flag.text("message");
    }

    @Override
    public Optional<String> heading() {
        return Optional.of(COLUMNS.heading());
    }

    @Override
    public List<String> lines(Received flag) {
        return List.of(COLUMNS.line(flag.fields()));
    }

    @Override
    public String paint(Received flag, String line) {
        return SeverityColours.paint(flag.fields().text("severity"), line);
    }
}
