package io.tapewatch.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ProgressTest {

    private static final long SECOND = 1_000_000_000L;
    private static final long START = 17;

    private Counts counts = counts(0, 0, 0);
    private final Progress progress = new Progress(() -> counts, START);

    @Test
    void nothingIsNewsUntilSomethingIsCounted() {
        assertThat(progress.isNews()).isFalse();
        progress.look(START + SECOND);
        assertThat(progress.isNews()).isFalse();

        counts = counts(1, 0, 0);
        progress.look(START + 2 * SECOND);
        assertThat(progress.isNews()).isTrue();

        progress.told();
        progress.look(START + 3 * SECOND);
        assertThat(progress.isNews()).isFalse();
    }

    @Test
    void aFlagAloneIsNews() {
        counts = counts(0, 0, 1);
        progress.look(START + SECOND);
        assertThat(progress.isNews()).isTrue();
    }

    @Test
    void aBalancedAccountIsSoonAtRestAndOneThatIsNotLater() {
        counts = counts(5, 4, 0);
        progress.look(START + SECOND);
        assertThat(progress.latestNanos()).isEqualTo(START + SECOND);
        assertThat(progress.isAtRest(START + 10 * SECOND)).isFalse();
        assertThat(progress.isAtRest(START + 11 * SECOND)).isTrue();

        counts = counts(5, 5, 0);
        progress.look(START + 12 * SECOND);
        assertThat(progress.isAtRest(START + 13 * SECOND)).isFalse();
        assertThat(progress.isAtRest(START + 14 * SECOND)).isTrue();
    }

    private static Counts counts(long in, long counted, long flags) {
        return new Counts(
                account(Account.Kind.PRICES, in, counted),
                account(Account.Kind.QUOTES, 0, 0),
                account(Account.Kind.INSTRUMENTS, 0, 0),
                0,
                flags);
    }

    private static Account account(Account.Kind kind, long in, long counted) {
        return new Account(kind, in, counted, new TreeMap<>(), 0);
    }
}
