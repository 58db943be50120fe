package io.tapewatch.domain.check;

import static io.tapewatch.domain.Ticks.tick;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tapewatch.domain.Tick;
import io.tapewatch.domain.rule.Flag;
import io.tapewatch.domain.rule.RuleChange;
import io.tapewatch.io.rules.ParsedRule;
import io.tapewatch.io.rules.RuleParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A limit is met by the decimals that were sent, and told so. */
class ExactLimitsTest {

    private static final long NOON = 1_700_000_000_000L;

    @ParameterizedTest
    @CsvSource({
        "2.5, 2.6, rose 4 %",
        "0.3, 0.312, rose 4 %",
        "0.07, 0.0728, rose 4 %",
        "1.3, 1.352, rose 4 %",
        "0.25, 0.26, rose 4 %",
        "1.1, 1.144, rose 4 %",
        "0.1, 0.104, rose 4 %",
        "100, 104, rose 4 %",
        "200, 208, rose 4 %",
        "0.7, 0.672, fell 4 %",
        "0.0000000000000001, 0.000000000000000104, rose 4 %",
        "500000000000000000, 480000000000000000, fell 4 %"
    })
    void aMoveOfExactlyTheLimitOfAStarterRuleIsFlagged(String from, String to, String said) throws IOException {
        List<String> messages = messages(starter("price-spike"), from, to);
        String limit = said.startsWith("rose") ? "4" : "-4";
        assertThat(messages).containsExactly("X " + said + " in 5m (limit " + limit + " %), " + from + " → " + to);
    }

    @ParameterizedTest
    @CsvSource({"2.5, 2.5999999999999999", "0.25, 0.259999999999999999", "0.7, 0.672000000000000001"})
    void aMoveOfLessIsNot(String from, String to) throws IOException {
        assertThat(messages(starter("price-spike"), from, to)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"1.1, 1.155", "0.1, 0.105", "100, 105"})
    void fivePerCentAreFivePerCentAtAnyPrice(String from, String to) {
        assertThat(messages(Rules.book("it: changePct over 5m >= 5"), from, to))
                .containsExactly("X rose 5 % in 5m (limit 5 %), " + from + " → " + to);
        assertThat(messages(Rules.book("it: changePct over 5m > 5"), from, to)).isEmpty();
    }

    @Test
    void aMoveFromZeroHasNoPerCentButAnAmount() {
        RuleBook book = Rules.book("a: changePct over 5m < -5", "b: change over 5m <= -40.32", "c: change over 5m > 5");
        assertThat(messages(book, "0", "-40.32")).containsExactly("X fell 40.32 in 5m (limit -40.32), 0 → -40.32");
        assertThat(messages(book, "0.00000000000000001", "-40.32"))
                .contains("X fell 40.32000000000000001 in 5m (limit -40.32), 0.00000000000000001 → -40.32");
        assertThat(messages(book, "-40.32", "0")).containsExactly("X rose 40.32 in 5m (limit 5), -40.32 → 0");
        assertThat(messages(Rules.book("it: change over 5m >= 0"), "7.5", "7.5"))
                .containsExactly("X is unchanged from 5m before (limit 0), at 7.5");
    }

    @Test
    void whatIsNearerToTheLimitThanADoubleCanTellIsSaidToBe() {
        Tick tick = tick("X").at(NOON).price("0.1").size("0.100000000000000001").tick();
        assertThat(messages(Rules.book("it: size > 0.1"), List.of(tick)))
                .containsExactly("X traded a size of 0.100000000000000001 at 0.1 (limit 0.1)");
        assertThat(messages(Rules.book("it: size < 0.100000000000000002"), List.of(tick)))
                .containsExactly("X traded a size of 0.100000000000000001 at 0.1 (limit 0.100000000000000002)");
        assertThat(messages(Rules.book("it: size >= 0.1"), List.of(tick)))
                .containsExactly("X traded a size of 0.100000000000000001 at 0.1 (limit 0.1)");
        assertThat(messages(Rules.book("it: notional > 0.01"), List.of(tick)))
                .containsExactly("X traded a notional of just over 0.01 at 0.1 (limit 0.01)");
        assertThat(messages(Rules.book("it: price > 0.3"), "0.1", "0.300000000000000001"))
                .containsExactly("X traded at 0.300000000000000001 (limit 0.3)");
    }

    @Test
    void aGapIsCountedToTheNanosecond() {
        List<Tick> ticks = List.of(
                tick("X").at(NOON).nanos(999_999).tick(),
                tick("X").at(NOON + 1000).nanos(999_998).tick());
        assertThat(messages(Rules.book("it: gapSeconds < 1"), ticks)).hasSize(1);
        assertThat(messages(Rules.book("it: gapSeconds >= 0.999999999"), ticks)).hasSize(1);
        assertThat(messages(Rules.book("it: gapSeconds > 0.999999999"), ticks)).isEmpty();
    }

    private static List<String> messages(RuleBook book, String... prices) {
        return messages(
                book,
                Arrays.stream(prices)
                        .map(price -> tick("X").at(NOON).price(price).tick())
                        .toList());
    }

    private static List<String> messages(RuleBook book, List<Tick> ticks) {
        SymbolRules memory = new SymbolRules();
        List<Flag> flags = new ArrayList<>();
        ticks.forEach(tick -> Unquoted.check(memory, tick, book, Rules.NO_CLOSES, flags::add));
        return flags.stream().map(Flag::message).toList();
    }

    private static RuleBook starter(String id) throws IOException {
        for (JsonNode rule : new ObjectMapper().readTree(Files.readString(Path.of("examples/rules.json")))) {
            if (rule.get("id").asText().equals(id)) {
                byte[] json = rule.toString().getBytes(StandardCharsets.UTF_8);
                RuleChange change = ((ParsedRule.Change) new RuleParser().parse(null, json)).change();
                RuleBook book = Rules.book();
                book.restore(change.rule());
                return book;
            }
        }
        throw new AssertionError(id);
    }
}
