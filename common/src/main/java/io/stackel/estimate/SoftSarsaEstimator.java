package io.stackel.estimate;

/** What one trajectory contributes to a {@link ActorCriticStep} whose critic has values of actions; its formulas. */
final class SoftSarsaEstimator extends Estimator {

    private final double[] rewards = perStep();
    private final double[] weights = perStep();
    private final double[] taken = perStep();
    private final double[] lowerStates = perStep();
    private final double[] upperStates = perStep();
    private final double[] lowerTargets = perStep();
    private final double[] upperTargets = perStep();
    private double[] logs = {};
    private double[] learnerLogs = {};
    private double[] lowerActions = {};
    private double[] upperActions = {};
    private double[] scores = {};

    SoftSarsaEstimator(Rollouts.Setting setting) {
        super(setting);
    }

    /**
     * Adds a trajectory.
     *
     * @param upperRewards what the leader's values W are of
     * @param share of the trajectory in its unit
     */
    void add(ActorCriticStep estimand, SimulatorTrajectory trajectory, double[] upperRewards, double share) {
        int length = trajectory.length();
        int actions = trajectory.actions();
        reserve(actions);
        trajectory.allLogProbabilities(estimand.own(), logs);
        trajectory.actionValues(estimand.own(), lowerActions, upperActions);
        trajectory.takenActions(taken);
        int valued = trajectory.terminated() ? length : length + 1;
        FollowerActors.expect(logs, lowerActions, actions, valued, entropyWeight, lowerStates);
        FollowerActors.expect(logs, upperActions, actions, valued, 0, upperStates);
        if (valued == length) {
            lowerStates[length] = 0;
            upperStates[length] = 0;
        }
        ActorCriticEstimator.weigh(estimand, trajectory, length, lowerTargets, weights);
        trajectory.lowerRewards(rewards);
        credit(rewards, lowerActions, lowerStates, actions, length, lowerTargets);
        credit(upperRewards, upperActions, upperStates, actions, length, upperTargets);
        trajectory.allLogProbabilities(estimand.learner(), learnerLogs);
        for (int t = 0; t < length; t++) {
            score(estimand, t, actions, share);
        }
        trajectory.addAllPolicyScores(scores);
        trajectory.addFitGradient(lowerTargets, upperTargets);
    }

    /** The number of actions is that of the problem: the first trajectory makes room for all. */
    private void reserve(int actions) {
        int room = powers.length;
        if (logs.length != room * actions) {
            logs = new double[room * actions];
            learnerLogs = new double[room * actions];
            lowerActions = new double[room * actions];
            upperActions = new double[room * actions];
            scores = new double[room * actions];
        }
    }

    /** What the values of the actions taken are fitted to. */
    private void credit(
            double[] received, double[] values, double[] states, int actions, int length, double[] targets) {
        double traced = 0;
        for (int t = length - 1; t >= 0; t--) {
            double value = values[t * actions + (int) taken[t]];
            double tail = received[t] + discount * states[t + 1] - value + discount * traceDecay * traced;
            targets[t] = value + tail;
            traced = Math.min(1, weights[t]) * tail;
        }
    }

    /** The weight of each action's score at step t. */
    private void score(ActorCriticStep estimand, int t, int actions, double share) {
        for (int i = t * actions; i < (t + 1) * actions; i++) {
            double advantage = lowerActions[i] - entropyWeight * Math.max(logs[i], LikelihoodRatio.LOG_OF_ZERO);
            advantage += estimand.upperRewardWeight() * (upperActions[i] - upperStates[t]) - lowerStates[t];
            double ratio = LikelihoodRatio.of(logs[i], learnerLogs[i]);
            boolean clipped = advantage > 0 ? ratio > 1 + estimand.clip() : ratio < 1 - estimand.clip();
            scores[i] = clipped ? 0 : -share * StrictMath.exp(learnerLogs[i]) * advantage;
        }
    }
}
