package io.tapewatch.feed.recorded;

/** The unit in which a recording counts time since the epoch. Fractions finer than a nanosecond are cut. */
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

    /** What 10 is raised to for the milliseconds in this unit. */
    int powerOfTenToMillis() {
        return powerOfTenToMillis;
    }

    @Override
    public String toString() {
        return sign;
    }
}
