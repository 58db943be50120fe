package io.tapewatch.bench.contender;

/**
 * What one run came to.
 *
 * @param ticks how many were read while it was measured
 * @param seconds how long that was
 * @param cpuSeconds for how long its JVM kept a core busy meanwhile
 * @param garbageBytes what it allocated meanwhile
 * @param pauseSeconds for how long it stood still for the garbage collector
 * @param compilerSeconds for how long Java's compilers were at work
 * @param othersSeconds for how long other programs than it and the broker kept a core busy
 * @param brokerSeconds for how long the broker kept a core busy
 * @param stateBytesASymbol after the warm-up, or {@link #NO_STATE}
 * @param ranDry whether it read the topic to its end, and was measured until then alone
 */
public record Figures(
        long ticks,
        double seconds,
        double cpuSeconds,
        double garbageBytes,
        double pauseSeconds,
        double compilerSeconds,
        double othersSeconds,
        double brokerSeconds,
        double stateBytesASymbol,
        boolean ranDry) {

    /** What {@link #stateBytesASymbol} is for a contender without state. */
    public static final double NO_STATE = -1;

    public double ticksPerSecond() {
        return ticks / seconds;
    }

    /** In microseconds. */
    public double cpuATick() {
        return cpuSeconds * 1e6 / ticks;
    }

    /** In bytes. */
    public double garbageATick() {
        return garbageBytes / ticks;
    }
}
