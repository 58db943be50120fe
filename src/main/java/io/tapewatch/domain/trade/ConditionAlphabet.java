package io.tapewatch.domain.trade;

import java.util.Locale;

/** Whose codes the sale conditions of US prints are. The same sign means different things in them: Massive's 4 is not the tape's 4. */
public enum ConditionAlphabet {

    /** {@link #SIP}; but if one of a print's codes is a number of two digits or more, which no code of the tapes is, {@link #MASSIVE}. */
    AUTO,

    /** The characters of the consolidated tapes themselves, as Alpaca sends them. */
    SIP,

    /** The numbers of Massive, formerly Polygon, which are the same on all tapes. */
    MASSIVE,

    /** The numbers of Finnhub, likewise; they are others than Massive's. */
    FINNHUB;

    /** As a setting names it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
