package io.tapewatch.domain.trade;

import io.tapewatch.domain.Amendment;
import io.tapewatch.domain.Rejection;
import io.tapewatch.domain.Tick;
import org.jspecify.annotations.Nullable;

/**
 * What an amendment does to a trade that is known.
 *
 * @param before the trade as it stood
 * @param after the trade as it stands then, or null: it is cancelled
 * @param eligibility what it counts for
 * @param by the amendment
 */
public record AmendedTrade(Tick before, @Nullable Tick after, Eligibility eligibility, Amendment by) {

    /** What became of an amendment: exactly one of the two is there, or neither, and it waits for its trade. */
    public record Outcome(
            @Nullable AmendedTrade amended, @Nullable Refusal refusal) {

        static final Outcome WAITS = new Outcome(null, null);

        static Outcome refused(Rejection.Reason reason, String detail) {
            return new Outcome(null, new Refusal(reason, detail));
        }
    }

    /**
     * Why an amendment, or a trade, is not taken.
     *
     * @param reason why
     * @param detail the same for a person
     */
    public record Refusal(Rejection.Reason reason, String detail) {}

    /** Whether windows need not know of it: the trade stands as it stood. */
    public boolean changesNothing() {
        return before.equals(after);
    }
}
