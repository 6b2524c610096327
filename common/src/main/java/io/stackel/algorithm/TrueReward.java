package io.stackel.algorithm;

import io.stackel.estimate.BatchResult;
import io.stackel.math.VectorMath;
import io.stackel.problem.FinitePreferences;
import io.stackel.problem.PreferenceProblem;
import io.stackel.problem.Settings;
import java.util.List;
import org.apache.spark.ml.linalg.DenseVector;

/**
 * The ceiling of learning from preferences: a policy learns on the true reward, without labels; x stays where it starts.
 *
 * <p>Labels tell the true reward in units of their temperature, so that a perfect reward model is the true reward over the
 * temperature; it is on this that the policy learns. At temperature 0 the unit is 1.
 *
 * @param weight one over the temperature
 */
record TrueReward(double weight) implements Method {

    static Algorithm of(Setup setup, Settings settings) {
        PreferenceProblem problem = PreferenceOpening.problem(setup);
        problem.as(FinitePreferences.class).ifPresent(tables -> {
            double[] learnt = new double[tables.game(0).jointCells()];
            tables.lowerReward(new DenseVector(setup.start()), 0, learnt);
            MisfitException.requireOf(
                    VectorMath.maxAbs(learnt) == 0,
                    "true-reward",
                    "needs a learnt reward that is zero where x starts, but it is not");
        });
        double temperature = problem.pairs().temperature();
        return TwoLevel.of(setup, new TrueReward(temperature == 0 ? 1 : 1 / temperature));
    }

    @Override
    public List<Target> targets() {
        return List.of(response());
    }

    /** The only target: a follower of the learnt reward, which stays as it was, would have learnt nothing. */
    @Override
    public Target response() {
        return new Target(weight, 0);
    }

    @Override
    public boolean movesUpper() {
        return false;
    }

    /** By a gradient of nothing. */
    @Override
    public boolean stepsUpper() {
        return true;
    }

    /** Nothing, together with the terms in x alone that the frame adds. */
    @Override
    public Gradient gradient(Frame frame, State state, BatchResult result) {
        double[] x = state.real("upper");
        double[] gradient = new double[x.length];
        frame.subtractUpperTerm(x, gradient);
        return new Gradient(gradient, 0);
    }
}
