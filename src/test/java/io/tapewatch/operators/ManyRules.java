package io.tapewatch.operators;

import static io.tapewatch.domain.check.Rules.rule;

import io.tapewatch.domain.Numbers;
import io.tapewatch.domain.Tick;
import io.tapewatch.domain.check.Closes;
import io.tapewatch.domain.check.NaiveRules;
import io.tapewatch.domain.check.Shown;
import io.tapewatch.domain.rule.Rule;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Rules of all kinds, for a log that begins a quarter of an hour before a day ends, and what they make of it. */
public final class ManyRules {

    public static final List<String> SYMBOLS = List.of("BTC-USD", "BTC-EUR", "ETH-USD", "AAPL", "^GSPC");

    public static final List<Rule> RULES = List.of(
            rule("away: all(vwapDeviationPct over 5m > 0.3; not(size < 0.5)), cooldown 20s, shadow"),
            rule("busy: any(count over 20s >= 9; countRatio over 1m baseline 4m > 1.5), for 5s, cooldown 15s"),
            rule("day: dayChangePct > 0.5, cooldown 2m, hours 00:02-00:09 UTC MON-FRI"),
            rule("fall: tickChangePct <= -0.25"),
            rule("gap: gapSeconds > 20.5"),
            rule("held: fromHighPct over 5m <= -0.75, for 15s, cooldown 1m"),
            rule("large: all(sizeRatio over 10m >= 3; notional > 300), symbols BTC-* ^GSPC"),
            rule("low: fromLowPct over 5m > 1, from 2023-11-15T23:50:00Z, until 2023-11-16T00:05:00Z"),
            rule("neither: not(any(changePct over 1m < 0.25; tickChangePct < 0.125)), cooldown 30s"),
            rule("odd: returnZScore over 10m > 2, except BTC-EUR, shadow"),
            rule("paused: price > 0, paused"),
            rule("pump: all(changePct over 1m > 0; volumeRatio over 1m baseline 4m > 1.25), cooldown 1m"),
            rule("range: rangePct over 5m >= 2, cooldown 2m, severity HIGH"),
            rule("still: silenceSeconds >= 20, cooldown 3m, until 2023-11-16T00:06:00Z"),
            rule("stiller: silenceSeconds > 9.5, shadow, hours 23:48-23:56 UTC"),
            rule("turned: all(turnover over 1m > 3000; volume over 1m > 20), cooldown 40s"));

    /** On a Wednesday. */
    private static final long BEGINNING = Instant.parse("2023-11-15T23:45:00Z").toEpochMilli();

    private static final long MIDNIGHT = Instant.parse("2023-11-16T00:00:00Z").toEpochMilli();

    private ManyRules() {}

    public static PartitionedTape log(int ticks) {
        return new PartitionedTape(new Random(20231115), SYMBOLS, BEGINNING, ticks);
    }

    /** What the documentation says of a symbol, after which event time comes so far and the input ends. */
    public static NaiveRules.Replay replay(PartitionedTape log, String symbol, long lastWatermark) {
        List<Tick> ticks = log.of(symbol);
        double close = ticks.stream()
                .filter(tick -> tick.time() < MIDNIGHT)
                .reduce((before, last) -> last)
                .map(Tick::priceNearest)
                .orElse(Double.NaN);
        Closes previousClose = time -> time < MIDNIGHT ? null : Numbers.decimal(close);
        List<Shown> shown = new ArrayList<>();
        ticks.forEach(tick -> shown.add(new Shown.InOrder(tick)));
        shown.add(new Shown.Watermark(lastWatermark));
        return NaiveRules.replay(RULES, shown, previousClose);
    }
}
