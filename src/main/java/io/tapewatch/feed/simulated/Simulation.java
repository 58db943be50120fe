package io.tapewatch.feed.simulated;

import io.tapewatch.feed.FeedRows;
import io.tapewatch.feed.FeedSource;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * A market that is the same for the same settings, to the byte, on every JDK and machine. What it is like is described in
 * {@code docs/simulated-market.md}.
 *
 * <p>What is switched on changes nothing elsewhere: with quotes, the ticks are those without; with incidents, the ticks of
 * other instruments and of other times are those of a calm market.
 */
public final class Simulation implements FeedSource {

    private final SimulationSettings settings;
    private final Consumer<Incident> planted;
    private final Randomness randomness;
    private final List<String> symbols;

    /**
     * @param settings what it is like
     * @param planted is told of each incident when the rows get to its start, just before the first of its rows that is in
     *     time, in the thread that asks for rows; each time the rows are read
     */
    public Simulation(SimulationSettings settings, Consumer<Incident> planted) {
        this.settings = settings;
        this.planted = Objects.requireNonNull(planted, "planted");
        this.randomness = new Randomness(settings.seed());
        this.symbols = SymbolNames.of(settings.symbols(), randomness.of(Randomness.Concern.NAMES));
    }

    /** The names of its instruments, busiest first. */
    public List<String> symbols() {
        return symbols;
    }

    /** All its rows in the order of their arrival, from the first; the same rows at each call. */
    @Override
    public FeedRows open() {
        return new Arrivals(new Market(settings, randomness, symbols), planted);
    }
}
