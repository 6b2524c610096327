package io.stackel.ingest;

import java.util.List;
import java.util.function.IntFunction;
import org.apache.spark.api.java.JavaRDD;

/**
 * The rows of the source files, broken ones included.
 *
 * @param label name of the label's column
 * @param columns the names of the features, by the number of features of the widest row
 * @param rows of all files, each with its file and its place there; within a task in stretches of ascending places
 * @param place a place in a file as people count, {@code line 17}
 */
record SourceTable(String label, IntFunction<List<String>> columns, JavaRDD<SourceRow> rows, Place place) {

    /** What people call a place in a file. */
    @FunctionalInterface
    interface Place {
        String of(int file, long key);
    }
}
