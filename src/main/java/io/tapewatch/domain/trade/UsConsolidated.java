package io.tapewatch.domain.trade;

import io.tapewatch.domain.trade.ConditionTable.Row;
import io.tapewatch.domain.trade.Eligibility.Last;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The sale conditions of the consolidated tapes of US stocks: A and B are of the CTA, C is of the UTP plan. What a condition
 * allows is the consolidated processing of Massive's reference of conditions ({@code /v3/reference/conditions}) and of the trade
 * conditions of ThetaData; extended hours count in minutes, as in Alpaca's and Massive's minute bars. The specifications of the
 * CTA (CTS output) and of UTP (UTDF output) are the authority.
 *
 * <p>The letters are those that open-source clients have from these two specifications: May Stocks, Alpaca's Julia client and
 * Alpaca's market store, which also has Massive's numbers. Massive's numbers are those that its reference gives and that
 * QuantConnect's Lean and several clients of Polygon repeat. Finnhub's are those of its list of conditions as May Stocks and
 * another client have it. Where these do not agree, a number is left out, and so is unknown.
 */
public final class UsConsolidated {

    /** What the table is called. */
    public static final String NAME = "us-consolidated";

    /** Where its days begin and end. */
    public static final String ZONE = "America/New_York";

    private static final Eligibility EVERYTHING = Eligibility.ALL;
    private static final Eligibility FIRST_OF_DAY = new Eligibility(true, Last.FIRST_OF_DAY, true, false);
    private static final Eligibility VOLUME = new Eligibility(false, Last.NO, true, false);
    private static final Eligibility VOLUME_AND_MINUTES = new Eligibility(false, Last.NO, true, true);
    private static final Eligibility NOTHING = new Eligibility(false, Last.NO, false, false);
    private static final Eligibility PRICES = new Eligibility(true, Last.YES, false, false);

    private static final String NONE = "";

    /**
     * One condition.
     *
     * @param meaning what it is called
     * @param cta its code on tapes A and B, or {@link #NONE}
     * @param utp its code on tape C, likewise
     * @param massive Massive's numbers for it, with spaces between
     * @param finnhub Finnhub's, likewise
     * @param eligibility what it allows
     */
    private record Condition(
            String meaning, String cta, String utp, String massive, String finnhub, Eligibility eligibility) {}

    private static final List<Condition> CONDITIONS = List.of(
            new Condition("regular sale", "@", "@", "0", "1", EVERYTHING),
            new Condition("acquisition", NONE, "A", "1", "2", EVERYTHING),
            new Condition("automatic execution", "E", NONE, "3", "7", EVERYTHING),
            new Condition("bunched trade", NONE, "B", "4", "4", EVERYTHING),
            new Condition("cross trade", "X", "X", "9", "28", EVERYTHING),
            new Condition("distribution", NONE, "D", "11", "6", EVERYTHING),
            new Condition("intermarket sweep", "F", "F", "14", "8", EVERYTHING),
            new Condition("rule 127 or 155", "K", "K", "23 24", "13 14", EVERYTHING),
            new Condition("opening", "O", "O", "17 25", "18 19", EVERYTHING),
            new Condition("reopening", "5", "5", "18 28", "33 34", EVERYTHING),
            new Condition("closing", "6", "6", "8 19", "35 36", EVERYTHING),
            new Condition("split trade", NONE, "S", "34", "23", EVERYTHING),
            new Condition("stopped stock", "1", "1", "27", "31", EVERYTHING),
            new Condition("yellow flag", NONE, "Y", "36", "29", EVERYTHING),
            new Condition("sold last", "L", "L", "30 31", "15", EVERYTHING),
            new Condition("CAP election", NONE, NONE, "6", NONE, EVERYTHING),
            new Condition("stock option", NONE, NONE, "35", NONE, EVERYTHING),
            new Condition("trade-through exempt", NONE, NONE, "41", "41", EVERYTHING),
            new Condition("opening or reopening detail", NONE, NONE, "55", NONE, EVERYTHING),
            new Condition("sold out of sequence", "Z", "Z", "32 33", "30", FIRST_OF_DAY),
            new Condition("prior reference price", "P", "P", "22", "21", FIRST_OF_DAY),
            new Condition("derivatively priced", "4", "4", "10", "32", FIRST_OF_DAY),
            new Condition("bunched sold", NONE, "G", "5", "9", FIRST_OF_DAY),
            new Condition("average price", "B", "W", "2", "3", VOLUME),
            new Condition("cash sale", "C", "C", "7", "5", VOLUME),
            new Condition("next day", "N", "N", "20", "17", VOLUME),
            new Condition("seller", "R", "R", "29", "22", VOLUME),
            new Condition("price variation", "H", "H", "21", "10", VOLUME),
            new Condition("odd lot", "I", "I", "37", "12", VOLUME),
            new Condition("contingent trade", "V", "V", "52", "26", VOLUME),
            new Condition("qualified contingent trade", "7", "7", "53", "37", VOLUME),
            new Condition("extended hours, Form T", "T", "T", "12", "24", VOLUME_AND_MINUTES),
            new Condition("extended hours, sold out of sequence", "U", "U", "13", "25", VOLUME),
            new Condition("market centre's official open", "Q", "Q", "16", "20", NOTHING),
            new Condition("market centre's official close", "M", "M", "15", "16", NOTHING),
            new Condition("corrected consolidated close", "9", "9", "38", "39", PRICES));

    private UsConsolidated() {}

    /** The table, for codes of an alphabet. */
    public static ConditionTable of(ConditionAlphabet alphabet) {
        return switch (alphabet) {
            case AUTO -> new ConditionTable(NAME, ZONE, ofTapes(), numbers(Condition::massive));
            case SIP -> new ConditionTable(NAME, ZONE, ofTapes());
            case MASSIVE -> new ConditionTable(NAME, ZONE, numbers(Condition::massive));
            case FINNHUB -> new ConditionTable(NAME, ZONE, numbers(Condition::finnhub));
        };
    }

    private static List<Row> ofTapes() {
        List<Row> rows = new ArrayList<>();
        for (Condition condition : CONDITIONS) {
            add(rows, "A", condition.cta, condition);
            add(rows, "B", condition.cta, condition);
            add(rows, "C", condition.utp, condition);
        }
        return rows;
    }

    private static List<Row> numbers(Function<Condition, String> alphabet) {
        List<Row> rows = new ArrayList<>();
        for (Condition condition : CONDITIONS) {
            for (String number : alphabet.apply(condition).split(" ")) {
                add(rows, null, number, condition);
            }
        }
        return rows;
    }

    private static void add(List<Row> rows, @Nullable String tape, String code, Condition condition) {
        if (!code.isEmpty()) {
            rows.add(new Row(tape, code, condition.eligibility));
        }
    }
}
