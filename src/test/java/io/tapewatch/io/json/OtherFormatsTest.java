package io.tapewatch.io.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tapewatch.domain.Decoded;
import io.tapewatch.domain.Origin;
import io.tapewatch.domain.Rejection;
import io.tapewatch.domain.Rejection.Reason;
import io.tapewatch.domain.Side;
import io.tapewatch.domain.Tick;
import io.tapewatch.domain.Ticks;
import io.tapewatch.domain.exact.Decimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Formats come by adding a class: what they share with the product's own, they have from the classes they extend. */
class OtherFormatsTest {

    private static final RecordLimits LIMITS = new RecordLimits(200, Duration.ofMinutes(1), false);
    private static final Origin ORIGIN = new Origin(2, 17, RecordTable.RECORD_TIME, Origin.Stamp.CREATE_TIME);

    private final List<String> unknown = new ArrayList<>();
    private final RecordDecoder binance =
            BinanceTradeDecoder.factory(LIMITS).decoder("trades", field -> () -> unknown.add(field));

    /** The decoder of prices as rows of CSV: no JSON at all. */
    private static final class CsvDecoder extends RecordDecoder {

        CsvDecoder(String topic) {
            super(topic, LIMITS.maxBytes());
        }

        @Override
        Decoded read(byte[] value) {
            String[] row = new String(value, UTF_8).split(",");
            if (row.length < 2) {
                throw new InvalidRecord(Reason.MISSING_FIELD, "price is missing");
            }
            Decimal price = Decimal.of(row[1]);
            LIMITS.expectPrice(price.units(), price.scale(), "price");
            return Ticks.of(
                    symbol(row[0].isEmpty() ? null : row[0]),
                    price,
                    null,
                    LIMITS.time(Decoded.NO_TIME, origin()),
                    0,
                    null,
                    Tick.NO_SEQ,
                    null,
                    null,
                    null,
                    origin());
        }
    }

    private final RecordDecoder csv = new CsvDecoder("rows");

    private static Decoded decode(RecordDecoder decoder, String value) {
        return decoder.decode("KEY".getBytes(UTF_8), value.getBytes(UTF_8), ORIGIN);
    }

    private static void assertRejected(Decoded decoded, Reason reason, String topic, String detail) {
        assertThat(decoded).isInstanceOfSatisfying(Rejection.class, rejection -> assertThat(rejection)
                .returns(reason, Rejection::reason)
                .returns(topic, Rejection::topic)
                .returns(detail, Rejection::detail)
                .returns(ORIGIN, Rejection::origin));
    }

    @Test
    void aNameStandsForWhatItsOwnFormatSays() {
        Decoded decoded = decode(
                binance,
                "{\"e\":\"trade\",\"E\":1,\"s\":\"BNBBTC\",\"t\":12345,\"p\":\"0.001\",\"q\":\"100\",\"T\":"
                        + RecordTable.RECORD_TIME + ",\"m\":true,\"price\":7}");

        assertThat(decoded)
                .isEqualTo(Ticks.of(
                        "BNBBTC",
                        0.001,
                        100,
                        RecordTable.RECORD_TIME,
                        "12345",
                        Tick.NO_SEQ,
                        Side.SELL,
                        null,
                        null,
                        ORIGIN));
        assertThat(unknown).as("that of the product's format, too").containsExactly("E", "price");
    }

    @Test
    void anotherFormatRejectsAsTheProductsDo() {
        assertRejected(
                decode(binance, "{\"s\":\"A\",\"s\":\"B\"}"),
                Reason.MALFORMED_JSON,
                "trades",
                "the field \"s\" stands there twice");
        assertRejected(
                decode(binance, "{\"s\":\"A\",\"price\":1}"),
                Reason.MISSING_FIELD,
                "trades",
                "p is missing; found: s, price");
        assertRejected(
                decode(csv, "A,-1"),
                Reason.BAD_PRICE,
                "rows",
                "price is -1; expected above zero (prices.allow-nonpositive is off)");
        assertRejected(decode(csv, "A"), Reason.MISSING_FIELD, "rows", "price is missing");
        assertRejected(decode(csv, ""), Reason.EMPTY, "rows", "the value has no bytes");
        assertRejected(
                decode(csv, "A,1" + " ".repeat(200)),
                Reason.TOO_LARGE,
                "rows",
                "the value has 203 bytes; at most 200 are read (prices.max-bytes)");
    }

    @Test
    void aFormatWithoutASymbolTakesTheKey() {
        assertThat(decode(csv, ",1.5")).isInstanceOfSatisfying(Tick.class, tick -> assertThat(tick.symbol())
                .isEqualTo("KEY"));
    }
}
