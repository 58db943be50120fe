/** How rules look outside: records, files and their text. Nothing here knows Flink or Kafka. */
package io.tapewatch.io.rules;
