package io.tapewatch.io.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapewatch.Rounds;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimeReaderTest {

    private static final BigDecimal NANOS_PER_MILLI = BigDecimal.valueOf(1_000_000);

    private final TimeReader reader = new TimeReader();

    /** Epoch nanoseconds of what was read last. */
    private BigDecimal read() {
        assertThat(reader.nanos()).isBetween(0, 999_999);
        return BigDecimal.valueOf(reader.millis()).multiply(NANOS_PER_MILLI).add(BigDecimal.valueOf(reader.nanos()));
    }

    @Test
    void anyNumberIsReadAsItsDecimalCutBehindTheNanosecond() {
        long seed = 2020;
        Random random = new Random(seed);
        for (int i = 0; i < Rounds.of(200_000); i++) {
            int unit = new int[] {3, 0, -3, -6}[random.nextInt(4)];
            StringBuilder text = new StringBuilder();
            int whole = random.nextInt(13);
            int decimals = random.nextInt(12);
            for (int digit = 0; digit < whole; digit++) {
                text.append((char) ('0' + random.nextInt(10)));
            }
            if (whole == 0 || decimals > 0 || random.nextInt(10) == 0) {
                text.append('.');
            }
            for (int digit = 0; digit < (whole == 0 ? decimals + 1 : decimals); digit++) {
                text.append((char) ('0' + random.nextInt(10)));
            }
            if (random.nextInt(4) == 0) {
                text.append(random.nextBoolean() ? 'e' : 'E').append(random.nextInt(7) - 3);
            }
            assertThat(reader.readNumber(text, unit)).as("%s", text).isTrue();
            assertThat(read())
                    .as("%s of seed %s", text, seed)
                    .isEqualByComparingTo(new BigDecimal(text.toString())
                            .scaleByPowerOfTen(unit + 6)
                            .setScale(0, RoundingMode.DOWN));
        }
    }

    @Test
    void anyInstantIsReadInWhateverFormItIsWritten() {
        long seed = 2021;
        Random random = new Random(seed);
        for (int i = 0; i < Rounds.of(200_000); i++) {
            Instant instant = Instant.ofEpochSecond(
                    random.nextLong(-60_000_000_000L, 250_000_000_000L), random.nextInt(1_000_000_000));
            int seconds = random.nextInt(2 * 18 * 60 + 1) * 60 - 18 * 60 * 60;
            OffsetDateTime time = instant.atOffset(ZoneOffset.ofTotalSeconds(seconds));
            String text = time.toString(); // which leaves out what is zero at its end
            switch (random.nextInt(5)) {
                case 0 -> text = text.replace('T', ' ');
                case 1 -> text = text.toLowerCase();
                case 2 -> text = text.replaceFirst("([+-]\\d\\d):(\\d\\d)$", "$1$2");
                case 3 -> text = text.replaceFirst("([+-]\\d\\d):00$", "$1");
                default -> {
                    // As Java writes it.
                }
            }
            assertThat(reader.readIso(text)).as(text).isTrue();
            assertThat(read())
                    .as("%s of seed %s", text, seed)
                    .isEqualByComparingTo(BigDecimal.valueOf(instant.getEpochSecond())
                            .multiply(BigDecimal.valueOf(1_000_000_000))
                            .add(BigDecimal.valueOf(instant.getNano())));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-30T02:00:00+0530, 1795984200000, 0",
        "2026-11-30T02:00:00+05, 1795986000000, 0",
        "2024-01-02 09:15:03+05:30, 1704167103000, 0",
        "2026-11-30T02:00:00.123456789012Z, 1796004000123, 456789",
        "2026-11-30T02:00:00.Z, 1796004000000, 0",
        "1969-12-31T23:59:59.9999999Z, -1, 999900",
    })
    void theseFormsAreRead(String text, long millis, int nanos) {
        assertThat(reader.readIso(text)).isTrue();
        assertThat(reader.millis()).isEqualTo(millis);
        assertThat(reader.nanos()).isEqualTo(nanos);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "2026-11-30T02:00:00",
                "2026-11-30",
                "2026-02-29T02:00:00Z",
                "2026-13-30T02:00:00Z",
                "2026-11-30T24:00:00Z",
                "2026-11-30T02:00:60Z",
                "2026-11-30T02:00:00 Z",
                "2026-11-30T02:00:00Z[UTC]",
                "2026-11-30T02:00:00+5",
                "2026-11-30T02:00:00+18:01",
                "2026-11-30T02:00:00+05:3",
                "2026-11-30T02:00:00+05300",
                "2026-11-30T02:00:00+05:3015",
                "2026-11-30T02:00:00,123Z",
                "20261130T020000Z",
                "11/30/2026 02:00:00Z",
                "２０２６-11-30T02:00:00Z",
                "2026-11-30T02:00:00ZZ"
            })
    void theseAreNot(String text) {
        assertThat(reader.readIso(text)).isFalse();
        assertThat(reader.readNumber(text, 0)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", ".", "-", "+", "e5", "1e", "1e+", "1e5.", "1.2.3", "1_000", "0x1f", "NaN", "१", " 1", "1 "})
    void theseAreNoNumbers(String text) {
        assertThat(reader.readNumber(text, 0)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e1000000000", "1e99999999999999999999", "9223372036854775808", "9223372036854775807.5"})
    void whatIsBeyondALongIsTheNearest(String text) {
        assertThat(reader.readNumber(text, 0)).isTrue();
        assertThat(reader.millis()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void timesBeforeTheEpochAreCutDownwards() {
        assertThat(reader.readNumber("-0.25", 0)).isTrue();
        assertThat(reader.millis()).isEqualTo(-1);
        assertThat(reader.nanos()).isEqualTo(750_000);
    }
}
