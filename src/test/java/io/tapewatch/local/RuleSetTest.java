package io.tapewatch.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tapewatch.io.rules.RuleFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RuleSetTest {

    @TempDir
    private Path folder;

    @Test
    void theStarterSetHasRulesOfDistinctIds() {
        assertThat(RuleSet.starter(false).rules())
                .extracting(RuleFile.Entry::id)
                .hasSizeGreaterThan(3)
                .doesNotHaveDuplicates();
    }

    @Test
    void eachRuleIsSentAsItIsUnderItsId() throws Exception {
        assertThat(read("[{\"id\":\"a\",\"limit\":1.50},\n {\"id\":\"b\"}]").rules())
                .containsExactly(
                        new RuleFile.Entry("a", "{\"id\":\"a\",\"limit\":1.50}"),
                        new RuleFile.Entry("b", "{\"id\":\"b\"}"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}             | : expected an object with a text \"id\" as rule 1",
                "''             | : expected a JSON array of rules",
                "[1]            | , line 1: expected an object as rule 1",
                "[{\"id\":\"a\"},{\"id\":7}] | : expected an object with a text \"id\" as rule 2",
                "[              | , line 1: expected JSON: Unexpected end-of-input",
                "[] []          | , line 1: something follows after the rules",
            })
    void aFileThatIsNoListOfRulesIsRefused(String text, String message) {
        assertThatThrownBy(() -> read(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(folder.resolve("rules.json") + message);
    }

    @Test
    void aMissingFileIsSaidSo() {
        assertThatThrownBy(() -> RuleSet.read(Path.of("nowhere.json")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("nowhere.json: there is no such file");
    }

    private RuleSet read(String text) throws IOException {
        return RuleSet.read(Files.writeString(folder.resolve("rules.json"), text));
    }
}
