package io.tapewatch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tapewatch.local.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * The release as its user gets it: the tarball of {@code ./mvnw verify -Prelease}, unpacked in an empty folder and run where there
 * is no Maven.
 */
@WholeForm
@DisabledOnOs(OS.WINDOWS)
class ReleaseITCase {

    private static final Path TARGET = Path.of("target");
    private static final String TARBALL = "-bin.tar.gz";

    @TempDir
    private static Path folder;

    private static Path tarball;
    private static Path release;

    @BeforeAll
    static void unpack() throws Exception {
        List<Path> tarballs = list(TARGET).stream()
                .filter(each -> each.toString().endsWith(TARBALL))
                .toList();
        assertThat(tarballs)
                .as("the tarball in target; make it with -Prelease, after ./mvnw clean if there are several")
                .hasSize(1);
        tarball = tarballs.get(0).toAbsolutePath();
        Path unpacked = Files.createDirectory(folder.resolve("unpacked"));
        Process tar = new ProcessBuilder("tar", "-xzf", tarball.toString())
                .directory(unpacked.toFile())
                .redirectErrorStream(true)
                .start();
        assertThat(new String(tar.getInputStream().readAllBytes(), UTF_8)).isEmpty();
        assertThat(tar.waitFor()).isZero();
        assertThat(list(unpacked)).hasSize(1);
        release = list(unpacked).get(0);
        assertThat(tarball).hasFileName(release.getFileName() + TARBALL);
        assertThat(release.resolve("target/tapewatch.jar"))
                .as("the job's jar in %s; make the tarball with -Prelease", tarball)
                .hasSameBinaryContentAs(TARGET.resolve("tapewatch.jar"));
    }

