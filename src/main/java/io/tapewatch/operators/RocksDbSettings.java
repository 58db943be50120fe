package io.tapewatch.operators;

import java.util.Collection;
import org.apache.flink.state.rocksdb.RocksDBOptionsFactory;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.DBOptions;

/**
 * The settings of RocksDB for which Flink has no option.
 *
 * <p>RocksDB logs each change of its list of files in a manifest. Every checkpoint changes that list and holds a whole copy
 * of the manifest. By default the manifest grows to 1 GB before RocksDB begins a new one: by some megabytes a day and task at
 * a checkpoint every 10 s.
 */
public final class RocksDbSettings implements RocksDBOptionsFactory {

    /** A new manifest has about 150 bytes for each file, so this is enough for thousands of files. */
    static final long MAX_MANIFEST_BYTES = 1 << 20;

    @Override
    public DBOptions createDBOptions(DBOptions current, Collection<AutoCloseable> toClose) {
        return current.setMaxManifestFileSize(MAX_MANIFEST_BYTES);
    }

    @Override
    public ColumnFamilyOptions createColumnOptions(ColumnFamilyOptions current, Collection<AutoCloseable> toClose) {
        return current;
    }
}
