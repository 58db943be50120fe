package io.tapewatch.cli;

import io.tapewatch.domain.SymbolPattern;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The choice of some symbols. */
final class SymbolOption {

    @Option(
            names = "--symbol",
            paramLabel = "NAME[,NAME...]",
            converter = Patterns.class,
            description = "Only these symbols: names, or patterns with *, such as BTC-*,AAPL. Default: all.")
    private @Nullable SymbolPattern symbols;

    static final class Patterns implements ITypeConverter<SymbolPattern> {
        @Override
        public SymbolPattern convert(String text) {
            List<String> names =
                    Stream.of(text.split(",", -1)).map(String::strip).toList();
            try {
                names.forEach(SymbolPattern::requireValid);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
            return new SymbolPattern(names);
        }
    }

    /** Whether a symbol is among them. */
    boolean takes(String symbol) {
        return symbols == null || symbols.matches(symbol);
    }

    boolean isGiven() {
        return symbols != null;
    }
}
