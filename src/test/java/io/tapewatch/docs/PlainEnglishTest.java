package io.tapewatch.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tapewatch.local.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What people read, pages and messages alike, has none of the phrases that have to be read twice. */
class PlainEnglishTest {

    /** The pages that are held to it. */
    private static final List<String> PAGES = Stream.concat(
                    DocsCommandsITCase.PAGES.stream(), Stream.of("ARCHITECTURE.md", "CONTRIBUTING.md", "RELEASING.md"))
            .toList();

    /** A phrase, and what to write instead. */
    private static final Map<Pattern, String> PHRASES = phrases();

    private static Map<Pattern, String> phrases() {
        Map<String, String> phrases = new LinkedHashMap<>();
        phrases.put("\\b(has|have|had) (a|no|any) say\\b", "applies, decides");
        phrases.put("\\blets? go( of)?\\b|\\bletting go\\b", "frees, removes, drops");
        phrases.put("\\b(go|goes|going|gone|went) on from\\b", "continues from, resumes from");
        phrases.put("\\b(go|goes|went) on as\\b", "continues as");
        phrases.put("\\bon (its|their) way\\b", "in flight");
        phrases.put("\\botherwise left alone\\b", "filtered out");
        phrases.put("\\b(needs?|knows?|has|have|does|says?) (it|them|him) not\\b", "does not need, does not know");
        phrases.put("\\brules? looks?\\b", "is evaluated, checks");
        phrases.put("\\b(rule|it) (is|was) quiet\\b", "suppressed, in its cooldown");
        phrases.put("\\breckon(s|ed|ing)?\\b", "estimate");
        phrases.put("\\bheed(s|ed|ing)?\\b", "act on, obey");
        phrases.put(
                "\\b(ere|lest|albeit|whilst|amidst|thither|hither|thence|hence|whence)\\b", "before, so that not, so");
        phrases.put("\\bwith(held|holds)\\b", "throttled, suppressed");
        phrases.put("\\b(there|where|here)(of|upon|in|with|unto)\\b", "of it, on which, in which");
        phrases.put("\\bwoken? for\\b|\\bto be woken\\b", "alert");
        phrases.put("\\bit (were|was) (more|so many)\\b", "how many there were");
        // At the beginning of a sentence, and no question.
        phrases.put(
                "(^|[.;:!] |\\n)(Who|who)(ever)? (?!(it|this|that) )[a-z]+s? [^.?!:]*[.]",
                "say the subject: 'a producer that ...', 'if you ...'");
        Map<Pattern, String> patterns = new LinkedHashMap<>();
        phrases.forEach((phrase, instead) ->
                patterns.put(Pattern.compile(phrase, Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE), instead));
        return patterns;
    }

    @Test
    void noPageHasOne() throws IOException {
        List<String> found = new ArrayList<>();
        for (String page : PAGES) {
            String prose = Files.readString(Path.of(page)).replaceAll("(?s)```.*?```", " ");
            // A phrase may be broken over two lines; an empty line ends a paragraph.
            search(page, prose.replaceAll("(?<!\n)\n(?![\n*|#-])", " "), found);
        }
        assertThat(found).isEmpty();
    }

    @Test
    void noMessageHasOne() throws IOException {
        List<String> found = new ArrayList<>();
        for (Path file : Folders.files(Path.of("src", "main", "java"))
                .filter(each -> each.toString().endsWith(".java"))
                .sorted()
                .toList()) {
            for (Literals.Literal literal : Literals.of(Files.readString(file))) {
                search(file + ":" + literal.line(), literal.text(), found);
            }
        }
        assertThat(found).isEmpty();
    }

    @Test
    void noSchemaAndNoRuleHasOne() throws IOException {
        List<String> found = new ArrayList<>();
        for (String folder : List.of("schemas", "rules")) {
            try (Stream<Path> files = Files.list(Path.of("src", "main", "resources", folder))) {
                for (Path file : files.sorted().toList()) {
                    JsonNode json = new ObjectMapper().readTree(file.toFile());
                    json.findValuesAsText("description").forEach(text -> search(file.toString(), text, found));
                }
            }
        }
        assertThat(found).isEmpty();
    }

    private static void search(String where, String text, List<String> found) {
        PHRASES.forEach((phrase, instead) -> {
            for (Matcher matcher = phrase.matcher(text); matcher.find(); ) {
                found.add(where + ": '" + matcher.group().strip() + "'; write: " + instead);
            }
        });
    }

    @Test
    void everyPhraseIsFoundWhereItStands() {
        Map<String, String> examples = Map.of(
                "They have a say at a start.", "have a say",
                "State is let go of.", "let go of",
                "A job that goes on from a savepoint.", "goes on from",
                "350 on their way", "on their way",
                "Who reads it knows.", "Who reads it knows.",
                "Only sometimes. Whoever asks gets it.", ". Whoever asks gets it.");
        examples.forEach((text, phrase) -> {
            List<String> found = new ArrayList<>();
            search("here", text, found);
            assertThat(found).as(text).hasSize(1).first().asString().contains(phrase);
        });
        List<String> found = new ArrayList<>();
        search("here", "Who is it for? **Who it is for.** The one who reads.", found);
        assertThat(found).isEmpty();
    }

    @Test
    void literalsAreReadAsTheCompilerJoinsThem() {
        assertThat(Literals.of("""
                // "no"
                /* "no" */
                String a = "goes on"
                        + " from"; // "no"
                char c = '"';
                String b = "x\\"y" + c + "z";
                """))
                .containsExactly(
                        new Literals.Literal(3, "goes on from"),
                        new Literals.Literal(6, "x\\\"y"),
                        new Literals.Literal(6, "z"));
    }
}
