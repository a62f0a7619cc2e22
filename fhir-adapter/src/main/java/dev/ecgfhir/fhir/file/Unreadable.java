package dev.ecgfhir.fhir.file;

import dev.ecgfhir.fhir.recording.ReadOutcome;
import dev.ecgfhir.fhir.recording.RefusalReason;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.Optional;

/** Entries for files, or parts of them, that cannot be read. */
final class Unreadable {
    private Unreadable() {}

    static FileEntry entry(String input, String element, String detail) {
        return new FileEntry(
                input, Optional.empty(), new ReadOutcome.Refused(RefusalReason.UNREADABLE, element, detail));
    }

    static FileEntry file(String input, IOException problem) {
        return entry(input, "file", why(problem));
    }

    static String why(IOException problem) {
        if (problem instanceof NoSuchFileException) {
            return "there is no such file; expected FHIR JSON or XML, NDJSON or a WFDB header";
        }
        if (problem instanceof AccessDeniedException) {
            return "the file may not be read by this user";
        }
        if (problem instanceof CharacterCodingException) {
            return "the file is not UTF-8";
        }
        return "the file cannot be read (" + problem.getClass().getSimpleName() + ")";
    }
}
