package io.tapewatch.local;

import io.tapewatch.domain.Printable;
import java.io.PrintWriter;

/**
 * What a person sees of a run: a line for each flag, but never a flood of them, and whatever else there is to say. Text
 * from topics and files is made harmless here.
 *
 * <p>Any thread may use it.
 */
public final class Screen {

    private static final int FLAGS_PER_SECOND = 20;
    private static final int INDENT = 4;

    private final PrintWriter out;
    private final boolean colours;
    private final Wrapping wrapping;
    private final Throttle throttle = new Throttle(FLAGS_PER_SECOND);

    /** One that is as wide as its lines are long. */
    public Screen(PrintWriter out, boolean colours) {
        this(out, colours, Wrapping.NONE);
    }

    /** @param colours whether {@code out} is a terminal that understands them */
    public Screen(PrintWriter out, boolean colours, Wrapping wrapping) {
        this.out = out;
        this.colours = colours;
        this.wrapping = wrapping;
    }

    /** Prints a line. */
    public void line(String line) {
        line(line, INDENT);
    }

    /**
     * The same.
     *
     * @param indent how far its second line is indented where the terminal has no room for it
     */
    synchronized void line(String line, int indent) {
        tellWithheld();
        print(line, indent);
        out.flush();
    }

    /** Prints a flag in the colour of its severity, unless there were too many in this second. */
    synchronized void flag(String severity, String line) {
        if (throttle.passes(System.nanoTime())) {
            tellWithheld();
            for (String each : wrapping.lines(Printable.printable(line), FlagWords.INDENT)) {
                out.println(colours ? SeverityColours.paint(severity, each) : each);
            }
            out.flush();
        }
    }

    private void print(String line, int indent) {
        wrapping.lines(Printable.printable(line), indent).forEach(out::println);
    }

    private void tellWithheld() {
        long withheld = throttle.takeWithheld();
        if (withheld > 0) {
            print("... " + Account.grouped(withheld) + " more flags, not shown; all are in Kafka and CSV", INDENT);
        }
    }
}
