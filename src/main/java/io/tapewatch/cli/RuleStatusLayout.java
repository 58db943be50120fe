package io.tapewatch.cli;

import static io.tapewatch.cli.FixedColumns.figure;
import static io.tapewatch.cli.FixedColumns.prose;
import static io.tapewatch.cli.FixedColumns.text;

import java.util.List;
import picocli.CommandLine.Help.Ansi.Style;

/** A verdict on a rule a line; a rule that was rejected is red. */
final class RuleStatusLayout implements Layout {

    private final FixedColumns<ShownFields> columns;

    /** @param room how many characters a line of the terminal has; 0 for lines as long as they are */
    RuleStatusLayout(int room) {
        columns = new FixedColumns<>(
                2,
                room,
                List.of(
                        text("TIME", 20, verdict -> verdict.toSecond("time")),
                        text("VERDICT", 8, verdict -> verdict.text("verdict")),
                        text("RULE", 20, verdict -> verdict.text("ruleId")),
                        figure("VERSION", 7, verdict -> verdict.text("version")),
                        prose("REASON", 0, verdict -> verdict.text("reason"))));
    }

    @Override
    public List<String> heading() {
        return columns.heading();
    }

    @Override
    public List<String> lines(Received verdict) {
        return columns.lines(verdict.fields());
    }

    @Override
    public String paint(Received verdict, String line) {
        boolean isRejected = verdict.json().path("verdict").asText().equals("rejected");
        return isRejected ? Style.fg_red.on() + line + Style.reset.on() : line;
    }
}
