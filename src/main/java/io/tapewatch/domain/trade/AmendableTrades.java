package io.tapewatch.domain.trade;

import io.tapewatch.domain.Amendment;
import io.tapewatch.domain.Decoded;
import io.tapewatch.domain.EventTimes;
import io.tapewatch.domain.Rejection.Reason;
import io.tapewatch.domain.Tick;
import io.tapewatch.domain.Varint;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The trades of one symbol that can be taken back or known again: as they were sent ({@link KeptTrades}), what amendments have
 * made of some of them, and the amendments that wait for their trade.
 *
 * <p>Its caller hands over trades and amendments at their turn on the tape, each with the watermark up to which windows have
 * been published.
 */
public final class AmendableTrades {

    private static final int LAYOUT = 1;

    /** Without any trade; nothing more is written then. */
    private static final int EMPTY = 0;

    /** How many amendments of a symbol wait for their trades at most. */
    private static final int MOST_WAITING = 10_000;

    /** What became of an amendment of a trade whose neighbours are not all kept. */
    public static final AmendedTrade.Outcome NOT_KEPT = AmendedTrade.Outcome.refused(
            Reason.BEYOND_HORIZON,
            "the trades of its minute are not all kept: there were more than corrections.max-trades, or the job kept none"
                    + " then");

    private KeptTrades kept = new KeptTrades();

    /** How those stand that were amended. */
    private final Map<StandingTrade.At, StandingTrade> amended = new HashMap<>();

    /** The names that corrections gave, and which trades have them. */
    private final Map<TradeId, Alias> aliases = new HashMap<>();

    /** By the name of the trade they wait for, in the order they were taken in. */
    private final Map<TradeId, List<Amendment>> waiting = new HashMap<>();

    /** The name that a trade was sent with, and its event time. */
    private record Alias(TradeId sent, long time) {}

    /** Whether nothing is known. */
    public boolean isEmpty() {
        return kept.isEmpty() && waiting.isEmpty() && amended.isEmpty() && aliases.isEmpty();
    }

    /** The number of trades that are kept. */
    public long count() {
        return kept.count();
    }

    // Trades.

    /** Whether a trade was sent before: one of its name is known, and their times are near enough. */
    public boolean isRepeat(Tick trade, long watermark, KeepingSettings settings, TradeStore store) {
        if (settings.repeatWindow() == 0) {
            return false;
        }
        TradeId id = TradeId.of(trade);
        if (id == null) {
            return false;
        }
        long before = kept.timeOf(id, watermark, settings, store);
        return before != Decoded.NO_TIME && Math.abs(trade.time() - before) <= settings.repeatWindow();
    }

    /** Keeps a trade that windows have counted. */
    public void keep(Tick trade, Eligibility eligibility, long watermark, KeepingSettings settings, TradeStore store) {
        kept.keep(trade, eligibility, watermark, settings, store);
    }

    /** Hands over all trades of a time as they stand, in no particular order; those of one minute at most. */
    public void read(long from, long to, String symbol, TradeStore store, BiConsumer<Tick, Eligibility> reader) {
        kept.read(TradeBlock.minuteOf(from), symbol, store, (id, sent, eligibility) -> {
            if (sent.time() >= from && sent.time() < to) {
                Tick trade = asItStands(sent);
                if (trade != null) {
                    reader.accept(trade, eligibility);
                }
            }
        });
    }

    private @Nullable Tick asItStands(Tick sent) {
        StandingTrade standing = amended.isEmpty() ? null : amended.get(StandingTrade.At.of(sent));
        return standing == null ? sent : standing.of(sent);
    }

    // Amendments.

    /** Takes out the amendments that wait for a trade of this name; none without a name. */
    public List<Amendment> awaiting(@Nullable String venue, @Nullable String id) {
        if (waiting.isEmpty() || id == null) {
            return List.of();
        }
        List<Amendment> found = waiting.remove(TradeId.of(venue, id));
        return found == null ? List.of() : found;
    }

