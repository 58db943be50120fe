package io.tapewatch.cluster;

import java.io.File;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What is on the class path of a Flink cluster: Flink as its distribution has it. What the job needs besides is in its jar
 * or it does not run.
 */
final class FlinkClassPath {

    private static final List<String> NOT_IN_THE_DISTRIBUTION = List.of(
            "/target/(test-)?classes",
            "-tests\\.jar$",
            "/flink-connector-kafka/",
            "/flink-test-utils",
            "/org/apache/kafka/",
            "/com/fasterxml/",
            "/org/scala-lang/",
            "/info/picocli/",
            "/org/junit/",
            "/org/assertj/",
            "/com/tngtech/",
            "/com/networknt/",
            "/org/ta4j/",
            "/dev/failsafe/",
            "/me/tongfei/",
            "/commons-rng-");

    private static final Pattern FOREIGN = Pattern.compile(String.join("|", NOT_IN_THE_DISTRIBUTION));

    private FlinkClassPath() {}

    static String text() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry ->
                        !FOREIGN.matcher(entry.replace(File.separatorChar, '/')).find())
                .collect(Collectors.joining(File.pathSeparator));
    }
}
