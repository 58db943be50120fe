package io.tapewatch.operators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tapewatch.domain.TapeOrder;
import io.tapewatch.domain.check.RuleLimits;
import io.tapewatch.domain.quote.QuoteSettings;
import io.tapewatch.domain.trade.ConditionAlphabet;
import io.tapewatch.domain.trade.TradeSettings;
import io.tapewatch.domain.trade.UsConsolidated;
import java.io.IOException;
import java.util.Map;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.Test;

class TapeSettingsTest {

    private static final TapeSettings PLAIN = TestSettings.ofWindows("1m").tape();
    private static final QuoteSettings QUOTES = new QuoteSettings(5_000, TapeOrder.QUOTES_AFTER);

    @Test
    void theyComeToATaskManagerAsTheyWere() throws IOException, ClassNotFoundException {
        TapeSettings settings = TestSettings.ofWindows("1m,1d")
                .latenessOf(Map.of("1m", 7L))
                .moversWindow("1d")
                .quotes(QUOTES)
                .instruments()
                .conditions(UsConsolidated.of(ConditionAlphabet.AUTO))
                .tape();
        assertThat(InstantiationUtil.<TapeSettings>deserializeObject(
                        InstantiationUtil.serializeObject(settings), getClass().getClassLoader()))
                .isEqualTo(settings);
    }

    @Test
    void rulesAskForPreviousClosesWhereThereIsAWindowOfMovers() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TapeSettings(PLAIN.windows(), PLAIN.rules(), 1, "1d", null, TradeSettings.NONE))
                .withMessage("rules can ask for previous closes: false, and the window of movers is '1d'; expected both"
                        + " or neither");
    }

    @Test
    void rulesAskForQuotesWhereTradesAreJoinedWithQuotes() {
        RuleLimits rules = new RuleLimits(1, 1, 1, false, true, false);
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        new TapeSettings(PLAIN.windows(), rules, 1, MoversSettings.NO_WINDOW, null, TradeSettings.NONE))
                .withMessage(
                        "rules can ask for quotes: true, and trades are joined with quotes: false; expected both or"
                                + " neither");
    }
}
