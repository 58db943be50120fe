package io.tapewatch.cli;

import io.tapewatch.domain.window.WindowSpec;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The choice of some windows. */
final class WindowOption {

    @Option(
            names = "--window",
            paramLabel = "WINDOW[,WINDOW...]",
            converter = Reader.class,
            description = "Only these windows, as the job's --windows has them, such as 1m,1d+1m. Default: all.")
    private @Nullable Names windows;

    /** The canonical names of windows: that of 60s is 1m. */
    private record Names(Set<String> all) {}

    static final class Reader implements ITypeConverter<Names> {
        @Override
        public Names convert(String text) {
            try {
                return new Names(WindowSpec.parseList(text).stream()
                        .map(WindowSpec::name)
                        .collect(Collectors.toSet()));
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
        }
    }

    /** Whether a record's window is among them. */
    boolean takes(Received record) {
        return windows == null
                || windows.all.contains(record.json().path("window").asText());
    }
}
