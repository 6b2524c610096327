package io.stackel.exact;

import io.stackel.mdp.MarkovGame;
import io.stackel.mdp.Transitions;
import io.stackel.problem.FinitePreferences;
import io.stackel.problem.PairObjective;
import io.stackel.problem.PairRule;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.spark.ml.linalg.DenseVector;

/**
 * A small preference problem whose segments are all listed, so that its upper objective is exact; immutable:
 *
 * <pre>
 *   f(x, pi) = sum_{i,j} p_i p_j l_ij + upperTerm(x)        l_ij = loss( R_j - R_i, p_ij, p_ij ) = l_ji,  p_ij = preference( R*_j - R*_i )
 *   df/dR_j = 2 p_j sum_i p_i slope_ij                      grad_theta f = sum_i p_i 2 sum_j p_j l_ij  sum_t score_i,t
 * </pre>
 *
 * <p>or, against a reference policy ({@link io.stackel.problem.PairObjective#WIN_RATE}), with its probabilities q_i:
 *
 * <pre>
 *   f(x, pi) = - sum_{i,j} q_i p_j preference( R*_j - R*_i ) + upperTerm(x)
 * </pre>
 *
 * <p>A segment is listed with all steps of its trajectory up to its end, since a policy decides all of them. Labels are
 * drawn or expected with the same result, as the loss is linear in each of them.
 */
public final class PreferenceModel {

    /** The most segments that are listed, whose pairs are looked at one by one. */
    public static final int MOST_SEGMENTS = 1000;

    private static final double NOTHING = 1e-12;

    private final FinitePreferences problem;
    private final ExactModel process;
    private final MarkovGame game;
    private final double[] trueReward;
    private final List<Segment> segments;
    private final double[] reference;

    /**
     * The upper objective at a policy.
     *
     * @param value f, the term in x alone included
     * @param gradients in the policy's logits and in x
     */
    public record Value(double value, Gradients gradients) {}

    /**
     * A way through the process.
     *
     * @param probability of all that the policy does not decide, the segment's start included
     * @param cells (s, b) of every step up to the end of the segment
     * @param from the segment's first step; the number of cells for an empty segment
     */
    private record Segment(double probability, int[] cells, int from) {

        double sum(double[] reward) {
            double sum = 0;
            for (int t = from; t < cells.length; t++) {
                sum += reward[cells[t]];
            }
            return sum;
        }

        double likelihood(double[] logPolicy) {
            double log = 0;
            for (int cell : cells) {
                log += logPolicy[cell];
            }
            return probability * StrictMath.exp(log);
        }

        void add(double weight, int first, double[] into) {
            for (int t = first; t < cells.length; t++) {
                into[cells[t]] += weight;
            }
        }
    }

    private PreferenceModel(PreferenceModel model, double[] reference) {
        problem = model.problem;
        process = model.process;
        game = model.game;
        trueReward = model.trueReward;
        segments = model.segments;
        this.reference = reference;
    }

    private PreferenceModel(FinitePreferences problem) {
        this.problem = problem;
        segments = new ArrayList<>();
        process = new ExactModel(problem, 0);
        game = problem.game(0);
        trueReward = new double[game.jointCells()];
        problem.upperReward(new DenseVector(new double[problem.upperSize()]), 0, trueReward);
        reference = new double[problem.objective() == PairObjective.WIN_RATE ? game.jointCells() : 0];
        Arrays.fill(reference, -StrictMath.log(game.followerActions()));
        PairRule rule = problem.pairs();
        for (int start = 0; start <= rule.latestStart(); start++) {
            int[] cells = new int[start + rule.segmentLength()];
            for (int s = 0; s < game.states(); s++) {
                list(s, game.start()[s] / (rule.latestStart() + 1.0), 0, start, cells);
            }
        }
    }

    /** The model of a problem; empty if it has more than {@link #MOST_SEGMENTS} segments. */
    public static Optional<PreferenceModel> of(FinitePreferences problem) {
        PreferenceModel model = new PreferenceModel(problem);
        return model.segments.size() > MOST_SEGMENTS ? Optional.empty() : Optional.of(model);
    }

    /**
     * The win-rate against another reference than the uniform policy.
     *
     * @param logPolicy of the reference, S x B
     */
    public PreferenceModel against(double[] logPolicy) {
        return new PreferenceModel(this, logPolicy.clone());
    }

