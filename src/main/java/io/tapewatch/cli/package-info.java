/** Tools for people: what the launcher {@code tapewatch} runs. */
@NullMarked
package io.tapewatch.cli;

import org.jspecify.annotations.NullMarked;
