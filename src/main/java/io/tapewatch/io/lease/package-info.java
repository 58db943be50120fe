/** The lease of a consumer group: one job at a time reads a group's prices. */
@NullMarked
package io.tapewatch.io.lease;

import org.jspecify.annotations.NullMarked;
