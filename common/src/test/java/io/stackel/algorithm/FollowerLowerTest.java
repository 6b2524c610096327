package io.stackel.algorithm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.stackel.estimate.BatchRequest;
import io.stackel.estimate.ChunkEvaluator;
import io.stackel.estimate.Follower;
import io.stackel.estimate.PolicyTable;
import io.stackel.estimate.Returns;
import io.stackel.exact.ExactModel;
import io.stackel.exact.ExactPoint;
import io.stackel.exact.PolicyValues;
import io.stackel.exact.SoftOptimum;
import io.stackel.families.SmallProblems;
import io.stackel.problem.FiniteProblem;
import java.util.BitSet;
import java.util.Map;
import org.apache.spark.ml.linalg.DenseVector;
import org.junit.jupiter.api.Test;

/** Followers are planned where the next batch plays: in its context, at its points. */
class FollowerLowerTest {

    @Test
    void everyBatchIsPlayedByBestResponsesInItsContextAtItsPoints() {
        FiniteProblem rooms = SmallProblems.fourRooms();
        Setup setup = Setups.of(rooms, Setups.PLANNED, true);
        Algorithm algorithm = Setups.algorithm("zero-order", setup, Map.of("radius", 0.5));
        ExactModel[] models = {new ExactModel(rooms, 0), new ExactModel(rooms, 1)};
        State state = algorithm.init();
        BitSet changes = new BitSet();
        int last = algorithm.context(state);
        try (LocalOracle oracle = LocalOracle.single(new ChunkEvaluator.Source(rooms, setup.policy()))) {
            for (int i = 0; i < 20; i++) {
                BatchRequest request = algorithm.request(state);
                changes.set(2 * last + request.context());
                last = request.context();
                for (int f = 0; f < 2; f++) {
                    ExactPoint point =
                            models[last].at(new DenseVector(request.uppers().get(f)));
                    requireBest(setup, point, request.followers().get(f));
                }
                state = algorithm.step(state, oracle.evaluate(request, "test")).next();
            }
        }
        assertThat(changes.cardinality())
                .as("contexts that stay and that change")
                .isEqualTo(4);
    }

    /** Whatever the size of natural steps: the direction changes with every iteration, and steps would stay behind. */
    @Test
    void movedPointsAreSolvedInTheCountedGame() {
        FiniteProblem problem = SmallProblems.stackelberg();
        Setup setup = Setups.of(problem, Setups.NATURAL, true);
        Algorithm algorithm = Setups.algorithm("zero-order", setup, Map.of("radius", 0.5));
        State state = algorithm.init();
        int outer = 0;
        try (LocalOracle oracle = LocalOracle.single(new ChunkEvaluator.Source(problem, setup.policy()))) {
            for (int i = 0; i < 12; i++) {
                BatchRequest request = algorithm.request(state);
                if (request.estimands().get(0) instanceof Returns) {
                    CountedGame counted = new CountedGame(problem, 0, state.whole("transitions/0"));
                    ExactModel model = new ExactModel(counted, 0);
                    for (int f = 0; f < 2; f++) {
                        ExactPoint point =
                                model.at(new DenseVector(request.uppers().get(f)));
                        requireBest(setup, point, request.followers().get(f));
                    }
                    outer++;
                }
                state = algorithm.step(state, oracle.evaluate(request, "test")).next();
            }
        }
        assertThat(outer).isEqualTo(4);
    }

    private static void requireBest(Setup setup, ExactPoint point, Follower follower) {
        FiniteProblem problem = (FiniteProblem) setup.problem();
        PolicyValues values =
                point.evaluate(PolicyTable.logProbabilities(problem, setup.policy(), follower.parameters()));
        SoftOptimum best = point.best(0, SoftOptimum.TO_ROUNDING, new double[0]);
        assertThat(point.lowerGap(values, best)).isCloseTo(0, within(1e-9));
        for (int s = 0; s < problem.states(); s++) {
            assertThat(follower.value()[s]).isCloseTo(values.value()[s], within(1e-9));
            assertThat(follower.upperValue()[s]).isCloseTo(values.upperValue()[s], within(1e-9));
        }
    }
}
