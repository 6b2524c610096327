package io.stackel.spark;

import io.stackel.estimate.BatchRequest;
import io.stackel.estimate.Follower;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/** A request as it travels: a small one within the job, the arrays of a large one by broadcast. */
sealed interface RequestParcel extends Serializable {

    /** The request, on the side of a task. */
    BatchRequest open();

    /** Frees what the parcel occupies in the cluster; the driver's side, after the job. */
    void release();

    /**
     * Packs a request.
     *
     * @param inlineBytes up to how many bytes of arrays travel within the job
     */
    static RequestParcel pack(JavaSparkContext context, BatchRequest request, long inlineBytes) {
        List<double[]> arrays = arrays(request);
        int[] lengths = arrays.stream().mapToInt(each -> each.length).toArray();
        long total = Arrays.stream(lengths).asLongStream().sum();
        if (total * Double.BYTES <= inlineBytes) {
            return new Inline(request);
        }
        double[] joined = new double[Math.toIntExact(total)];
        int offset = 0;
        for (double[] each : arrays) {
            System.arraycopy(each, 0, joined, offset, each.length);
            offset += each.length;
        }
        BatchRequest emptied = refill(request, new double[0], new int[lengths.length]);
        return new Split(emptied, lengths, context.broadcast(joined));
    }

    private static List<double[]> arrays(BatchRequest request) {
        List<double[]> arrays = new ArrayList<>(request.uppers());
        for (Follower each : request.followers()) {
            arrays.addAll(List.of(each.parameters(), each.value(), each.upperValue()));
        }
        return arrays;
    }

    /** The request with its arrays, in the order of {@link #arrays}, taken from {@code joined}. */
    private static BatchRequest refill(BatchRequest request, double[] joined, int[] lengths) {
        double[][] arrays = new double[lengths.length][];
        int offset = 0;
        for (int i = 0; i < lengths.length; i++) {
            arrays[i] = Arrays.copyOfRange(joined, offset, offset + lengths[i]);
            offset += lengths[i];
        }
        int uppers = request.uppers().size();
        List<Follower> followers = new ArrayList<>();
        for (int i = uppers; i < arrays.length; i += 3) {
            followers.add(new Follower(arrays[i], arrays[i + 1], arrays[i + 2]));
        }
        return request.at(List.of(arrays).subList(0, uppers), followers);
    }

    /** The whole request within the job. */
    record Inline(BatchRequest request) implements RequestParcel {

        @Override
        public BatchRequest open() {
            return request;
        }

        @Override
        public void release() {}
    }

    /**
     * The request without its arrays, and these joined.
     *
     * @param emptied the request with empty arrays
     * @param lengths of the arrays
     * @param joined the arrays, one after the other
     */
    record Split(BatchRequest emptied, int[] lengths, Broadcast<double[]> joined) implements RequestParcel {

        @Override
        public BatchRequest open() {
            return refill(emptied, joined.value(), lengths);
        }

        @Override
        public void release() {
            joined.destroy();
        }
    }
}
