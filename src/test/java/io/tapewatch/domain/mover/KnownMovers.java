package io.tapewatch.domain.mover;

import io.tapewatch.domain.Instrument;
import io.tapewatch.domain.exact.Decimal;
import java.math.BigDecimal;
import java.math.MathContext;

/** Movers whose figures are given as texts. Their changes are worked out from their closes, with 60 digits. */
public final class KnownMovers {

    private static final MathContext PRECISE = new MathContext(60);

    private KnownMovers() {}

    /** Any of the texts but the close may be null for none. */
    public static Mover mover(
            String symbol,
            String close,
            String previousClose,
            long count,
            String volume,
            String turnover,
            Instrument instrument) {
        return new Mover(
                symbol,
                changePct(close, previousClose),
                Decimal.of(close),
                previousClose == null ? null : Decimal.of(previousClose),
                count,
                exact(volume),
                exact(turnover),
                instrument);
    }

    /** The change of a close in per cent, or null where it has no value. */
    public static Double changePct(String close, String previousClose) {
        if (previousClose == null || new BigDecimal(previousClose).signum() <= 0) {
            return null;
        }
        BigDecimal base = new BigDecimal(previousClose);
        BigDecimal hundredfold = new BigDecimal(close).subtract(base).multiply(BigDecimal.valueOf(100));
        return hundredfold.divide(base, PRECISE).doubleValue();
    }

    /** The number without zeros that end its decimals, or null for null. */
    public static BigDecimal exact(String text) {
        if (text == null) {
            return null;
        }
        BigDecimal stripped = new BigDecimal(text).stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }
}