    @Test
    void theChecksumIsThatOfTheTarball() throws Exception {
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(tarball));
        assertThat(Path.of(tarball + ".sha256"))
                .content()
                .isEqualToIgnoringNewLines(HexFormat.of().formatHex(digest) + "  " + tarball.getFileName());
    }

    @Test
    void itSaysItsVersion() throws Exception {
        assertThat(launch("--version").ends(0).out())
                .first()
                .asString()
                .startsWith(release.getFileName().toString().replaceFirst("-", " "));
    }

    @Test
    void aSimulatedMarketRunsToItsEndAndWritesNothingElsewhere() throws Exception {
        List<Path> before = list(release);

        Tool.Said said = launch("run", "--simulated", "2", "--speed", "max", "--exit", "--web-port", "0");

        assertThat(said.ends(0).out())
                .anyMatch(line -> line.startsWith("replaying ") && line.contains("2 simulated symbols"))
                .anyMatch(line -> line.endsWith("; difference 0"));
        List<Path> expected = new ArrayList<>(before);
        expected.add(release.resolve("out"));
        expected.add(release.resolve("logs"));
        assertThat(list(release)).containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    void theExamplesOfItsPagesAreThere() throws Exception {
        assertThat(launch("rules", "check", "examples/rules.json", "--quotes.topic", "quotes")
                        .ends(0)
                        .out())
                .last()
                .isEqualTo("4 rules, 0 rejected");
    }

    /** Runs the launcher where Maven finds no repository, Java no home, and temporary files a folder of their own. */
    private static Tool.Said launch(String... arguments) throws Exception {
        Path said = Files.createTempDirectory(folder, "said");
        Path home = folder.resolve("nowhere");
        Path temporary = Files.createTempDirectory(folder, "temporary");
        List<String> command = new ArrayList<>(List.of("./tapewatch"));
        command.addAll(List.of(arguments));
        ProcessBuilder process = new ProcessBuilder(command).directory(release.toFile());
        process.environment().keySet().retainAll(Set.of("PATH"));
        process.environment()
                .putAll(Map.of(
                        "JAVA_HOME", System.getProperty("java.home"),
                        "HOME", home.toString(),
                        "JAVA_TOOL_OPTIONS",
                                "%s '-Duser.home=%s' '-Dmaven.repo.local=%s' '-Djava.io.tmpdir=%s'"
                                        .formatted(LongPatience.OPTION, home, home, temporary)));
        Tool.Said all;
        try (Tool.Running running = Tool.start(said, "", process)) {
            all = running.said();
        }
        assertThat(all.err()).as("%s", all).allMatch(line -> line.startsWith("Picked up JAVA_TOOL_OPTIONS"));
        assertThat(home).doesNotExist();
        assertThat(temporary).isEmptyDirectory();
        return all;
    }

    @Test
    void theLinksOfItsPagesLeadToItsFiles() throws IOException {
        Pattern link = Pattern.compile("\\]\\(([^)#:\\s]+)(#[^)\\s]*)?\\)");
        List<Path> pages = Stream.of("docs", "examples")
                .map(release::resolve)
                .flatMap(each -> markdown(each).stream())
                .collect(Collectors.toCollection(ArrayList::new));
        pages.add(release.resolve("README.md"));
        pages.add(release.resolve("CHANGELOG.md"));
        pages.add(release.resolve("SECURITY.md"));
        List<String> broken = new ArrayList<>();
        for (Path page : pages) {
            String text = Files.readString(page).replaceAll("(?s)```.*?```", "");
            for (Matcher found = link.matcher(text); found.find(); ) {
                if (!Files.exists(page.resolveSibling(found.group(1)))) {
                    broken.add(release.relativize(page) + ": " + found.group());
                }
            }
        }
        assertThat(pages).hasSizeGreaterThan(10);
        assertThat(broken).isEmpty();
    }

    private static List<Path> markdown(Path folder) {
        try {
            return Folders.files(folder)
                    .filter(each -> each.toString().endsWith(".md"))
                    .toList();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void itsBillsOfMaterialsNameTheLibrariesInTheJobsJarAndThoseOfTheTools() throws Exception {
        assertThat(components("tapewatch-job").keySet())
                .containsExactlyInAnyOrderElementsOf(JobJarITCase.libraries().keySet());
        Set<String> jars = components("tapewatch-tools").entrySet().stream()
                .map(each -> each.getKey().replaceFirst(".*:", "") + "-" + each.getValue() + ".jar")
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(toolsLibraries())
                .extracting(each -> each.getFileName().toString())
                .containsExactlyInAnyOrderElementsOf(jars);
    }

    /** The version of each library that is named. */
    private static Map<String, String> components(String name) throws IOException {
        JsonNode bill = new ObjectMapper()
                .readTree(release.resolve("sbom/" + name + ".cdx.json").toFile());
        return StreamSupport.stream(bill.get("components").spliterator(), false)
                .collect(Collectors.toMap(
                        each -> each.get("group").asText() + ":"
                                + each.get("name").asText(),
                        each -> each.get("version").asText()));
    }

    private static List<Path> toolsLibraries() throws IOException {
        return list(release.resolve("target/tools/lib"));
    }

    /** Most libraries have it in themselves; the licences folder has those of the others. */
    @Test
    void theLicenceOfEachLibraryIsThere() throws Exception {
        Path licences = release.resolve("licenses");
        Map<String, List<String>> listed;
        try (Stream<String> lines = Files.lines(licences.resolve("LIBRARIES.txt"))) {
            listed = lines.skip(2)
                    .map(line -> List.of(line.split("\\s+")))
                    .collect(Collectors.toMap(line -> line.get(0), line -> line.subList(1, line.size())));
        }
        Map<String, Path> bare = new TreeMap<>();
        for (Path library : toolsLibraries()) {
            try (JarFile jar = new JarFile(library.toFile())) {
                if (jar.stream().map(ZipEntry::getName).noneMatch(ReleaseITCase::isLicence)) {
                    bare.put(library.getFileName().toString().replaceFirst("-\\d.*", ""), library);
                }
            }
        }
        assertThat(listed).containsOnlyKeys(bare.keySet());
        assertThat(listed.values()).allSatisfy(files -> assertThat(files)
                .isNotEmpty()
                .allSatisfy(file -> assertThat(licences.resolve(file)).isNotEmptyFile()));
        assertThat(release.resolve("LICENSE")).hasSameTextualContentAs(Path.of("LICENSE"));
        assertThat(release.resolve("NOTICE")).isNotEmptyFile();
    }

    private static boolean isLicence(String entry) {
        return entry.matches("(?i)(.*/)?(licen[sc]e|copying)[^/]*") && !entry.endsWith(".class");
    }

    private static List<Path> list(Path folder) throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.toList();
        }
    }
}
