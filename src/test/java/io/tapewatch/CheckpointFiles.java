package io.tapewatch;

import io.tapewatch.cluster.Waiting;
import io.tapewatch.local.Folders;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.flink.runtime.checkpoint.Checkpoints;
import org.apache.flink.runtime.checkpoint.OperatorState;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.checkpoint.metadata.CheckpointMetadata;
import org.apache.flink.runtime.state.IncrementalRemoteKeyedStateHandle;
import org.apache.flink.runtime.state.KeyedStateHandle;

/** The files that a checkpoint lists in its metadata; those so small that they are within it, too. */
public final class CheckpointFiles {

    private CheckpointFiles() {}

    /** How many files the last complete checkpoint below a folder lists, by operator and subtask. */
    public static Map<String, Integer> ofLast(Path folder) throws Exception {
        return Waiting.until("a complete checkpoint below " + folder, () -> {
            // All that are found at first may be gone when they are looked at: others have taken their places.
            Optional<Path> last = last(folder);
            return last.isEmpty() ? Optional.empty() : of(last.get());
        });
    }

    private static Optional<Map<String, Integer>> of(Path checkpoint) throws IOException {
        try {
            return Optional.of(bySubtask(load(checkpoint)));
        } catch (IOException e) {
            // Another has taken its place meanwhile.
            if (Files.exists(checkpoint.resolve("_metadata"))) {
                throw e;
            }
            return Optional.empty();
        }
    }

    private static Optional<Path> last(Path folder) throws IOException {
        return Folders.files(folder)
                .filter(each -> each.endsWith("_metadata"))
                .map(Path::getParent)
                .max(Comparator.comparingLong(CheckpointFiles::number));
    }

    private static long number(Path checkpoint) {
        return Long.parseLong(checkpoint.getFileName().toString().replace("chk-", ""));
    }

    private static CheckpointMetadata load(Path checkpoint) throws IOException {
        try (DataInputStream in = new DataInputStream(Files.newInputStream(checkpoint.resolve("_metadata")))) {
            return Checkpoints.loadCheckpointMetadata(
                    in, CheckpointFiles.class.getClassLoader(), checkpoint.toString());
        }
    }

    private static Map<String, Integer> bySubtask(CheckpointMetadata metadata) {
        Map<String, Integer> files = new TreeMap<>();
        for (OperatorState operator : metadata.getOperatorStates()) {
            String name = operator.getOperatorUid().orElseThrow();
            operator.getSubtaskStates().forEach((subtask, state) -> files.put(name + "-" + subtask, count(state)));
        }
        return files;
    }

    private static int count(OperatorSubtaskState state) {
        return state.getManagedOperatorState().size()
                + state.getRawOperatorState().size()
                + state.getRawKeyedState().size()
                + state.getInputChannelState().size()
                + state.getResultSubpartitionState().size()
                + state.getManagedKeyedState().stream()
                        .mapToInt(CheckpointFiles::count)
                        .sum();
    }

    private static int count(KeyedStateHandle state) {
        return state instanceof IncrementalRemoteKeyedStateHandle increment
                ? increment.getSharedState().size()
                        + increment.getPrivateState().size()
                : 1;
    }
}
