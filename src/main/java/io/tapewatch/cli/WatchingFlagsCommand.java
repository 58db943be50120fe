package io.tapewatch.cli;

import io.tapewatch.domain.rule.Severity;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** A command that shows flags. */
abstract class WatchingFlagsCommand extends WatchingCommand {

    @Mixin
    private SymbolOption symbols = new SymbolOption();

    @Mixin
    private RuleOption rules = new RuleOption();

    @Option(
            names = "--severity",
            paramLabel = "LEVEL",
            converter = Level.class,
            description = "Only of this severity and above: info, low, medium, high or critical. Default: info.")
    private @Nullable Severity severity;

    static final class Level implements ITypeConverter<Severity> {
        @Override
        public Severity convert(String text) {
            return Arrays.stream(Severity.values())
                    .filter(level -> level.word().equals(text))
                    .findFirst()
                    .orElseThrow(() -> new TypeConversionException("expected "
                            + Arrays.stream(Severity.values())
                                    .map(Severity::word)
                                    .collect(Collectors.joining(", "))
                            + ", found '" + text + "'"));
        }
    }

    WatchingFlagsCommand(String topic) {
        super(topic);
    }

    @Override
    final boolean isWanted(Received flag) {
        return symbols.takes(flag.json().path("symbol").asText()) && rules.takes(flag) && isSevere(flag);
    }

    private boolean isSevere(Received flag) {
        String word = flag.json().path("severity").asText();
        return severity == null
                || Arrays.stream(Severity.values())
                        .anyMatch(level -> level.word().equals(word) && level.compareTo(severity) >= 0);
    }

    @Override
    final Layout layout(int room) {
        return new FlagLayout(room);
    }
}
