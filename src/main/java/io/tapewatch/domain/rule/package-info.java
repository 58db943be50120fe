/** What a rule and a flag say. How rules are checked is {@code check}'s. */
@NullMarked
package io.tapewatch.domain.rule;

import org.jspecify.annotations.NullMarked;
