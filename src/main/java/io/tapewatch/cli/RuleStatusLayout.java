package io.tapewatch.cli;

import static io.tapewatch.cli.FixedColumns.figure;
import static io.tapewatch.cli.FixedColumns.text;

import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Help.Ansi.Style;

/** A verdict on a rule a line; a rule that was rejected is red. */
final class RuleStatusLayout implements Layout {

    private static final FixedColumns<Fields> COLUMNS = new FixedColumns<>(
            2,
            List.of(
                    text("TIME", 20, verdict -> verdict.toSecond("time")),
                    text("VERDICT", 8, verdict -> verdict.text("verdict")),
                    text("RULE", 20, verdict -> verdict.text("ruleId")),
                    figure("VERSION", 7, verdict -> verdict.text("version")),
                    text("REASON", 300, verdict -> verdict.text("reason"))));

    @Override
    public Optional<String> heading() {
        return Optional.of(COLUMNS.heading());
    }

    @Override
    public List<String> lines(Received verdict) {
        return List.of(COLUMNS.line(verdict.fields()));
    }

    @Override
    public String paint(Received verdict, String line) {
        boolean isRejected = verdict.json().path("verdict").asText().equals("rejected");
        return isRejected ? Style.fg_red.on() + line + Style.reset.on() : line;
    }
}
