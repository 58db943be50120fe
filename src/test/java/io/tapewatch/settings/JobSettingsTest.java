package io.tapewatch.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tapewatch.domain.TapeOrder;
import io.tapewatch.domain.quote.QuoteSettings;
import io.tapewatch.domain.trade.ConditionAlphabet;
import io.tapewatch.domain.trade.ConditionTable;
import io.tapewatch.domain.trade.Eligibility;
import io.tapewatch.domain.trade.KeepingSettings;
import io.tapewatch.domain.trade.NumberSequence;
import io.tapewatch.domain.trade.TradeSettings;
import io.tapewatch.domain.trade.UsConsolidated;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JobSettingsTest {

    @ParameterizedTest
    @CsvSource({"after, QUOTES_AFTER", "before, QUOTES_BEFORE", "seq, BY_SEQ"})
    void tradesAreJoinedWithQuotesInTheOrderThatIsAskedFor(String sameTime, TapeOrder order) {
        Configuration given = new Configuration()
                .set(JobOptions.QUOTES_TOPIC, "quotes")
                .set(JobOptions.QUOTES_MAX_AGE, Duration.ofSeconds(2))
                .set(JobOptions.QUOTES_SAME_TIME, sameTime);
        assertThat(JobSettings.quotes(given)).contains(new QuoteSettings(2_000, order));
    }

    @Test
    void aTableOfSaleConditionsIsReadOnceAndTravelsWithTheJob(@TempDir Path folder) throws Exception {
        TradeSettings usual = JobSettings.trades(new Configuration());
        assertThat(usual.conditions()).isNull();
        assertThat(usual.keeping().keeps()).isFalse();
        assertThat(JobSettings.trades(JobArguments.parse(
                                "--conditions.table=us-consolidated", "--conditions.alphabet=Massive"))
                        .conditions())
                .isEqualTo(UsConsolidated.of(ConditionAlphabet.MASSIVE));

        Path file = Files.writeString(
                folder.resolve("mine.csv"),
                "zone,UTC\ntape,code,high-low,open-last,volume,in-minutes\n*,X,no,no,yes,no\n");
        TradeSettings read = JobSettings.trades(JobArguments.parse("--conditions.table=" + file));
        Files.delete(file);
        assertThat(InstantiationUtil.<TradeSettings>deserializeObject(
                        InstantiationUtil.serializeObject(read), getClass().getClassLoader()))
                .isEqualTo(new TradeSettings(
                        new ConditionTable(
                                file.toString(),
                                "UTC",
                                List.of(new ConditionTable.Row(
                                        null, "X", new Eligibility(false, Eligibility.Last.NO, true, false)))),
                        new KeepingSettings(0, 0, 3_000_000),
                        NumberSequence.NONE));
    }

    @Test
    void aBadTableOfSaleConditionsStopsTheJobBeforeItStarts(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("mine.csv"), "zone,UTC\ntape,code\n");
        assertThatThrownBy(() -> JobArguments.parse("--conditions.table=" + file))
                .hasMessage("--conditions.table: " + file + ", line 2: expected the columns"
                        + " tape,code,high-low,open-last,volume,in-minutes, found 'tape,code'");
        Files.write(file, new byte[] {(byte) 0xff});
        assertThatThrownBy(() -> JobArguments.parse("--conditions.table=" + file))
                .hasMessage("--conditions.table: " + file + ": expected text in UTF-8");
        assertThatThrownBy(() -> JobArguments.parse("--conditions.table=" + folder))
                .hasMessage("--conditions.table: " + folder + " cannot be read: IOException");
        assertThatThrownBy(() -> JobArguments.parse("--conditions.table=" + file, "--conditions.alphabet=sip"))
                .hasMessageStartingWith(
                        "--conditions.table: the table is '" + file + "', and --conditions.alphabet is of");
    }

    @Test
    void withoutAWordAQuoteOfTheTradesInstantComesAfterIt() {
        Configuration given = new Configuration().set(JobOptions.QUOTES_TOPIC, "quotes");
        assertThat(JobSettings.quotes(given)).contains(new QuoteSettings(5_000, TapeOrder.QUOTES_AFTER));
        assertThat(JobSettings.quotes(new Configuration())).isEmpty();
    }
}
