package io.stackel.algorithm;

import io.stackel.estimate.AdvantageAverages;
import io.stackel.estimate.AdvantageGradient;
import io.stackel.estimate.BatchResult;
import io.stackel.estimate.Estimand;
import io.stackel.math.VectorMath;
import io.stackel.problem.FiniteProblem;
import io.stackel.problem.Settings;
import io.stackel.random.Purpose;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The baseline of Thoma et al., "Contextual bilevel reinforcement learning for incentive alignment", NeurIPS 2024: the
 * hypergradient as a covariance over actions of the leader's advantage and the gradient of the follower's.
 */
final class Hpgd {

    private Hpgd() {}

    static Algorithm of(Setup setup, Settings settings) {
        return TwoLevel.of(setup, method(setup, settings.text("form").equals("averages")));
    }

    private static Method method(Setup setup, boolean averages) {
        long units = setup.upper().units();
        return averages ? new Averages(LowerLevels.tables(setup, "hpgd"), units) : new Continuations(units);
    }

    /**
     * As published: averages by state and action over all of a batch's trajectories.
     *
     * @param units trajectories of the outer batch
     */
    record Averages(FiniteProblem problem, long units) implements Method {

        @Override
        public List<Estimand> estimands(State state) {
            return List.of(new AdvantageAverages(
                    Purpose.TRAINING,
                    OUTER_STREAM,
                    units,
                    0,
                    0,
                    problem.states(),
                    problem.actions(),
                    problem.upperSize()));
        }

        @Override
        public Gradient gradient(Frame frame, State state, BatchResult result) {
            BatchResult.Estimate estimate = result.estimate(0);
            AdvantageAverages.Averaged averaged = estimate.averaged(problem.entropyWeight());
            SortedMap<String, Double> measurements = new TreeMap<>();
            measurements.put("upperReturn", estimate.upperReturn());
            if (estimate.hasCoordinateErrors()) {
                measurements.put("largestCoordinateError", VectorMath.maxAbs(averaged.errors()));
            }
            return new Gradient(averaged.values(), VectorMath.norm(averaged.errors()), measurements);
        }
    }

    /**
     * Without bias: two independent continuations from one state-action, which is far noisier.
     *
     * @param units of the outer batch; a unit plays up to five trajectories
     */
    record Continuations(long units) implements Method {

        @Override
        public List<Estimand> estimands(State state) {
            return List.of(new AdvantageGradient(Purpose.TRAINING, OUTER_STREAM, units, 0, 0));
        }
    }
}
