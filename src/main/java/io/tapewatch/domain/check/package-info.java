/** How rules are checked: what is in force, what each symbol remembers, what each metric is, and what a flag says. */
package io.tapewatch.domain.check;
