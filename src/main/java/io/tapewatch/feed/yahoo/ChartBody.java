package io.tapewatch.feed.yahoo;

import static io.tapewatch.domain.Printable.quoted;

import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.tapewatch.domain.Printable;
import io.tapewatch.domain.exact.DecimalReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * Reads what {@code /v8/finance/chart} answers. Of a body with a price, {@code chart.result[0].meta} is all that is looked
 * at: the arrays of bars beside it may be missing.
 */
final class ChartBody {

    private static final String PRICE = "regularMarketPrice";
    private static final String TIME = "regularMarketTime";

    /** Seconds from 1973-03-03 on and before 2099-12-03: what the job takes for a time. */
    private static final long EARLIEST = 100_000_000;

    private static final long AFTER_LATEST = 4_100_000_000L;

    private static final int LONGEST_REASON = 200;

    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS, DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .build();

    private ChartBody() {}

    /** The price that a body holds, or why it holds none. */
    static Answer read(byte[] body) {
        JsonNode root = parse(body);
        if (root.isMissingNode()) {
            return new Answer.Unpriced("JSON", "the body is " + inWords(body) + "; expected JSON");
        }
        JsonNode meta = root.at("/chart/result/0/meta");
        if (!meta.isObject()) {
            String error = error(root);
            return new Answer.Unpriced(
                    "chart.result[0].meta",
                    error.isEmpty() ? "chart.result[0].meta is missing" : "chart.result is empty: " + error);
        }
        JsonNode price = meta.path(PRICE);
        if (!isPrice(price)) {
            return new Answer.Unpriced(
                    PRICE, PRICE + " is " + inWords(price) + "; expected a number above zero, of 1e-18 to 1e18");
        }
        JsonNode time = meta.path(TIME);
        if (!isTime(time)) {
            return new Answer.Unpriced(
                    TIME, TIME + " is " + inWords(time) + "; expected seconds since 1970, from 1973 to 2099");
        }
        return new Answer.Priced(
                meta.path("symbol").textValue(), price.decimalValue().toPlainString(), time.longValue() * 1000);
    }

    /** What the body of a refusal says, such as {@code No data found, symbol may be delisted}; empty if nothing. */
    static String error(byte[] body) {
        String error = error(parse(body));
        return error.isEmpty() && body.length > 0 ? inWords(body) : error;
    }

    /** The body as JSON; a missing node if it is none. */
    private static JsonNode parse(byte[] body) {
        try {
            return JSON.readTree(body);
        } catch (IOException | NumberFormatException e) {
            // A number whose exponent has too many digits is not an IOException.
            return MissingNode.getInstance();
        }
    }

    private static String cut(String reason) {
        return reason.length() > LONGEST_REASON ? reason.substring(0, LONGEST_REASON) : reason;
    }

    private static String error(JsonNode root) {
        for (String of : new String[] {"/chart/error", "/finance/error"}) {
            JsonNode error = root.at(of);
            String text = error.path("description").asText(error.path("code").asText());
            if (!text.isBlank()) {
                return cut(Printable.printable(cut(text)));
            }
        }
        return "";
    }

    private static boolean isPrice(JsonNode node) {
        if (!node.isIntegralNumber() && !node.isBigDecimal()) {
            return false;
        }
        // What the job takes for a price.
        DecimalReader reader = new DecimalReader();
        return reader.read(node.decimalValue().toString()) == DecimalReader.Outcome.READ && reader.units() > 0;
    }

    private static boolean isTime(JsonNode node) {
        return node.isIntegralNumber()
                && node.canConvertToLong()
                && node.longValue() >= EARLIEST
                && node.longValue() < AFTER_LATEST;
    }

    private static String inWords(JsonNode node) {
        if (node.isMissingNode()) {
            return "missing";
        }
        return node.isNumber() || node.isNull() || node.isBoolean() ? node.asText() : quoted(node.toString());
    }

    private static String inWords(byte[] body) {
        String text = new String(body, StandardCharsets.UTF_8).strip();
        return text.isEmpty() ? "empty" : quoted(text);
    }
}
