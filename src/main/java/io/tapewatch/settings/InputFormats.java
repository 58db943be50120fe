package io.tapewatch.settings;

import io.tapewatch.io.json.DecoderFactory;
import io.tapewatch.io.json.InstrumentDecoder;
import io.tapewatch.io.json.PriceDecoder;
import io.tapewatch.io.json.QuoteDecoder;
import io.tapewatch.io.json.RecordLimits;
import org.apache.flink.configuration.Configuration;

/** The formats of the inputs, as the settings of a job choose them. The tools read the topics in the same formats. */
public final class InputFormats {

    private InputFormats() {}

    public static DecoderFactory prices(Configuration options) {
        RecordLimits limits = limits(options);
        return PriceDecoder.factory(
                options.get(JobOptions.CORRECTIONS_HORIZON).isZero() ? limits : limits.withAmendments());
    }

    public static DecoderFactory quotes(Configuration options) {
        return QuoteDecoder.factory(limits(options));
    }

    public static DecoderFactory instruments(Configuration options) {
        return InstrumentDecoder.factory(options.get(JobOptions.PRICES_MAX_BYTES));
    }

    /** Which records of prices and quotes are taken. */
    private static RecordLimits limits(Configuration options) {
        return new RecordLimits(
                options.get(JobOptions.PRICES_MAX_BYTES),
                options.get(JobOptions.MAX_FUTURE),
                options.get(JobOptions.ALLOW_NONPOSITIVE));
    }
}
