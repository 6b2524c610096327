package io.stackel.estimate;

import static io.stackel.math.Requirements.require;

import io.stackel.problem.SparseGradient;
import io.stackel.problem.Step;
import java.util.Arrays;

/** One lane's record of a simulator's trajectory, as it is played and read. */
final class SimulatorTrajectory implements Trajectory {

    private final FollowerActors actors;
    private final double discount;
    private final double entropyWeight;
    private final int observationSize;
    private final int actionSize;
    private final OpenUnit open;
    private final double[] observations;
    private final double[] actions;
    private final double[] lowerRewards;
    private final double[] upperRewards;
    private final Gradients lowerGradients;
    private final Gradients upperGradients;
    private final Gradients scores;
    private final double[] ownLogs;
    private final double[] firstLogs;
    private final double[] otherValues;
    private int player;
    private int length;
    private boolean terminated;

    /** Where the gradients of a unit's trajectories are added up, and in whose parameters. */
    static final class OpenUnit {
        UnitSums unit;
        int follower;
    }

    /** Sparse gradients of the steps, one after the other. */
    private static final class Gradients {
        private final SparseGradient all;
        private final int[] ends;

        Gradients(String name, int horizon) {
            all = new SparseGradient(name);
            ends = new int[horizon + 1];
        }

        void append(int step, SparseGradient gradient) {
            all.addAll(gradient);
            ends[step + 1] = all.size();
        }

        void addTo(double[] into, double[] weights, int length) {
            for (int t = 0; t < length; t++) {
                all.addTo(ends[t], ends[t + 1], weights[t], into);
            }
        }
    }

    SimulatorTrajectory(
            FollowerActors actors,
            double discount,
            double entropyWeight,
            int observationSize,
            int actionSize,
            int horizon,
            OpenUnit open) {
        this.actors = actors;
        this.discount = discount;
        this.entropyWeight = entropyWeight;
        this.observationSize = observationSize;
        this.actionSize = actionSize;
        this.open = open;
        observations = new double[(horizon + 1) * observationSize];
        actions = new double[horizon * actionSize];
        lowerRewards = new double[horizon];
        upperRewards = new double[horizon];
        ownLogs = new double[horizon];
        firstLogs = new double[horizon];
        otherValues = new double[horizon + 1];
        lowerGradients = new Gradients("Step.lowerRewardGradient()", horizon);
        upperGradients = new Gradients("Step.upperRewardGradient()", horizon);
        scores = new Gradients("Step.upperScore()", horizon);
    }

    /** Forgets what was played; {@code follower} plays next. */
    void begin(int follower) {
        player = follower;
        length = 0;
        terminated = false;
        lowerGradients.all.clear();
        upperGradients.all.clear();
        scores.all.clear();
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
        lowerGradients.append(length, taken.lowerRewardGradient());
        upperGradients.append(length, taken.upperRewardGradient());
        scores.append(length, taken.upperScore());
        terminated = taken.terminated();
        length++;
    }

    /** Copies the observation before a step and its action. */
    void step(int t, double[] into, int at) {
        System.arraycopy(observations, t * observationSize, into, at, observationSize);
        System.arraycopy(actions, t * actionSize, into, at + observationSize, actionSize);
    }

    @Override
    public SimulatorTrajectory ofSimulator() {
        return this;
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

    /**
     * Values of actions give W(s,b) - U(s). Values of states give the residual u + discount U(s') - U(s), whose mean is the
     * advantage where U is right. Its noise is that of the leader's action and of s', which what follows depends on, too: only
     * where both follow from s and b is it as good as the advantage itself. Longer traces would be no advantage here: they
     * credit an action with later ones, which have a credit of their own.
     */
    @Override
    public void upperAdvantages(int follower, double[] into) {
        require(
                actors.hasValues(follower),
                "the estimand needs the leader's advantage, but the follower has no values by a network");
        if (actors.valuesOfActions()) {
            actors.upperAdvantages(follower, observations, actions, length, into);
            return;
        }
        upperValues(follower, into);
        for (int t = 0; t < length; t++) {
            into[t] = upperRewards[t] + discount * into[t + 1] - into[t];
        }
    }

    @Override
    public void addLowerRewardGradients(double[] weights) {
        lowerGradients.addTo(open.unit.upper.values, weights, length);
    }

    @Override
    public void addUpperRewardGradients(double[] weights) {
        upperGradients.addTo(open.unit.upper.values, weights, length);
    }

    @Override
    public void addUpperScores(double[] weights) {
        scores.addTo(open.unit.upper.values, weights, length);
    }

    @Override
    public void addPolicyScores(double[] weights) {
        actors.actor(open.follower).addScores(observations, actions, length, weights, open.unit.lower.values);
    }

    /**
     * Adds the gradient in phi of half the squared distance of the unit's follower's V and U, or values of the actions
     * taken, from these targets, over the square of their scale, behind the gradient in theta.
     */
    void addFitGradient(double[] lowerTargets, double[] upperTargets) {
        actors.critic(open.follower)
                .addFitGradient(
                        observations,
                        actions,
                        length,
                        lowerTargets,
                        upperTargets,
                        open.unit.lower.values,
                        actors.policyParameters());
    }

    /** The number B of actions. */
    int actions() {
        return actors.actionActor(player).actions();
    }

    /** Writes {@code log pi(b | s_t)} of a follower to {@code into[t B + b]}, of each state that does not end the trajectory. */
    void allLogProbabilities(int follower, double[] into) {
        actors.actionActor(follower).allLogDensities(observations, observed(), into);
    }

    /** Writes a follower's values of actions, Q and W, to {@code [t B + b]}, of each state that does not end the trajectory. */
    void actionValues(int follower, double[] lower, double[] upper) {
        actors.critic(follower).values(observations, observed(), lower, upper);
    }

    /** Writes the numbers of the actions that were taken. */
    void takenActions(double[] into) {
        System.arraycopy(actions, 0, into, 0, length);
    }

    /** Adds {@code sum_t sum_b weights[t B + b] grad_theta log pi(b | s_t)} of the unit's follower to the unit. */
    void addAllPolicyScores(double[] weights) {
        actors.actionActor(open.follower).addAllScores(observations, length, weights, open.unit.lower.values);
    }

    /** States that have values: the one after the end has none. */
    private int observed() {
        return terminated ? length : length + 1;
    }
}
