package io.tapewatch.feed.simulated;

import io.tapewatch.feed.FeedRow;
import io.tapewatch.feed.FeedRows;
import io.tapewatch.feed.PriceRow;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** All rows of a simulated market that ends, in the order of arrival, and what was planted in it. */
record SimulatedTape(List<String> symbols, List<FeedRow> rows, List<Incident> planted) {

    static final long START = 1_700_000_000_000L;
    static final long SECOND = 1000;
    static final long MINUTE = 60 * SECOND;
    static final long HOUR = 60 * MINUTE;

    static SimulatedTape of(SimulationSettings settings) {
        List<Incident> planted = new ArrayList<>();
        Simulation simulation = new Simulation(settings, planted::add);
        return new SimulatedTape(simulation.symbols(), first(Integer.MAX_VALUE, simulation), planted);
    }

    static List<FeedRow> first(int count, Simulation simulation) {
        List<FeedRow> rows = new ArrayList<>();
        try (FeedRows open = simulation.open()) {
            FeedRow row;
            while (rows.size() < count && (row = open.next()) != null) {
                rows.add(row);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return rows;
    }

    <T extends FeedRow> List<T> rows(Class<T> type) {
        return rows.stream().filter(type::isInstance).map(type::cast).toList();
    }

    List<PriceRow> ticks() {
        return rows(PriceRow.class);
    }

    /** The ticks of one instrument. */
    List<PriceRow> ticks(String symbol) {
        return rows.stream()
                .filter(row -> row instanceof PriceRow && row.symbol().equals(symbol))
                .map(PriceRow.class::cast)
                .toList();
    }

    static double price(PriceRow tick) {
        return Double.parseDouble(tick.price());
    }

    static double size(PriceRow tick) {
        return Double.parseDouble(tick.size());
    }

    /** Whether an incident brought this tick. */
    static boolean isOfIncident(PriceRow tick) {
        return tick.id().contains("-");
    }
}
