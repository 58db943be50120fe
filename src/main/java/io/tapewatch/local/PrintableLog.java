package io.tapewatch.local;

import io.tapewatch.domain.Printable;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.config.plugins.Plugin;
import org.apache.logging.log4j.core.pattern.ConverterKeys;
import org.apache.logging.log4j.core.pattern.LogEventPatternConverter;
import org.apache.logging.log4j.core.pattern.PatternConverter;

/**
 * The message of a line of the log, and below it the stack trace, whoever wrote the text in them: {@code %printable} in a
 * pattern. A message is one line, also that of an exception, and nothing in it acts on a terminal.
 */
@Plugin(name = "PrintableLog", category = PatternConverter.CATEGORY)
@ConverterKeys("printable")
public final class PrintableLog extends LogEventPatternConverter {

    private PrintableLog() {
        super("printable", "printable");
    }

    /** Log4j calls it. */
    public static PrintableLog newInstance(String[] options) {
        return new PrintableLog();
    }

    @Override
    public boolean handlesThrowable() {
        return true;
    }

    @Override
    public void format(LogEvent event, StringBuilder out) {
        out.append(Printable.printable(event.getMessage().getFormattedMessage()));
        if (event.getThrown() != null) {
            append(event.getThrown(), "", Collections.newSetFromMap(new IdentityHashMap<>()), out);
        }
    }

    private static void append(Throwable thrown, String caption, Set<Throwable> seen, StringBuilder out) {
        out.append('\n').append(caption).append(Printable.printable(thrown.toString()));
        if (!seen.add(thrown)) {
            return;
        }
        for (StackTraceElement frame : thrown.getStackTrace()) {
            out.append("\n\tat ").append(frame);
        }
        for (Throwable suppressed : thrown.getSuppressed()) {
            append(suppressed, "Suppressed: ", seen, out);
        }
        if (thrown.getCause() != null) {
            append(thrown.getCause(), "Caused by: ", seen, out);
        }
    }
}
