package io.stackel.spark;

/**
 * From how many bytes on things travel another way.
 *
 * @param inlineBytes up to here the arrays of a request travel within the job, beyond it by a broadcast of their own
 * @param slicedBytes from here on, of the sums of all tasks, executors add them and the driver receives one sum
 */
record Transport(long inlineBytes, long slicedBytes) {

    /**
     * About where both ways cost the same: the first in local[2] ({@code SparkRoundBenchmark}); the second because the driver
     * adds a mebibyte in 2 to 3 ms, and a second stage takes 50 ms and its disks.
     */
    static final Transport USUAL = new Transport(512 << 10, 128 << 20);
}
