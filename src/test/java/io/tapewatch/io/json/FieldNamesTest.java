package io.tapewatch.io.json;

import static io.tapewatch.io.json.FieldNames.name;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FieldNamesTest {

    @Test
    void eachNameIsFoundAmongAsManyAsThereCanBe() {
        List<String> words =
                IntStream.rangeClosed(1, 31).mapToObj(i -> "field" + i).toList();
        FieldNames names = FieldNames.of(names(words));

        for (int i = 0; i < words.size(); i++) {
            assertThat(names.field(words.get(i))).isEqualTo(2 << i);
        }
        assertThat(names.field("field32")).isEqualTo(RecordField.OTHER);
        assertThat(names.field("")).isEqualTo(RecordField.OTHER);
        assertThat(names.of(names.known())).isEqualTo(words);
    }

    @Test
    void namesOfOneHashAreToldApart() {
        assertThat("AaAa").hasSameHashCodeAs("BBBB").hasSameHashCodeAs("AaBB");
        FieldNames names = FieldNames.of(names(List.of("AaAa", "BBBB")));

        assertThat(names.field("AaAa")).isEqualTo(2);
        assertThat(names.field("BBBB")).isEqualTo(4);
        assertThat(names.field("AaBB")).isEqualTo(RecordField.OTHER);
    }

    @Test
    void namesComeInTheOrderOfTheFormat() {
        FieldNames names = FieldNames.of(names(List.of("b", "c", "a")));
        assertThat(names.of(names.known())).containsExactly("b", "c", "a");
        assertThat(names.of(2 | 8)).containsExactly("b", "a");
    }

    @Test
    void aNameOrAFieldCannotStandThereTwice() {
        assertThatThrownBy(() -> FieldNames.of(name("a", 2), name("a", 4)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("twice");
        assertThatThrownBy(() -> FieldNames.of(name("a", 2), name("b", 2)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"b\"");
    }

    private static FieldNames.Name[] names(List<String> words) {
        return IntStream.range(0, words.size())
                .mapToObj(i -> name(words.get(i), 2 << i))
                .toArray(FieldNames.Name[]::new);
    }
}
