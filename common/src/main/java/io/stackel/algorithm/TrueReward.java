package io.stackel.algorithm;

import io.stackel.estimate.BatchResult;
import io.stackel.estimate.Estimand;
import io.stackel.math.VectorMath;
import io.stackel.problem.PreferenceProblem;
import java.util.List;
import java.util.TreeMap;

/**
 * The ceiling of learning from preferences: a policy learns on the true reward, without labels; x stays where it starts.
 *
 * <p>Labels tell the true reward in units of their temperature, so that a perfect reward model is the true reward over the
 * temperature; it is on this that the policy learns. At temperature 0 the unit is 1.
 *
 * @param weight one over the temperature
 */
record TrueReward(double weight) implements Method {

    static TrueReward of(PreferenceProblem problem) {
        double temperature = problem.pairs().temperature();
        return new TrueReward(temperature == 0 ? 1 : 1 / temperature);
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

    @Override
    public List<Estimand> estimands(State state) {
        return List.of();
    }

    /** Nothing, together with the terms in x alone that the frame adds. */
    @Override
    public Gradient gradient(Frame frame, State state, BatchResult result) {
        double[] term = new double[state.real("upper").length];
        frame.addUpperTerm(state.real("upper"), term);
        return new Gradient(VectorMath.scaled(-1, term), 0, new TreeMap<>());
    }
}
