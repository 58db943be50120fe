package io.tapewatch.bench;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The compiled classes of one state of the project.
 *
 * @param name that of the commit, or what else it is
 * @param folder where its programs run, and put their temporary files
 * @param classPath its classes, those of its tests, and its libraries
 */
record Build(String name, Path folder, String classPath) {

    /** The one that is running. */
    static Build ofThisProcess(Path folder) {
        String classPath = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
        return new Build("work tree", folder, classPath);
    }

    /** Runs a class of it in a JVM of its own. */
    ProgramRun java(String main, List<String> arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        // As pom.xml starts benchmarks. JMH passes it on to its own JVMs, and the folder too: nothing stays behind.
        command.addAll(List.of("-Xmx4g", "-Djava.io.tmpdir=" + folder));
        command.addAll(List.of("-cp", classPath, main));
        command.addAll(arguments);
        return ProgramRun.run(folder, command);
    }
}
