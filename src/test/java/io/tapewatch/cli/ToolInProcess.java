package io.tapewatch.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;

/** A tool that runs in the process of the tests, where many of them end sooner than one in a process of its own. */
public final class ToolInProcess {

    private ToolInProcess() {}

    /** What a tool said, and its exit code. */
    public record Said(int exitCode, List<String> out, List<String> err) {}

    /** Runs one to its end. */
    public static Said run(List<String> arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exitCode =
                Main.run(arguments.toArray(String[]::new), new PrintWriter(out, true), new PrintWriter(err, true));
        return new Said(
                exitCode,
                out.toString().lines().toList(),
                err.toString().lines().toList());
    }
}
