package io.tapewatch.io.lease;

import org.apache.flink.runtime.throwable.ThrowableAnnotation;
import org.apache.flink.runtime.throwable.ThrowableType;

/** Another job reads the prices of this job's consumer group. A restart would not change that. */
@ThrowableAnnotation(ThrowableType.NonRecoverableError)
final class GroupTaken extends RuntimeException {

    private static final long serialVersionUID = 1;

    GroupTaken(String message) {
        super(message);
    }
}
