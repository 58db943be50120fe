package io.tapewatch.operators;

import io.tapewatch.domain.Rejection;
import io.tapewatch.domain.TapeRecord;

/**
 * A record that reached the tape and is not taken there.
 *
 * @param record the record
 * @param reason why
 * @param detail the same for a person
 */
public record Refused(TapeRecord record, Rejection.Reason reason, String detail) {}
