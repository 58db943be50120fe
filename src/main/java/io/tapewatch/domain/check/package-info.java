/** How rules are checked: what is in force, what each symbol remembers, what each metric is, and what a flag says. */
@NullMarked
package io.tapewatch.domain.check;

import org.jspecify.annotations.NullMarked;
