package io.tapewatch.domain;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PrintableTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "BTC-USD",
                "64250.5 → 68003.25",
                "Zoë 📈",
                "می\u200cخواهم",
                "👩\u200d💻",
                "❤\ufe0f",
                "👩\u200d❤\ufe0f\u200d👩",
                "क\u094d\u200dष",
                "葛\udb40\udd00",
                "\ue000",
                "\uFFFD",
                "a\\u001b"
            })
    void whatCanBeSeenStays(String text) {
        assertThat(Printable.printable(text)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
        "27, \\u001b",
        "155, \\u009b",
        "0, \\u0000",
        "9, \\u0009",
        "10, \\u000a",
        "13, \\u000d",
        "127, \\u007f",
        "133, \\u0085",
        "8232, \\u2028",
        "8233, \\u2029",
        "8238, \\u202e",
        "8294, \\u2066",
        "8207, \\u200f",
        "8203, \\u200b",
        "65279, \\ufeff",
        "55357, \\ud83d",
        "56456, \\udc88",
        "917505, \\udb40\\udc01",
        "8204, \\u200c",
        "8205, \\u200d",
        "65039, \\ufe0f",
        "12644, \\u3164",
        "65534, \\ufffe",
        "1114111, \\udbff\\udfff",
        "78905, \\ud80d\\udc39",
    })
    void whatIsNotSeenButDoesSomethingIsSpelled(int c, String spelled) {
        assertThat(Printable.printable("a" + Character.toString(c) + "b")).isEqualTo("a" + spelled + "b");
    }

    @Test
    void aQuotedTextIsCutAfterFortyCharacters() {
        assertThat(Printable.quoted("a\nb")).isEqualTo("\"a\\u000ab\"");
        assertThat(Printable.quoted("📈".repeat(41))).isEqualTo('"' + "📈".repeat(40) + "…\"");
    }

    /** Of every version of Java: a newer one knows more of these characters, and none that is not spelled. */
    @Test
    void everyCharacterOfTheCategoriesThatAreNotSeenIsSpelled() {
        int seen = 0;
        for (int c = 0; c <= Character.MAX_CODE_POINT; c++) {
            boolean isHidden =
                    switch (Character.getType(c)) {
                        case Character.CONTROL,
                                Character.FORMAT,
                                Character.SURROGATE,
                                Character.LINE_SEPARATOR,
                                Character.PARAGRAPH_SEPARATOR -> true;
                        default -> (c & 0xFFFE) == 0xFFFE || c >= 0xFDD0 && c <= 0xFDEF;
                    };
            String text = "a" + Character.toString(c) + "b";
            if (isHidden) {
                seen++;
                assertThat(Printable.printable(text)).as("U+%04X", c).matches("a(\\\\u[0-9a-f]{4}){1,2}b");
            } else if (Character.isLetterOrDigit(c) && !isFiller(c)) {
                assertThat(Printable.printable(text)).as("U+%04X", c).isSameAs(text);
            }
        }
        assertThat(seen).isGreaterThan(2_300);
    }

    /** Letters without a shape. */
    private static boolean isFiller(int c) {
        return c == 0x115F || c == 0x1160 || c == 0x3164 || c == 0xFFA0;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u200da",
                "می\u200c\u200cخ",
                "می\u202e\u200cخ",
                "👩 \u200d",
                "❤\ufe0f\ufe0f",
                "1\ufe0f",
                "\u202e\ufe0f",
                "\ud83d\u200d"
            })
    void aJoinerOrAVariationThatNothingNeedsIsSpelled(String text) {
        String printable = Printable.printable(text);
        assertThat(printable).isNotEqualTo(text);
        assertThat(Printable.printable(printable)).isEqualTo(printable);
    }
}
