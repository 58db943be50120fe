/** What a rule and a flag say. How rules are checked is {@code check}'s. */
package io.tapewatch.domain.rule;
