package io.stackel.spark;

/**
 * From how many bytes on things travel another way.
 *
 * @param inlineBytes up to here the arrays of a request travel within the job, beyond it by a broadcast of their own
 * @param slicedBytes from here on, of the sums of all tasks, executors add them and the driver receives one sum
 */
record Transport(long inlineBytes, long slicedBytes) {

    /**
     * The first where both ways cost the same in local[2] ({@code SparkRoundBenchmark}). The second keeps the driver's part
     * below half a second, at 2 to 3 ms a megabyte; from where on that is also the faster way depends on the cluster's disks
     * and network, and was not measured on several machines.
     */
    static final Transport USUAL = new Transport(512 << 10, 128 << 20);
}
