package io.tapewatch.io.sink;

/** What a job does when Kafka has aborted a transaction that it came to commit too late, so that its records are lost. */
public enum LostTransactions {
    /** It fails, and is not restarted. */
    FAIL("fail"),
    /** It logs an error, counts them in the metric {@code lostTransactions}, and goes on without their records. */
    GO_ON("go-on");

    private final String text;

    LostTransactions(String text) {
        this.text = text;
    }

    @Override
    public String toString() {
        return text;
    }
}
