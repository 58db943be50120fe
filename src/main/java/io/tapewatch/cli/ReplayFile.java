package io.tapewatch.cli;

import io.tapewatch.domain.Symbols;
import io.tapewatch.feed.recorded.Recording;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file to replay as the command line names it: {@code FILE} or {@code SYMBOL=FILE}. Both a symbol and a path may hold a
 * {@code =}: an existing file of the whole name comes first, then the first {@code =} that stands before an existing file.
 */
final class ReplayFile {

    /** What follows the symbol in the name of a file: dates, kinds of data, endings. */
    private static final Pattern NAME = Pattern.compile("(?!\\d{4}-\\d\\d)(?<symbol>.+?)"
            + "([-_. ]?\\d{4}-\\d\\d(-\\d\\d)?|[-_. ]\\d{8}|[-_. ](trades|aggTrades|ticks|prices|quotes|bookTicker))*"
            + "(?i:\\.(csv|txt|gz))*");

    private ReplayFile() {}

    /**
     * The file, with its symbol if one is named.
     *
     * @param symbolFromName whether its name gives the symbol where none is named
     * @throws IllegalArgumentException if it cannot be that of a file, or of a symbol
     */
    static Recording parse(String text, boolean symbolFromName) {
        if (text.indexOf('=') >= 0 && !Files.exists(Path.of(text))) {
            return withSymbol(text);
        }
        Recording file = Recording.file(Path.of(text));
        return symbolFromName ? file.of(symbolIn(Path.of(text))) : file;
    }

    private static Recording withSymbol(String text) {
        for (int equals = text.indexOf('='); equals >= 0; equals = text.indexOf('=', equals + 1)) {
            String path = text.substring(equals + 1);
            if (!path.isEmpty() && Files.exists(Path.of(path))) {
                return Recording.file(Path.of(path)).of(valid(text.substring(0, equals), text));
            }
        }
        throw new IllegalArgumentException(text + ": there is no such file, nor a file '"
                + text.substring(text.lastIndexOf('=') + 1) + "' for a symbol before the '='");
    }

    private static String symbolIn(Path file) {
        String name = file.getFileName().toString();
        Matcher matcher = NAME.matcher(name);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(name + ": there is no symbol in this name; expected SYMBOL=FILE");
        }
        return valid(matcher.group("symbol"), name);
    }

    private static String valid(String symbol, String text) {
        try {
            return symbol(symbol);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(text + ": " + e.getMessage() + "; expected SYMBOL=FILE", e);
        }
    }

    /**
     * A symbol that the job takes, without spaces at its ends.
     *
     * @throws IllegalArgumentException if the job would reject it
     */
    static String symbol(String text) {
        String problem = Symbols.problem(text.strip());
        if (problem != null) {
            throw new IllegalArgumentException(problem);
        }
        return text.strip();
    }
}
