package io.tapewatch.local;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** Words for what files and folders cannot do: what Java says is often no more than a name. */
public final class FileFaults {

    private FileFaults() {}

    /** Why a file or a folder could not be read or written. */
    public static String why(IOException fault) {
        if (fault instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (fault instanceof NoSuchFileException missing) {
            return "there is no " + missing.getFile();
        }
        if (fault instanceof FileAlreadyExistsException inTheWay) {
            return inTheWay.getFile() + " is a file";
        }
        if (fault instanceof FileSystemException refused && refused.getReason() != null) {
            return refused.getReason();
        }
        return String.valueOf(fault.getMessage());
    }
}
