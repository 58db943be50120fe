/** The lease of a consumer group: one job at a time reads a group's prices. */
package io.tapewatch.io.lease;
