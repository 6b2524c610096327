package io.stackel.spark;

import io.stackel.estimate.BatchRequest;
import io.stackel.estimate.ChunkEvaluator;
import io.stackel.estimate.Combination;
import io.stackel.estimate.Follower;
import io.stackel.estimate.FollowerPair;
import io.stackel.estimate.Units;
import io.stackel.estimate.ValueGradient;
import io.stackel.estimate.Wanted;
import io.stackel.policy.TabularSoftmax;
import io.stackel.random.Purpose;
import java.nio.ByteBuffer;
import java.util.List;

/** {@link NapProblem}, and batches of it whose chunks are a trajectory each. */
enum NapRecipe implements ProblemRecipe {
    /** The only one. */
    INSTANCE;

    /**
     * What the recipe needs.
     *
     * @param nanos of a trajectory
     * @param numbers the length of x
     */
    static byte[] bytes(long nanos, int numbers) {
        return ByteBuffer.allocate(Long.BYTES + Integer.BYTES)
                .putLong(nanos)
                .putInt(numbers)
                .array();
    }

    @Override
    public ChunkEvaluator.Source build(byte[] bytes, ClassLoader loader) {
        ByteBuffer given = ByteBuffer.wrap(bytes);
        return new ChunkEvaluator.Source(new NapProblem(given.getLong(), given.getInt()), new TabularSoftmax(1, 2));
    }

    /**
     * A gradient in x.
     *
     * @param numbers the length of x, as the recipe has it
     */
    static BatchRequest request(int numbers, long chunks) {
        return new BatchRequest(
                1,
                0,
                0,
                0,
                1,
                1,
                BatchRequest.ALL_RESIDUALS,
                false,
                List.of(new double[numbers]),
                List.of(Follower.plain(new double[2])),
                List.of(new ValueGradient(
                        new Units(Purpose.TRAINING, 0, chunks),
                        0,
                        FollowerPair.alone(0),
                        Combination.upperObjective(),
                        Wanted.UPPER,
                        false)));
    }
}
