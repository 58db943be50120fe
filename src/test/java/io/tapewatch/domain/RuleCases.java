package io.tapewatch.domain;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongToDoubleFunction;
import java.util.stream.Collectors;

/**
 * What rules do, worked out by hand, in pairs: one that must flag, and its twin that must not, or not so. The oracle and
 * the product are both held to them.
 *
 * <p>A case is a rule, what is shown to it, and the flags. Shown are ticks of BTC-USD, {@code 1.5@100x2}: at 1.5 s after
 * {@link #NOON} a price of 100 and a size of 2; {@code 0+1*30@1/2x5} are 30 of them, one a second, with prices of 1 and 2
 * in turn; {@code ~1@100} is a late one; {@code 60!} says that event time has come to 60 s; {@code close=100} is the
 * previous close. A time can also be an instant. A flag is its time, {@code again 2} with the number suppressed when it
 * is an update, {@code late}, {@code shadow}, and after a colon its evidence, which need not be there.
 */
final class RuleCases {

    /** A Tuesday. */
    static final long NOON = Instant.parse("2023-11-14T12:00:00Z").toEpochMilli();

    static final String SYMBOL = "BTC-USD";

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
            silenceSeconds >= 60, cooldown 10m   | 0@1 100@1 160@1        | 60 & 60 again 1: silenceSeconds 60 >= 60
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
            price > 100, cooldown 10s            | 0@101 9.999@102        | 0: price 101 > 100 & 0 again 1: price 102 > 100
            price > 100, cooldown 10s            | 0@101 1@105 2@103      | 0: price 101 > 100 & 0 again 2: price 105 > 100
            price > 100, cooldown 10s            | 0@105 1@101 2@99       | 0 & 0 again 1: price 105 > 100
            price > 100, cooldown 10s            | 0@101 1@99             | 0: price 101 > 100
            price < 100, cooldown 10s            | 0@99 1@90 2@95         | 0 & 0 again 2: price 90 < 100
            price > 100, cooldown 10s            | 0@101 5@101 12@101 13@101 14@101 22@101 | 0 & 0 again 1 & 12 & 12 again 2 & 22
            price > 100, cooldown 0s             | 0@101 0@101 1@101      | 0 & 0 & 1
            any(price > 100; size > 5), cooldown 10s | 0@101x1 1@99x6     | 0: price 101 > 100 & 0 again 1: price 101 > 100; size 6 > 5
            all(price > 100; size > 5), cooldown 10s | 0@101x9 1@105x6 2@109x5 | 0: price 101 > 100; size 9 > 5 & 0 again 1: price 105 > 100; size 9 > 5
            not(price > 100), cooldown 10s       | 0@100 1@90 2@95        | 0: price 100 <= 100 & 0 again 2: price 90 <= 100
            changePct over 1m > 5, cooldown 5m   | 0@100 1@106 2@140 3@120 | 1: changePct 6 > 5 & 1 again 2: changePct 40 > 5
            price > 100, cooldown 10s            | 0@101 5! ~3@150        | 0: price 101 > 100 & 0 again 1: price 150 > 100
            price > 100, cooldown 10s            | 0@101 5! ~-1@150       | 0: price 101 > 100 & -1 late: price 150 > 100
            price > 100, cooldown 10s            | 0@101 5! ~-1@150 8@101 | 0 & 0 again 1 & -1 late
            price > 100, cooldown 10s            | 0@99 5! ~4@150 8@101 14@101 | 4 late & 4 late again 1: price 150 > 100 & 14
            price > 100, cooldown 10s            | 0@99 9! ~4@101 ~6@103 ~2@101 ~8@101 | 4 late & 4 late again 1: price 103 > 100 & 2 late & 2 late again 1

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
            """;

    private RuleCases() {}

    /**
     * @param previousClose as the rules ask for it
     * @param flags as they are written
     */
    record RuleCase(String words, Rule rule, List<Shown> shown, LongToDoubleFunction previousClose, String flags) {

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
                    : plain((flag.time() - NOON) / 1000.0);
            return time
                    + (flag.late() ? " late" : "")
                    + (flag.shadow() ? " shadow" : "")
                    + (flag.isFirst() ? "" : " again " + flag.suppressed());
        }

        private static String evidence(NaiveFlag flag) {
            return (": "
                            + flag.evidence().stream()
                                    .map(each -> each.metric() + " " + plain(each.value()) + " " + each.is() + " "
                                            + plain(each.limit()))
                                    .collect(Collectors.joining("; ")))
                    .strip();
        }

        private static String plain(double number) {
            return number == Math.rint(number) ? String.valueOf((long) number) : String.valueOf(number);
        }
    }

    static List<RuleCase> all() {
        return CASES.lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .map(RuleCases::read)
                .toList();
    }

    private static RuleCase read(String line) {
        String[] columns = line.split("\\|");
        String rule = columns[0].strip();
        String flags = columns[2].strip();
        List<Shown> shown = new ArrayList<>();
        double close = Double.NaN;
        for (String each : columns[1].strip().split(" ")) {
            if (each.startsWith("close=")) {
                close = Double.parseDouble(each.substring("close=".length()));
            } else if (each.endsWith("!")) {
                shown.add(new Shown.Watermark(time(each.substring(0, each.length() - 1))));
            } else {
                addTicks(each, shown);
            }
        }
        double previousClose = close;
        String words = rule + " | " + columns[1].strip() + " | " + flags;
        return new RuleCase(words, Rules.rule("it: " + rule), shown, time -> previousClose, flags);
    }

    private static void addTicks(String text, List<Shown> shown) {
        boolean late = text.startsWith("~");
        String[] timesAndTick = text.substring(late ? 1 : 0).split("@");
        String[] timeAndMore = timesAndTick[0].split("[+*]");
        String[] pricesAndSize = timesAndTick[1].split("x");
        String[] prices = pricesAndSize[0].split("/");
        long step = timeAndMore.length == 1 ? 0 : Math.round(Double.parseDouble(timeAndMore[1]) * 1000);
        int count = timeAndMore.length == 1 ? 1 : Integer.parseInt(timeAndMore[2]);
        for (int i = 0; i < count; i++) {
            Tick tick = Ticks.tick(SYMBOL)
                    .at(time(timeAndMore[0]) + i * step)
                    .price(Double.parseDouble(prices[i % prices.length]))
                    .size(pricesAndSize.length == 1 ? Tick.NO_SIZE : Double.parseDouble(pricesAndSize[1]))
                    .offset(shown.size())
                    .tick();
            shown.add(late ? new Shown.Late(tick) : new Shown.InOrder(tick));
        }
    }

    private static long time(String text) {
        return text.endsWith("Z")
                ? Instant.parse(text).toEpochMilli()
                : NOON + Math.round(Double.parseDouble(text) * 1000);
    }
}
