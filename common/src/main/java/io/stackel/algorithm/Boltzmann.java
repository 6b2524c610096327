package io.stackel.algorithm;

import io.stackel.estimate.BoltzmannGradient;
import io.stackel.estimate.BoltzmannGradient.Critic;
import io.stackel.estimate.Estimand;
import io.stackel.estimate.Follower;
import io.stackel.estimate.Units;
import io.stackel.problem.Settings;
import io.stackel.random.Purpose;
import java.util.List;

/**
 * The hypergradient from trajectories of the best response alone: nothing is perturbed, and the follower may be one that can
 * only be watched. The critic comes from the tables, from all transitions counted so far, or, scalar, from a network.
 *
 * @param critic as in {@link BoltzmannGradient}
 * @param advantageDecay in [0, 1], as in {@link BoltzmannGradient}
 * @param units of the outer batch
 * @param counted whether the outer batch's transitions are counted
 */
record Boltzmann(Critic critic, double advantageDecay, long units, boolean counted) implements Method {

    static Algorithm of(Setup setup, Settings settings) {
        MisfitException.require(
                LowerLevels.isPlannedOrNatural(setup.lower())
                        || setup.sampling().fittedBaselines(),
                "sampling.baseline",
                "boltzmann takes the leader's advantage from counted transitions or a network of values, but with"
                        + " sampling.baseline: none there is neither; use fitted, or lower.solver: planned");
        return TwoLevel.of(
                setup,
                new Boltzmann(
                        settings.text("critic").equals("vector") ? Critic.VECTOR : Critic.SCALAR,
                        settings.real("advantageDecay"),
                        setup.upper().units(),
                        setup.countsTransitions()));
    }

    @Override
    public Follower ofOuter(LowerSolver solver, State state, Follower follower, int context) {
        return solver.watched(state, follower, critic, context);
    }

    @Override
    public List<Estimand> estimands(State state) {
        Units draws = new Units(Purpose.TRAINING, OUTER_STREAM, units);
        return List.of(new BoltzmannGradient(draws, 0, 0, critic, advantageDecay, counted));
    }
}
