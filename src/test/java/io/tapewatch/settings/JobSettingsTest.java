package io.tapewatch.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapewatch.domain.TapeOrder;
import io.tapewatch.domain.quote.QuoteSettings;
import java.time.Duration;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.Test;
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
    void withoutAWordAQuoteOfTheTradesInstantComesAfterIt() {
        Configuration given = new Configuration().set(JobOptions.QUOTES_TOPIC, "quotes");
        assertThat(JobSettings.quotes(given)).contains(new QuoteSettings(5_000, TapeOrder.QUOTES_AFTER));
        assertThat(JobSettings.quotes(new Configuration())).isEmpty();
    }
}
