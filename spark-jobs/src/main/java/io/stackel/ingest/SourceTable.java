package io.stackel.ingest;

import java.util.List;
import org.apache.spark.api.java.JavaRDD;

/** The rows of the source files, broken ones included. */
interface SourceTable {

    /** The rows of all files, each with its file and its place there; within a task in stretches of ascending places. */
    JavaRDD<SourceRow> rows();

    /** The names of the features, where the widest row has {@code width}. */
    List<String> columns(int width);

    /** The name of the label's column. */
    String label();

    /** A place in a file as people count, {@code line 17}. */
    String place(int file, long key);
}
