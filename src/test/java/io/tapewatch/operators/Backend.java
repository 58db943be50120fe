package io.tapewatch.operators;

import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;

/** Where state is kept. */
enum Backend {
    HASHMAP,
    ROCKSDB;

    StateBackend stateBackend() {
        if (this == HASHMAP) {
            return new HashMapStateBackend();
        }
        EmbeddedRocksDBStateBackend rocksDb = new EmbeddedRocksDBStateBackend();
        // A harness has 3 MB for it, with which it finds little in its cache.
        rocksDb.getMemoryConfiguration().setFixedMemoryPerSlot("64mb");
        return rocksDb;
    }
}
