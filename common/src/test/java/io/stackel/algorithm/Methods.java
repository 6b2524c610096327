package io.stackel.algorithm;

import io.stackel.estimate.Coupling;
import io.stackel.estimate.StateDistribution;
import io.stackel.optim.Optimizer;
import io.stackel.optim.Sgd;
import io.stackel.policy.TabularSoftmax;
import io.stackel.problem.FinitePreferences;
import io.stackel.problem.FiniteProblem;
import java.util.Optional;

/** Methods by the parts that tests vary. */
final class Methods {

    /** Penalties of one follower. */
    enum Penalty {
        VALUE,
        BELLMAN
    }

    private static final ObjectiveTerms RETURN = new ObjectiveTerms.OfReturn();

    private Methods() {}

    static Difference firstOrder(double sigma, boolean twoSided, Coupling coupling, long units) {
        return new Difference(sigma, twoSided, coupling, units, false, RETURN, Optional.empty());
    }

    /** Whose policy takes plain gradient steps. */
    static Method pbrl(Penalty penalty, double penaltyWeight, boolean shared, StateDistribution states, long units) {
        PenalisedPolicy policy = new PenalisedPolicy.ByGradient(
                new Sgd(),
                1,
                penalty == Penalty.VALUE ? RETURN::inLower : result -> Bellman.inLower(penaltyWeight, result));
        return pbrl(penalty, penaltyWeight, shared, states, units, policy);
    }

    /** Whose policy takes natural steps. */
    static Method natural(
            Penalty penalty, double penaltyWeight, StateDistribution states, FiniteProblem problem, double stepSize) {
        Optional<StateDistribution> bellman = penalty == Penalty.BELLMAN ? Optional.of(states) : Optional.empty();
        PenalisedPolicy policy = MirrorPolicy.ofFollower(
                KnownGame.ofFollower(problem, false),
                new TabularSoftmax(problem.states(), problem.actions()),
                penaltyWeight,
                stepSize,
                bellman);
        return pbrl(penalty, penaltyWeight, true, states, 1, policy);
    }

    private static Method pbrl(
            Penalty penalty,
            double penaltyWeight,
            boolean shared,
            StateDistribution states,
            long units,
            PenalisedPolicy policy) {
        return penalty == Penalty.VALUE
                ? valuePenalty(penaltyWeight, shared, units, RETURN, policy)
                : new Bellman(penaltyWeight, states, units, false, policy);
    }

    private static Difference valuePenalty(
            double penaltyWeight, boolean shared, long units, ObjectiveTerms objective, PenalisedPolicy policy) {
        return new Difference(
                1 / penaltyWeight, false, Coupling.sharedIf(shared), units, false, objective, Optional.of(policy));
    }

    /** On preferences, whose policy takes natural steps. */
    static Difference onPairs(FinitePreferences problem, double penaltyWeight, long units, double stepSize) {
        return valuePenalty(
                penaltyWeight,
                true,
                units,
                new ObjectiveTerms.OfKeptPairs(problem, 1, 0),
                new MirrorPairsPolicy(problem, KnownGame.ofFollower(problem, false), penaltyWeight, stepSize));
    }

    /** On data, whose models step by plain gradients or otherwise. */
    static Algorithm onData(DataSetup setup, DataMethod method, Optimizer optimizer) {
        return FittedModels.algorithm(setup, method, optimizer);
    }
}
