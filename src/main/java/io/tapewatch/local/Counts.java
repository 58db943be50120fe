package io.tapewatch.local;

/**
 * How much a job has done so far. Two that are equal say that nothing has come in and nothing has come out between them.
 *
 * @param account the prices
 * @param quotes the quotes
 * @param instruments the instruments
 * @param summaries the summaries that were published
 * @param flags the flags that all rules raised
 */
record Counts(Account account, Account quotes, Account instruments, long summaries, long flags) {

    /** Whether all that came in is somewhere. */
    boolean balance() {
        return account.balances() && quotes.balances() && instruments.balances();
    }
}
