package io.tapewatch.domain.check;

import io.tapewatch.domain.Tick;
import io.tapewatch.domain.rule.PrintSelection;
import io.tapewatch.domain.trade.Eligibility;
import java.util.Arrays;
import java.util.List;

/** Which prints a rule sees, as the documentation words it, where a print with the code {@code N} sets no price. */
final class NaivePrints {

    private static final String NO_PRICE = "N";

    private static final Eligibility VOLUME_ALONE = new Eligibility(false, Eligibility.Last.NO, true, false);

    private NaivePrints() {}

    static Eligibility eligibility(Tick tick) {
        return codes(tick).contains(NO_PRICE) ? VOLUME_ALONE : Eligibility.ALL;
    }

    static boolean sees(PrintSelection prints, Shown shown) {
        if (shown instanceof Shown.InOrder inOrder) {
            return sees(prints, inOrder.tick());
        }
        return !(shown instanceof Shown.Late late) || sees(prints, late.tick());
    }

    private static boolean sees(PrintSelection prints, Tick tick) {
        if (prints.areAll()) {
            return true;
        }
        List<String> codes = codes(tick);
        return prints.codes().isEmpty()
                ? !codes.contains(NO_PRICE)
                : prints.codes().stream().anyMatch(codes::contains);
    }

    private static List<String> codes(Tick tick) {
        return tick.conditions() == null
                ? List.of()
                : Arrays.stream(tick.conditions().split(",")).map(String::strip).toList();
    }
}
