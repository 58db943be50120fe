package io.tapewatch.io.sink;

import java.io.IOException;
import org.apache.flink.runtime.throwable.ThrowableAnnotation;
import org.apache.flink.runtime.throwable.ThrowableType;

/** Records that a checkpoint took for written are lost. A restart from the same checkpoint cannot bring them back. */
@ThrowableAnnotation(ThrowableType.NonRecoverableError)
final class TransactionsLost extends IOException {

    private static final long serialVersionUID = 1;

    TransactionsLost(String message) {
        super(message);
    }
}
