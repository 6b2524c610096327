package io.stackel.estimate;

import io.stackel.random.RandomStream;

/**
 * The estimator of {@link AdvantageGradient}, with independent continuations, so that the product is unbiased:
 *
 * <pre>
 *   T ~ geometric, P(T = t) = (1 - discount) discount^t;   s = s_T of a path of the follower;   b ~ pi(.|s)
 *   z = grad_x f  -  1 / (tau (1 - discount))  U(s,b) [ g(s,b) - g(s,b') ],      b' ~ pi(.|s)
 *   U(s,b): the leader's return after (s,b) less the baseline;   g(s,b): grad_x of the follower's return after (s,b)
 * </pre>
 *
 * <p>Source: Thoma et al., "Contextual bilevel reinforcement learning for incentive alignment", NeurIPS 2024, whose
 * reference code averages per state-action within one batch instead: {@link AdvantageAverages}.
 */
final class HpgdEstimator extends Estimator {

    private static final int STREAMS = 8;
    private static final int LENGTH_STREAM = 7;

    private final double[] rewards = perStep();
    private final double[] logs = perStep();
    private final double[] values = perStep();
    private final double[] stepWeights = perStep();

    HpgdEstimator(Rollouts.Setting setting) {
        super(setting);
    }

    /** Plays and adds one unit. */
    void add(
            AdvantageGradient estimand,
            RolloutRequest request,
            long unit,
            Sampler sampler,
            LanePlan plan,
            UnitSums sums) {
        RandomStream random = request.stream(estimand.purpose(), estimand.stream(), unit * STREAMS + LENGTH_STREAM);
        add(estimand, visitTime(1 - random.nextDouble(), discount), unit, sampler, plan, sums);
    }

    /** The same for a path that is followed for {@code reach} steps. */
    void add(AdvantageGradient estimand, int reach, long unit, Sampler sampler, LanePlan plan, UnitSums sums) {
        begin(plan, estimand, Math.min(reach, horizon()));
        plan.add(unit * STREAMS, estimand.follower());
        sampler.play(plan);
        sums.played(sampler.trajectory(plan, 0));
        int state = sampler.finalState(0);
        boolean reached = state >= 0 && reach <= horizon();

        begin(plan, estimand, horizon());
        plan.add(unit * STREAMS + 1, estimand.follower());
        if (reached) {
            plan.startState[plan.add(unit * STREAMS + 2, estimand.follower())] = state;
            plan.startState[plan.add(unit * STREAMS + 3, estimand.follower())] = state;
        }
        sampler.play(plan);
        addDirect(estimand, sampler.trajectory(plan, 0), sums);
        if (!reached) {
            return;
        }
        double leader = leaderAdvantage(estimand, sampler.trajectory(plan, 1), sums);
        double factor = -leader / (entropyWeight * (1 - discount));
        int action = sampler.firstAction(1);
        addGradient(estimand, sampler.trajectory(plan, 2), -factor, sums);
        begin(plan, estimand, horizon());
        int lane = plan.add(unit * STREAMS + 4, estimand.follower());
        plan.startState[lane] = state;
        plan.firstAction[lane] = action;
        sampler.play(plan);
        addGradient(estimand, sampler.trajectory(plan, lane), factor, sums);
    }

    private static void begin(LanePlan plan, AdvantageGradient estimand, int steps) {
        plan.begin(estimand.purpose(), estimand.stream(), estimand.upper(), steps);
    }

    /** T for a number uniform on (0, 1]: at least t with probability discount^t. */
    static int visitTime(double uniform, double discount) {
        double time = StrictMath.floor(StrictMath.log(uniform) / StrictMath.log(discount));
        return (int) Math.min(time, Integer.MAX_VALUE);
    }

    /** grad_x f of the follower's path from the start. */
    private void addDirect(AdvantageGradient estimand, Trajectory path, UnitSums sums) {
        int length = path.length();
        sums.played(path);
        path.upperRewards(rewards);
        double total = 0;
        for (int t = 0; t < length; t++) {
            stepWeights[t] = -powers[t];
            total += powers[t] * rewards[t];
        }
        sums.upperReturn += total;
        if (dependence.upperReward()) {
            path.addUpperRewardGradients(stepWeights);
        }
        if (dependence.scores()) {
            path.upperValues(estimand.follower(), values);
            addScores(path, length, -1, false);
        }
    }

    private double leaderAdvantage(AdvantageGradient estimand, Trajectory path, UnitSums sums) {
        int length = path.length();
        sums.played(path);
        path.upperRewards(rewards);
        path.upperValues(estimand.follower(), values);
        double total = 0;
        for (int t = 0; t < length; t++) {
            total += powers[t] * residual(rewards, values, t);
        }
        return total;
    }

    /** {@code factor} times grad_x of the follower's return along a path, its first action held fixed. */
    private void addGradient(AdvantageGradient estimand, Trajectory path, double factor, UnitSums sums) {
        int length = path.length();
        sums.played(path);
        if (dependence.lowerReward()) {
            for (int t = 0; t < length; t++) {
                stepWeights[t] = factor * powers[t];
            }
            path.addLowerRewardGradients(stepWeights);
        }
        if (dependence.scores()) {
            path.lowerRewards(rewards);
            path.logProbabilities(estimand.follower(), logs);
            path.values(estimand.follower(), values);
            addScores(path, length, factor, true);
        }
    }

    private void addScores(Trajectory path, int length, double factor, boolean entropy) {
        double tail = 0;
        for (int t = length - 1; t >= 0; t--) {
            double bonus = entropy && t > 0 ? entropyWeight * logs[t] : 0;
            tail += powers[t] * (rewards[t] - bonus + discount * values[t + 1] - values[t]);
            stepWeights[t] = factor * tail;
        }
        path.addUpperScores(stepWeights);
    }
}
