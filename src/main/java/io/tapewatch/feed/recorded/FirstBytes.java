package io.tapewatch.feed.recorded;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The first bytes of a file, which tell many files that are no text. */
record FirstBytes(byte[] bytes) {

    /** As many as are looked at. */
    static final int COUNT = 8;

    private static final String UTF_16 = "is UTF-16; expected UTF-8: save it as \"CSV UTF-8\"";

    /** What other files begin with, and what is to be said of them. */
    private record Kind(int[] start, String problem) {}

    private static final List<Kind> NO_CSV = List.of(
            new Kind(new int[] {'P', 'K', 3, 4}, "is a zip; unpack it first"),
            new Kind(new int[] {'P', 'K', 5, 6}, "is a zip with nothing in it"),
            new Kind(new int[] {'B', 'Z', 'h'}, "is compressed with bzip2; unpack it first, or compress it with gzip"),
            new Kind(
                    new int[] {0xfd, '7', 'z', 'X', 'Z'},
                    "is compressed with xz; unpack it first, or compress it with gzip"),
            new Kind(new int[] {'7', 'z', 0xbc, 0xaf}, "is a 7z archive; unpack it first"),
            new Kind(
                    new int[] {0x28, 0xb5, 0x2f, 0xfd},
                    "is compressed with zstd; unpack it first, or compress it with gzip"),
            new Kind(new int[] {0xd0, 0xcf, 0x11, 0xe0}, "is an Excel workbook; save it as \"CSV UTF-8\""),
            new Kind(new int[] {'P', 'A', 'R', '1'}, "is Parquet; expected CSV"),
            new Kind(new int[] {'{', '"'}, "is JSON; expected CSV"),
            new Kind(new int[] {'[', '{'}, "is JSON; expected CSV"),
            new Kind(new int[] {0xff, 0xfe}, UTF_16),
            new Kind(new int[] {0xfe, 0xff}, UTF_16));

    boolean areGzip() {
        return startWith(0x1f, 0x8b);
    }

    /** How long the byte order mark of UTF-8 is; 0 if there is none. */
    int lengthOfMark() {
        return startWith(0xef, 0xbb, 0xbf) ? 3 : 0;
    }

    /**
     * What is wrong with a file that begins like this, and what to do; null if it may be text in UTF-8.
     *
     * @param name the file's name, which tells one kind of zip from others
     */
    @Nullable
    String problem(String name) {
        if (startWith('P', 'K') && name.toLowerCase(Locale.ROOT).endsWith(".xlsx")) {
            return "is an Excel workbook; save it as \"CSV UTF-8\"";
        }
        for (Kind kind : NO_CSV) {
            if (startWith(kind.start)) {
                return kind.problem;
            }
        }
        // Without a mark: every other byte of what is English is 0.
        return bytes.length >= 4 && (bytes[0] == 0 && bytes[2] == 0 || bytes[1] == 0 && bytes[3] == 0) ? UTF_16 : null;
    }

    private boolean startWith(int... start) {
        if (bytes.length < start.length) {
            return false;
        }
        for (int i = 0; i < start.length; i++) {
            if ((bytes[i] & 0xff) != start[i]) {
                return false;
            }
        }
        return true;
    }
}
