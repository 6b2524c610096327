package io.stackel.ingest;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What is imported, and into what.
 *
 * @param sources files, directories or patterns, at least one; their order does not matter
 * @param format absent if it follows from the names of the files
 * @param table how rows are read
 * @param blocks how rows are ordered and cut
 */
public record ImportRequest(List<String> sources, Optional<Format> format, Table table, Blocks blocks) {

    /** What can be read. */
    public enum Format {
        /** Columns of numbers, and arrays of them that all have one length. */
        PARQUET,
        /** Text with a label and {@code index:value} pairs on each line, indices from 1 and ascending. */
        LIBSVM,
        /** Text with a row on each line. */
        CSV,
        /** Text with a JSON object on each line: numbers, and arrays of them that all have one length. */
        JSONL;

        /** The word of the command line. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * How rows are read.
     *
     * @param label name of the label's column, in LibSVM always the first of a line
     * @param features names of the feature columns in their order; all but the label if empty
     * @param header whether the first line of a CSV file names the columns; they are numbered from 0 otherwise
     * @param delimiter between the columns of a CSV file
     * @param width features of a LibSVM row; the largest index if absent
     */
    public record Table(String label, List<String> features, boolean header, char delimiter, OptionalInt width) {

        public Table {
            features = List.copyOf(features);
            if (width.isPresent() && width.getAsInt() < 1) {
                throw new IllegalArgumentException("width must be at least 1, but was " + width.getAsInt());
            }
            if (delimiter == '"' || delimiter == '\n' || delimiter == '\r') {
                throw new IllegalArgumentException("delimiter must be neither a quote nor the end of a line");
            }
        }
    }

    /**
     * How rows are ordered and cut.
     *
     * @param seed of the permutation
     * @param rowsPerBlock rows of a block, at least 1
     * @param first first row of the permuted order that is taken
     * @param end the row before which taking ends; the number of rows if absent
     */
    public record Blocks(long seed, int rowsPerBlock, long first, OptionalLong end) {

        public Blocks {
            if (rowsPerBlock < 1) {
                throw new IllegalArgumentException("rowsPerBlock must be at least 1, but was " + rowsPerBlock);
            }
            if (first < 0 || (end.isPresent() && end.getAsLong() <= first)) {
                throw new IllegalArgumentException("rows must be FROM:TO with 0 <= FROM < TO, but were " + first + ":"
                        + (end.isPresent() ? end.getAsLong() : ""));
            }
        }
    }

    public ImportRequest {
        sources = List.copyOf(sources);
        if (sources.isEmpty()) {
            throw new IllegalArgumentException("sources must be at least one, but there are none");
        }
    }
}
