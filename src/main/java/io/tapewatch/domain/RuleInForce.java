package io.tapewatch.domain;

/**
 * A rule that was accepted.
 *
 * @param rule the rule
 * @param since the watermark when it came: it looks at ticks after that; the least there is for a rule that was there
 *     from the start
 * @param change which change of rules it came with, by its number; it tells a rule that was deleted and sent again from
 *     the old one, whose version it may have
 */
public record RuleInForce(Rule rule, long since, long change) {

    /** What {@link #since} is for a rule that was there from the start. */
    public static final long ALWAYS = Long.MIN_VALUE;
}
