package io.tapewatch;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.domain.properties.CanBeAnnotated;
import com.tngtech.archunit.core.domain.properties.HasAnnotations;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.tapewatch.local.Folders;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The sets of tests that contributors run: the quick one, the usual one and the whole one. */
class WhichTestsRunTest {

    /** The tag of the unit tests that the quick set leaves out, as pom.xml says in its profile of that name. */
    private static final String SLOW = "slow";

    private static final JavaClasses TESTS = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.ONLY_INCLUDE_TESTS)
            .importPackages("io.tapewatch");

    @Test
    void theQuickSetHasATestClassOfEveryPackage() throws IOException {
        Path sources = Path.of("src", "main", "java");
        Set<String> packages = Folders.files(sources)
                .filter(file -> file.toString().endsWith(".java") && !file.endsWith("package-info.java"))
                .map(file -> sources.relativize(file.getParent()).toString().replace(File.separatorChar, '.'))
                .collect(Collectors.toSet());
        assertThat(packages).hasSizeGreaterThan(5);
        assertThat(TESTS.stream().filter(WhichTestsRunTest::isQuick).map(JavaClass::getPackageName))
                .as("packages with a class *Test that is not tagged %s", SLOW)
                .containsAll(packages);
    }

    @Test
    void slowTestsAreNotInTheQuickSet() {
        JavaClasses here =
                new ClassFileImporter().importClasses(WhichTestsRunTest.class, SlowTest.class, SlowMethodTest.class);
        assertThat(here.stream().filter(WhichTestsRunTest::isQuick).map(JavaClass::getSimpleName))
                .containsExactly("WhichTestsRunTest");
    }

    @Tag(SLOW)
    static class SlowTest {
        @Test
        void test() {}
    }

    static class SlowMethodTest {
        @Test
        @Tag(SLOW)
        void test() {}
    }

    private static boolean isQuick(JavaClass each) {
        return each.getSimpleName().endsWith("Test")
                && !isSlow(each)
                && each.getMethods().stream().anyMatch(method -> isTest(method) && !isSlow(method));
    }

    private static boolean isTest(CanBeAnnotated method) {
        return method.isMetaAnnotatedWith("org.junit.platform.commons.annotation.Testable");
    }

    private static boolean isSlow(HasAnnotations<?> each) {
        return each.tryGetAnnotationOfType(Tag.class)
                .filter(tag -> tag.value().equals(SLOW))
                .isPresent();
    }

    @Test
    void contributorsAreToldWhatRunsInTheWholeFormOnly() throws IOException {
        Set<String> expected = TESTS.stream()
                .filter(each -> !each.isEquivalentTo(Rounds.class) && !each.isEquivalentTo(RecordedMarket.class))
                .filter(WhichTestsRunTest::hasAWholeForm)
                .map(JavaClass::getSimpleName)
                .collect(Collectors.toCollection(TreeSet::new));
        String page = Files.readString(Path.of("CONTRIBUTING.md"));
        assertThat(page.lines()
                        .dropWhile(line -> !line.startsWith("| test | in the whole form only"))
                        .takeWhile(line -> line.startsWith("|"))
                        .filter(line -> line.startsWith("| `"))
                        .map(line -> line.substring(3, line.indexOf('`', 3))))
                .as("the table in CONTRIBUTING.md")
                .containsExactlyElementsOf(expected);
    }

    private static boolean hasAWholeForm(JavaClass each) {
        return Stream.concat(Stream.of(each), each.getMethods().stream())
                        .anyMatch(it -> it.isAnnotatedWith(WholeForm.class))
                || each.getMethodCallsFromSelf().stream().anyMatch(WhichTestsRunTest::asksForTheForm);
    }

    private static boolean asksForTheForm(JavaMethodCall call) {
        return call.getTargetOwner().isEquivalentTo(Rounds.class)
                        && call.getName().equals("areAll")
                || call.getTargetOwner().isEquivalentTo(RecordedMarket.class)
                        && call.getName().equals("isWhole");
    }
}
