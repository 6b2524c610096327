package io.stackel.algorithm;

import io.stackel.estimate.BatchResult;
import io.stackel.estimate.Estimand;
import io.stackel.estimate.FeatureExpectation;
import io.stackel.problem.InverseProblem;
import io.stackel.problem.Settings;
import io.stackel.problem.TaskExperts;
import io.stackel.random.Purpose;
import java.util.List;
import org.apache.spark.ml.linalg.DenseVector;

/**
 * The hypergradient of inverse reinforcement learning in closed form, which compares what the best response gathers with
 * what the experts gathered:
 *
 * <pre>
 *   grad Phi = (1/tau) ( E_{pi*} sum_t discount^t grad r_x  -  E_experts [ sum_{t&lt;H} discount^t grad r_x + discount^H grad V*(s_H) ] )
 * </pre>
 *
 * <p>from the experts' own starts; the last term is for experts that were cut, and is left out where states have no numbers,
 * since both are cut alike there. It follows from {@code log pi* = (Q* - V*)/tau}
 * by telescoping along the experts' ways, so that it is without bias over what the experts' transitions draw, and is the
 * gradient of f itself where their occupancy is exact. Source: Ziebart, Bagnell and Dey, "Modeling interaction via the
 * principle of maximum causal entropy", ICML 2010.
 *
 * @param units of the outer batch
 */
record FeatureMatching(InverseProblem problem, long units) implements Method {

    static Algorithm of(Setup setup, Settings settings) {
        return TwoLevel.of(
                setup, new FeatureMatching(experts(setup), setup.upper().units()));
    }

    /** The problem, whose experts are cut after the horizon if they act in a task. */
    static InverseProblem experts(Setup setup) {
        InverseProblem problem = setup.problem().as(InverseProblem.class).orElseThrow();
        int horizon = setup.sampling().horizon();
        problem.as(TaskExperts.class)
                .map(task -> task.experts().horizon())
                .ifPresent(cut -> MisfitException.require(
                        horizon == cut,
                        "sampling.horizon",
                        "sampling.horizon must be the problem.steps after which experts are cut, " + cut + ", but was "
                                + horizon));
        return problem;
    }

    @Override
    public List<Estimand> estimands(State state) {
        return List.of(new FeatureExpectation(
                Purpose.TRAINING, OUTER_STREAM, units, 0, 0, 1 / problem.entropyWeight(), problem.ends()));
    }

    @Override
    public Gradient gradient(Frame frame, State state, BatchResult result) {
        BatchResult.Estimate own = result.estimate(0);
        double[] gradient = own.upperGradient().clone();
        problem.addExpertGradient(new DenseVector(state.real("upper")), -1 / problem.entropyWeight(), gradient);
        return new Gradient(gradient, own.upperStandardError());
    }
}
