package io.tapewatch.bench.contender;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The class path of Kafka Streams: with RocksDB itself instead of Flink's, whose classes have the same names and do other
 * things. The build puts it where nobody else finds it.
 */
final class StreamsClassPath {

    private static final Path ROCKSDB = Path.of("target", "peers", "rocksdbjni.jar");
    private static final Pattern ROCKSDB_OF_FLINK = Pattern.compile("frocksdbjni-[^/]*\\.jar$");

    private StreamsClassPath() {}

    /**
     * The class path that Kafka Streams can run with.
     *
     * @param own one of ours
     * @throws IllegalStateException if Flink's RocksDB is not on it once, or RocksDB is not where the build puts it
     */
    static String of(String own) {
        if (!Files.isRegularFile(ROCKSDB)) {
            throw new IllegalStateException("no " + ROCKSDB + "; ./mvnw test-compile puts it there");
        }
        String rocksDb = ROCKSDB.toAbsolutePath().toString();
        List<String> entries = Arrays.stream(own.split(File.pathSeparator))
                .map(entry -> isRocksDbOfFlink(entry) ? rocksDb : entry)
                .toList();
        if (entries.stream().filter(rocksDb::equals).count() != 1) {
            throw new IllegalStateException("expected Flink's RocksDB once on the class path: " + own);
        }
        return entries.stream().collect(Collectors.joining(File.pathSeparator));
    }

    private static boolean isRocksDbOfFlink(String entry) {
        return ROCKSDB_OF_FLINK.matcher(entry.replace(File.separatorChar, '/')).find();
    }
}