    /** What an amendment does, at its turn. If its trade is not known yet, it waits here from now on. */
    public AmendedTrade.Outcome take(Amendment amendment, long watermark, KeepingSettings settings, TradeStore store) {
        TradeId name = TradeId.of(amendment.venue(), amendment.id());
        Alias alias = aliases.get(name);
        TradeId sentAs = alias == null ? name : alias.sent();
        long time = kept.timeOf(sentAs, watermark, settings, store);
        long firstMinute = KeepingSettings.firstMinute(watermark, settings.horizon());
        long told = time == Decoded.NO_TIME ? amendment.ofTime() : time;
        if (told != Decoded.NO_TIME
                && (amendment.time() - told > settings.horizon() || TradeBlock.minuteOf(told) < firstMinute)) {
            return AmendedTrade.Outcome.refused(
                    Reason.BEYOND_HORIZON,
                    "the trade was made longer ago than corrections.horizon, " + settings.horizon() + " ms");
        }
        Known known = time == Decoded.NO_TIME ? null : find(sentAs, time, amendment.symbol(), store);
        if (known == null) {
            return await(name, amendment, watermark, settings);
        }
        StandingTrade standing = amended.get(StandingTrade.At.of(known.sent));
        if (standing != null && (standing.isCancelled() || !standing.name().equals(name))) {
            return AmendedTrade.Outcome.refused(
                    Reason.REPEAT,
                    standing.isCancelled()
                            ? "the trade has been cancelled already"
                            : "the trade has been corrected already, and has another id since");
        }
        Tick before = standing == null ? known.sent : Objects.requireNonNull(standing.of(known.sent), "trade");
        return new AmendedTrade.Outcome(
                new AmendedTrade(before, after(before, amendment), known.eligibility, amendment), null);
    }

    private static @Nullable Tick after(Tick before, Amendment amendment) {
        if (amendment.kind() == Amendment.Kind.CANCEL) {
            return null;
        }
        boolean hasPrice = amendment.priceScale() != Amendment.UNCHANGED;
        boolean hasSize = amendment.sizeScale() != Amendment.UNCHANGED;
        return StandingTrade.with(
                before,
                hasPrice ? amendment.priceUnits() : before.priceUnits(),
                hasPrice ? amendment.priceScale() : before.priceScale(),
                hasSize ? amendment.sizeUnits() : before.sizeUnits(),
                hasSize ? amendment.sizeScale() : before.sizeScale());
    }

    /** A trade as it was sent. */
    private record Known(Tick sent, Eligibility eligibility) {}

    /** The last trade of this name in the minute of a time. */
    private @Nullable Known find(TradeId name, long time, String symbol, TradeStore store) {
        Known[] last = new Known[1];
        kept.read(TradeBlock.minuteOf(time), symbol, store, (id, sent, eligibility) -> {
            if (name.equals(id)) {
                last[0] = new Known(sent, eligibility);
            }
        });
        return last[0];
    }

    private AmendedTrade.Outcome await(TradeId name, Amendment amendment, long watermark, KeepingSettings settings) {
        if (EventTimes.plus(amendment.time(), settings.horizon()) < watermark) {
            return new AmendedTrade.Outcome(null, unknownTrade(settings));
        }
        if (waitingCount() >= MOST_WAITING) {
            return AmendedTrade.Outcome.refused(
                    Reason.UNKNOWN_TRADE,
                    MOST_WAITING + " cancels and corrections of the symbol wait for their trades already");
        }
        waiting.computeIfAbsent(name, of -> new ArrayList<>()).add(amendment);
        return AmendedTrade.Outcome.WAITS;
    }

    private int waitingCount() {
        return waiting.values().stream().mapToInt(List::size).sum();
    }

    /** Notes how a trade stands from now on. */
    public void amend(AmendedTrade trade) {
        Amendment by = trade.by();
        String newId = by.newId();
        TradeId name = TradeId.of(by.venue(), newId == null ? by.id() : newId);
        TradeId before = TradeId.of(by.venue(), by.id());
        if (!name.equals(before)) {
            Alias alias = aliases.get(before);
            aliases.put(
                    name,
                    new Alias(
                            alias == null ? before : alias.sent(),
                            trade.before().time()));
        }
        amended.put(StandingTrade.At.of(trade.before()), StandingTrade.of(trade.before(), trade.after(), name));
    }

    // Time.

