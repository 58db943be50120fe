package io.tapewatch.cli;

import java.io.Console;
import java.lang.reflect.InvocationTargetException;
import picocli.CommandLine.Model.CommandSpec;

/** How wide the terminal is that the output goes to. */
final class TerminalColumns {

    private TerminalColumns() {}

    /** The columns of the terminal; 0 where the output goes to a file or another program. */
    static int of(CommandSpec command) {
        return isTerminal() ? command.usageMessage().width() : 0;
    }

    @SuppressWarnings("SystemConsoleNull") // The console is asked, where it can be.
    private static boolean isTerminal() {
        Console console = System.console();
        if (console == null) {
            return false;
        }
        try {
            // From Java 22 on there is a console without a terminal, too.
            return (Boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (NoSuchMethodException e) {
            return true;
        } catch (IllegalAccessException | InvocationTargetException e) {
            return false;
        }
    }
}
