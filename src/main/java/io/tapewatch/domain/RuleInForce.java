package io.tapewatch.domain;

/**
 * A rule that was accepted.
 *
 * @param rule the rule
 * @param since the watermark when it came: it looks at ticks after that; the least there is for a rule that was there
 *     from the start
 */
public record RuleInForce(Rule rule, long since) {

    /** What {@link #since} is for a rule that was there from the start. */
    public static final long ALWAYS = Long.MIN_VALUE;
}
