package io.tapewatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collection;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Texts that someone could put into an id, a venue, a description or a message, to forge what others read. */
public final class HostileTexts {

    /** Letters without a shape. */
    private static final String FILLERS = "\u115f\u1160\u3164\uffa0";

    /** How many hidden characters are in a text: no table cuts a text that is so short. */
    private static final int AT_ONCE = 20;

    private static final List<String> CHOSEN = List.of(
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
            "half\ud83d",
            "BTC\u200d-USD\ufe0f",
            "x".repeat(5_000) + "\u001b[0m");

    public static final List<String> ALL =
            Stream.concat(CHOSEN.stream(), ofEveryHiddenCharacter()).toList();

    private HostileTexts() {}

    /** Whether a character is not seen, as Unicode has it and not as the program does. */
    private static boolean isHidden(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> true;
            default -> (c & 0xFFFE) == 0xFFFE || c >= 0xFDD0 && c <= 0xFDEF || FILLERS.indexOf(c) >= 0;
        };
    }

    /** Each of them behind a letter, so that no script needs it. Of the halves of pairs a few are enough. */
    private static Stream<String> ofEveryHiddenCharacter() {
        List<String> each = IntStream.rangeClosed(0, Character.MAX_CODE_POINT)
                .filter(HostileTexts::isHidden)
                .filter(c -> Character.getType(c) != Character.SURROGATE || c % 512 == 0)
                .mapToObj(c -> "f" + Character.toString(c))
                .toList();
        return IntStream.iterate(0, from -> from < each.size(), from -> from + AT_ONCE)
                .mapToObj(
                        from -> "hidden" + String.join("", each.subList(from, Math.min(from + AT_ONCE, each.size()))));
    }

    /** That a terminal, and whatever reads line by line, sees these lines as they are: nothing hidden acts. */
    public static void assertHarmless(Collection<String> lines) {
        assertThat(lines).allSatisfy(line -> assertThat(line.codePoints().filter(HostileTexts::isHidden))
                .as(line)
                .isEmpty());
    }
}
