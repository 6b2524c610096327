package io.stackel.algorithm;

import io.stackel.estimate.BatchResult;
import io.stackel.estimate.Estimand;
import io.stackel.estimate.NikaidoIsodaGap;
import io.stackel.exact.PolicyValues;
import io.stackel.exact.ZeroSumPoint;
import io.stackel.exact.ZeroSumProfile;
import io.stackel.math.Tensor;
import io.stackel.optim.MirrorStep;
import io.stackel.random.Purpose;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Penalty-based bilevel reinforcement learning with a zero-sum lower level: descent in (x, p, q) on {@code f +
 * penaltyWeight psi}, psi the Nikaido-Isoda gap, with the tracked b1, b2 in the place of the best responses.
 *
 * <p>Source: Shen, Yang and Chen, "Principled penalty-based methods for bilevel reinforcement learning and RLHF", JMLR
 * 26(114), 2025, section 5. Departure: the policies have an optimiser and a step size of their own. Their natural step is
 * the penalised objective's gradient over lambda times the penalty's own metric, visits times policy of the profile that
 * the player faces, with values from the solver's game:
 *
 * <pre>
 *   theta_1 &lt;- (1 - step) theta_1 + step / tau (  Q^{p,b2} + visits^{p,q} / (lambda visits^{p,b2}) (W_1 - U) )
 *   theta_2 &lt;- (1 - step) theta_2 + step / tau ( -Q^{b1,q} + visits^{p,q} / (lambda visits^{b1,q}) (W_2 - U) )
 * </pre>
 *
 * @param penaltyWeight lambda, above 0
 * @param shared whether the three profiles share their trajectories
 * @param units of the outer batch
 * @param policy (p, q)
 * @param solver that tracks (b1, q) and (p, b2)
 */
record NikaidoIsoda(double penaltyWeight, boolean shared, long units, PenalisedPolicy policy, ZeroSumLower solver)
        implements Method {

    /** The targets of both responses. */
    static final List<Target> RESPONSES = Collections.nCopies(2, Target.BEST_RESPONSE);

    private static final int FIRST = 0;
    private static final int SECOND = 1;
    private static final int OWN = 2;

    @Override
    public List<Target> targets() {
        return RESPONSES;
    }

    @Override
    public SortedMap<String, double[]> ownFollowers(State state, int context) {
        return PenalisedPolicy.alone(state.real(PenalisedPolicy.name(context)));
    }

    @Override
    public List<Estimand> estimands() {
        return List.of(new NikaidoIsodaGap(
                Purpose.TRAINING,
                FirstOrder.OUTER_STREAM,
                units,
                0,
                OWN,
                FIRST,
                SECOND,
                shared,
                penaltyWeight,
                solver.setup().countsTransitions()));
    }

    @Override
    public Gradient gradient(Frame frame, State state, BatchResult result) {
        return FirstOrder.sampled(result.estimate(0));
    }

    @Override
    public SortedMap<String, Tensor> ownInit(Frame frame) {
        return policy.init(frame);
    }

    @Override
    public SortedMap<String, Tensor> ownStep(Frame frame, LowerSolver ignored, State state, BatchResult result) {
        int context = frame.context(state.iteration());
        return policy.optimizer().isPresent()
                ? policy.step(frame, state, result.estimate(0).lowerGradient(), context)
                : naturalStep(frame, state, context);
    }

    private SortedMap<String, Tensor> naturalStep(Frame frame, State state, int context) {
        double[] theta = state.real(PenalisedPolicy.name(context));
        ZeroSumPoint point = solver.point(state, state.real("upper"), context);
        ZeroSumProfile own = profile(point, theta);
        double[] first = solver.follower(state, FIRST, context).parameters();
        double[] second = solver.follower(state, SECOND, context).parameters();
        double[] scaled = solver.policy()
                .both(
                        scaled(own.first(), profile(point, second).first()),
                        scaled(own.second(), profile(point, first).second()));
        for (int i = 0; i < scaled.length; i++) {
            scaled[i] /= frame.setup().problem().entropyWeight();
        }
        double[] next = new double[theta.length];
        MirrorStep.apply(theta, scaled, policy.stepSize(), next);
        SortedMap<String, Tensor> tensors = new TreeMap<>();
        tensors.put(PenalisedPolicy.name(context), Tensor.of(next));
        return tensors;
    }

    private ZeroSumProfile profile(ZeroSumPoint point, double[] theta) {
        return point.profile(solver.policy().playersLogs(theta));
    }

    /** Q against the other's best response, and the designer's advantage against the other's own policy in its weight. */
    private double[] scaled(PolicyValues own, PolicyValues facing) {
        double[] scaled = facing.q().clone();
        int actions = scaled.length / own.visits().length;
        for (int i = 0; i < scaled.length; i++) {
            int s = i / actions;
            double visits = own.visits()[s];
            double weight = visits == 0 ? 0 : visits / (penaltyWeight * facing.visits()[s]);
            scaled[i] += weight * (own.upperQ()[i] - own.upperValue()[s]);
        }
        return scaled;
    }
}
