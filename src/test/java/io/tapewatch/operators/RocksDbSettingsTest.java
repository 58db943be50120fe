package io.tapewatch.operators;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.Checkpoint;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.DBOptions;
import org.rocksdb.FlushOptions;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;

/** How large RocksDB's manifest becomes, which logs the smallest and the largest key of each new file. */
class RocksDbSettingsTest {

    private static final int KEY_BYTES = 1 << 16;
    private static final int FILES = 30;

    @TempDir
    Path folder;

    @Test
    void aManifestBeginsAnewAndWhatRocksDbHoldsIsWholeInACopy() throws Exception {
        Path copy = write("limited", options -> new RocksDbSettings().createDBOptions(options, new ArrayList<>()));

        // Beyond its limit by what a file adds, and by the files there are when it begins.
        assertThat(manifestBytes(copy)).isLessThan(2 * RocksDbSettings.MAX_MANIFEST_BYTES);
        try (Options options = new Options();
                RocksDB db = RocksDB.openReadOnly(options, copy.toString())) {
            assertThat(db.get(key(0))).isEqualTo(new byte[] {FILES - 1});
            assertThat(db.get(key(1))).isEqualTo(new byte[] {1});
        }
    }

    @Test
    void withoutTheseSettingsTheManifestOnlyGrows() throws Exception {
        Path copy = write("as-it-is", options -> options);

        assertThat(manifestBytes(copy)).isGreaterThan(FILES * 2L * KEY_BYTES);
    }

    /** Writes files with the same key, which RocksDB merges, and takes the copy that a checkpoint takes. */
    private Path write(String name, UnaryOperator<DBOptions> settings) throws RocksDBException {
        RocksDB.loadLibrary();
        Path copy = folder.resolve(name + "-copy");
        try (DBOptions dbOptions = settings.apply(new DBOptions().setCreateIfMissing(true));
                ColumnFamilyOptions columnOptions = new ColumnFamilyOptions();
                Options options = new Options(dbOptions, columnOptions);
                RocksDB db = RocksDB.open(options, folder.resolve(name).toString());
                FlushOptions flush = new FlushOptions().setWaitForFlush(true);
                Checkpoint checkpoint = Checkpoint.create(db)) {
            db.put(key(1), new byte[] {1});
            for (int i = 0; i < FILES; i++) {
                db.put(key(0), new byte[] {(byte) i});
                db.flush(flush);
            }
            checkpoint.createCheckpoint(copy.toString());
        }
        return copy;
    }

    private static byte[] key(int number) {
        return ByteBuffer.allocate(KEY_BYTES).putInt(number).array();
    }

    private static long manifestBytes(Path copy) throws IOException {
        try (Stream<Path> files = Files.list(copy)) {
            Path manifest = files.filter(file -> file.getFileName().toString().startsWith("MANIFEST-"))
                    .findFirst()
                    .orElseThrow();
            return Files.size(manifest);
        }
    }
}