    /** The watermark at which something is to be dropped, or {@link EventTimes#NEVER}. */
    public long due(KeepingSettings settings) {
        long due = kept.due(settings);
        if (waiting.isEmpty()) {
            return due;
        }
        for (List<Amendment> each : waiting.values()) {
            for (Amendment amendment : each) {
                due = Math.min(due, EventTimes.plus(amendment.time(), settings.horizon()) + 1);
            }
        }
        return due;
    }

    /**
     * Drops what is over.
     *
     * @param unknown takes the amendments whose trade has not come
     */
    public void forget(
            long watermark, String symbol, KeepingSettings settings, TradeStore store, Consumer<Amendment> unknown) {
        if (due(settings) > watermark) {
            return;
        }
        kept.expire(watermark, symbol, settings, store);
        amended.values().removeIf(trade -> !kept.hasMinuteOf(trade.time()));
        aliases.values().removeIf(alias -> !kept.hasMinuteOf(alias.time()));
        List<Amendment> over = new ArrayList<>();
        waiting.values()
                .forEach(each -> each.removeIf(amendment -> {
                    boolean isOver = EventTimes.plus(amendment.time(), settings.horizon()) < watermark;
                    if (isOver) {
                        over.add(amendment);
                    }
                    return isOver;
                }));
        waiting.values().removeIf(List::isEmpty);
        over.sort(Comparator.naturalOrder());
        over.forEach(unknown);
    }

    /** Why an amendment is not taken whose trade has not come. */
    public static AmendedTrade.Refusal unknownTrade(KeepingSettings settings) {
        return new AmendedTrade.Refusal(
                Reason.UNKNOWN_TRADE,
                "no trade of this symbol, venue and id came until corrections.horizon, " + settings.horizon()
                        + " ms, after it");
    }

    // State.

    /** Puts the trades that are on the heap into the store. */
    public void writeBack(String symbol, TradeStore store) {
        kept.writeBack(symbol, store);
    }

    /** A copy of what was written back that goes its own way from here. */
    public AmendableTrades copy() {
        AmendableTrades copy = new AmendableTrades();
        copy.kept = kept.copy();
        copy.amended.putAll(amended);
        copy.aliases.putAll(aliases);
        waiting.forEach((name, each) -> copy.waiting.put(name, new ArrayList<>(each)));
        return copy;
    }

    /** Writes what is known; a byte where it is nothing. */
    public void writeTo(DataOutput out) throws IOException {
        if (isEmpty()) {
            out.writeByte(EMPTY);
            return;
        }
        out.writeByte(LAYOUT);
        kept.writeTo(out);
        Varint.write(out, amended.size());
        for (Map.Entry<StandingTrade.At, StandingTrade> each : amended.entrySet()) {
            Varint.write(out, each.getKey().partition());
            out.writeLong(each.getKey().offset());
            each.getValue().writeTo(out);
        }
        Varint.write(out, aliases.size());
        for (Map.Entry<TradeId, Alias> each : aliases.entrySet()) {
            StandingTrade.writeName(out, each.getKey());
            StandingTrade.writeName(out, each.getValue().sent());
            out.writeLong(each.getValue().time());
        }
        Varint.write(out, waitingCount());
        for (List<Amendment> each : waiting.values()) {
            for (Amendment amendment : each) {
                amendment.writeTo(out);
            }
        }
    }

    /** Reads what {@link #writeTo} wrote. */
    public static AmendableTrades readFrom(DataInput in) throws IOException {
        AmendableTrades trades = new AmendableTrades();
        int layout = in.readUnsignedByte();
        if (layout == EMPTY) {
            return trades;
        }
        if (layout != LAYOUT) {
            throw new IOException("layout " + layout + " of kept trades was written by another release");
        }
        trades.kept = KeptTrades.readFrom(in);
        for (long left = Varint.read(in); left > 0; left--) {
            trades.amended.put(new StandingTrade.At((int) Varint.read(in), in.readLong()), StandingTrade.readFrom(in));
        }
        for (long left = Varint.read(in); left > 0; left--) {
            trades.aliases.put(StandingTrade.readName(in), new Alias(StandingTrade.readName(in), in.readLong()));
        }
        for (long left = Varint.read(in); left > 0; left--) {
            Amendment amendment = Amendment.readFrom(in);
            trades.waiting
                    .computeIfAbsent(TradeId.of(amendment.venue(), amendment.id()), of -> new ArrayList<>())
                    .add(amendment);
        }
        return trades;
    }
}
