package io.stackel.estimate;

import io.stackel.problem.SparseGradient;
import io.stackel.problem.Step;
import java.util.Arrays;

/** One lane's record of a simulator's trajectory, as it is played and read. */
final class SimulatorTrajectory implements Trajectory {

    private final FollowerActors actors;
    private final double entropyWeight;
    private final int observationSize;
    private final int actionSize;
    private final UnitGradients unit;
    private final double[] observations;
    private final double[] actions;
    private final double[] lowerRewards;
    private final double[] upperRewards;
    private final SparseGradient lowerGradients = new SparseGradient("Step.lowerRewardGradient()");
    private final SparseGradient upperGradients = new SparseGradient("Step.upperRewardGradient()");
    private final SparseGradient scores = new SparseGradient("Step.upperScore()");
    private final double[] ownLogs;
    private final double[] firstLogs;
    private final double[] otherValues;
    private final int[] lowerEnds;
    private final int[] upperEnds;
    private final int[] scoreEnds;
    private int player;
    private int length;
    private boolean terminated;

    /** Where the gradients of a unit's trajectories are added up, and in whose parameters. */
    static final class UnitGradients {

        final double[] upper;
        final double[] lower;
        int follower;

        UnitGradients(int upperSize, int lowerSize) {
            upper = new double[upperSize];
            lower = new double[lowerSize];
        }
    }

    SimulatorTrajectory(
            FollowerActors actors,
            double entropyWeight,
            int observationSize,
            int actionSize,
            int horizon,
            UnitGradients unit) {
        this.actors = actors;
        this.entropyWeight = entropyWeight;
        this.observationSize = observationSize;
        this.actionSize = actionSize;
        this.unit = unit;
        observations = new double[(horizon + 1) * observationSize];
        actions = new double[horizon * actionSize];
        lowerRewards = new double[horizon];
        upperRewards = new double[horizon];
        ownLogs = new double[horizon];
        firstLogs = new double[horizon];
        otherValues = new double[horizon + 1];
        lowerEnds = new int[horizon + 1];
        upperEnds = new int[horizon + 1];
        scoreEnds = new int[horizon + 1];
    }

    /** Forgets what was played; {@code follower} plays next. */
    void begin(int follower) {
        player = follower;
        length = 0;
        terminated = false;
        lowerGradients.clear();
        upperGradients.clear();
        scores.clear();
    }

    /** Notes the observation of the state that was reached. */
    void observe(double[] observed) {
        System.arraycopy(observed, 0, observations, length * observationSize, observationSize);
    }

    /** Copies the observation of the state that was reached. */
    void lastObservation(double[] into, int at) {
        System.arraycopy(observations, length * observationSize, into, at, observationSize);
    }

    /** Adds a step. */
    void append(double[] action, double logDensity, Step taken) {
        System.arraycopy(action, 0, actions, length * actionSize, actionSize);
        ownLogs[length] = logDensity;
        lowerRewards[length] = taken.lowerReward();
        upperRewards[length] = taken.upperReward();
        lowerGradients.addAll(taken.lowerRewardGradient());
        upperGradients.addAll(taken.upperRewardGradient());
        scores.addAll(taken.upperScore());
        terminated = taken.terminated();
        length++;
        lowerEnds[length] = lowerGradients.size();
        upperEnds[length] = upperGradients.size();
        scoreEnds[length] = scores.size();
    }

    /** Copies the observation before a step and its action. */
    void step(int t, double[] into, int at) {
        System.arraycopy(observations, t * observationSize, into, at, observationSize);
        System.arraycopy(actions, t * actionSize, into, at + observationSize, actionSize);
    }

    int firstAction() {
        return (int) actions[0];
    }

    @Override
    public int length() {
        return length;
    }

    @Override
    public boolean terminated() {
        return terminated;
    }

    @Override
    public void lowerRewards(double[] into) {
        System.arraycopy(lowerRewards, 0, into, 0, length);
    }

    @Override
    public void entropicRewards(int follower, double[] into) {
        logProbabilities(follower, into);
        for (int t = 0; t < length; t++) {
            into[t] = lowerRewards[t] - entropyWeight * Math.max(into[t], LikelihoodRatio.LOG_OF_ZERO);
        }
    }

    @Override
    public void upperRewards(double[] into) {
        System.arraycopy(upperRewards, 0, into, 0, length);
    }

    @Override
    public void logProbabilities(int follower, double[] into) {
        if (follower == player) {
            System.arraycopy(ownLogs, 0, into, 0, length);
        } else {
            actors.actor(follower).logDensities(observations, actions, length, into);
        }
    }

    @Override
    public void likelihoodRatios(int first, int second, double[] into) {
        logProbabilities(first, firstLogs);
        logProbabilities(second, into);
        for (int t = 0; t < length; t++) {
            into[t] = LikelihoodRatio.of(firstLogs[t], into[t]);
        }
    }

    @Override
    public void values(int follower, double[] into) {
        bothValues(follower, into, otherValues);
    }

    @Override
    public void upperValues(int follower, double[] into) {
        bothValues(follower, otherValues, into);
    }

    @Override
    public void bothValues(int follower, double[] lower, double[] upper) {
        if (actors.hasValues(follower)) {
            int observed = observed();
            actors.values(follower, observations, observed, entropyWeight, lower, upper);
            Arrays.fill(lower, observed, length + 1, 0);
            Arrays.fill(upper, observed, length + 1, 0);
        } else {
            Arrays.fill(lower, 0, length + 1, 0);
            Arrays.fill(upper, 0, length + 1, 0);
        }
    }

    @Override
    public void addLowerRewardGradients(double[] weights) {
        addAll(lowerGradients, lowerEnds, weights);
    }

    @Override
    public void addUpperRewardGradients(double[] weights) {
        addAll(upperGradients, upperEnds, weights);
    }

    @Override
    public void addUpperScores(double[] weights) {
        addAll(scores, scoreEnds, weights);
    }

    private void addAll(SparseGradient gradients, int[] ends, double[] weights) {
        for (int t = 0; t < length; t++) {
            gradients.addTo(ends[t], ends[t + 1], weights[t], unit.upper);
        }
    }

    @Override
    public void addPolicyScores(double[] weights) {
        actors.actor(unit.follower).addScores(observations, actions, length, weights, unit.lower);
    }

    @Override
    public void addFitGradient(double[] lowerTargets, double[] upperTargets) {
        actors.critic(unit.follower)
                .addFitGradient(
                        observations, length, lowerTargets, upperTargets, unit.lower, actors.policyParameters());
    }

    @Override
    public int actions() {
        return actors.actionActor(player).actions();
    }

    @Override
    public void allLogProbabilities(int follower, double[] into) {
        actors.actionActor(follower).allLogDensities(observations, observed(), into);
    }

    @Override
    public void actionValues(int follower, double[] lower, double[] upper) {
        actors.actionCritic(follower).values(observations, observed(), lower, upper);
    }

    @Override
    public void takenActions(double[] into) {
        System.arraycopy(actions, 0, into, 0, length);
    }

    @Override
    public void addAllPolicyScores(double[] weights) {
        actors.actionActor(unit.follower).addAllScores(observations, length, weights, unit.lower);
    }

    @Override
    public void addActionFitGradient(double[] lowerTargets, double[] upperTargets) {
        actors.actionCritic(unit.follower)
                .addFitGradient(
                        observations,
                        actions,
                        length,
                        lowerTargets,
                        upperTargets,
                        unit.lower,
                        actors.policyParameters());
    }

    /** States that have values: the one after the end has none. */
    private int observed() {
        return terminated ? length : length + 1;
    }
}
