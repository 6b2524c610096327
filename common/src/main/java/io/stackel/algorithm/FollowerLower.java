package io.stackel.algorithm;

import io.stackel.estimate.BoltzmannGradient.Critic;
import io.stackel.estimate.Follower;
import io.stackel.estimate.PolicyTable;
import io.stackel.exact.ExactPoint;
import io.stackel.exact.PolicyValues;
import io.stackel.exact.SoftOptimum;
import io.stackel.optim.MirrorStep;
import io.stackel.policy.Policy;
import io.stackel.policy.TabularDirect;
import java.util.List;

/**
 * Followers that are planned on the tables, or learn in the counted game: {@link SampledLower} moves them and takes their
 * values here, or they take natural steps
 *
 * <pre>
 *   theta &lt;- (1 - step) theta + step ( Q + k W ) / tau        k the target's weight of the upper reward, W its Q
 * </pre>
 *
 * <p>A target at a moved upper variable is solved in the counted game, whatever the step size.
 */
class FollowerLower extends GameLower<ExactPoint> {

    FollowerLower(Frame frame, List<Target> targets, KnownGame<ExactPoint> game) {
        super(frame, targets, game, true);
    }

    @Override
    Move move(ExactPoint point, State state, int number, int context) {
        double weight = targets().get(number).upperRewardWeight();
        if (game.isCounted()) {
            double[] next = learnt(point, state, number, context);
            return Move.of(next, values(point, next), NONE);
        }
        SoftOptimum best = point.best(weight, rule.tolerance(), warm(state, number, context));
        return baselines
                ? Move.of(parameters(best), point.evaluate(best.logPolicy()), best.value())
                : new Move(parameters(best), NONE, NONE, best.value());
    }

    /** A follower at a moved point catches up at once: the point is a new one in every iteration. */
    private double[] learnt(ExactPoint point, State state, int number, int context) {
        Target target = targets().get(number);
        double[] theta = state.real(LowerSolver.name("lower", number, context));
        if (rule.step() != Setup.LowerStep.NATURAL) {
            return theta;
        }
        return target.isMoved()
                ? best(point, target, warm(state, number, context))
                : natural(point, theta, target.upperRewardWeight());
    }

    private double[] natural(ExactPoint point, double[] logits, double weight) {
        PolicyValues values = values(point, logits);
        double tau = game.problem().entropyWeight();
        double[] scaled = new double[logits.length];
        for (int i = 0; i < scaled.length; i++) {
            scaled[i] = (values.q()[i] + weight * values.upperQ()[i]) / tau;
        }
        double[] next = new double[logits.length];
        MirrorStep.apply(logits, scaled, rule.stepSize(), next);
        return next;
    }

    @Override
    double[] warm(State state, int number, int context) {
        return game.isCounted()
                ? state.real(LowerSolver.name("value", number, context))
                : super.warm(state, number, context);
    }

    @Override
    double[] best(ExactPoint point, Target target, double[] warm) {
        return parameters(point.best(target.upperRewardWeight(), rule.tolerance(), warm));
    }

    private double[] parameters(SoftOptimum best) {
        return parameters(best, frame.setup().policy());
    }

    /** The parameters with which a tabular policy is this one. */
    static double[] parameters(SoftOptimum best, Policy policy) {
        return policy instanceof TabularDirect ? best.policy() : best.logPolicy();
    }

    @Override
    public Follower watched(State state, Follower follower, Critic critic, int context) {
        ExactPoint point = game.at(state, state.real("upper"), context);
        PolicyValues values = values(point, follower.parameters());
        return critic == Critic.VECTOR
                ? follower.withResponse(point.responseGradients(values))
                : follower.withAdvantage(values.upperAdvantage());
    }

    @Override
    PolicyValues values(ExactPoint point, double[] parameters) {
        return point.evaluate(
                PolicyTable.logProbabilities(game.problem(), frame.setup().policy(), parameters));
    }
}
