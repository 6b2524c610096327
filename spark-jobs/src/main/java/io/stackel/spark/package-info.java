/**
 * The engine on Spark: ships bytes and ranges of chunks to executors and brings sums back; no mathematics.
 *
 * <p>A batch is one Spark job however many roles it carries. A task evaluates one range of chunks and returns one
 * {@code RangeSums}; the driver merges what the tasks returned. How many tasks a batch is worth, and whether it is worth a job
 * at all, {@code Placement} learns from the batches before. Neither the number of tasks nor which executor ran them,
 * nor how often, shows in a bit of the result. What crosses the wire: the bytes of the problem, once an executor, by
 * broadcast; the request with each job (Java serialisation); the sums with each task, as bytes.
 *
 * <p>The progress of a run reaches Spark's metrics as an event on its listener bus; {@code StackelPlugin} listens.
 *
 * <p>No accumulators, no {@code treeAggregate}, no {@code reduce} on floating-point data. Must not import
 * {@code io.stackel.math}, {@code exact}, {@code families} or {@code optim}. Start at {@link
 * io.stackel.spark.SparkEngine}, then {@link io.stackel.spark.SparkOracle}.
 */
package io.stackel.spark;
