package io.tapewatch.local;

import io.tapewatch.domain.Quoted;
import java.io.PrintWriter;

/**
 * What a person sees of a run: a line for each flag, but never a flood of them, and whatever else there is to say. Text
 * from topics and files is made harmless here.
 *
 * <p>Any thread may use it.
 */
public final class Screen {

    private static final int FLAGS_PER_SECOND = 20;

    private final PrintWriter out;
    private final boolean colours;
    private final Throttle throttle = new Throttle(FLAGS_PER_SECOND);

    /** @param colours whether {@code out} is a terminal that understands them */
    public Screen(PrintWriter out, boolean colours) {
        this.out = out;
        this.colours = colours;
    }

    /** Prints a line. */
    public synchronized void line(String line) {
        tellWithheld();
        out.println(Quoted.printable(line));
        out.flush();
    }

    /** Prints a flag in the colour of its severity, unless there were too many in this second. */
    synchronized void flag(String severity, String line) {
        if (throttle.passes(System.nanoTime())) {
            tellWithheld();
            String shown = Quoted.printable(line);
            out.println(colours ? SeverityColours.paint(severity, shown) : shown);
            out.flush();
        }
    }

    private void tellWithheld() {
        long withheld = throttle.takeWithheld();
        if (withheld > 0) {
            out.println("... " + Account.grouped(withheld) + " more flags, not shown; all are in Kafka and CSV");
        }
    }
}
