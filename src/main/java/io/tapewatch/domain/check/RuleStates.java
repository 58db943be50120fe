package io.tapewatch.domain.check;

import io.tapewatch.domain.EventTimes;
import io.tapewatch.domain.Varint;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The states of a symbol's rules: a place for each compiled rule, often empty. */
final class RuleStates {

    private static final RuleState[] NONE = {};

    private @Nullable RuleState[] states;

    /** Of no rules. */
    RuleStates() {
        this(NONE);
    }

    private RuleStates(@Nullable RuleState[] states) {
        this.states = states;
    }

    /** Has a place for each of these rules, which are in the order of their ids; what is of no other is dropped. */
    void layOut(RuleCheck[] checks) {
        @Nullable RuleState[] laidOut = new RuleState[checks.length];
        // Both are in the order of the rules' ids.
        int old = 0;
        for (int i = 0; i < checks.length; i++) {
            while (old < states.length && (states[old] == null || states[old].isBefore(checks[i]))) {
                old++;
            }
            if (old < states.length && states[old].isOf(checks[i])) {
                laidOut[i] = states[old];
            }
        }
        states = laidOut;
    }

    void forgetAll() {
        states = NONE;
    }

    /** How many places there are. */
    int size() {
        return states.length;
    }

    /** What is at a place. */
    @Nullable
    RuleState get(int place) {
        return states[place];
    }

    /** What is at a place, or else a new one of this rule. */
    RuleState getOrNew(int place, RuleCheck check) {
        if (states[place] == null) {
            states[place] = new RuleState(check);
        }
        return states[place];
    }

    /** Has the condition of a rule held no longer. */
    void startOver(int place) {
        if (states[place] != null) {
            states[place].startOver();
        }
    }

    /** The same for all rules that look at quotes, or for all that look at ticks. */
    void startOver(boolean onQuotes) {
        for (RuleState state : states) {
            if (state != null && state.isOnQuotes() == onQuotes) {
                state.startOver();
            }
        }
    }

    /** The watermark at which something may happen by itself, or {@link EventTimes#NEVER}. */
    long due() {
        long first = EventTimes.NEVER;
        for (RuleState state : states) {
            first = state == null ? first : Math.min(first, state.due());
        }
        return first;
    }

    /** Drops quiet times that no tick of this time or a later one is in. */
    void forget(long time) {
        for (int i = 0; i < states.length; i++) {
            if (states[i] != null && !states[i].forget(time)) {
                states[i] = null;
            }
        }
    }

    /** Whether nothing is remembered. */
    boolean isEmpty() {
        return count() == 0;
    }

    private int count() {
        int count = 0;
        for (RuleState state : states) {
            count += isNothing(state) ? 0 : 1;
        }
        return count;
    }

    private static boolean isNothing(@Nullable RuleState state) {
        return state == null || state.isEmpty();
    }

    RuleStates copy() {
        @Nullable RuleState[] copies = new RuleState[states.length];
        Arrays.setAll(copies, i -> states[i] == null ? null : states[i].copy());
        return new RuleStates(copies);
    }

    void writeTo(DataOutput out) throws IOException {
        Varint.write(out, count());
        for (RuleState state : states) {
            if (!isNothing(state)) {
                state.writeTo(out);
            }
        }
    }

    static RuleStates readFrom(DataInput in) throws IOException {
        RuleState[] states = new RuleState[(int) Varint.read(in)];
        for (int i = 0; i < states.length; i++) {
            states[i] = RuleState.readFrom(in);
        }
        return new RuleStates(states);
    }
}
