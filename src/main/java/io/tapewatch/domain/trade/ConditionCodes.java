package io.tapewatch.domain.trade;

import java.util.ArrayList;
import java.util.List;

/**
 * The codes of a print. {@link io.tapewatch.domain.Tick#conditions()} has them as one text, separated by commas: {@code @,F,I},
 * or {@code 12,37}. A blank is no code: on the consolidated tapes it stands for a regular sale.
 */
public final class ConditionCodes {

    private ConditionCodes() {}

    /** The codes in a text, without spaces around them. */
    public static List<String> of(String conditions) {
        List<String> codes = new ArrayList<>();
        int from = 0;
        while (from <= conditions.length()) {
            int comma = conditions.indexOf(',', from);
            int to = comma < 0 ? conditions.length() : comma;
            String code = conditions.substring(from, to).strip();
            if (!code.isEmpty()) {
                codes.add(code);
            }
            from = to + 1;
        }
        return codes;
    }
}
