package io.stackel.algorithm;

import io.stackel.estimate.BatchResult;
import io.stackel.estimate.Role;
import io.stackel.math.Tensor;
import io.stackel.math.VectorMath;
import io.stackel.optim.Optimizer;
import io.stackel.random.Purpose;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Penalty-based bilevel reinforcement learning: descent in (x, theta) on {@code f + penaltyWeight p} with pihat, tracked
 * by the lower level from a warm start, in the place of the best response.
 *
 * <pre>
 *   value:    p = J(x, pihat) - J(x, theta)
 *   Bellman:  p = E_{s~nu} [ &lt;theta_s, -Q*(s,.)&gt; + tau h(theta_s) ] + const
 * </pre>
 *
 * <p>Source: Shen, Yang and Chen, "Principled penalty-based methods for bilevel reinforcement learning and RLHF", JMLR
 * 26(114), 2025. Departure: theta has an optimiser and a step size of its own, since the penalty's curvature in a
 * policy differs from that of x by the visits of each state.
 *
 * @param penalty which penalty
 * @param penaltyWeight lambda, above 0
 * @param shared whether pihat and theta share their trajectories (value penalty)
 * @param uniformStates whether nu is uniform over the states, otherwise the start distribution (Bellman penalty)
 * @param units of the outer batch
 * @param policyOptimizer of theta
 * @param policyStepSize of theta
 */
record Pbrl(
        Penalty penalty,
        double penaltyWeight,
        boolean shared,
        boolean uniformStates,
        long units,
        boolean counted,
        Optimizer policyOptimizer,
        double policyStepSize)
        implements Method {

    enum Penalty {
        VALUE,
        BELLMAN
    }

    private static final String POLICY = "policy";
    private static final int PLANNED = 0;
    private static final int POLICY_FOLLOWER = 1;

    @Override
    public List<Target> targets() {
        return List.of(Target.BEST_RESPONSE);
    }

    @Override
    public int reported() {
        return POLICY_FOLLOWER;
    }

    @Override
    public List<String> extraFollowers() {
        return List.of(POLICY);
    }

    @Override
    public List<Role> roles() {
        int stream = FirstOrder.OUTER_STREAM;
        if (penalty == Penalty.VALUE) {
            return List.of(new Role.Gradient(
                    Purpose.TRAINING,
                    stream,
                    units,
                    0,
                    PLANNED,
                    POLICY_FOLLOWER,
                    penaltyWeight,
                    0,
                    1,
                    shared,
                    true,
                    true,
                    counted));
        }
        List<Role> roles = new ArrayList<>();
        roles.add(new Role.Gradient(
                Purpose.TRAINING,
                stream,
                units,
                0,
                POLICY_FOLLOWER,
                POLICY_FOLLOWER,
                0,
                0,
                1,
                false,
                true,
                true,
                counted));
        roles.add(new Role.Bellman(Purpose.TRAINING, stream + 1, units, 0, PLANNED, POLICY_FOLLOWER, uniformStates));
        return roles;
    }

    @Override
    public Gradient gradient(Frame frame, State state, BatchResult result) {
        Gradient objective = FirstOrder.sampled(result.role(0));
        if (penalty == Penalty.VALUE) {
            return objective;
        }
        BatchResult.Estimate bellman = result.role(1);
        double[] total = objective.values().clone();
        VectorMath.addScaled(penaltyWeight, bellman.upperGradient(), total);
        double first = objective.standardError();
        double second = penaltyWeight * bellman.upperStandardError();
        return new Gradient(total, Math.sqrt(first * first + second * second), objective.measurements());
    }

    @Override
    public SortedMap<String, Tensor> ownInit(Frame frame) {
        SortedMap<String, Tensor> tensors = new TreeMap<>();
        double[] uniform = frame.setup().policy().uniform();
        for (int context = 0; context < frame.setup().problem().contexts(); context++) {
            tensors.put(POLICY + "/" + context, Tensor.of(uniform.clone()));
            tensors.putAll(Setup.prefixed(optimiser(context), policyOptimizer.init(uniform.length)));
        }
        return tensors;
    }

    @Override
    public SortedMap<String, Tensor> ownStep(Frame frame, State state, BatchResult result) {
        int context = frame.context(state.iteration());
        double[] gradient = result.role(0).lowerGradient();
        if (penalty == Penalty.BELLMAN) {
            VectorMath.addScaled(penaltyWeight, result.role(1).lowerGradient(), gradient);
        }
        Optimizer.Update update = policyOptimizer.step(
                Setup.stripped(optimiser(context), state.tensors()),
                state.real(POLICY + "/" + context),
                gradient,
                policyStepSize);
        double[] theta = update.x();
        frame.setup().policy().projectInPlace(theta);
        SortedMap<String, Tensor> tensors = Setup.prefixed(optimiser(context), update.state());
        tensors.put(POLICY + "/" + context, Tensor.of(theta));
        return tensors;
    }

    private static String optimiser(int context) {
        return "policyOptimizer/" + context + ".";
    }
}
