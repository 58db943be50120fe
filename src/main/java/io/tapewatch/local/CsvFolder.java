package io.tapewatch.local;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The folder of CSV files of a run. */
public final class CsvFolder implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(CsvFolder.class);

    private static final DateTimeFormatter NAME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH-mm-ss'Z'").withZone(ZoneOffset.UTC);

    private final Path path;
    private final @Nullable Link latest;
    private final @Nullable Lock lock;

    /**
     * @param path the folder
     * @param latest the link to it; null for a folder that somebody named
     * @param lock keeps other runs out of it; null for a folder of one run alone
     */
    private CsvFolder(Path path, @Nullable Link latest, @Nullable Lock lock) {
        this.path = path;
        this.latest = latest;
        this.lock = lock;
    }

    /**
     * Makes a folder for one run alone, such as {@code out/2026-11-30T03-15-20Z}. {@code out/latest} links to it where the
     * system has such links.
     *
     * @param start when the run starts
     * @throws IOException if the folder cannot be written; the message says why
     */
    public static CsvFolder ofOneRun(Path parent, Instant start) throws IOException {
        try {
            Files.createDirectories(parent);
            String name = NAME.format(start);
            Path folder = parent.resolve(name);
            for (int i = 2; !isNew(folder); i++) {
                folder = parent.resolve(name + "-" + i);
            }
            expectWritable(folder);
            Link latest = Link.at(parent.resolve("latest"));
            latest.to(folder.getFileName());
            return new CsvFolder(folder, latest, null);
        } catch (IOException e) {
            throw new IOException(parent + ": cannot be written: " + FileFaults.why(e), e);
        }
    }

    /**
     * Takes the folder that somebody named, and makes it where there is none.
     *
     * @param overwrite whether the results in it are to go: the files that a job has written, and no other
     * @throws IOException if the folder cannot be written, is in use, or holds results that are to stay; the message says so
     */
    public static CsvFolder named(Path path, boolean overwrite) throws IOException {
        if (Files.exists(path) && !Files.isDirectory(path)) {
            throw new IOException("expected a folder, '" + path + "' is a file");
        }
        try {
            Files.createDirectories(path);
            expectWritable(path);
            Lock lock = Lock.of(path);
            try {
                makeRoom(path, overwrite);
            } catch (IOException e) {
                lock.close();
                throw e;
            }
            return new CsvFolder(path, null, lock);
        } catch (Taken e) {
            throw e;
        } catch (IOException e) {
            throw new IOException(path + ": cannot be written: " + FileFaults.why(e), e);
        }
    }

    private static void makeRoom(Path path, boolean overwrite) throws IOException {
        for (CsvDay day : CsvDay.in(path)) {
            if (overwrite) {
                day.delete();
            } else if (!day.finished().isEmpty()) {
                throw new Taken(path + " holds the results of another run; name another folder, or let --overwrite"
                        + " delete them");
            }
        }
    }

    /** A folder that is another run's. */
    private static final class Taken extends IOException {
        private static final long serialVersionUID = 1;

        Taken(String message) {
            super(message);
        }
    }

    /**
     * A file that is locked for as long as a run writes to its folder: of two runs at once, each would merge and remove the
     * other's files.
     */
    private record Lock(Path path, FileChannel file) implements AutoCloseable {

        static Lock of(Path folder) throws IOException {
            Path path = folder.resolve(".tapewatch-run");
            FileChannel file = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            try {
                if (file.tryLock() != null) {
                    return new Lock(path, file);
                }
            } catch (OverlappingFileLockException e) {
                LOG.debug("{} is locked in this process", path, e);
            } catch (IOException e) {
                // A file system without locks.
                LOG.info("no lock {}: {}", path, e.toString());
                return new Lock(path, file);
            }
            file.close();
            throw new Taken(folder + " is in use by another run; name another folder");
        }

        @Override
        public void close() throws IOException {
            Files.deleteIfExists(path);
            file.close();
        }
    }

    public Path path() {
        return path;
    }

    /**
     * Lets other runs use the folder. Removes the folder if it was made for one run and nothing was written to it; then the
     * link is what it was.
     */
    @Override
    public void close() throws IOException {
        if (lock != null) {
            lock.close();
            return;
        }
        try {
            Files.delete(path);
            if (latest != null) {
                latest.undo();
            }
        } catch (DirectoryNotEmptyException e) {
            // Here are the results.
            LOG.debug("{} stays", path, e);
        }
    }

    private static boolean isNew(Path folder) throws IOException {
        try {
            Files.createDirectory(folder);
            return true;
        } catch (FileAlreadyExistsException e) {
            return false;
        }
    }

    private static void expectWritable(Path folder) throws IOException {
        Files.delete(Files.createTempFile(folder, ".tapewatch-", ""));
    }

    /**
     * A link to a folder beside it, where the system has such links.
     *
     * @param before where it led before; null if it was not there
     * @param isFree whether the name is not that of something else
     */
    private record Link(Path path, @Nullable Path before, boolean isFree) {

        static Link at(Path path) throws IOException {
            boolean isLink = Files.isSymbolicLink(path);
            return new Link(path, isLink ? Files.readSymbolicLink(path) : null, isLink || !Files.exists(path));
        }

        /** Lets it lead there, in one step. */
        void to(Path name) {
            if (!isFree) {
                return;
            }
            Path link = path.resolveSibling("." + path.getFileName() + "-" + UUID.randomUUID());
            try {
                Files.createSymbolicLink(link, name);
                Files.move(link, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } catch (IOException | UnsupportedOperationException e) {
                LOG.info("no link {}: {}", path, e.toString());
            }
        }

        void undo() throws IOException {
            if (before != null) {
                to(before);
            } else if (isFree) {
                Files.deleteIfExists(path);
            }
        }
    }

    /**
     * Removes the files, hidden by a leading dot, that a run left unfinished: without its checkpoints nobody will ever
     * finish them.
     *
     * @param sinceMillis when the run started; older files are another run's
     */
    static void removeUnfinished(Path folder, long sinceMillis) throws IOException {
        for (Path file : Folders.files(folder).filter(CsvFolder::isUnfinished).toList()) {
            if (file.toFile().lastModified() >= sinceMillis) {
                Files.deleteIfExists(file);
            }
        }
    }

    private static boolean isUnfinished(Path file) {
        String name = file.getFileName().toString();
        return name.startsWith(".") && name.contains(".inprogress.");
    }

    /** Makes one file of each kind and day of those that a run has finished. */
    static void merge(Path folder) throws IOException {
        for (CsvDay day : CsvDay.in(folder)) {
            day.merge();
        }
    }
}
