package io.tapewatch.domain.rule;

import java.util.ArrayList;
import java.util.List;

/** What must hold for a rule to flag: a {@link Condition}, or several put together. */
public sealed interface When permits Condition, When.All, When.Any, When.Not {

    /** How many of {@link All}, {@link Any} and {@link Not} may stand around a condition. */
    int MAX_DEPTH = 4;

    /** How many conditions there may be. */
    int MAX_CONDITIONS = 16;

    /** Holds when each of them does; one at least. */
    record All(List<When> of) implements When {
        public All {
            of = requireSome("all", of);
        }
    }

    /** Holds when one of them does, or more; one at least. */
    record Any(List<When> of) implements When {
        public Any {
            of = requireSome("any", of);
        }
    }

    /** Holds when that does not. */
    record Not(When of) implements When {}

    private static List<When> requireSome(String word, List<When> of) {
        if (of.isEmpty()) {
            throw new IllegalArgumentException('"' + word + "\" is empty: it takes one condition or more");
        }
        return List.copyOf(of);
    }

    /** What this is put together from; nothing for a condition. */
    default List<When> parts() {
        if (this instanceof All all) {
            return all.of;
        }
        if (this instanceof Any any) {
            return any.of;
        }
        return this instanceof Not not ? List.of(not.of) : List.of();
    }

    /** All conditions in it, in the order in which they are written. */
    default List<Condition> conditions() {
        List<Condition> conditions = new ArrayList<>();
        addConditions(this, conditions);
        return conditions;
    }

    private static void addConditions(When when, List<Condition> conditions) {
        if (when instanceof Condition condition) {
            conditions.add(condition);
        }
        when.parts().forEach(part -> addConditions(part, conditions));
    }

    /** How many of {@link All}, {@link Any} and {@link Not} stand around the condition that is deepest in it. */
    default int depth() {
        int deepest = parts().stream().mapToInt(When::depth).max().orElse(-1);
        return deepest + 1;
    }
}
