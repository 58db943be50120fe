package io.tapewatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collection;
import java.util.List;

/** Texts that someone could put into an id, a venue, a description or a message, to forge what others read. */
public final class HostileTexts {

    public static final List<String> ALL = List.of(
            "\u001b[2J\u001b]0;forged\u0007",
            "\u009b31mred",
            "a\r\nb",
            "a\nflags  9  dead letters 0",
            "\rover",
            "a\u0085b\u2028c\u2029d",
            "\u202e0.1\u202c",
            "\u2066\u2067\u2068\u2069\u200e\u200f\u061c",
            "\u200b\ufeff",
            "\b\b\bover",
            "nul\u0000nul",
            "\t=1",
            "\r=1",
            "=cmd|' /C calc'!A1",
            "@SUM(1+1)*cmd",
            "-2+3",
            "\"\",\"x\"\n",
            "%n%m{nolookups}${jndi:ldap://x}{}",
            "\udb40\udc01",
            "x".repeat(5_000) + "\u001b[0m");

    private HostileTexts() {}

    /** That a terminal, and whatever reads line by line, sees these lines as they are: nothing hidden acts. */
    public static void assertHarmless(Collection<String> lines) {
        assertThat(lines)
                .allSatisfy(line -> assertThat(line).doesNotContainPattern("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}\\p{Cs}]"));
    }
}
