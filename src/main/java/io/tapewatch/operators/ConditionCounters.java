package io.tapewatch.operators;

import io.tapewatch.domain.Printable;
import io.tapewatch.domain.trade.ConditionCounts;
import io.tapewatch.domain.trade.ConditionTable;
import io.tapewatch.domain.trade.Eligibility;
import java.util.HashSet;
import java.util.Set;
import org.apache.flink.metrics.Counter;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The counters of sale conditions of a task, and what its log says of codes that the table does not know. */
final class ConditionCounters implements ConditionCounts {

    private static final Logger LOG = LoggerFactory.getLogger(ConditionCounters.class);

    /** So many unknown codes of a task are named in the log. */
    static final int MOST_NAMED = 20;

    /** From so many prints on their share of unknown codes says something. */
    static final int ENOUGH_PRINTS = 1_000;

    /** More than one print in so many with an unknown code is told. */
    static final int ONE_IN = 20;

    private static final int LONGEST_CODE = 40;

    private final String table;
    private final boolean isBuiltIn;
    private final Counter withConditions;
    private final Counter ineligible;
    private final Counter unknownConditions;
    private final Set<String> named = new HashSet<>();
    private boolean isShareTold;
    private boolean areNumbersTold;

    ConditionCounters(ConditionTable table, Ledger ledger) {
        this.table = table.name();
        this.isBuiltIn = table.isBuiltIn();
        withConditions = ledger.counter("withConditions");
        ineligible = ledger.counter("ineligible");
        unknownConditions = ledger.counter("unknownConditions");
    }

    @Override
    public void print(Eligibility eligibility, boolean isUnknown) {
        withConditions.inc();
        if (!eligibility.highLow()) {
            ineligible.inc();
        }
        if (isUnknown) {
            unknownConditions.inc();
            long all = withConditions.getCount();
            if (!isShareTold && all >= ENOUGH_PRINTS && unknownConditions.getCount() * ONE_IN > all) {
                isShareTold = true;
                LOG.warn(
                        "{} of the first {} prints with sale conditions carry a code that the table {} does not know; such"
                                + " codes allow everything. {}",
                        unknownConditions.getCount(),
                        all,
                        table,
                        advice());
            }
        }
    }

    private String advice() {
        return isBuiltIn
                ? "Does conditions.alphabet fit the feed?"
                : "Add the codes to the table, or correct the codes of the feed.";
    }

    @Override
    public void unknown(String code, @Nullable String tape, boolean isAmbiguous) {
        String shown = Printable.printable(code.length() > LONGEST_CODE ? code.substring(0, LONGEST_CODE) + "…" : code);
        if (named.size() >= MOST_NAMED || !named.add(shown + (tape == null ? "" : " " + tape))) {
            return;
        }
        if (isAmbiguous) {
            LOG.warn(
                    "The sale condition \"{}\" means different things on different tapes, and the tape of the instrument is"
                            + " not known. It allows what it allows on each of them. Send the tape of each instrument to"
                            + " the topic of instruments.",
                    shown);
        } else {
            LOG.warn(
                    "The sale condition \"{}\"{} is not in the table {}: it allows everything.",
                    shown,
                    tape == null ? "" : " of tape " + tape,
                    table);
        }
    }

    @Override
    public void numbersRead(String code) {
        if (!areNumbersTold) {
            areNumbersTold = true;
            LOG.warn(
                    "The sale condition \"{}\" is a number, and is read as one of Massive's, with all codes of its print."
                            + " Say --conditions.alphabet massive, so that numbers of one digit are read as such as well,"
                            + " or finnhub if the feed is Finnhub's.",
                    Printable.printable(code));
        }
    }
}
