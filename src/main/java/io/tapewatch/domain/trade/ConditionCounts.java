package io.tapewatch.domain.trade;

import org.jspecify.annotations.Nullable;

/** What hears of the sale conditions of prints. */
public interface ConditionCounts {

    /** Counts nothing. */
    ConditionCounts NOBODY = new ConditionCounts() {
        @Override
        public void print(Eligibility eligibility, boolean isUnknown) {}

        @Override
        public void unknown(String code, @Nullable String tape, boolean isAmbiguous) {}

        @Override
        public void numbersRead(String code) {}
    };

    /**
     * A print carries conditions.
     *
     * @param eligibility what it may update
     * @param isUnknown whether the table does not know one of its codes
     */
    void print(Eligibility eligibility, boolean isUnknown);

    /**
     * The table does not know a code. It is told now and then, at least the first time.
     *
     * @param tape the tape of the instrument, or null: not known
     * @param isAmbiguous whether the code means different things on the tapes of the table, and the tape is not known
     */
    void unknown(String code, @Nullable String tape, boolean isAmbiguous);

    /** The codes of a print were read as numbers because of this one, likewise. */
    void numbersRead(String code);
}
