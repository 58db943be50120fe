package io.tapewatch.domain.exact;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Objects;

/**
 * The exact sums of some ticks: Σ price, Σ price², Σ size and Σ price · size, and the figures that they give. Who keeps it
 * counts the ticks.
 */
public final class TickSums {

    private final WideDecimal prices = WideDecimal.sum();
    private final WideDecimal squaredPrices = WideDecimal.sumOfProducts();
    private final WideDecimal sizes = WideDecimal.sum();
    private final WideDecimal turnovers = WideDecimal.sumOfProducts();

    /** Adds a tick without a size. */
    public void add(long price, int priceScale) {
        prices.add(price, priceScale);
        squaredPrices.addProduct(price, priceScale, price, priceScale);
    }

    /** Adds a tick with a size. */
    public void add(long price, int priceScale, long size, int sizeScale) {
        add(price, priceScale);
        sizes.add(size, sizeScale);
        turnovers.addProduct(price, priceScale, size, sizeScale);
    }

    /** Takes a tick away that was added without a size. */
    public void subtract(long price, int priceScale) {
        prices.subtract(price, priceScale);
        squaredPrices.addProduct(-price, priceScale, price, priceScale);
    }

    /** Takes a tick away that was added with a size. */
    public void subtract(long price, int priceScale, long size, int sizeScale) {
        subtract(price, priceScale);
        sizes.subtract(size, sizeScale);
        turnovers.addProduct(-price, priceScale, size, sizeScale);
    }

    /** Makes all sums zero. */
    public void clear() {
        prices.clear();
        squaredPrices.clear();
        sizes.clear();
        turnovers.clear();
    }

    /** Adds the ticks of others. */
    public void merge(TickSums others) {
        prices.add(others.prices);
        squaredPrices.add(others.squaredPrices);
        sizes.add(others.sizes);
        turnovers.add(others.turnovers);
    }

    /** Takes the ticks of a part away. */
    public void subtract(TickSums part) {
        prices.subtract(part.prices);
        squaredPrices.subtract(part.squaredPrices);
        sizes.subtract(part.sizes);
        turnovers.subtract(part.turnovers);
    }

    /** Σ size; the sum itself, not to be changed. */
    public WideDecimal volume() {
        return sizes;
    }

    /** Σ price · size; the sum itself, not to be changed. */
    public WideDecimal turnover() {
        return turnovers;
    }

    /** Σ price / count of one tick at least, as the nearest double. */
    public double mean(long count) {
        return DecimalFigures.mean(prices, count);
    }

    /** The sample standard deviation of the prices of two ticks at least, as the nearest double. */
    public double deviation(long count) {
        return DecimalFigures.deviation(prices, squaredPrices, count);
    }

    /** Σ price · size / Σ size as the nearest double, when there is a volume. */
    public double vwap() {
        return DecimalFigures.quotient(turnovers, sizes);
    }

    /** Writes the four sums. */
    public void writeTo(DataOutput out) throws IOException {
        prices.writeTo(out);
        squaredPrices.writeTo(out);
        sizes.writeTo(out);
        turnovers.writeTo(out);
    }

    /** Makes it what {@link #writeTo} wrote. */
    public void readFrom(DataInput in) throws IOException {
        prices.readFrom(in);
        squaredPrices.readFrom(in);
        sizes.readFrom(in);
        turnovers.readFrom(in);
    }

    /** Whether the other has sums of the same values. */
    @Override
    public boolean equals(Object other) {
        return other instanceof TickSums sums
                && prices.equals(sums.prices)
                && squaredPrices.equals(sums.squaredPrices)
                && sizes.equals(sums.sizes)
                && turnovers.equals(sums.turnovers);
    }

    @Override
    public int hashCode() {
        return Objects.hash(prices, squaredPrices, sizes, turnovers);
    }

    @Override
    public String toString() {
        return "TickSums[prices=%s, squared=%s, volume=%s, turnover=%s]"
                .formatted(prices, squaredPrices, sizes, turnovers);
    }
}
