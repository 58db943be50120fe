package io.tapewatch.domain.check;

import io.tapewatch.domain.Numbers;
import io.tapewatch.domain.quote.QuoteSettings;
import io.tapewatch.domain.rule.Evidence;
import io.tapewatch.domain.rule.Rule;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What rules do, worked out by hand, in pairs: one that must flag, and its twin that must not, or not so. The oracle and
 * the product are both held to them.
 *
 * <p>A case is a rule, what is shown to it ({@link ShownWords}), and the flags. A flag is its time, {@code again 2} with
 * the number suppressed when it is an update, {@code late}, {@code shadow}, and after a colon its evidence, which need not
 * be there. Of an update these are the most extreme values with the second of each, and the last second until which it was met.
 */
public final class RuleCases {

    /** A Tuesday. */
    static final long NOON = ShownWords.NOON;

    public static final String SYMBOL = ShownWords.SYMBOL;

    private static final String CASES = """
            # The tick alone.
            price > 100                          | 0@100.01               | 0: price 100.01 > 100
            price > 100                          | 0@100                  | none
            price <= -1                          | 0@-1                   | 0: price -1 <= -1
            price < -1                           | 0@-1                   | none
            size >= 2.5                          | 0@10x2.5               | 0: size 2.5 >= 2.5
            size > 2.5                           | 0@10x2.5               | none
            size >= 0                            | 0@10x0                 | 0: size 0 >= 0
            size >= 0                            | 0@10                   | none
            notional >= 1000                     | 0@100x10               | 0: notional 1000 >= 1000
            notional > 1000                      | 0@100x10               | none
            notional < 0                         | 0@-37.5x2              | 0: notional -75 < 0
            notional < 0                         | 0@-37.5x0              | none
            notional >= 0                        | 0@100                  | none

            # The tick before.
            tickChangePct >= 5                   | 0@100 1@105            | 1: tickChangePct 5 >= 5
            tickChangePct > 5                    | 0@100 1@105            | none
            tickChangePct < 0                    | 0@-5 1@-6              | none
            tickChangePct >= 6                   | 0@100 2764800@106      | 2764800: tickChangePct 6 >= 6
            tickChangePct >= 6                   | 0@100 2764800.001@106  | none
            gapSeconds >= 30                     | 0@1 30@1               | 30: gapSeconds 30 >= 30
            gapSeconds > 30                      | 0@1 30@1               | none
            gapSeconds > 30                      | 0@1 30.001@1           | 30.001: gapSeconds 30.001 > 30
            gapSeconds <= 0                      | 0@1 0@1                | 0: gapSeconds 0 <= 0
            gapSeconds <= 0                      | 0@1                    | none
            gapSeconds >= 2764800                | 0@1 2764800@1          | 2764800
            gapSeconds >= 2764800                | 0@1 2764800.001@1      | none

            # Where a window begins: in buckets of a second, of 1.5 s, of 1 ms, and of 2 ms.
            changePct over 1m >= 6               | 1@100 61@106           | 61: changePct 6 >= 6
            changePct over 1m >= 6               | 0.999@100 61@106       | none
            changePct over 1m >= 6               | 1@100 61.999@106       | 61.999
            changePct over 1m >= 6               | 1@100 62@106           | none
            changePct over 90s >= 6              | 9@100 100@106          | 100
            changePct over 90s >= 6              | 8.999@100 100@106      | none
            changePct over 10ms >= 6             | 0@100 0.060@106        | 0.06
            changePct over 10ms >= 6             | 0@100 0.061@106        | none
            changePct over 61ms >= 6             | 0@100 0.121@106        | 0.121
            changePct over 61ms >= 6             | 0@100 0.122@106        | none
            changePct over 24h >= 6              | 0@100 87839.999@106    | 87839.999
            changePct over 24h >= 6              | 0@100 87840@106        | none

            # The window's prices.
            changePct over 1m > 6                | 0@100 1@106            | none
            changePct over 1m >= 6               | 0@100 1@90 2@106       | 2: changePct 6 >= 6
            changePct over 1m >= 6               | 0@90 0@91 60@99        | 60: changePct 10 >= 6
            changePct over 1m >= 0               | 0@100                  | none
            changePct over 1m >= -100            | 0@0 1@5                | none
            rangePct over 1m >= 25               | 0@100 1@80 2@90        | 1: rangePct 25 >= 25 & 2: rangePct 25 >= 25
            rangePct over 1m > 25                | 0@100 1@80 2@90        | none
            rangePct over 1m >= 25               | 0@80 60.9@100          | 60.9: rangePct 25 >= 25
            rangePct over 1m >= 25               | 0@80 61@100            | none
            rangePct over 1m <= 0                | 0@7 1@7                | 1: rangePct 0 <= 0
            rangePct over 1m <= 0                | 0@7                    | none
            rangePct over 1m > 0                 | 0@-1 1@5               | none
            fromHighPct over 1m <= -25           | 0@90 1@100 2@75        | 2: fromHighPct -25 <= -25
            fromHighPct over 1m < -25            | 0@90 1@100 2@75        | none
            fromHighPct over 1m >= 0             | 0@90 1@100             | 1: fromHighPct 0 >= 0
            fromHighPct over 1m >= 0             | 0@90                   | none
            fromHighPct over 1m <= -25           | 1@100 2@80 61@75       | 61: fromHighPct -25 <= -25
            fromHighPct over 1m <= -25           | 1@100 2@80 62@75       | none
            fromLowPct over 1m >= 50             | 0@100 1@80 2@120       | 2: fromLowPct 50 >= 50
            fromLowPct over 1m > 50              | 0@100 1@80 2@120       | none
            fromLowPct over 1m <= 0              | 0@100 1@90             | 1: fromLowPct 0 <= 0
            fromLowPct over 1m <= 0              | 0@100                  | none
            fromLowPct over 1m >= 0              | 0@0 1@5                | none

            # The window's number and sizes.
            count over 1m >= 3                   | 0@1 0@1 60@1           | 60: count 3 >= 3
            count over 1m >= 3                   | 0@1 0@1 61@1           | none
            count over 1m < 2                    | 0@1 1@1 62@1           | 0: count 1 < 2 & 62: count 1 < 2
            count over 1m < 1                    | 0@1 1@1                | none
            volume over 1m >= 6                  | 0@1x1 1@1x2 2@1 3@1x3  | 3: volume 6 >= 6
            volume over 1m > 6                   | 0@1x1 1@1x2 2@1 3@1x3  | none
            volume over 1m >= 0                  | 0@1x0                  | 0: volume 0 >= 0
            volume over 1m >= 0                  | 0@1                    | none
            volume over 1m >= 3                  | 0@1x1 1@1 60@1x2       | 60: volume 3 >= 3
            volume over 1m >= 3                  | 0@1x1 1@1 61@1x2       | none
            volume over 1m >= 1                  | 0@1x1 60@1             | 0 & 60: volume 1 >= 1
            volume over 1m <= 0.6                | 0@1x0.1 0@1x0.2 0@1x0.3| 0: volume 0.1 <= 0.6 & 0: volume 0.30000000000000004 <= 0.6 & 0: volume 0.6 <= 0.6
            volume over 1m > 0.6                 | 0@1x0.1 0@1x0.2 0@1x0.3| none
            turnover over 1m >= 50               | 0@10x2 1@15x2          | 1: turnover 50 >= 50
            turnover over 1m > 50                | 0@10x2 1@15x2          | none
            turnover over 1m <= -20              | 0@-10x2                | 0: turnover -20 <= -20
            turnover over 1m >= 0                | 0@10                   | none
            vwapDeviationPct over 1m >= 5        | 0@130x2 1@100x1 2@126  | 2: vwapDeviationPct 5 >= 5
            vwapDeviationPct over 1m > 5         | 0@130x2 1@100x1 2@126  | none
            vwapDeviationPct over 1m >= 5        | 0@100x1 1@50 2@105     | 2: vwapDeviationPct 5 >= 5
            vwapDeviationPct over 1m >= 5        | 0@100 1@105x9          | none
            vwapDeviationPct over 1m >= 5        | 0@100x0 1@105x9        | none
            vwapDeviationPct over 1m >= 0        | 0@100x1 60@100         | 60: vwapDeviationPct 0 >= 0
            vwapDeviationPct over 1m >= 0        | 0@100x1 61@100         | none
            vwapDeviationPct over 1m >= -1000    | 0@-10x1 1@5x1          | none

            # Against what was usual. One return of 60 % among 36 has a deviation of 10 %.
            returnZScore over 10m >= 2.5         | 0@10 1+1*36@16 37@20   | 37: returnZScore 2.5 >= 2.5
            returnZScore over 10m > 2.5          | 0@10 1+1*36@16 37@20   | none
            returnZScore over 30s >= 2.5         | 0@10 1+1*36@16 37@20   | none
            returnZScore over 10m > 1.3          | 0+1*31@1/2 31@2        | 31
            returnZScore over 10m > 1.3          | 0+1*30@1/2 30@4        | none
            returnZScore over 10m > 1.32         | 0+1*31@1/2 31@2        | none
            returnZScore over 10m > 100          | 0@10000 1+1*36@10007 37@20014 | 37
            returnZScore over 10m > 100          | 0@10000 1+1*36@10005 37@20010 | none
            returnZScore over 10m > 0            | 0+1*40@100 40@200      | none
            sizeRatio over 10m >= 5              | 0+1*30@1x2 30@1x10     | 30: sizeRatio 5 >= 5
            sizeRatio over 10m > 5               | 0+1*30@1x2 30@1x10     | none
            sizeRatio over 10m >= 5              | 0+1*29@1x2 29@1x10     | none
            sizeRatio over 10m >= 5              | 0+1*29@1x2 29@1 30@1x10| none
            sizeRatio over 10m >= 0              | 0+1*30@1x2 30@1x0      | 30: sizeRatio 0 >= 0
            sizeRatio over 10m >= 0              | 0+1*30@1x2 30@1        | none
            sizeRatio over 10m >= 0              | 0+1*31@1x0             | none

            # Against the baseline: at 1000 s it is from 340 s to before 940 s.
            countRatio over 1m baseline 10m >= 2 | 0@1 340+20*30@1 1000+0*6@1       | 1000: countRatio 2 >= 2
            countRatio over 1m baseline 10m > 2  | 0@1 340+20*30@1 1000+0*6@1       | none
            countRatio over 1m baseline 10m >= 2 | 0@1 340+20*29@1 1000+0*6@1       | none
            countRatio over 1m baseline 10m >= 2 | 339.999@1 340+20*30@1 1000+0*6@1 | 1000
            countRatio over 1m baseline 10m >= 2 | 340+20*30@1 1000+0*6@1           | none
            countRatio over 1m baseline 10m >= 2 | 0@1 340+20*30@1 1005+0*6@1       | 1005: countRatio 2 >= 2
            countRatio over 1m baseline 10m >= 2 | 0@1 340+20*30@1 1010+0*6@1       | none
            countRatio over 1m baseline 10m >= 2 | 0@1 340+20*29@1 939.999@1 1000+0*6@1 | 1000: countRatio 2 >= 2
            countRatio over 1m baseline 10m >= 2 | 0@1 340+20*29@1 940@1 1000+0*6@1 | none
            volumeRatio over 1m baseline 10m >= 2 | 0@1x9 340+20*30@1x4 1000@1x24   | 1000: volumeRatio 2 >= 2
            volumeRatio over 1m baseline 10m > 2 | 0@1x9 340+20*30@1x4 1000@1x24    | none
            volumeRatio over 1m baseline 10m >= 2 | 0@1 340+20*15@1x8 640+20*15@1 1000@1x24 | 1000: volumeRatio 2 >= 2
            volumeRatio over 1m baseline 10m >= 2 | 340@1x4 340+20*30@1x4 1000@1x99 | none
            volumeRatio over 1m baseline 10m >= 0 | 0@1x9 340+20*30@1x4 1000@1x0    | 1000: volumeRatio 0 >= 0
            volumeRatio over 1m baseline 10m >= 0 | 0@1x9 340+20*30@1x4 1000@1      | none
            volumeRatio over 1m baseline 10m >= 0 | 0@1x9 340+20*30@1x0 1000@1x24   | none
            volumeRatio over 1m baseline 10m >= 0 | 0@1x9 340+20*30@1 1000@1x24     | none

            # Against the day before.
            dayChangePct >= 5                    | close=100 0@105        | 0: dayChangePct 5 >= 5
            dayChangePct > 5                     | close=100 0@105        | none
            dayChangePct >= -100                 | 0@105                  | none
            dayChangePct >= -100                 | close=0 0@105          | none

            # Silence.
            silenceSeconds >= 60                 | 0@1 60@1               | 60: silenceSeconds 60 >= 60
            silenceSeconds >= 60                 | 0@1 59.999@1           | none
            silenceSeconds > 60                  | 0@1 60@1               | none
            silenceSeconds > 60                  | 0@1 60.001@1           | 60.001: silenceSeconds 60.001 > 60
            silenceSeconds >= 60                 | 0@1 60!                | 60: silenceSeconds 60 >= 60
            silenceSeconds >= 60                 | 0@1 59.999!            | none
            silenceSeconds > 60                  | 0@1 60.001!            | 60.001
            silenceSeconds > 60                  | 0@1 60!                | none
            silenceSeconds >= 0.1                | 0@1 1!                 | 0.1: silenceSeconds 0.1 >= 0.1
            silenceSeconds > 0.1                 | 0@1 1!                 | 0.101: silenceSeconds 0.101 > 0.1
            silenceSeconds > 0.3                 | 0@1 1!                 | 0.301: silenceSeconds 0.301 > 0.3
            silenceSeconds > 0.3                 | 0@1 0.3!               | none
            silenceSeconds >= 0.0015             | 0@1 1!                 | 0.002: silenceSeconds 0.002 >= 0.0015
            silenceSeconds > 0.0015              | 0@1 1!                 | 0.002: silenceSeconds 0.002 > 0.0015
            silenceSeconds >= 60                 | 0@1                    | none
            silenceSeconds >= 60                 | 100!                   | none
            silenceSeconds >= 60                 | 0@1 60! 120! 180@1 239! | 60
            silenceSeconds >= 60                 | 0@1 60! 120! 180@1 240! | 60 & 240
            silenceSeconds >= 60                 | 0@1 30! ~20@1 60!      | 60
            silenceSeconds >= 60                 | 0@1 30! 30@1 60!       | none
            silenceSeconds >= 60, until 2023-11-14T12:01:00Z     | 0@1 60! | none
            silenceSeconds >= 60, until 2023-11-14T12:01:00.001Z | 0@1 60! | 60
            silenceSeconds >= 86400, hours 12:00-13:00 UTC       | 0@1 86400! | 86400
            silenceSeconds >= 86400, hours 12:00-13:00 UTC       | 0@1 7200@1 86400! | none
            silenceSeconds >= 7200, hours 12:00-13:00 UTC        | 0@1 86400! | none
            silenceSeconds >= 60, cooldown 10m   | 0@1 100@1 160@1        | 60 & 60 again 1: silenceSeconds 60 >= 60 at 60, until 160
            silenceSeconds >= 60, cooldown 10m   | 0@1 600@1 660@1        | 60 & 660

            # For so long.
            price > 100, for 30s                 | 0@101 30@102           | 30: price 102 > 100
            price > 100, for 30s                 | 0@101 29.999@101       | none
            price > 100, for 30s                 | 0@101 10@99 11@101 41@101 | 41
            price > 100, for 30s                 | 0@101 10@99 30@101 40@101 | none
            price > 100, for 30s                 | 0@101 30@101 31@101    | 30 & 31
            price > 100, for 30s, cooldown 1s    | 0@101 30@101 31@101    | 30 & 31
            price > 100, for 30s                 | 0@101 20! ~10@99 30@101 | 30
            price > 100, for 30s                 | 0@101 40! ~30@101      | none
            price > 100, for 30s                 | 0@99 40! ~0@101 41@101 | none
            size > 1, for 30s                    | 0@1x2 10@1x2 30@1x2    | 30
            size > 1, for 30s                    | 0@1x2 10@1 30@1x2      | none
            price > 100, for 24h                 | 0@101 2764800@101      | 2764800
            price > 100, for 24h                 | 0@101 2764800.001@101  | none
            price > 100, for 30s, from 2023-11-14T12:00:10Z | 0@101 10@101 40@101 | 40
            price > 100, for 30s, from 2023-11-14T12:00:10Z | 0@101 10@101 39.999@101 | none
            price > 100, for 2m, hours 12:00-12:10 UTC | 0@101 120@101    | 120
            price > 100, for 2m, hours 12:00-12:10 UTC | 540@101 86400@101 86519@101 | none
            price > 100, for 2m, hours 12:00-12:10 UTC | 540@101 86400@101 86520@101 | 86520
            price > 100, for 2m, hours 00:00-24:00 UTC | 540@101 86400@101 | 86400
            price > 100, for 2m, hours 00:00-24:00 UTC MON-FRI | 2023-11-17T23:59:00Z@101 2023-11-20T00:00:00Z@101 | 2023-11-20T00:00:00Z
            price > 100, for 2m, hours 00:00-24:00 UTC MON-FRI | 2023-11-17T23:59:00Z@101 2023-11-18T12:00:00Z@101 2023-11-20T00:00:00Z@101 | none
            price > 100, for 2h, hours 22:00-02:00 UTC TUE | 2023-11-14T23:00:00Z@101 2023-11-15T01:00:00Z@101 | 2023-11-15T01:00:00Z
            price > 100, for 1h, hours 01:00-02:00 America/New_York SUN | 2023-11-05T05:30:00Z@101 2023-11-05T06:30:00Z@101 | 2023-11-05T06:30:00Z

            # Cooldown.
            price > 100, cooldown 10s            | 0@101 10@102           | 0: price 101 > 100 & 10: price 102 > 100
            price > 100, cooldown 10s            | 0@101 9.999@102        | 0: price 101 > 100 & 0 again 1: price 102 > 100 at 9.999, until 9.999
            price > 100, cooldown 10s            | 0@101 1@105 2@103      | 0: price 101 > 100 & 0 again 2: price 105 > 100 at 1, until 2
            price > 100, cooldown 10s            | 0@105 1@101 2@99       | 0 & 0 again 1: price 105 > 100 at 0, until 1
            price > 100, cooldown 10s            | 0@101 1@99             | 0: price 101 > 100
            price < 100, cooldown 10s            | 0@99 1@90 2@95         | 0 & 0 again 2: price 90 < 100 at 1, until 2
            price > 100, cooldown 10s            | 0@101 5@101 12@101 13@101 14@101 22@101 | 0 & 0 again 1 & 12 & 12 again 2 & 22
            price > 100, cooldown 0s             | 0@101 0@101 1@101      | 0 & 0 & 1
            any(price > 100; size > 5), cooldown 10s | 0@101x1 1@99x6     | 0: price 101 > 100 & 0 again 1: price 101 > 100 at 0; size 6 > 5 at 1, until 1
            all(price > 100; size > 5), cooldown 10s | 0@101x9 1@105x6 2@109x5 | 0: price 101 > 100; size 9 > 5 & 0 again 1: price 105 > 100 at 1; size 9 > 5 at 0, until 1
            not(price > 100), cooldown 10s       | 0@100 1@90 2@95        | 0: price 100 <= 100 & 0 again 2: price 90 <= 100 at 1, until 2
            changePct over 1m > 5, cooldown 5m   | 0@100 1@106 2@140 3@120 | 1: changePct 6 > 5 & 1 again 2: changePct 40 > 5 at 2, until 3
            price > 100, cooldown 10s            | 0@101 5! ~3@150        | 0: price 101 > 100 & 0 again 1: price 150 > 100 at 3, until 3
            price > 100, cooldown 10s            | 0@101 5! ~-1@150       | 0: price 101 > 100 & -1 late: price 150 > 100
            price > 100, cooldown 10s            | 0@101 5! ~-1@150 8@101 | 0 & 0 again 1 & -1 late
            price > 100, cooldown 10s            | 0@99 5! ~4@150 8@101 14@101 | 4 late & 4 late again 1: price 150 > 100 at 4, until 8 & 14
            price > 100, cooldown 10s            | 0@99 9! ~4@101 ~6@103 ~2@101 ~8@101 | 4 late & 4 late again 1: price 103 > 100 at 6, until 6 & 2 late & 2 late again 1

            # Late ticks.
            price > 100                          | 5! ~4@101              | 4 late: price 101 > 100
            price > 100                          | 5! ~4@100              | none
            notional > 100                       | 5! ~4@101x1            | 4 late: notional 101 > 100
            changePct over 1m > 5                | 0@100 5! ~4@200        | none
            count over 1m >= 1                   | 5! ~4@200              | none
            not(count over 1m >= 1)              | 5! ~4@200              | 4 late:
            gapSeconds >= 0                      | 0@100 5! ~4@200        | none
            tickChangePct >= 6                   | 0@100 5! ~4@200 6@106  | 6: tickChangePct 6 >= 6
            count over 1m >= 3                   | 0@100 5! ~4@200 6@106  | none

            # When, and at what, it looks.
            price > 100, from 2023-11-14T12:00:01Z  | 0.999@101 1@101     | 1
            price > 100, until 2023-11-14T12:00:01Z | 0.999@101 1@101     | 0.999
            price > 100, from 2023-11-14T12:00:02Z  | 0@101 5! ~1.999@101 ~2@101 | 2 late
            price > 100, symbols BTC*            | 0@101                  | 0
            price > 100, symbols ETH* BTC        | 0@101                  | none
            price > 100, symbols BTC*, except *-EUR | 0@101               | 0
            price > 100, symbols BTC*, except *-USD | 0@101               | none
            price > 100, except BTC-USD          | 0@101                  | none
            price > 100, shadow                  | 0@101                  | 0 shadow
            price > 100, shadow, cooldown 10s    | 0@101 1@102            | 0 shadow & 0 shadow again 1
            price > 100, paused                  | 0@101                  | none
            changePct over 1m >= 6, from 2023-11-14T12:00:01Z | 0@100 1@106 | 1: changePct 6 >= 6
            changePct over 1m >= 6, until 2023-11-14T12:00:01Z | 0@100 1@106 | none

            # Hours, before and after the clocks of New York are put forward on 10 March 2024 and back on 5 November 2023.
            price > 1, hours 09:30-16:00 America/New_York MON-FRI | 2024-03-08T14:29:59.999Z@2 2024-03-08T14:30:00Z@2 | 2024-03-08T14:30:00Z
            price > 1, hours 09:30-16:00 America/New_York MON-FRI | 2024-03-11T13:29:59.999Z@2 2024-03-11T13:30:00Z@2 | 2024-03-11T13:30:00Z
            price > 1, hours 09:30-16:00 America/New_York MON-FRI | 2024-03-11T19:59:59.999Z@2 2024-03-11T20:00:00Z@2 | 2024-03-11T19:59:59.999Z
            price > 1, hours 09:30-16:00 America/New_York MON-FRI | 2024-03-10T14:00:00Z@2 | none
            price > 1, hours 09:30-16:00 America/New_York MON-FRI | 2023-11-03T13:29:59.999Z@2 2023-11-03T13:30:00Z@2 | 2023-11-03T13:30:00Z
            price > 1, hours 09:30-16:00 America/New_York MON-FRI | 2023-11-06T14:29:59.999Z@2 2023-11-06T14:30:00Z@2 | 2023-11-06T14:30:00Z
            price > 1, hours 01:00-02:00 America/New_York SUN | 2023-11-05T05:00:00Z@2 2023-11-05T06:30:00Z@2 2023-11-05T07:00:00Z@2 | 2023-11-05T05:00:00Z & 2023-11-05T06:30:00Z
            price > 1, hours 01:00-02:00 America/New_York SUN | 2023-11-05T04:59:59.999Z@2 2023-11-05T07:00:00Z@2 | none
            price > 1, hours 02:00-03:00 America/New_York SUN | 2024-03-10T06:59:59.999Z@2 2024-03-10T07:00:00Z@2 | none
            price > 1, hours 02:30-04:00 America/New_York SUN | 2024-03-10T06:59:59.999Z@2 2024-03-10T07:00:00Z@2 2024-03-10T08:00:00Z@2 | 2024-03-10T07:00:00Z
            price > 1, hours 22:00-02:00 UTC TUE | 2023-11-14T01:00:00Z@2 2023-11-14T21:59:59.999Z@2 | none
            price > 1, hours 22:00-02:00 UTC TUE | 2023-11-14T22:00:00Z@2 2023-11-15T01:59:59.999Z@2 2023-11-15T02:00:00Z@2 | 2023-11-14T22:00:00Z & 2023-11-15T01:59:59.999Z
            price > 1, hours 22:00-24:00 UTC TUE | 2023-11-14T23:59:59.999Z@2 2023-11-15T00:00:00Z@2 | 2023-11-14T23:59:59.999Z
            price > 1, hours 00:00-24:00 UTC TUE | 2023-11-13T23:59:59.999Z@2 2023-11-14T00:00:00Z@2 | 2023-11-14T00:00:00Z
            price > 1, hours 22:00-02:00 America/New_York SAT | 2024-03-10T06:59:59.999Z@2 2024-03-10T07:00:00Z@2 | 2024-03-10T06:59:59.999Z

            # Put together.
            all(price > 100; size > 5)           | 0@101x6                | 0: price 101 > 100; size 6 > 5
            all(price > 100; size > 5)           | 0@101x5                | none
            all(price > 100; size > 5)           | 0@101                  | none
            any(price > 100; size > 5)           | 0@101x6                | 0: price 101 > 100; size 6 > 5
            any(price > 100; size > 5)           | 0@101x5                | 0: price 101 > 100
            any(price > 100; size > 5)           | 0@100x5                | none
            not(price > 100)                     | 0@100                  | 0: price 100 <= 100
            not(price > 100)                     | 0@101                  | none
            not(price >= 100)                    | 0@99                   | 0: price 99 < 100
            not(price < 100)                     | 0@100                  | 0: price 100 >= 100
            not(price <= 100)                    | 0@101                  | 0: price 101 > 100
            not(size > 5)                        | 0@1                    | 0:
            not(size > 5)                        | 0@1x6                  | none
            not(all(price > 100; size > 5))      | 0@101x5                | 0: size 5 <= 5
            not(all(price > 100; size > 5))      | 0@101x6                | none
            not(all(price > 100; size > 5))      | 0@101                  | 0:
            not(any(price > 100; size > 5))      | 0@100x5                | 0: price 100 <= 100; size 5 <= 5
            not(any(price > 100; size > 5))      | 0@101x5                | none
            not(not(price > 100))                | 0@101                  | 0: price 101 > 100
            not(not(price > 100))                | 0@100                  | none
            not(not(size > 5))                   | 0@100                  | none
            any(all(price > 100; size > 5); notional > 50)  | 0@101x1     | 0: notional 101 > 50
            any(all(price > 100; size > 5); notional > 500) | 0@101x1     | none
            all(not(any(price < 10; price > 20)); count over 1m >= 2) | 0@15 1@15 | 1: price 15 >= 10; price 15 <= 20; count 2 >= 2
            all(not(any(price < 10; price > 20)); count over 1m >= 2) | 0@15 1@21 | none
            not(all(any(price > 100; size > 5); not(notional > 50))) | 0@100x5 | 0: price 100 <= 100; size 5 <= 5; notional 500 > 50
            not(all(any(price > 100; size > 5); not(notional > 50))) | 0@101x0 | none

            # The trade's quote.
            spreadBps >= 200                     | 0q99/101 1@100         | 1: spreadBps 200 >= 200
            spreadBps > 200                      | 0q99/101 1@100         | none
            spreadBps >= 200                     | 0q99/101 5@100         | 5: spreadBps 200 >= 200
            spreadBps >= 200                     | 0q99/101 5.001@100     | none
            spreadBps >= 200                     | 0q90/110 0.5q99/101 1@100 | 1: spreadBps 200 >= 200
            spreadBps >= 200                     | 0q99/101 0.5q99.5/100.5 1@100 | none
            spreadBps >= 200                     | quotes-first 1q99/101 1@100 | 1
            spreadBps >= 200                     | 1@100 1q99/101         | none
            spreadBps < 0                        | 0q101/99 1@100         | 1: spreadBps -200 < 0
            spreadBps < 0                        | 0q100/100 1@100        | none
            spreadBps <= 0                       | 0q100/100 1@100        | 1: spreadBps 0 <= 0
            spreadBps <= 0                       | 0q99/ 1@100            | none
            spreadBps >= -1000                   | 0q99/ 1@100            | none
            spreadBps >= -1000                   | 0q/101 1@100           | none
            spreadBps >= 0                       | 0q-1/3 1@100           | 1: spreadBps 40000 >= 0
            spreadBps >= 0                       | 0q-1/1 1@100           | none
            offQuoteBps >= 100                   | 0q99/101 1@102         | 1: offQuoteBps 100 >= 100
            offQuoteBps > 100                    | 0q99/101 1@102         | none
            offQuoteBps >= 100                   | 0q99/101 1@98          | 1: offQuoteBps 100 >= 100
            offQuoteBps >= 100                   | 0q99/101 1@98.5        | none
            offQuoteBps <= 0                     | 0q99/101 1@101         | 1: offQuoteBps 0 <= 0
            offQuoteBps <= 0                     | 0q99/101 1@101.01      | none
            offQuoteBps >= 0                     | 0q100/100 1@101        | 1: offQuoteBps 100 >= 0
            offQuoteBps >= 0                     | 0q101/99 1@105         | none
            offQuoteBps >= 0                     | 0q99/ 1@90             | none
            offQuoteBps >= 0                     | 1@90                   | none
            quoteAgeSeconds >= 2.5               | 0q99/101 2.5@1         | 2.5: quoteAgeSeconds 2.5 >= 2.5
            quoteAgeSeconds > 2.5                | 0q99/101 2.5@1         | none
            quoteAgeSeconds <= 0                 | quotes-first 1q99/101 1@1 | 1: quoteAgeSeconds 0 <= 0
            quoteAgeSeconds <= 0                 | 0.999q99/101 1@1       | none
            quoteAgeSeconds >= 0                 | 0q99/ 1@1              | 1: quoteAgeSeconds 1 >= 0
            quoteAgeSeconds >= 0                 | 0q101/99 1@1           | 1: quoteAgeSeconds 1 >= 0
            quoteAgeSeconds >= 0                 | 1@1                    | none
            quoteAgeSeconds >= 0                 | 0q99/101 5.001@1       | none

            # Who bought, and who sold.
            buyPct over 1m <= 60                 | 0@1x3b 1@1x2s          | 1: buyPct 60 <= 60
            buyPct over 1m < 60                  | 0@1x3b 1@1x2s          | none
            buyPct over 1m >= 75                 | 0@1x1s 1@1x3b          | 1: buyPct 75 >= 75
            buyPct over 1m <= 60                 | 0@1x3b 1@1x9 2@1s 3@1x2s | 3: buyPct 60 <= 60
            buyPct over 1m >= 0                  | 0@1x3                  | none
            buyPct over 1m >= 0                  | 0@1b                   | none
            buyPct over 1m >= 0                  | 0@1x0b                 | none
            buyPct over 1m >= 100                | 0@1x3b 1@1x9           | 0 & 1: buyPct 100 >= 100
            buyPct over 1m <= 0                  | 1@1x3b 61@1x2s         | none
            buyPct over 1m <= 0                  | 1@1x3b 62@1x2s         | 62: buyPct 0 <= 0
            buyPct over 1m >= 100                | 0q99/101 1@101x1       | 1: buyPct 100 >= 100
            buyPct over 1m >= 100                | 0q99/101 1@99x1        | none
            buyPct over 1m >= 100                | 0q99/101 1@99x1b       | 1
            buyPct over 1m >= 100                | 0@99 1q99/101 2@100x1  | 2
            buyPct over 1m >= 100                | 0@101 1q99/101 2@100x1 | none
            buyPct over 1m >= 100                | 0q101/99 1@105x1       | none
            buyPct over 1m <= 0                  | 0@1x3b 5! ~4@1x9s 6@1x3s | none
            buyPct over 1m <= 50                 | 0@1x3b 5! ~4@1x9s 6@1x3s | 6: buyPct 50 <= 50

            # How many quotes there were before the trade.
            quoteCount over 1m >= 2              | 0q1/2 1q1/2 60@1       | 60: quoteCount 2 >= 2
            quoteCount over 1m >= 2              | 0q1/2 1q1/2 61@1       | none
            quoteCount over 1m > 2               | 0q1/2 1q1/2 60@1       | none
            quoteCount over 1m >= 2              | 0q1/2 1@1 1q1/2        | none
            quoteCount over 1m >= 2              | quotes-first 0q1/2 1q1/2 1@1 | 1
            quoteCount over 1m >= 2              | 0q2/1 1q1/ 2@1         | 2: quoteCount 2 >= 2
            quoteCount over 1m <= 0              | 0@1                    | 0: quoteCount 0 <= 0
            quoteCount over 1m <= 0              | 0q1/2 1@1              | none
            quoteCount over 1m >= 2              | 0q1/2 5! ~4q1/2 6@1    | none
            quoteRatio over 1m baseline 10m >= 2 | 0q1/2 340+20*30q1/2 1000+0*6q1/2 1000.5@1 | 1000.5: quoteRatio 2 >= 2
            quoteRatio over 1m baseline 10m > 2  | 0q1/2 340+20*30q1/2 1000+0*6q1/2 1000.5@1 | none
            quoteRatio over 1m baseline 10m >= 2 | 0q1/2 340+20*29q1/2 1000+0*6q1/2 1000.5@1 | none
            quoteRatio over 1m baseline 10m >= 2 | 339.999q1/2 340+20*30q1/2 1000+0*6q1/2 1000.5@1 | 1000.5
            quoteRatio over 1m baseline 10m >= 2 | 0@1 340+20*30q1/2 1000+0*6q1/2 1000.5@1 | none
            quoteRatio over 1m baseline 10m <= 0 | 0q1/2 340+20*30q1/2 1000.5@1 | 1000.5: quoteRatio 0 <= 0
            quoteRatio over 1m baseline 10m <= 0 | 340+20*30q1/2 1000.5@1 | none

            # Rules on quotes.
            spreadBps >= 200, on quote           | 0q99/101               | 0: spreadBps 200 >= 200
            spreadBps > 200, on quote            | 0q99/101               | none
            spreadBps >= -1000, on quote         | 0q99/ 1q/101 2q-1/1    | none
            spreadBps >= -1000, on quote         | 0@100                  | none
            spreadBps < 0, on quote              | 0q100/100 1q101/99     | 1: spreadBps -200 < 0
            spreadBps >= 200, on quote           | 0q99/101 1@100 2q99/101 2q99.5/100.5 | 0 & 2
            quoteCount over 1m >= 2, on quote    | 1q1/2 61q1/2           | 61: quoteCount 2 >= 2
            quoteCount over 1m >= 2, on quote    | 1q1/2 62q1/2           | none
            quoteCount over 1m >= 2, on quote    | 1q1/2 2@1 3@1          | none
            quoteCount over 1m >= 2, on quote    | 1q1/2 2q1/ 3q/2        | 2: quoteCount 2 >= 2 & 3: quoteCount 3 >= 2
            quoteRatio over 1m baseline 10m >= 2, on quote | 0q1/2 340+20*30q1/2 1000+0*6q1/2 | 1000: quoteRatio 2 >= 2
            quoteRatio over 1m baseline 10m > 2, on quote | 0q1/2 340+20*30q1/2 1000+0*6q1/2 | none
            quoteRatio over 1m baseline 10m >= 2, on quote | 0q1/2 340+20*29q1/2 1000+0*6q1/2 | none
            quoteRatio over 1m baseline 10m >= 2, on quote | 340+20*30q1/2 1000+0*6q1/2 | none
            quoteRatio over 1m baseline 10m >= 2, on quote | 0@1 340+20*30q1/2 1000+0*6q1/2 | none
            quoteRatio over 1m baseline 10m >= 0.25, on quote | 0q1/2 2764800q1/2 2764810+10*30q1/2 2765460q1/2 | 2765460: quoteRatio 0.3225806451612903 >= 0.25
            quoteRatio over 1m baseline 10m >= 0.25, on quote | 0q1/2 2764800.001q1/2 2764810+10*30q1/2 2765460q1/2 | none
            not(spreadBps < 200), on quote       | 0q99/101 1q99.5/100.5 2q99/ | 0: spreadBps 200 >= 200 & 2:
            all(spreadBps >= 200; quoteCount over 1m >= 2), on quote | 0q99/101 1q99/101 2q99.5/100.5 | 1: spreadBps 200 >= 200; quoteCount 2 >= 2
            any(spreadBps > 200; quoteCount over 1m >= 2), on quote | 0q99/101 1q99/101 | 1: quoteCount 2 >= 2
            spreadBps >= 200, on quote, shadow   | 0q99/101               | 0 shadow
            spreadBps >= 200, on quote, paused   | 0q99/101               | none
            spreadBps >= 200, on quote, symbols ETH* | 0q99/101           | none
            spreadBps >= 200, on quote, except *-USD | 0q99/101           | none
            spreadBps >= 200, on quote, from 2023-11-14T12:00:01Z | 0.999q99/101 1q99/101 | 1
            spreadBps >= 200, on quote, until 2023-11-14T12:00:01Z | 0.999q99/101 1q99/101 | 0.999
            spreadBps >= 200, on quote, hours 12:00-12:01 UTC | -0.001q99/101 0q99/101 59.999q99/101 60q99/101 | 0 & 59.999
            spreadBps >= 200, on quote, for 30s  | 0q99/101 30q99/101     | 30: spreadBps 200 >= 200
            spreadBps >= 200, on quote, for 30s  | 0q99/101 29.999q99/101 | none
            spreadBps >= 200, on quote, for 30s  | 0q99/101 10q99.5/100.5 11q99/101 40q99/101 | none
            spreadBps >= 200, on quote, for 30s  | 0q99/101 10q99.5/100.5 11q99/101 41q99/101 | 41
            spreadBps >= 200, on quote, for 30s  | 0q99/101 10q99/ 30q99/101 | none
            spreadBps >= 200, on quote, for 30s  | 0q99/101 10@100 20@200 30q99/101 | 30
            spreadBps >= 200, for 30s            | 0q99/101 1@100 10q1/2 11q99/101 30q99/101 31@100 | 31
            spreadBps >= 200, for 30s            | 0q99/101 1@100 10@100 30q99/101 31@100 | none
            spreadBps >= 200, on quote, for 24h  | 0q99/101 2764800q99/101 | 2764800
            spreadBps >= 200, on quote, for 24h  | 0q99/101 2764800.001q99/101 | none
            spreadBps >= 200, on quote, for 24h  | 0@1 0q99/101 2000000q99/101 2851200@1 2900000q99/101 | 2000000 & 2900000
            price > 100, for 24h                 | 0@101 0q1/2 2000000@101 2851200q1/2 2900000@101 | 2000000 & 2900000
            spreadBps >= 200, on quote, cooldown 10s | 0q99/101 1q98/102 9.999q99/101 10q99/101 | 0: spreadBps 200 >= 200 & 0 again 2: spreadBps 400 >= 200 at 1, until 9.999 & 10: spreadBps 200 >= 200
            spreadBps >= 200, on quote, cooldown 10s | 0q99/101 1q99.5/100.5 | 0
            spreadBps >= 200, on quote, cooldown 10s | 0q99/101 5! ~4q98/102 | 0 & 0 again 1: spreadBps 400 >= 200 at 4, until 4
            spreadBps >= 200, on quote, cooldown 10s | 9q99.5/100.5 10! ~9.5q99/101 ~9.6q98/102 12q99/101 | 9.5 late & 9.5 late again 2

            # Late quotes say what they say themselves, if they are the last ones.
            spreadBps >= 200, on quote           | 5! ~4q99/101           | 4 late: spreadBps 200 >= 200
            spreadBps >= 200, on quote           | 5! ~4q99.5/100.5       | none
            spreadBps >= 200, on quote           | 4.5q99.5/100.5 5! ~4q99/101 | none
            spreadBps >= 200, on quote           | 3.5q99.5/100.5 5! ~4q99/101 | 4 late
            spreadBps >= 200, on quote           | 5! ~4q99.5/100.5 ~3q99/101 | none
            spreadBps >= 200, on quote           | 9! ~4q99/101           | none
            spreadBps >= 200, on quote           | 8.999! ~4q99/101       | 4 late
            spreadBps >= 200, on quote, for 10s  | 5! ~4q99/101           | none
            spreadBps >= 200, on quote, for 10s  | 0q99/101 5! ~4q99.5/100.5 10q99/101 | 10
            quoteCount over 1m >= 1, on quote    | 5! ~4q99/101           | none
            quoteCount over 1m >= 2, on quote    | 0q1/2 5! ~4q1/2 6q1/2  | 6: quoteCount 2 >= 2
            quoteCount over 1m >= 3, on quote    | 0q1/2 5! ~4q1/2 6q1/2  | none
            not(quoteCount over 1m >= 1), on quote | 5! ~4q99/101         | 4 late:
            spreadBps >= 200                     | 5! ~4q99/101           | none
            spreadBps >= 200                     | 5! ~4q99/101 6@100     | 6: spreadBps 200 >= 200
            spreadBps >= 200                     | 4.5q99.5/100.5 5! ~4q99/101 6@100 | none
            spreadBps >= 0                       | 0q99/101 5! ~4@100     | none
            quoteAgeSeconds >= 0                 | 0q99/101 5! ~4@100     | none
            quoteCount over 1m >= 0              | 0q99/101 5! ~4@100     | none
            price > 99                           | 0q99/101 5! ~4@100     | 4 late: price 100 > 99

            # What a size of one stands for.
            notional >= 1000                     | multiplier=100 0@10x1  | 0: notional 1000 >= 1000
            notional >= 1000                     | multiplier=99 0@10x1   | none
            notional >= 1000                     | 0@10x1                 | none
            notional >= 1000                     | multiplier=100 0@10x1 0! unknown 1@10x1 1! multiplier=101 2@10x1 | 0 & 2: notional 1010 >= 1000
            notional >= 1000                     | multiplier=100 5! ~4@10x1 | 4 late: notional 1000 >= 1000
            notional >= 1000                     | multiplier=99 5! ~4@10x1 | none
            notional <= 0.1                      | multiplier=10 0@0.1x0.1 | 0: notional 0.1 <= 0.1
            notional > 0.1                       | multiplier=10 0@0.1x0.1 | none
            turnover over 1m >= 300              | multiplier=10 0@10x1 1@10x2 | 1: turnover 300 >= 300
            turnover over 1m > 300               | multiplier=10 0@10x1 1@10x2 | none
            turnover over 1m >= 400              | multiplier=10 0@10x1 0! multiplier=20 1@10x1 | 1: turnover 400 >= 400
            turnover over 1m <= 0.1              | multiplier=10 0@0.1x0.1 | 0: turnover 0.1 <= 0.1
            volume over 1m >= 10                 | multiplier=10 0@10x1   | none
            volume over 1m >= 10                 | multiplier=10 0@10x10  | 0: volume 10 >= 10
            vwapDeviationPct over 1m >= 5        | multiplier=10 0@100x1 1@105 | 1: vwapDeviationPct 5 >= 5

            # Sectors and venues.
            price > 100, sectors Tech            | sector=Tech 0@101      | 0
            price > 100, sectors Tech            | sector=Technology 0@101 | none
            price > 100, sectors Tech            | sector=tech 0@101      | none
            price > 100, sectors Tech            | venue=Tech 0@101       | none
            price > 100, sectors Tech            | 0@101                  | none
            price > 100, sectors Bank Tech       | sector=Tech 0@101      | 0
            price > 100, venues XNYS XNAS        | venue=XNAS 0@101       | 0
            price > 100, venues XNYS XNAS        | venue=XLON 0@101       | none
            price > 100, venues XNYS XNAS        | 0@101                  | none
            price > 100, sectors Tech, venues XNAS | sector=Tech,venue=XNAS 0@101 | 0
            price > 100, sectors Tech, venues XNAS | sector=Tech,venue=XLON 0@101 | none
            price > 100, sectors Tech, venues XNAS | sector=Bank,venue=XNAS 0@101 | none
            price > 100, sectors Tech, except BTC* | sector=Tech 0@101    | none
            price > 100, sectors Tech, symbols ETH* | sector=Tech 0@101   | none
            price > 100, sectors Tech            | sector=Tech 5! ~4@101  | 4 late
            price > 100, sectors Tech            | sector=Bank 5! ~4@101  | none
            spreadBps >= 200, on quote, sectors Tech | sector=Tech 0q99/101 | 0
            spreadBps >= 200, on quote, sectors Tech | sector=Bank 0q99/101 | none
            spreadBps >= 200, on quote, venues XNAS | venue=XNAS 5! ~4q99/101 | 4 late
            spreadBps >= 200, on quote, venues XNAS | venue=XLON 5! ~4q99/101 | none

            # An instrument that changes, and rules that begin to apply and cease to.
            price > 100, sectors Tech            | 0@101 0! sector=Tech 1@101 1! sector=Bank 2@101 | 1
            price > 100, sectors Tech            | sector=Tech 0@101 0! unknown 1@101 | 0
            changePct over 1m >= 6, sectors Tech | 0@90 0! sector=Tech 1@100 60@106 | none
            changePct over 1m >= 6, sectors Tech | 0@90 0! sector=Tech 1@100 61@106 | 61: changePct 6 >= 6
            changePct over 1m >= 6, sectors Tech | 0@90 5! sector=Tech 6@100 65@106 | none
            changePct over 1m >= 6, sectors Tech | 0@90 5! sector=Tech 6@100 66@106 | 66: changePct 6 >= 6
            quoteCount over 1m >= 1, on quote, sectors Tech | 0q1/2 5! sector=Tech 65.999q1/2 | none
            quoteCount over 1m >= 1, on quote, sectors Tech | 0q1/2 5! sector=Tech 66q1/2 | 66
            quoteCount over 1m <= 0, sectors Tech | 0q1/2 5! sector=Tech 65@1 | none
            quoteCount over 1m <= 0, sectors Tech | 0q1/2 5! sector=Tech 66@1 | 66
            tickChangePct >= 6, sectors Tech     | 0@100 0! sector=Tech 1@106 | none
            tickChangePct >= 6, sectors Tech     | 0@90 0! sector=Tech 1@100 2@106 | 2: tickChangePct 6 >= 6
            price > 100, sectors Tech, cooldown 10s | sector=Tech 0@101 1@101 1! sector=Tech,venue=XNAS 2@101 | 0 & 0 again 2
            price > 100, sectors Tech, cooldown 10s | sector=Tech 0@101 1@101 1! sector=Bank 2@101 2! sector=Tech 3@101 4@101 | 0 & 3 & 3 again 1
            price > 100, sectors Tech, cooldown 1s | sector=Tech 0@101 0.999@101 0.999! sector=Bank | 0 & 0 again 1
            price > 100, sectors Tech, cooldown 1001ms | sector=Tech 0@101 0.999@101 0.999! sector=Bank | 0
            price > 100, sectors Tech, for 2s    | sector=Tech 0@101 1@101 1! sector=Tech,venue=XNAS 2@101 | 2
            price > 100, sectors Tech, for 2s    | sector=Tech 0@101 1@101 1! sector=Bank sector=Tech 2@101 3.999@101 | none
            price > 100, sectors Tech, for 2s    | sector=Tech 0@101 1@101 1! sector=Bank sector=Tech 2@101 4@101 | 4
            silenceSeconds >= 60, sectors Tech   | sector=Tech 0@1 30! sector=Tech,venue=XNAS 60! | 60
            silenceSeconds >= 60, sectors Tech   | sector=Tech 0@1 30! sector=Bank 60! | none
            silenceSeconds >= 60, sectors Tech   | sector=Tech 0@1 30! sector=Bank sector=Tech 60! 61@1 121! | 121
            silenceSeconds >= 60, sectors Tech   | sector=Tech 0@1 60! sector=Bank | 60
            """;

