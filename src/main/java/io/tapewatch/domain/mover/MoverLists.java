package io.tapewatch.domain.mover;

import java.util.List;

/**
 * The foremost symbols, each list from the first rank on.
 *
 * @param gainers those that rose, by their change, the greatest first
 * @param losers those that fell, the greatest fall first
 * @param mostActive all, by turnover, the greatest first; those without one after them, by the number of ticks
 */
public record MoverLists(List<Mover> gainers, List<Mover> losers, List<Mover> mostActive) {}
