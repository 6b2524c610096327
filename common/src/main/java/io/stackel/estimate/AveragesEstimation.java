package io.stackel.estimate;

import java.util.Arrays;

/** Plays the trajectories of {@link AdvantageAverages} and adds up what each visit saw after it. */
final class AveragesEstimation extends TrajectoryEstimation {

    private final AdvantageAverages estimand;
    private final double[] rewards = perStep();
    private final double[] upperRewards = perStep();
    private final double[] logs = perStep();
    private final double[] values = perStep();
    private final double[] upperValues = perStep();
    private final int[] cells = new int[powers.length];

    /** grad_x of the follower's return from a step on. */
    private final double[] tail;

    AveragesEstimation(Rollouts rollouts, AdvantageAverages estimand) {
        super(rollouts, estimand, NONE, NONE, false);
        this.estimand = estimand;
        tail = new double[estimand.upperSize()];
    }

    @Override
    void plan(LanePlan plan, long trajectory) {
        plan.add(trajectory, estimand.follower());
    }

    @Override
    void addUnit(long number, int lane, UnitSums unit) {
        Trajectory path = played(lane, unit);
        int length = path.length();
        int follower = estimand.follower();
        path.followerCells(cells);
        path.lowerRewards(rewards);
        path.upperRewards(upperRewards);
        path.logProbabilities(follower, logs);
        path.bothValues(follower, values, upperValues);
        int group = estimand.group(number);
        double[] direct = unit.upper.values;
        Arrays.fill(tail, 0);
        double lowerReturn = values[length];
        double upperReturn = upperValues[length];
        for (int t = length - 1; t >= 0; t--) {
            // The follower's own action is given, and the leader's does not depend on it: its entropy is left out here.
            double given = rewards[t] + discount * lowerReturn;
            upperReturn = upperRewards[t] + discount * upperReturn;
            for (int i = 0; i < tail.length; i++) {
                tail[i] *= discount;
            }
            path.addUpperDerivatives(t, 1, 0, given - values[t], tail);
            path.addUpperDerivatives(t, 0, -powers[t], -powers[t] * (upperReturn - upperValues[t]), direct);
            estimand.addVisit(group, cells[t], powers[t], upperReturn, tail, unit);
            lowerReturn = given - entropyWeight * logs[t];
        }
        unit.upperReturn += upperReturn;
        estimand.addUnit(group, direct, unit);
    }
}
