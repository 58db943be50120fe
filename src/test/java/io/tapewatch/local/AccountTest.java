package io.tapewatch.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class AccountTest {

    @Test
    void anAccountThatBalancesSaysSo() {
        Account account = account(100_000, 99_990, Map.of("too-late", 10L));
        assertThat(account.balances()).isTrue();
        assertThat(account).hasToString("100,000 in = 99,990 counted + 10 dead letters (too-late 10); difference 0");
    }

    @Test
    void anAccountThatDoesNotBalanceSaysByHowMuch() {
        Account lost = account(100_000, 98_000, Map.of("too-late", 10L));
        assertThat(lost.balances()).isFalse();
        assertThat(lost).hasToString("100,000 in = 98,000 counted + 10 dead letters (too-late 10); difference 1,990");

        Account twice = account(10, 10, Map.of("too-late", 1L));
        assertThat(twice.balances()).isFalse();
        assertThat(twice).hasToString("10 in = 10 counted + 1 dead letters (too-late 1); difference -1");
    }

    @Test
    void reasonsGoByTheirNumberThenByTheirNameAndThoseThatDidNotHappenAreLeftOut() {
        assertThat(account(
                        2_000,
                        989,
                        Map.of("too-late", 1L, "bad-price", 9L, "bad-size", 1_001L, "empty", 0L, "repeat", 0L)))
                .hasToString("2,000 in = 989 counted + 1,011 dead letters (bad-size 1,001, bad-price 9, too-late 1);"
                        + " difference 0");
        assertThat(account(2, 0, Map.of("repeat", 1L, "empty", 1L)))
                .hasToString("2 in = 0 counted + 2 dead letters (empty 1, repeat 1); difference 0");
    }

    @Test
    void withoutDeadLettersThereAreNoReasons() {
        assertThat(account(7, 7, Map.of("too-late", 0L)))
                .hasToString("7 in = 7 counted + 0 dead letters; difference 0");
    }

    @Test
    void whatARunThatWasCutShortHasNotProcessedIsOnItsWay() {
        assertThat(account(1_500, 400, Map.of("empty", 100L)).soFar())
                .isEqualTo("1,500 in = 400 counted + 100 dead letters (empty 100) + 1,000 in flight");
    }

    @Test
    void whatIsNotWatchedIsAccountedFor() {
        Account account = new Account(Account.Kind.PRICES, 10, 6, new TreeMap<>(Map.of("empty", 1L)), 3);
        assertThat(account.balances()).isTrue();
        assertThat(account)
                .hasToString("10 in = 6 counted + 1 dead letters (empty 1) + 3 of symbols not watched; difference 0");
    }

    @Test
    void quotesAndInstrumentsAreTaken() {
        Account quotes = new Account(Account.Kind.QUOTES, 0, 203_990, new TreeMap<>(Map.of("bad-price", 9L)), 0);
        assertThat(quotes.of(203_999))
                .hasToString("203,999 quotes in = 203,990 taken + 9 dead letters (bad-price 9); difference 0");
        assertThat(quotes.of(203_999).balances()).isTrue();
        assertThat(quotes.of(204_000).balances()).isFalse();
        assertThat(new Account(Account.Kind.INSTRUMENTS, 7, 7, new TreeMap<>(), 0))
                .hasToString("7 instruments in = 7 taken + 0 dead letters; difference 0");
    }

    private static Account account(long in, long counted, Map<String, Long> deadLetters) {
        return new Account(Account.Kind.PRICES, in, counted, new TreeMap<>(deadLetters), 0);
    }
}