    private RuleCases() {}

    /**
     * @param previousClose as the rules ask for it
     * @param flags as they are written
     */
    record RuleCase(
            String words, Rule rule, List<Shown> shown, Closes previousClose, QuoteSettings settings, String flags) {

        @Override
        public String toString() {
            return words;
        }

        /** The flags in words, with their evidence or without it as those that are expected have it. */
        List<String> expected() {
            return flags.equals("none")
                    ? List.of()
                    : Arrays.stream(flags.split(" & ")).sorted().toList();
        }

        /** Flags in the words of those that are expected. */
        List<String> inWords(List<NaiveFlag> raised) {
            List<String> withoutEvidence = expected().stream()
                    .filter(each -> !each.contains(":") || isInstant(each))
                    .toList();
            List<String> words = new ArrayList<>();
            for (NaiveFlag flag : raised) {
                String brief = brief(flag);
                words.add(withoutEvidence.contains(brief) ? brief : brief + evidence(flag));
            }
            return words.stream().sorted().toList();
        }

        private static boolean isInstant(String flag) {
            return flag.endsWith("Z");
        }

        private String brief(NaiveFlag flag) {
            String time = flags.matches("\\d{4}-.*")
                    ? Instant.ofEpochMilli(flag.time()).toString()
                    : second(flag.time());
            return time
                    + (flag.late() ? " late" : "")
                    + (flag.shadow() ? " shadow" : "")
                    + (flag.isFirst() ? "" : " again " + flag.suppressed());
        }

        private static String evidence(NaiveFlag flag) {
            String words = flag.isFirst()
                    ? flag.evidence().stream().map(RuleCase::words).collect(Collectors.joining("; "))
                    : flag.mostExtreme().stream()
                                    .map(each -> words(each.evidence()) + " at " + second(each.time()))
                                    .collect(Collectors.joining("; "))
                            + ", until " + second(flag.lastTime());
            return (": " + words).strip();
        }

        private static String words(Evidence each) {
            return each.metric() + " " + plain(each.value()) + " " + each.is() + " " + plain(each.limit());
        }

        private static String second(long time) {
            return plain((time - NOON) / 1000.0);
        }

        private static String plain(double number) {
            return number == Math.rint(number) ? String.valueOf((long) number) : String.valueOf(number);
        }
    }

    public static List<RuleCase> all() {
        return CASES.lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .map(RuleCases::read)
                .toList();
    }

    private static RuleCase read(String line) {
        String[] columns = line.split("\\|");
        String rule = columns[0].strip();
        String flags = columns[2].strip();
        ShownWords words = new ShownWords(columns[1]);
        String all = rule + " | " + columns[1].strip() + " | " + flags;
        return new RuleCase(
                all,
                Rules.rule("it: " + rule),
                words.shown,
                time -> Numbers.decimal(words.close),
                words.settings(),
                flags);
    }
}
