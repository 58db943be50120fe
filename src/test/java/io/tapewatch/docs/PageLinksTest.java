package io.tapewatch.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Links from page to page lead somewhere: the file is there, and so is the heading. */
class PageLinksTest {

    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#\\s]*)(#[^)\\s]*)?\\)");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.*)$");

    @Test
    void everyLinkLeadsToAFileAndItsHeading() throws IOException {
        List<String> broken = new ArrayList<>();
        for (Path page : pages()) {
            for (Matcher link = LINK.matcher(text(page)); link.find(); ) {
                String target = link.group(1);
                if (target.matches("[a-z]+:.*")) {
                    continue;
                }
                Path file =
                        target.isEmpty() ? page : page.resolveSibling(target).normalize();
                String anchor = link.group(2);
                if (!Files.exists(file)) {
                    broken.add(page + ": " + link.group());
                } else if (anchor != null && !anchors(file).contains(anchor.substring(1))) {
                    broken.add(page + ": " + link.group() + " has no such heading");
                }
            }
        }
        assertThat(broken).isEmpty();
    }

    @Test
    void everyPageIsReachedFromTheReadme() throws IOException {
        String readme = Files.readString(Path.of("README.md"));
        assertThat(pages().stream().filter(page -> !page.equals(Path.of("README.md"))))
                .isNotEmpty()
                .allMatch(page -> readme.contains("(" + page.toString().replace('\\', '/')));
    }

    private static List<Path> pages() throws IOException {
        List<Path> pages = new ArrayList<>();
        for (String folder : List.of("", "docs", "examples")) {
            try (Stream<Path> files = Files.list(Path.of(folder))) {
                files.filter(file -> file.toString().endsWith(".md")).sorted().forEach(pages::add);
            }
        }
        assertThat(pages).contains(Path.of("README.md"), Path.of("examples", "README.md"));
        return pages;
    }

    /** A page without its fenced blocks. */
    private static String text(Path page) throws IOException {
        return Files.readString(page).replaceAll("(?s)```.*?```", "");
    }

    /** What GitHub makes of headings, and anchors that are written out. */
    private static List<String> anchors(Path page) throws IOException {
        List<String> anchors = new ArrayList<>();
        for (Matcher heading = HEADING.matcher(text(page)); heading.find(); ) {
            anchors.add(heading.group(1)
                    .toLowerCase(Locale.ROOT)
                    .replaceAll("[^\\p{L}\\p{N} _-]", "")
                    .replace(' ', '-'));
        }
        for (Matcher anchor = Pattern.compile("<a id=\"([^\"]+)\">").matcher(text(page)); anchor.find(); ) {
            anchors.add(anchor.group(1));
        }
        return anchors;
    }
}
