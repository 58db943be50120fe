package io.tapewatch.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapewatch.local.Folders;
import io.tapewatch.settings.JobOptions;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.flink.configuration.ConfigOption;
import org.junit.jupiter.api.Test;

/** ARCHITECTURE.md names what is there: classes and their members, packages, settings and files. */
class ArchitecturePageTest {

    private static final String ROOT = "io.tapewatch";
    private static final Path MAIN = Path.of("src", "main", "java");
    private static final Path TEST = Path.of("src", "test", "java");

    private static final Pattern NAME = Pattern.compile("`([^`\n]+)`");
    private static final Pattern CLASS = Pattern.compile("([A-Z]\\w*[a-z]\\w*)(?:\\.(\\w+))?");

    private final String page = Files.readString(Path.of("ARCHITECTURE.md")).replaceAll("(?s)```.*?```", "");

    /** The classes that have a file of their own, by their simple name. */
    private final Map<String, Path> classes = new HashMap<>();

    /** All words of the product's code. */
    private final Set<String> words = new TreeSet<>();

    ArchitecturePageTest() throws IOException {
        for (Path folder : List.of(MAIN, TEST)) {
            for (Path file : sources(folder)) {
                classes.putIfAbsent(file.getFileName().toString().replace(".java", ""), file);
                if (folder.equals(MAIN)) {
                    words.addAll(List.of(Files.readString(file).split("\\W+")));
                }
            }
        }
    }

    private static List<Path> sources(Path folder) throws IOException {
        return Folders.files(folder)
                .filter(file -> file.toString().endsWith(".java"))
                .toList();
    }

    @Test
    void everythingThatIsNamedIsThere() throws IOException {
        assertThat(missing(page)).isEmpty();
    }

    /** What a text names between backticks, and is not there. */
    private List<String> missing(String text) throws IOException {
        Set<String> settings = JobOptions.all().stream().map(ConfigOption::key).collect(Collectors.toSet());
        List<String> missing = new ArrayList<>();
        for (String name : names(text)) {
            Matcher ofClass = CLASS.matcher(name);
            boolean isThere;
            if (name.contains(" ")) {
                continue; // a command, or a piece of code
            } else if (name.contains("/")) {
                isThere = Files.exists(Path.of(name));
            } else if (ofClass.matches()) {
                isThere = hasMember(ofClass.group(1), ofClass.group(2));
            } else if (name.contains(".")) {
                isThere = settings.contains(name)
                        || name.equals(ROOT)
                        || packages().contains(name);
            } else {
                isThere = words.contains(name);
            }
            if (!isThere) {
                missing.add(name);
            }
        }
        return missing;
    }

    private static List<String> names(String text) {
        return NAME.matcher(text).results().map(name -> name.group(1)).toList();
    }

    /** @param member a method, a constant or the like; null for the class alone */
    private boolean hasMember(String name, String member) throws IOException {
        Path file = classes.get(name);
        return file != null
                && (member == null
                        || List.of(Files.readString(file).split("\\W+")).contains(member));
    }

    /**
     * A row of the code map.
     *
     * @param name the package, without its root
     * @param toOpen the classes to open first
     */
    private record Row(String name, List<String> toOpen) {}

    @Test
    void theCodeMapHasEachPackageOnce() throws IOException {
        assertThat(codeMap().stream().map(Row::name)).containsExactlyInAnyOrderElementsOf(packages());
    }

    @Test
    void theClassesToOpenAreInTheirPackage() {
        Path root = MAIN.resolve(ROOT.replace('.', File.separatorChar));
        for (Row row : codeMap()) {
            Path folder = row.name.isEmpty() ? root : root.resolve(row.name.replace('.', File.separatorChar));
            assertThat(row.toOpen).as(row.name).hasSizeBetween(2, 4).allSatisfy(name -> assertThat(classes.get(name))
                    .isEqualTo(folder.resolve(name + ".java")));
        }
    }

    private List<Row> codeMap() {
        return page.lines()
                .dropWhile(line -> !line.startsWith("| package |"))
                .skip(2)
                .takeWhile(line -> line.startsWith("|"))
                .map(line -> line.split(" *\\| *"))
                .map(cells -> new Row(cells[1].replace("`", "").replace("(root)", ""), names(cells[3])))
                .toList();
    }

    /** The packages of the product, without their root. */
    private static Set<String> packages() throws IOException {
        return sources(MAIN).stream()
                .map(file -> MAIN.relativize(file.getParent()).toString().replace(File.separatorChar, '.'))
                .map(each -> each.equals(ROOT) ? "" : each.substring(ROOT.length() + 1))
                .collect(Collectors.toSet());
    }

    @Test
    void eachInvariantNamesTheTestThatHoldsIt() {
        String section = page.substring(page.indexOf("\n## Invariants"), page.indexOf("\n## Why"));
        List<String> invariants =
                List.of(section.split("\n- ")).stream().skip(1).toList();
        assertThat(invariants).hasSizeGreaterThan(10).allSatisfy(invariant -> assertThat(names(invariant))
                .anyMatch(name -> name.matches("\\w+(Test|ITCase)(\\.\\w+)?")));
    }

    @Test
    void whatIsNotThereIsFound() throws IOException {
        assertThat(missing(
                        "`Tape`, `Tape.advance`, `ArchitecturePageTest`, `io.kafka`, `docs/rules.md`, `windows.revise-every`,"
                                + " `previousClose`, `cli` and `./mvnw test` are there"))
                .isEmpty();
        assertThat(missing("`Tapes`, `Tape.retreat`, `io.kafkas`, `docs/rule.md`, `windows.revise-never`, `nextClose`"))
                .containsExactly(
                        "Tapes", "Tape.retreat", "io.kafkas", "docs/rule.md", "windows.revise-never", "nextClose");
    }
}
