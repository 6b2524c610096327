package io.stackel.algorithm;

import io.stackel.estimate.Estimand;
import io.stackel.estimate.NikaidoIsodaGap;
import io.stackel.exact.ZeroSumPoint;
import io.stackel.policy.TwoPlayerSoftmax;
import io.stackel.problem.Settings;
import io.stackel.random.Purpose;
import java.util.List;
import java.util.Optional;

/**
 * {@code pbrl} with a zero-sum lower level: descent in (x, p, q) on {@code f + penaltyWeight psi}, psi the Nikaido-Isoda gap,
 * with the tracked b1, b2 in the place of the best responses.
 *
 * <p>With {@code policySteps: K} the policies take K - 1 steps more between two outer batches, at fixed x and in the game as it
 * is known, so that they are nearer to the minimum of {@code f / penaltyWeight + psi} at which the gradient of x means something.
 *
 * <p>Sources: Shen, Yang and Chen, "Principled penalty-based methods for bilevel reinforcement learning and RLHF", JMLR 26(114),
 * 2025, section 5, one loop; Zheng, King and Lu, "Bilevel optimization over saddle points of zero-sum Markov games", ICML 2026, <a
 * href="https://arxiv.org/abs/2605.26654">arXiv 2605.26654</a> (PANDA), for the two loops. Departure: the policies have an
 * optimiser and a step size of their own.
 *
 * @param penaltyWeight lambda, above 0
 * @param shared whether the three profiles share their trajectories
 * @param units of the outer batch
 * @param counted whether the outer batch's transitions are counted
 * @param policy (p, q)
 */
record NikaidoIsoda(double penaltyWeight, boolean shared, long units, boolean counted, PenalisedPolicy policy)
        implements Method {

    private static final int OWN = 2;

    static Algorithm of(Setup setup, Settings settings) {
        double step = settings.real("policyStepSize");
        if (PenaltyMethods.isNatural(settings)) {
            LowerLevels.requireStep(PenaltyMethods.NATURAL, "algorithm.policyStepSize", step);
        }
        KnownGame<ZeroSumPoint> game = LowerLevels.players(setup);
        double lambda = 1 / Difference.sigma(settings);
        int steps = settings.count("policySteps");
        Optional<MirrorPolicy> mirror = PenaltyMethods.isNatural(settings)
                ? Optional.of(MirrorPolicy.ofPlayers(game, (TwoPlayerSoftmax) setup.policy(), lambda, step))
                : Optional.empty();
        MisfitException.require(
                steps == 1 || mirror.isPresent(),
                "algorithm.policySteps",
                "algorithm.policySteps above 1 takes steps in the game as it is known, but the policies take those of outer"
                        + " batches; use algorithm.policyOptimizer: natural, or leave policySteps out");
        PenalisedPolicy policy = mirror.<PenalisedPolicy>map(one -> one)
                .orElseGet(() -> PenaltyMethods.byGradient(
                        settings, result -> result.estimate(0).lowerGradient()));
        Method method = new NikaidoIsoda(
                lambda, PenaltyMethods.isShared(settings), setup.upper().units(), setup.countsTransitions(), policy);
        Frame frame = new Frame(setup);
        return new TwoLevel(frame, method, new ResponsesLower(frame, game, mirror, steps - 1));
    }

    @Override
    public List<Target> targets() {
        return ResponsesLower.TARGETS;
    }

    @Override
    public Optional<PenalisedPolicy> penalised() {
        return Optional.of(policy);
    }

    @Override
    public List<Estimand> estimands(State state) {
        return List.of(new NikaidoIsodaGap(
                Purpose.TRAINING,
                OUTER_STREAM,
                units,
                0,
                OWN,
                ResponsesLower.FIRST,
                ResponsesLower.SECOND,
                shared,
                penaltyWeight,
                counted));
    }
}
