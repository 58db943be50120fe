package io.tapewatch.domain.trade;

import java.util.ArrayList;
import java.util.List;

/** What a lookup of sale conditions told. */
final class HeardConditions implements ConditionCounts {

    final List<Eligibility> prints = new ArrayList<>();
    final List<String> unknown = new ArrayList<>();
    final List<String> numbers = new ArrayList<>();
    int unknownPrints;

    @Override
    public void print(Eligibility eligibility, boolean isUnknown) {
        prints.add(eligibility);
        unknownPrints += isUnknown ? 1 : 0;
    }

    @Override
    public void unknown(String code, String tape, boolean isAmbiguous) {
        unknown.add(code + " of " + tape + (isAmbiguous ? ", ambiguous" : ""));
    }

    @Override
    public void numbersRead(String code) {
        numbers.add(code);
    }
}
