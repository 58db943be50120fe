package io.tapewatch.domain.rule;

import io.tapewatch.domain.Instrument;
import io.tapewatch.domain.Side;
import io.tapewatch.domain.Tick;
import io.tapewatch.domain.exact.Decimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A tick met a rule, or a symbol has stopped ticking.
 *
 * @param id the same whenever the same tick meets the same rule, so that a repeated flag can be told:
 *     {@code rule:version:symbol:time:partition:offset}, the time in milliseconds
 * @param ruleId the rule's id
 * @param ruleVersion the rule's version
 * @param severity how much it matters
 * @param symbol the tick's symbol
 * @param time the tick's event time in epoch milliseconds; of a silence, when it had lasted for long enough
 * @param nanos the nanoseconds of the event time after that millisecond, 0 to 999,999; of a silence 0
 * @param on what the rule looked at
 * @param price the tick's price, or null for a quote
 * @param size the tick's size
 * @param previousPrice the price of the tick before, or null for a symbol's first tick, a late one, and a silence
 * @param bid the bid of the quote that was looked at, or that stood when the trade was made
 * @param ask its ask
 * @param tradeId the producer's id of the trade
 * @param seq the producer's sequence number
 * @param side the aggressor
 * @param venue where it traded, as the tick says
 * @param conditions the sale conditions
 * @param partition the tick's partition
 * @param offset the tick's offset in that partition
 * @param evidence the conditions that were met, and the values that met them: the same in every revision
 * @param mostExtreme of each condition that was met by then, the most extreme value; nothing in revision 0
 * @param message what happened, as a sentence: that of revision 0, and in later ones what followed
 * @param suppressed how many more checks met the rule while it was quiet
 * @param lastTime the event time of the last one of those, or null if there is none
 * @param revision 0 for the first publication, then one higher for each update
 * @param withdrawn why it does not stand any more, or null: it stands
 * @param late whether the tick came behind the watermark, so that only what it says itself was looked at
 * @param shadow whether the rule is in shadow, so that the flag is to alarm nobody
 * @param instrument what is known about the instrument
 */
public record Flag(
        String id,
        String ruleId,
        int ruleVersion,
        Severity severity,
        String symbol,
        long time,
        int nanos,
        Rule.On on,
        @Nullable Decimal price,
        @Nullable Decimal size,
        @Nullable Decimal previousPrice,
        @Nullable Decimal bid,
        @Nullable Decimal ask,
        @Nullable String tradeId,
        @Nullable Long seq,
        @Nullable Side side,
        @Nullable String venue,
        @Nullable String conditions,
        int partition,
        long offset,
        List<Evidence> evidence,
        List<Extreme> mostExtreme,
        String message,
        long suppressed,
        @Nullable Long lastTime,
        int revision,
        @Nullable Withdrawn withdrawn,
        boolean late,
        boolean shadow,
        @Nullable Instrument instrument) {

    /** A flag that stands; see the components. */
    public Flag(
            String id,
            String ruleId,
            int ruleVersion,
            Severity severity,
            String symbol,
            long time,
            int nanos,
            Rule.On on,
            @Nullable Decimal price,
            @Nullable Decimal size,
            @Nullable Decimal previousPrice,
            @Nullable Decimal bid,
            @Nullable Decimal ask,
            @Nullable String tradeId,
            @Nullable Long seq,
            @Nullable Side side,
            @Nullable String venue,
            @Nullable String conditions,
            int partition,
            long offset,
            List<Evidence> evidence,
            List<Extreme> mostExtreme,
            String message,
            long suppressed,
            @Nullable Long lastTime,
            int revision,
            boolean late,
            boolean shadow,
            @Nullable Instrument instrument) {
        this(
                id,
                ruleId,
                ruleVersion,
                severity,
                symbol,
                time,
                nanos,
                on,
                price,
                size,
                previousPrice,
                bid,
                ask,
                tradeId,
                seq,
                side,
                venue,
                conditions,
                partition,
                offset,
                evidence,
                mostExtreme,
                message,
                suppressed,
                lastTime,
                revision,
                null,
                late,
                shadow,
                instrument);
    }

    /** A flag that is published for the first time. */
    public static Flag of(Rule rule, Instrument instrument, FlaggedTick tick, List<Evidence> evidence, String message) {
        return of(rule, instrument, tick, evidence, List.of(), message, 0, null, 0);
    }

    /** A flag with what was suppressed after it, each time it is published again; see the components. */
    public static Flag of(
            Rule rule,
            Instrument instrument,
            FlaggedTick tick,
            List<Evidence> evidence,
            List<Extreme> mostExtreme,
            String message,
            long suppressed,
            @Nullable Long lastTime,
            int revision) {
        return new Flag(
                id(rule.id(), rule.version(), instrument.symbol(), tick),
                rule.id(),
                rule.version(),
                rule.severity(),
                instrument.symbol(),
                tick.time(),
                tick.nanos(),
                rule.on(),
                tick.price(),
                tick.size(),
                tick.previousPrice(),
                tick.bid(),
                tick.ask(),
                tick.id(),
                tick.seq() == Tick.NO_SEQ ? null : tick.seq(),
                tick.side(),
                tick.venue(),
                tick.conditions(),
                tick.partition(),
                tick.offset(),
                evidence,
                mostExtreme,
                message,
                suppressed,
                lastTime,
                revision,
                tick.isLate(),
                rule.status() == Rule.Status.SHADOW,
                instrument.orNull());
    }

    /**
     * The same flag, published once more.
     *
     * @param words what happened
     * @param times which publication it is, from 0
     * @param why why it does not stand any more, or null
     * @param known what is known about the instrument
     */
    public Flag published(String words, int times, @Nullable Withdrawn why, @Nullable Instrument known) {
        return new Flag(
                id,
                ruleId,
                ruleVersion,
                severity,
                symbol,
                time,
                nanos,
                on,
                price,
                size,
                previousPrice,
                bid,
                ask,
                tradeId,
                seq,
                side,
                venue,
                conditions,
                partition,
                offset,
                evidence,
                mostExtreme,
                words,
                suppressed,
                lastTime,
                times,
                why,
                late,
                shadow,
                known);
    }

    /** The same flag with what a corrected trade says, and with what met the rule's conditions of it. */
    public Flag corrected(@Nullable Decimal newPrice, @Nullable Decimal newSize, List<Evidence> met, String words) {
        return new Flag(
                id,
                ruleId,
                ruleVersion,
                severity,
                symbol,
                time,
                nanos,
                on,
                newPrice,
                newSize,
                previousPrice,
                bid,
                ask,
                tradeId,
                seq,
                side,
                venue,
                conditions,
                partition,
                offset,
                met,
                mostExtreme,
                words,
                suppressed,
                lastTime,
                revision,
                withdrawn,
                late,
                shadow,
                instrument);
    }

    /** The id of a flag; see the component. */
    public static String id(String ruleId, int ruleVersion, String symbol, FlaggedTick tick) {
        return ruleId
                + ':'
                + ruleVersion
                + ':'
                + symbol
                + ':'
                + tick.time()
                + ':'
                + tick.partition()
                + ':'
                + tick.offset();
    }
}
