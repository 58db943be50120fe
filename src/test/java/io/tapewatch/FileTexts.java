package io.tapewatch;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What is in files, byte for byte; one that goes meanwhile may be missing. */
final class FileTexts {

    private FileTexts() {}

    static Map<Path, String> of(List<Path> files) throws IOException {
        Map<Path, String> texts = new TreeMap<>();
        for (Path file : files) {
            try {
                texts.put(file, Files.readString(file, StandardCharsets.ISO_8859_1));
            } catch (NoSuchFileException e) {
                // It has gone.
            }
        }
        return texts;
    }
}
