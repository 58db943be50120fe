/** Tools for people: what the launcher {@code tapewatch} runs. */
package io.tapewatch.cli;
