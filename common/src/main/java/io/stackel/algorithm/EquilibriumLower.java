package io.stackel.algorithm;

import io.stackel.exact.PolicyValues;
import io.stackel.exact.SoftEquilibrium;
import io.stackel.exact.ZeroSumPoint;
import io.stackel.optim.MirrorStep;
import io.stackel.policy.TwoPlayerSoftmax;
import java.util.List;

/**
 * The equilibria of a zero-sum game, one a target, solved on the tables; on counts
 *
 * <pre>
 *   theta &lt;- (1 - step) theta + step log(equilibrium of the counted game)
 * </pre>
 *
 * <p>A target at a moved upper variable is the equilibrium itself, whatever the step size.
 */
class EquilibriumLower extends GameLower<ZeroSumPoint> {

    final TwoPlayerSoftmax policy;

    EquilibriumLower(Frame frame, List<Target> targets, KnownGame<ZeroSumPoint> game) {
        super(frame, targets, game, false);
        policy = (TwoPlayerSoftmax) frame.setup().policy();
    }

    @Override
    Move move(ZeroSumPoint point, State state, int number, int context) {
        SoftEquilibrium equilibrium = point.equilibrium(rule.tolerance(), warm(state, number, context));
        double[] next = equilibrium.logs();
        boolean moved = targets().get(number).isMoved();
        if (game.isCounted() && rule.stepSize() < 1 && !moved) {
            next = new double[equilibrium.logs().length];
            double[] before = state.real(LowerSolver.name("lower", number, context));
            MirrorStep.apply(before, equilibrium.logs(), rule.stepSize(), next);
        }
        return Move.of(next, values(point, next), equilibrium.value());
    }

    @Override
    double[] best(ZeroSumPoint point, Target target, double[] warm) {
        return point.equilibrium(rule.tolerance(), warm).logs();
    }

    @Override
    PolicyValues values(ZeroSumPoint point, double[] parameters) {
        return point.profile(policy.playersLogs(parameters)).first();
    }
}
