package io.tapewatch.domain.check;

import io.tapewatch.domain.exact.Decimal;
import io.tapewatch.domain.rule.Evidence;
import io.tapewatch.domain.rule.Extreme;
import io.tapewatch.domain.rule.Flag;
import io.tapewatch.domain.rule.Rule;
import java.util.List;

/** All of a flag that its rule, the ticks and the quotes decide. */
public record NaiveFlag(
        String ruleId,
        long time,
        int nanos,
        int revision,
        long suppressed,
        boolean late,
        boolean shadow,
        Rule.On on,
        Decimal previousPrice,
        Decimal price,
        Decimal bid,
        Decimal ask,
        List<Evidence> evidence,
        List<Extreme> mostExtreme,
        Long lastTime,
        String id) {

    public static NaiveFlag of(Flag flag) {
        return new NaiveFlag(
                flag.ruleId(),
                flag.time(),
                flag.nanos(),
                flag.revision(),
                flag.suppressed(),
                flag.late(),
                flag.shadow(),
                flag.on(),
                flag.previousPrice(),
                flag.price(),
                flag.bid(),
                flag.ask(),
                flag.evidence(),
                flag.mostExtreme(),
                flag.lastTime(),
                flag.id());
    }

    /** Whether it is published for the first time, not again because of what was suppressed. */
    public boolean isFirst() {
        return revision == 0;
    }
}
