package io.tapewatch.feed.recorded;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** The unit in which a recording counts time since the epoch. Finer fractions are cut to milliseconds. */
public enum EpochUnit {
    SECONDS("s", 3),
    MILLISECONDS("ms", 0),
    MICROSECONDS("us", -3),
    NANOSECONDS("ns", -6);

    private final String sign;
    private final int powerOfTenToMillis;

    EpochUnit(String sign, int powerOfTenToMillis) {
        this.sign = sign;
        this.powerOfTenToMillis = powerOfTenToMillis;
    }

    /**
     * The unit with this sign: {@code s}, {@code ms}, {@code us} or {@code ns}.
     *
     * @throws IllegalArgumentException if there is none; the message says which there are
     */
    public static EpochUnit parse(String sign) {
        for (EpochUnit unit : values()) {
            if (unit.sign.equals(sign)) {
                return unit;
            }
        }
        throw new IllegalArgumentException("expected s, ms, us or ns, found '" + sign + "'");
    }

    /** Epoch milliseconds. */
    long toMillis(long time) {
        if (powerOfTenToMillis <= 0) {
            return Math.floorDiv(time, (long) Math.pow(10, -powerOfTenToMillis));
        }
        return Math.multiplyExact(time, (long) Math.pow(10, powerOfTenToMillis));
    }

    /** Epoch milliseconds. */
    long toMillis(BigDecimal time) {
        return time.scaleByPowerOfTen(powerOfTenToMillis)
                .setScale(0, RoundingMode.FLOOR)
                .longValueExact();
    }

    @Override
    public String toString() {
        return sign;
    }
}
