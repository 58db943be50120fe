/** How rules look outside: records, files and their text. Nothing here knows Flink or Kafka. */
@NullMarked
package io.tapewatch.io.rules;

import org.jspecify.annotations.NullMarked;
