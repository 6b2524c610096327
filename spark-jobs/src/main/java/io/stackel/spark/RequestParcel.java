package io.stackel.spark;

import io.stackel.estimate.BatchRequest;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.util.stream.Stream;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.serializer.JavaSerializer;
import org.apache.spark.serializer.SerializerInstance;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;

/** A request as it travels, serialised as a job is: a small one within the job, a large one by broadcast. */
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
        Stream<double[]> followers = request.followers().stream()
                .flatMap(each -> Stream.of(each.parameters(), each.value(), each.upperValue()));
        long numbers = Stream.concat(request.uppers().stream(), followers)
                .mapToLong(array -> array.length)
                .sum();
        if (numbers * Double.BYTES <= inlineBytes) {
            return new Inline(request);
        }
        ByteBuffer written = Shipped.serializer().serialize(request, Shipped.TAG);
        byte[] bytes = new byte[written.remaining()];
        written.get(bytes);
        return new Shipped(context.broadcast(bytes));
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

    /** The bytes of the request. */
    record Shipped(Broadcast<byte[]> bytes) implements RequestParcel {

        private static final ClassTag<BatchRequest> TAG = ClassTag$.MODULE$.apply(BatchRequest.class);

        private static SerializerInstance serializer() {
            return new JavaSerializer(new SparkConf(false)).newInstance();
        }

        @Override
        public BatchRequest open() {
            ClassLoader loader = Thread.currentThread().getContextClassLoader();
            return serializer().deserialize(ByteBuffer.wrap(bytes.value()), loader, TAG);
        }

        @Override
        public void release() {
            bytes.destroy();
        }
    }
}
