package io.tapewatch.local;

import io.tapewatch.io.kafka.KafkaTopics;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The CSV files of one kind of record and one day of event time.
 *
 * @param folder such as {@code flags/2013-11-25}
 */
record CsvDay(Path folder) {

    private static final List<String> KINDS = List.of(
            KafkaTopics.SUMMARIES,
            KafkaTopics.MOVERS,
            KafkaTopics.FLAGS,
            KafkaTopics.SHADOW_FLAGS,
            KafkaTopics.QUOTED_TRADES,
            "prices");

    private static final Pattern DAY = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");

    /** All days of all kinds in a folder of CSV files. */
    static List<CsvDay> in(Path csv) throws IOException {
        List<CsvDay> days = new ArrayList<>();
        for (String kind : KINDS) {
            Path ofKind = csv.resolve(kind);
            if (Files.isDirectory(ofKind)) {
                list(
                                ofKind,
                                day -> Files.isDirectory(day)
                                        && DAY.matcher(name(day)).matches())
                        .forEach(day -> days.add(new CsvDay(day)));
            }
        }
        return days;
    }

    private String kind() {
        return name(Objects.requireNonNull(folder.getParent(), "kind"));
    }

    /** The files that are finished, by their names and so by their times. */
    List<Path> finished() throws IOException {
        return list(
                folder,
                file -> name(file).startsWith(kind() + "-") && name(file).endsWith(".csv"));
    }

    /** Deletes every file that a job wrote here, finished or not, and the folder if nothing else is in it. */
    void delete() throws IOException {
        List<Path> unfinished = list(
                folder,
                file -> name(file).startsWith("." + kind() + "-") && name(file).contains(".csv"));
        for (Path file : Stream.concat(finished().stream(), unfinished.stream()).toList()) {
            Files.delete(file);
        }
        if (list(folder, file -> true).isEmpty()) {
            Files.delete(folder);
        }
    }

    /**
     * Makes one file of those that are finished, such as {@code flags-2013-11-25.csv}: their rows in the order of the
     * files, under one header. The file can be seen once it is whole.
     */
    void merge() throws IOException {
        List<Path> parts = finished();
        String name = kind() + "-" + name(folder) + ".csv";
        if (parts.isEmpty() || parts.size() == 1 && name(parts.get(0)).equals(name)) {
            return;
        }
        Path merging = folder.resolve("." + name);
        try {
            try (OutputStream rows = Files.newOutputStream(merging)) {
                for (Path part : parts) {
                    copy(part, rows, part.equals(parts.get(0)));
                }
            }
            Files.move(merging, folder.resolve(name));
        } finally {
            Files.deleteIfExists(merging);
        }
        for (Path part : parts) {
            Files.delete(part);
        }
    }

    private static void copy(Path part, OutputStream rows, boolean withHeader) throws IOException {
        try (InputStream file = new BufferedInputStream(Files.newInputStream(part))) {
            // The names in a header need no quotes, so that the first line feed ends it.
            for (int read = file.read(); read != -1; read = file.read()) {
                if (withHeader) {
                    rows.write(read);
                }
                if (read == '\n') {
                    break;
                }
            }
            file.transferTo(rows);
        }
    }

    private static List<Path> list(Path folder, Predicate<Path> which) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(which).sorted().toList();
        }
    }

    private static String name(Path file) {
        return file.getFileName().toString();
    }
}