    private void list(int state, double probability, int t, int start, int[] cells) {
        if (!(probability > 0)) {
            return;
        }
        for (int action = 0; action < game.followerActions() && segments.size() <= MOST_SEGMENTS; action++) {
            cells[t] = state * game.followerActions() + action;
            if (t + 1 == cells.length) {
                segments.add(new Segment(probability, cells.clone(), start));
                continue;
            }
            double left = 1;
            Transitions transitions = game.transitions();
            for (int i = transitions.start(cells[t]); i < transitions.start(cells[t] + 1); i++) {
                left -= transitions.probability(i);
                list(transitions.next(i), probability * transitions.probability(i), t + 1, start, cells);
            }
            if (left > NOTHING) {
                segments.add(new Segment(probability * left, Arrays.copyOf(cells, t + 1), Math.min(start, t + 1)));
            }
        }
    }

    /** The process of the lower level at an upper variable. */
    public ExactPoint process(DenseVector upper) {
        return process.at(upper);
    }

    /**
     * The upper objective f and its partial gradients.
     *
     * @param logPolicy S x B
     */
    public Value upperObjective(DenseVector upper, double[] logPolicy) {
        double[] reward = new double[game.jointCells()];
        problem.lowerReward(upper, 0, reward);
        int count = segments.size();
        double[] likelihoods = new double[count];
        double[] sums = new double[count];
        double[] trueSums = new double[count];
        for (int i = 0; i < count; i++) {
            likelihoods[i] = segments.get(i).likelihood(logPolicy);
            sums[i] = segments.get(i).sum(reward);
            trueSums[i] = segments.get(i).sum(trueReward);
        }
        if (reference.length > 0) {
            return wins(upper, logPolicy, likelihoods, trueSums);
        }
        PairObjective objective = problem.objective();
        double[] losses = new double[count];
        double[] slopes = new double[count];
        for (int i = 0; i < count; i++) {
            for (int j = 0; j < i; j++) {
                double label = problem.pairs().preference(trueSums[j] - trueSums[i]);
                double loss = objective.loss(sums[j] - sums[i], label, label);
                double slope = objective.slope(sums[j] - sums[i], label, label);
                losses[i] += likelihoods[j] * loss;
                losses[j] += likelihoods[i] * loss;
                slopes[j] += likelihoods[i] * slope;
                slopes[i] -= likelihoods[j] * slope;
            }
            double even = problem.pairs().preference(0);
            losses[i] += likelihoods[i] * objective.loss(0, even, even);
        }
        return gather(upper, logPolicy, likelihoods, losses, slopes, 2);
    }

    private Value wins(DenseVector upper, double[] logPolicy, double[] likelihoods, double[] trueSums) {
        int count = segments.size();
        double[] losses = new double[count];
        for (int i = 0; i < count; i++) {
            double likelihood = segments.get(i).likelihood(reference);
            for (int j = 0; j < count; j++) {
                losses[j] -= likelihood * problem.pairs().preference(trueSums[j] - trueSums[i]);
            }
        }
        return gather(upper, logPolicy, likelihoods, losses, new double[count], 1);
    }

    /** Puts the objective together, in which the policy draws {@code own} segments of a pair. */
    private Value gather(
            DenseVector upper, double[] logPolicy, double[] likelihoods, double[] losses, double[] slopes, int own) {
        double value = problem.upperTerm(upper);
        double[] ofRewards = new double[game.jointCells()];
        double[] ofScores = new double[game.jointCells()];
        for (int i = 0; i < likelihoods.length; i++) {
            Segment segment = segments.get(i);
            value += likelihoods[i] * losses[i];
            segment.add(own * likelihoods[i] * slopes[i], segment.from, ofRewards);
            segment.add(own * likelihoods[i] * losses[i], 0, ofScores);
        }
        double[] inUpper = new double[problem.upperSize()];
        problem.addLowerRewardGradient(upper, 0, ofRewards, inUpper);
        problem.addUpperTermGradient(upper, inUpper);
        double[] policy = Arrays.stream(logPolicy).map(StrictMath::exp).toArray();
        return new Value(value, new Gradients(Gradients.inLogits(ofScores, policy, game.followerActions()), inUpper));
    }

    /**
     * The bilevel objective Phi(x) = f(x, pi*) and its gradient, as in {@link ExactPoint#hypergradient}.
     *
     * @param best the optimum at weight 0
     * @throws IllegalStateException if the entropy weight is 0, where the best response has no derivative
     */
    public Objective hypergradient(DenseVector upper, SoftOptimum best) {
        Value objective = upperObjective(upper, best.logPolicy());
        return process(upper).hypergradient(best, objective.value(), objective.gradients());
    }
}
