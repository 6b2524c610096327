/**
 * Imports tables into data sets of blocks: Parquet, LibSVM and CSV on any file system, read once with Spark.
 *
 * <p>The rows have one order, whatever the splits, executors and retries: by path of the file, then by place in it (row
 * number in Parquet, byte offset in text). A seeded permutation of that order is cut into blocks. Spark's own row numbers
 * ({@code zipWithIndex}, {@code monotonically_increasing_id}) follow its splits, which it sorts by size, and are not used.
 *
 * <p>Must not import algorithms, families or estimators. Start at {@link io.stackel.ingest.DataImport}.
 */
package io.stackel.ingest;
