package io.tapewatch.domain;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * What a symbol's ticks left in one trailing window: the first price of each step of it.
 *
 * <p>A window over W is cut into steps of b = max(1 ms, ⌈W / 60⌉), aligned to the epoch. At a tick of time t it reaches
 * from ⌊t / b⌋ · b − 60 · b up to and including that tick: the step of the tick and the 60 before it. So it spans
 * between W and W + b, and costs the same however many ticks it holds.
 */
final class TrailingWindow {

    private static final int STEPS = 60;
    private static final int FIRST_CAPACITY = 4;

    private final long over;
    private final long step;

    // A ring of the steps that had ticks, the oldest at head: at most 61 of them. The capacity is a power of two.
    private long[] steps = new long[FIRST_CAPACITY];
    private double[] firstPrices = new double[FIRST_CAPACITY];
    private int head;
    private int size;

    /** @param over the window's length in milliseconds */
    TrailingWindow(long over) {
        this.over = over;
        this.step = Math.max(1, (over + STEPS - 1) / STEPS);
    }

    long over() {
        return over;
    }

    boolean isEmpty() {
        return size == 0;
    }

    /** Drops the steps that the window of a tick of this time, or of a later one, does not reach. */
    void advanceTo(long time) {
        long oldest = Math.floorDiv(time, step) - STEPS;
        while (size > 0 && steps[head] < oldest) {
            head = at(1);
            size--;
        }
    }

    /** The price of the oldest tick in the window, or NaN if there is none. */
    double oldestPrice() {
        return size == 0 ? Double.NaN : firstPrices[head];
    }

    /** Adds a tick that is not before any other in the window; the window has been advanced to it. */
    void add(long time, double price) {
        long current = Math.floorDiv(time, step);
        if (size == 0 || steps[at(size - 1)] != current) {
            append(current, price);
        }
    }

    private void append(long current, double price) {
        if (size == steps.length) {
            resize(2 * size);
        }
        int tail = at(size++);
        steps[tail] = current;
        firstPrices[tail] = price;
    }

    private int at(int index) {
        return (head + index) & (steps.length - 1);
    }

    private void resize(int capacity) {
        long[] newSteps = new long[capacity];
        double[] newFirstPrices = new double[capacity];
        for (int i = 0; i < size; i++) {
            newSteps[i] = steps[at(i)];
            newFirstPrices[i] = firstPrices[at(i)];
        }
        steps = newSteps;
        firstPrices = newFirstPrices;
        head = 0;
    }

    TrailingWindow copy() {
        TrailingWindow copy = new TrailingWindow(over);
        copy.steps = Arrays.copyOf(steps, steps.length);
        copy.firstPrices = Arrays.copyOf(firstPrices, firstPrices.length);
        copy.head = head;
        copy.size = size;
        return copy;
    }

    /** Nine bytes for each step that had ticks. */
    void writeTo(DataOutput out) throws IOException {
        out.writeLong(over);
        out.writeByte(size);
        if (size > 0) {
            out.writeLong(steps[head]);
        }
        for (int i = 0; i < size; i++) {
            out.writeByte((int) (steps[at(i)] - steps[head]));
            out.writeDouble(firstPrices[at(i)]);
        }
    }

    static TrailingWindow readFrom(DataInput in) throws IOException {
        TrailingWindow window = new TrailingWindow(in.readLong());
        int size = in.readByte();
        long oldest = size > 0 ? in.readLong() : 0;
        for (int i = 0; i < size; i++) {
            window.append(oldest + in.readByte(), in.readDouble());
        }
        return window;
    }
}
