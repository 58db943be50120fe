package io.tapewatch.domain;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuotedTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "BTC-USD",
                "64250.5 → 68003.25",
                "Zoë 📈",
                "می\u200cخواهم",
                "👩\u200d💻",
                "\uFFFD",
                "a\\u001b"
            })
    void whatCanBeSeenStays(String text) {
        assertThat(Quoted.printable(text)).isEqualTo(text);
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
    })
    void whatIsNotSeenButDoesSomethingIsSpelled(int c, String spelled) {
        assertThat(Quoted.printable("a" + Character.toString(c) + "b")).isEqualTo("a" + spelled + "b");
    }

    @Test
    void aQuotedTextIsCutAfterFortyCharacters() {
        assertThat(Quoted.quoted("a\nb")).isEqualTo("\"a\\u000ab\"");
        assertThat(Quoted.quoted("📈".repeat(41))).isEqualTo('"' + "📈".repeat(40) + "…\"");
    }
}
