package io.stackel.algorithm;

import io.stackel.estimate.BatchResult;
import io.stackel.exact.PolicyValues;
import io.stackel.exact.ZeroSumPoint;
import io.stackel.exact.ZeroSumProfile;
import io.stackel.math.Tensor;
import io.stackel.optim.MirrorStep;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The penalised policies (p, q) of a zero-sum game by natural steps: the penalised objective's gradient over lambda times the
 * penalty's own metric, visits times policy of the profile that the player faces, with values from the solver's game:
 *
 * <pre>
 *   theta_1 &lt;- (1 - step) theta_1 + step / tau (  Q^{p,b2} + visits^{p,q} / (lambda visits^{p,b2}) (W_1 - U) )
 *   theta_2 &lt;- (1 - step) theta_2 + step / tau ( -Q^{b1,q} + visits^{p,q} / (lambda visits^{b1,q}) (W_2 - U) )
 * </pre>
 *
 * @param players that tracks (b1, q) and (p, b2)
 * @param penaltyWeight lambda, above 0
 * @param stepSize in (0, 1]
 */
record MirrorPlayersPolicy(ZeroSumLower players, double penaltyWeight, double stepSize) implements PenalisedPolicy {

    @Override
    public SortedMap<String, Tensor> step(
            Frame frame, LowerSolver solver, State state, BatchResult result, int context) {
        double[] theta = parameters(state, context);
        ZeroSumPoint point = players.point(state, state.real("upper"), context);
        ZeroSumProfile own = profile(point, theta);
        double[] first = players.follower(state, NikaidoIsoda.FIRST, context).parameters();
        double[] second = players.follower(state, NikaidoIsoda.SECOND, context).parameters();
        double[] scaled = players.policy()
                .both(
                        scaled(own.first(), profile(point, second).first()),
                        scaled(own.second(), profile(point, first).second()));
        for (int i = 0; i < scaled.length; i++) {
            scaled[i] /= frame.setup().problem().entropyWeight();
        }
        double[] next = new double[theta.length];
        MirrorStep.apply(theta, scaled, stepSize, next);
        SortedMap<String, Tensor> tensors = new TreeMap<>();
        tensors.put(PenalisedPolicy.name(context), Tensor.of(next));
        return tensors;
    }

    private ZeroSumProfile profile(ZeroSumPoint point, double[] theta) {
        return point.profile(players.policy().playersLogs(theta));
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
