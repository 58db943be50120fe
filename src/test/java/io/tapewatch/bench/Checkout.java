package io.tapewatch.bench;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A commit in a work tree of git's that is not there any more when it is closed, nor when the process is ended by Ctrl-C.
 */
final class Checkout implements AutoCloseable {

    private static final String CLASS_PATH = "target/class-path.txt";

    private final Path clone;
    private final String commit;

    /** Of the work tree, and of the temporary files of all that runs. */
    private final Path folder;

    private final Thread working = Thread.currentThread();
    private final Thread atExit = new Thread(this::closeAtExit, "remove the work tree");

    private Checkout(Path clone, String commit, Path folder) {
        this.clone = clone;
        this.commit = commit;
        this.folder = folder;
    }

    /**
     * Makes the folder, without anything in it yet.
     *
     * @param clone a folder of a clone
     * @param revision the commit, as git knows it: HEAD~1, a tag, a hash
     * @throws IOException if there is no such commit
     */
    static Checkout of(Path clone, String revision) throws IOException, InterruptedException {
        ProgramRun found = ProgramRun.run(
                clone, List.of("git", "rev-parse", "--verify", "--quiet", "--short", revision + "^{commit}"));
        if (found.exitCode() != 0) {
            throw new IOException("git knows no commit " + revision + " here");
        }
        Checkout checkout = new Checkout(clone, found.output().strip(), Files.createTempDirectory("tapewatch-pairs-"));
        Runtime.getRuntime().addShutdownHook(checkout.atExit);
        return checkout;
    }

    /** The commit's hash, in short. */
    String commit() {
        return commit;
    }

    /** A folder for temporary files, which goes when this is closed. */
    Path folder() {
        return folder;
    }

    /** Checks the commit out, and builds it. */
    Build build() throws IOException, InterruptedException {
        Path tree = tree();
        ProgramRun.run(clone, List.of("git", "worktree", "add", "--detach", tree.toString(), commit))
                .expectSuccess();
        if (maven(tree, true).exitCode() != 0) {
            // A library may be missing in the local repository.
            maven(tree, false).expectSuccess();
        }
        String classPath = String.join(
                File.pathSeparator,
                tree.resolve("target/test-classes").toString(),
                tree.resolve("target/classes").toString(),
                Files.readString(tree.resolve(CLASS_PATH)).strip());
        return new Build(commit, folder, classPath);
    }

    private static ProgramRun maven(Path tree, boolean isOffline) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("./mvnw", "-B", "-q"));
        if (isOffline) {
            command.add("-o");
        }
        // Error Prone finds faults, and changes no class.
        command.addAll(List.of("-DskipTests", "-P", "!error-prone", "test-compile", "dependency:build-classpath"));
        command.addAll(List.of("-Dmdep.outputFile=" + CLASS_PATH, "-Dmdep.includeScope=test"));
        return ProgramRun.run(tree, command);
    }

    private Path tree() {
        return folder.resolve("base");
    }

    @Override
    public void close() throws IOException {
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException e) {
            return; // The process is ending already, and does the same.
        }
        remove();
    }

    /** Ends first what runs in the folder, and whoever would start something else. */
    private void closeAtExit() {
        working.interrupt();
        List<ProcessHandle> running = ProcessHandle.current().descendants().toList();
        // Git is soon through. Were it killed, a child of its own could go on writing.
        running.stream().filter(Checkout::isGit).forEach(each -> each.onExit().join());
        running.forEach(ProcessHandle::destroyForcibly);
        running.forEach(each -> each.onExit().join());
        try {
            remove();
        } catch (IOException e) {
            System.err.println(e.getMessage());
        }
    }

    private static boolean isGit(ProcessHandle process) {
        return process.info()
                .command()
                .filter(command -> Path.of(command).getFileName().toString().startsWith("git"))
                .isPresent();
    }

    private void remove() throws IOException {
        try {
            forgetWorkTree();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            LeftBehind.delete(folder);
        }
    }

    private void forgetWorkTree() throws IOException, InterruptedException {
        if (Files.exists(tree())) {
            String tree = tree().toString();
            // Twice: git may have been ended while it made the work tree.
            ProgramRun.run(clone, List.of("git", "worktree", "remove", "--force", "--force", tree));
        }
    }
}
