package io.tapewatch;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.core.domain.properties.CanBeAnnotated.Predicates.annotatedWith;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import io.tapewatch.domain.violations.DomainViolations;
import io.tapewatch.feed.violations.FeedViolations;
import io.tapewatch.io.json.violations.JsonViolations;
import io.tapewatch.io.kafka.violations.KafkaViolations;
import io.tapewatch.io.violations.IoViolations;
import io.tapewatch.operators.violations.OperatorViolations;
import io.tapewatch.settings.JobOptions;
import io.tapewatch.settings.violations.SettingsViolations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * {@code cli, local → TapewatchJob → settings; TapewatchJob → Topology → operators, io → domain}; {@code feed} and {@code
 * settings} use io and domain.
 */
class ArchitectureTest {

    private static final String DOMAIN = "io.tapewatch.domain..";
    private static final String OPERATORS = "io.tapewatch.operators..";
    private static final String IO = "io.tapewatch.io..";
    private static final String FEED = "io.tapewatch.feed..";
    private static final String SETTINGS = "io.tapewatch.settings..";
    private static final String JOB = "io.tapewatch";

    private static final JavaClasses PRODUCT = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.tapewatch");

    private static final JavaClasses TESTS = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.ONLY_INCLUDE_TESTS)
            .importPackages("io.tapewatch");

    private static final Set<String> CLOCKS_AND_DICE = Set.of(
            "java.lang.System.currentTimeMillis",
            "java.lang.System.nanoTime",
            "java.time.Clock.systemUTC",
            "java.time.Clock.systemDefaultZone",
            "java.time.Instant.now",
            "java.time.LocalDate.now",
            "java.time.LocalDateTime.now",
            "java.time.OffsetDateTime.now",
            "java.time.ZonedDateTime.now",
            "java.util.Date.<init>",
            "java.util.Random.<init>",
            "java.util.UUID.randomUUID",
            "java.util.concurrent.ThreadLocalRandom.current",
            "java.lang.Math.random",
            "java.lang.StrictMath.random");

    private static final ArchRule DOMAIN_IS_PLAIN_JAVA = classes()
            .that()
            .resideInAPackage(DOMAIN)
            .should()
            .onlyDependOnClassesThat(resideInAPackage(DOMAIN)
                    .or(resideInAPackage("java..").and(not(resideInAPackage("java.util.logging.."))))
                    .or(resideInAPackage("org.jspecify.annotations"))
                    .or(DescribedPredicate.describe("are arrays or primitives", ArchitectureTest::isBuiltIn)));

    private static final ArchRule NOTHING_READS_A_CLOCK_OR_ROLLS_DICE = noClasses()
            .that()
            .resideInAnyPackage(DOMAIN, OPERATORS)
            .should()
            .accessTargetWhere(DescribedPredicate.describe("is a clock or dice", ArchitectureTest::isClockOrDice))
            .orShould()
            .callCodeUnitWhere(DescribedPredicate.describe(
                    "asks Flink for processing time",
                    call -> call.getTarget().getName().equals("currentProcessingTime")
                            || call.getTarget().getName().equals("registerProcessingTimeTimer")));

    private static final ArchRule DOMAIN_AND_OPERATORS_DO_NO_INPUT_OR_OUTPUT = noClasses()
            .that()
            .resideInAnyPackage(DOMAIN, OPERATORS)
            .should()
            .dependOnClassesThat(resideInAnyPackage("java.nio.file..", "java.net..", "java.sql..")
                    .or(type(java.io.File.class))
                    .or(type(java.io.FileInputStream.class))
                    .or(type(java.io.FileOutputStream.class)));

    private static final ArchRule OPERATORS_USE_DOMAIN_AND_FLINK = onlyOf(OPERATORS, DOMAIN);

    private static final ArchRule IO_USES_DOMAIN = onlyOf(IO, DOMAIN);

    private static final ArchRule FEED_USES_IO_AND_DOMAIN = onlyOf(FEED, IO, DOMAIN);

    private static final ArchRule THE_JOB_KNOWS_NO_TOOLS = onlyOf(JOB, SETTINGS, OPERATORS, IO, DOMAIN);

    private static final ArchRule SETTINGS_USE_IO_AND_DOMAIN = onlyOf(SETTINGS, IO, DOMAIN);

    private static final ArchRule THE_TOPOLOGY_KNOWS_NO_JOB = noClasses()
            .that()
            .haveSimpleName("Topology")
            .should()
            .dependOnClassesThat(type(TapewatchJob.class).or(resideInAPackage(SETTINGS)));

    private static final ArchRule FORMATS_LOAD_WITHOUT_FLINK_AND_KAFKA = noClasses()
            .that()
            .resideInAnyPackage("io.tapewatch.io.json..", "io.tapewatch.io.rules..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.apache.flink..", "org.apache.kafka..");

    private static final ArchRule KAFKA_IS_USED_WITHOUT_FLINK = noClasses()
            .that()
            .resideInAPackage("io.tapewatch.io.kafka..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.apache.flink..");

    /** The packages of {@code domain}, {@code io} and {@code settings}, and those of them that each may use. */
    private static final Map<String, Set<String>> ROOMS = Map.ofEntries(
            entry("domain.exact", Set.of()),
            entry("domain", Set.of("domain.exact")),
            entry("domain.trade", Set.of("domain")),
            entry("domain.window", Set.of("domain", "domain.exact", "domain.trade")),
            entry("domain.quote", Set.of("domain", "domain.exact")),
            entry("domain.mover", Set.of("domain", "domain.exact", "domain.window")),
            entry("domain.rule", Set.of("domain", "domain.exact")),
            entry("domain.check", Set.of("domain", "domain.exact", "domain.trade", "domain.quote", "domain.rule")),
            entry(
                    "io.json",
                    Set.of("domain", "domain.exact", "domain.window", "domain.quote", "domain.mover", "domain.rule")),
            entry("io.rules", Set.of("domain", "domain.exact", "domain.rule", "io.json")),
            entry("io.kafka", Set.of("domain", "domain.rule", "io.json")),
            entry("io.source", Set.of("domain", "domain.rule", "io.json", "io.rules", "io.kafka")),
            entry("io.lease", Set.of("io.kafka", "io.source")),
            entry(
                    "io.sink",
                    Set.of(
                            "domain",
                            "domain.window",
                            "domain.quote",
                            "domain.mover",
                            "domain.rule",
                            "io.json",
                            "io.kafka",
                            "io.lease")),
            entry(
                    "settings",
                    Set.of(
                            "domain",
                            "domain.trade",
                            "domain.window",
                            "domain.quote",
                            "domain.check",
                            "io.json",
                            "io.kafka",
                            "io.sink")));

    /** NullAway looks at no other packages, and says nothing of them. */
    private static final ArchRule TYPES_SAY_WHAT_MAY_BE_NULL = classes()
            .should(ArchCondition.from(
                    DescribedPredicate.describe("be in a package that is @NullMarked", each -> each.getPackage()
                            .isAnnotatedWith(NullMarked.class))));

    /** It fails, by chance, where another process deletes a file meanwhile; {@code Folders} does not. */
    private static final ArchRule NOTHING_WALKS_A_FOLDER_AS_A_STREAM = noClasses()
            .should()
            .callMethodWhere(DescribedPredicate.describe(
                    "walks a folder", call -> call.getTarget().getFullName().startsWith("java.nio.file.Files.walk(")));

    /** Of this product's packages, the first may use itself and the others. */
    private static ArchRule onlyOf(String... packages) {
        return noClasses()
                .that()
                .resideInAPackage(packages[0])
                .should()
                .dependOnClassesThat(resideInAPackage("io.tapewatch..").and(not(resideInAnyPackage(packages))))
                .allowEmptyShould(true);
    }

    /** A room of {@link #ROOMS} uses itself and these, of those that are rooms. */
    private static ArchRule room(String room, Set<String> others) {
        String[] closed = ROOMS.keySet().stream()
                .filter(each -> !each.equals(room) && !others.contains(each))
                .map(ArchitectureTest::named)
                .toArray(String[]::new);
        return noClasses()
                .that()
                .resideInAPackage(named(room))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(closed);
    }

    private static String named(String room) {
        return "io.tapewatch." + room;
    }

    private static boolean isBuiltIn(JavaClass type) {
        return type.isPrimitive()
                || type.isArray() && type.getBaseComponentType().isPrimitive();
    }

    private static boolean isClockOrDice(JavaAccess<?> access) {
        AccessTarget target = access.getTarget();
        return CLOCKS_AND_DICE.contains(target.getOwner().getName() + "." + target.getName());
    }

    /** Each rule, and a class that breaks it. */
    static Stream<Arguments> violations() {
        return Stream.of(
                arguments(DOMAIN_IS_PLAIN_JAVA, DomainViolations.UsesFlink.class),
                arguments(DOMAIN_IS_PLAIN_JAVA, DomainViolations.UsesOperators.class),
                arguments(DOMAIN_IS_PLAIN_JAVA, DomainViolations.Logs.class),
                arguments(NOTHING_READS_A_CLOCK_OR_ROLLS_DICE, DomainViolations.ReadsTheClock.class),
                arguments(NOTHING_READS_A_CLOCK_OR_ROLLS_DICE, DomainViolations.ReadsTheClockByReference.class),
                arguments(NOTHING_READS_A_CLOCK_OR_ROLLS_DICE, DomainViolations.RollsDice.class),
                arguments(NOTHING_READS_A_CLOCK_OR_ROLLS_DICE, OperatorViolations.AsksForProcessingTime.class),
                arguments(DOMAIN_AND_OPERATORS_DO_NO_INPUT_OR_OUTPUT, OperatorViolations.ReadsFiles.class),
                arguments(OPERATORS_USE_DOMAIN_AND_FLINK, OperatorViolations.UsesIo.class),
                arguments(IO_USES_DOMAIN, IoViolations.UsesOperators.class),
                arguments(FORMATS_LOAD_WITHOUT_FLINK_AND_KAFKA, JsonViolations.UsesFlink.class),
                arguments(FORMATS_LOAD_WITHOUT_FLINK_AND_KAFKA, JsonViolations.UsesKafka.class),
                arguments(KAFKA_IS_USED_WITHOUT_FLINK, KafkaViolations.UsesFlink.class),
                arguments(FEED_USES_IO_AND_DOMAIN, FeedViolations.UsesOperators.class),
                arguments(THE_JOB_KNOWS_NO_TOOLS, UsesFeeds.class),
                arguments(THE_TOPOLOGY_KNOWS_NO_JOB, Topology.class),
                arguments(THE_TOPOLOGY_KNOWS_NO_JOB, ReadsOptions.Topology.class),
                arguments(SETTINGS_USE_IO_AND_DOMAIN, SettingsViolations.UsesOperators.class),
                arguments(TYPES_SAY_WHAT_MAY_BE_NULL, DomainViolations.Logs.class),
                arguments(NOTHING_WALKS_A_FOLDER_AS_A_STREAM, WalksAFolder.class));
    }

    static Stream<Object> rules() {
        return violations().map(violation -> violation.get()[0]).distinct();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rules")
    void theProductKeepsTheRule(ArchRule rule) {
        rule.check(PRODUCT);
    }

    @ParameterizedTest(name = "{1}: {0}")
    @MethodSource("violations")
    void theRuleFindsAClassThatBreaksIt(ArchRule rule, Class<?> violating) {
        assertThat(rule.evaluate(new ClassFileImporter().importClasses(violating))
                        .hasViolation())
                .isTrue();
    }

    static final class UsesFeeds {
        final Class<?> feed = FeedViolations.UsesOperators.class;
    }

    static final class Topology {
        final Class<?> job = TapewatchJob.class;
    }

    static final class ReadsOptions {
        static final class Topology {
            final Class<?> options = JobOptions.class;
        }
    }

    @Test
    void theTestsWalkNoFolderAsAStreamEither() {
        NOTHING_WALKS_A_FOLDER_AS_A_STREAM.check(TESTS.that(not(type(WalksAFolder.class))));
    }

    static final class WalksAFolder {
        static Stream<Path> files(Path folder) throws IOException {
            return Files.walk(folder);
        }
    }

    /** What may be null there, their comments say. */
    @Test
    void twoClassesAloneAreBeyondTheTypesOfNullness() {
        assertThat(PRODUCT.that(annotatedWith(NullUnmarked.class)))
                .extracting(JavaClass::getSimpleName)
                .containsExactlyInAnyOrder("AtHand", "Cell");
    }

    static Set<String> theRooms() {
        return ROOMS.keySet();
    }

    @ParameterizedTest
    @MethodSource("theRooms")
    void aRoomUsesNoOthersThanItsOwn(String name) {
        room(name, ROOMS.get(name)).check(PRODUCT);
    }

    /** So each rule can fail, and none allows more than the product needs. */
    @ParameterizedTest
    @MethodSource("theRooms")
    void aRoomUsesEachOfItsOwn(String name) {
        for (String used : ROOMS.get(name)) {
            Set<String> without = new HashSet<>(ROOMS.get(name));
            without.remove(used);
            assertThat(room(name, without).evaluate(PRODUCT).hasViolation())
                    .as("%s uses %s", name, used)
                    .isTrue();
        }
    }

    @Test
    void everyPackageOfDomainIoAndSettingsIsARoom() {
        assertThat(PRODUCT.stream()
                        .map(JavaClass::getPackageName)
                        .filter(each -> each.matches("io\\.tapewatch\\.(domain|io|settings)\\b.*")))
                .isNotEmpty()
                .allMatch(each -> ROOMS.containsKey(each.substring("io.tapewatch.".length())));
    }
}
