package io.stackel.exact;

import io.stackel.math.Softmax;
import io.stackel.math.VectorMath;
import io.stackel.mdp.MarkovGame;
import io.stackel.problem.FiniteProblem;
import java.util.Arrays;
import java.util.function.Consumer;
import org.apache.spark.ml.linalg.DenseVector;

/**
 * A zero-sum game as one player sees it: a decision process in which the opponent acts as a leader. The upper variable is
 * (x, logits of the opponent's policy), so gradients in both come out of one pullback.
 *
 * <pre>
 *     first player:   reward  r_x + tau log q(b|s)        second player:  reward  -r_x + tau log p(a|s)
 * </pre>
 *
 * <p>With its own entropy the value is V^{p,q} for the first player and -V^{p,q} for the second.
 */
final class PlayerProcess implements FiniteProblem {

    private final FiniteProblem joint;
    private final int context;
    private final double sign;
    private final MarkovGame game;
    private final int[] jointCell;

    /**
     * Reads one player's process off that of the joint actions.
     *
     * @param joint the process of joint actions, without a leader
     * @param firstActions A
     * @param first whether the process is the first player's
     */
    PlayerProcess(FiniteProblem joint, int context, int firstActions, boolean first) {
        this.joint = joint;
        this.context = context;
        sign = first ? 1 : -1;
        MarkovGame both = joint.game(context);
        int secondActions = both.followerActions() / firstActions;
        int opponents = first ? secondActions : firstActions;
        int own = first ? firstActions : secondActions;
        jointCell = new int[both.jointCells()];
        for (int cell = 0; cell < jointCell.length; cell++) {
            int state = cell / both.followerActions();
            int opponent = cell / own % opponents;
            int action = first ? cell % own * opponents + opponent : cell % both.followerActions();
            jointCell[cell] = state * both.followerActions() + action;
        }
        game = new MarkovGame(
                both.states(), opponents, own, both.transitions().ordered(jointCell), both.start(), both.discount());
    }

    /** x and the logits of the opponent, as one upper variable. */
    DenseVector upper(DenseVector x, double[] opponentLogs) {
        return new DenseVector(VectorMath.concatenated(x.values(), opponentLogs));
    }

    private DenseVector x(DenseVector upper) {
        return new DenseVector(Arrays.copyOf(upper.values(), joint.upperSize()));
    }

    @Override
    public int upperSize() {
        return joint.upperSize() + game.leaderCells();
    }

    @Override
    public MarkovGame game(int ignored) {
        return game;
    }

    @Override
    public double entropyWeight() {
        return joint.entropyWeight();
    }

    @Override
    public void leaderPolicy(DenseVector upper, double[] into) {
        double[] logits = opponentLogits(upper);
        for (int row = 0; row < logits.length; row += game.leaderActions()) {
            Softmax.probabilities(logits, row, game.leaderActions(), into);
        }
    }

    private double[] opponentLogits(DenseVector upper) {
        return Arrays.copyOfRange(upper.values(), joint.upperSize(), upperSize());
    }

    @Override
    public void addLeaderScores(DenseVector upper, int state, double[] leaderPolicy, double[] weights, double[] into) {
        int from = state * game.leaderActions();
        double total = 0;
        for (int cell = from; cell < from + game.leaderActions(); cell++) {
            total += weights[cell];
        }
        for (int cell = from; cell < from + game.leaderActions(); cell++) {
            into[joint.upperSize() + cell] += weights[cell] - total * leaderPolicy[cell];
        }
    }

    @Override
    public void lowerReward(DenseVector upper, int ignored, double[] into) {
        double[] payoff = new double[into.length];
        joint.lowerReward(x(upper), context, payoff);
        double[] logs = Softmax.logProbabilities(opponentLogits(upper), game.leaderActions());
        for (int cell = 0; cell < into.length; cell++) {
            double entropy = entropyWeight() == 0 ? 0 : entropyWeight() * logs[cell / game.followerActions()];
            into[cell] = sign * payoff[jointCell[cell]] + entropy;
        }
    }

    @Override
    public void addLowerRewardGradient(DenseVector upper, int ignored, double[] weights, double[] into) {
        addInX(inX -> joint.addLowerRewardGradient(x(upper), context, inJoint(weights, sign), inX), into);
        double[] scores = new double[game.leaderCells()];
        for (int cell = 0; cell < weights.length; cell++) {
            scores[cell / game.followerActions()] += entropyWeight() * weights[cell];
        }
        double[] policy = new double[game.leaderCells()];
        leaderPolicy(upper, policy);
        for (int s = 0; s < game.states(); s++) {
            addLeaderScores(upper, s, policy, scores, into);
        }
    }

    @Override
    public void upperReward(DenseVector upper, int ignored, double[] into) {
        double[] reward = new double[into.length];
        joint.upperReward(x(upper), context, reward);
        for (int cell = 0; cell < into.length; cell++) {
            into[cell] = reward[jointCell[cell]];
        }
    }

    @Override
    public void addUpperRewardGradient(DenseVector upper, int ignored, double[] weights, double[] into) {
        addInX(inX -> joint.addUpperRewardGradient(x(upper), context, inJoint(weights, 1), inX), into);
    }

    /** Weights of this player's cells as weights of the joint cells. */
    private double[] inJoint(double[] weights, double factor) {
        double[] result = new double[weights.length];
        for (int cell = 0; cell < weights.length; cell++) {
            result[jointCell[cell]] = factor * weights[cell];
        }
        return result;
    }

    /** Adds a gradient in x alone, which is summed apart. */
    private void addInX(Consumer<double[]> gradient, double[] into) {
        double[] inX = new double[joint.upperSize()];
        gradient.accept(inX);
        for (int i = 0; i < inX.length; i++) {
            into[i] += inX[i];
        }
    }

    @Override
    public double upperTerm(DenseVector upper) {
        return joint.upperTerm(x(upper));
    }

    @Override
    public void addUpperTermGradient(DenseVector upper, double[] into) {
        addInX(inX -> joint.addUpperTermGradient(x(upper), inX), into);
    }

    @Override
    public Dependence dependence() {
        Dependence own = joint.dependence();
        return new Dependence(true, own.lowerReward() || entropyWeight() > 0, own.upperReward());
    }
}
