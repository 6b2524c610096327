package io.stackel.spark;

import io.stackel.estimate.BatchRequest;
import io.stackel.estimate.ChunkEvaluator;
import io.stackel.estimate.Combination;
import io.stackel.estimate.Coupling;
import io.stackel.estimate.Estimand;
import io.stackel.estimate.Follower;
import io.stackel.estimate.FollowerPair;
import io.stackel.estimate.Units;
import io.stackel.estimate.ValueGradient;
import io.stackel.estimate.Wanted;
import io.stackel.families.Families;
import io.stackel.policy.TabularSoftmax;
import io.stackel.problem.ProblemFactory;
import io.stackel.problem.Settings;
import io.stackel.problem.TrajectoryProblem;
import io.stackel.random.Purpose;
import java.util.List;
import java.util.Map;

/** The random Stackelberg game of 100 states and 5 x 5 actions, and batches of it. */
enum StackelbergRecipe implements ProblemRecipe {
    /** The only one. */
    INSTANCE;

    private static final int STATES = 100;
    private static final int ACTIONS = 5;
    private static final int CELLS = STATES * ACTIONS;

    @Override
    public ChunkEvaluator.Source build(byte[] bytes, ClassLoader loader) {
        return source();
    }

    static ChunkEvaluator.Source source() {
        ProblemFactory factory = Families.all().stream()
                .filter(each -> each.name().equals("stackelberg"))
                .findFirst()
                .orElseThrow();
        TrajectoryProblem problem = (TrajectoryProblem) factory.create(Settings.of(Map.of(
                "states",
                (long) STATES,
                "leaderActions",
                (long) ACTIONS,
                "followerActions",
                (long) ACTIONS,
                "discount",
                0.95,
                "entropyWeight",
                0.1,
                "problemSeed",
                1L)));
        return new ChunkEvaluator.Source(problem, new TabularSoftmax(STATES, ACTIONS));
    }

    /**
     * The two-sided surrogate gradient with both policies uniform.
     *
     * @param parameters the length to which the first policy's parameters are filled up
     */
    static BatchRequest request(long pairs, int horizon, int unitsPerChunk, int parameters) {
        Follower follower = Follower.plain(new double[Math.max(CELLS, parameters)]);
        Estimand estimand = new ValueGradient(new Units(Purpose.TRAINING, 0, pairs), 0, new FollowerPair(0, 1, Coupling.SHARED), new Combination(5, 0.5, 0.5), Wanted.BOTH, false);
        return new BatchRequest(
                1,
                0,
                0,
                0,
                horizon,
                unitsPerChunk, BatchRequest.ALL_RESIDUALS,
                false,
                List.of(new double[CELLS]),
                List.of(follower, Follower.plain(new double[CELLS])),
                List.of(estimand));
    }
}
