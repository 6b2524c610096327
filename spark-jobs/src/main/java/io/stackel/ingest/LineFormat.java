package io.stackel.ingest;

import java.io.Serializable;
import java.util.Optional;

/** How a line of text becomes a row. */
interface LineFormat extends Serializable {

    /**
     * Reads a line that is not blank.
     *
     * @param file number of the file
     * @param offset of the line in it, in bytes
     * @return the row, broken or not; nothing for a header
     */
    default Optional<SourceRow> row(int file, long offset, String line) {
        try {
            return read(file, offset, line);
        } catch (BrokenRowException broken) {
            return Optional.of(SourceRow.broken(file, offset, broken.getMessage()));
        }
    }

    /** The row of a line, or nothing for a header. */
    Optional<SourceRow> read(int file, long offset, String line) throws BrokenRowException;
}
