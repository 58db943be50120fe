package io.tapewatch.cli;

import io.tapewatch.domain.rule.Rule;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The choice of some rules. */
final class RuleOption {

    @Option(
            names = "--rule",
            paramLabel = "ID[,ID...]",
            converter = Reader.class,
            description = "Only of these rules. Default: all.")
    private @Nullable Ids ids;

    /** The rules' ids. */
    private record Ids(Set<String> all) {}

    static final class Reader implements ITypeConverter<Ids> {
        @Override
        public Ids convert(String text) {
            try {
                return new Ids(Stream.of(text.split(",", -1))
                        .map(String::strip)
                        .map(Rule::requireId)
                        .collect(Collectors.toSet()));
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
        }
    }

    /** Whether a record's rule is among them. */
    boolean takes(Received record) {
        return ids == null || ids.all.contains(record.json().path("ruleId").asText());
    }
}
