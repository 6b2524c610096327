package io.stackel.estimate;

import io.stackel.policy.Actor;
import io.stackel.policy.Policy;
import io.stackel.problem.Simulator;
import io.stackel.problem.SparseGradient;
import io.stackel.problem.Step;
import io.stackel.problem.TrajectoryProblem;
import io.stackel.random.Purpose;
import io.stackel.random.RandomStream;
import java.util.Arrays;
import org.apache.spark.ml.linalg.DenseVector;

/**
 * Plays environments that can only be sampled, one lane after the other. Each lane has one stream: the environment's
 * start, then per step the follower's action (one word if it is numbered) and what the environment takes.
 */
final class SimulatorSampler implements Sampler {

    private final BatchRequest request;
    private final Actor actor;
    private final int actionSize;
    private final int observationSize;
    private final double entropyWeight;
    private final Simulator[] simulators;
    private final Log[] logs;
    private final RandomStream random = RandomStream.at(0, Purpose.TRAINING, 0, 0, 0, 0);
    private final Step step = new Step();
    private final double[] observation;
    private final double[] action;
    private final double[] upperGradient;
    private final double[] lowerGradient;
    private boolean upperOpen;
    private int lowerFollower;

    SimulatorSampler(TrajectoryProblem problem, Policy policy, BatchRequest request, int lanes) {
        this.request = request;
        actor = policy.actor();
        actionSize = policy.actionSize();
        observationSize = problem.observationSize();
        entropyWeight = problem.entropyWeight();
        simulators = request.uppers().stream()
                .map(x -> problem.simulator(new DenseVector(x), request.context()))
                .toArray(Simulator[]::new);
        logs = new Log[lanes];
        for (int lane = 0; lane < lanes; lane++) {
            logs[lane] = new Log(request.horizon());
        }
        action = new double[actionSize];
        observation = new double[observationSize];
        upperGradient = new double[problem.upperSize()];
        lowerGradient = new double[policy.parameters()];
        requireNoBaselines();
    }

    private void requireNoBaselines() {
        for (Follower follower : request.followers()) {
            if (follower.value().length + follower.upperValue().length > 0) {
                throw new IllegalArgumentException("baselines by state number need a finite problem");
            }
        }
    }

    @Override
    public void play(LanePlan plan) {
        for (int lane = 0; lane < plan.lanes; lane++) {
            boolean plain = plan.startState[lane] == LanePlan.FROM_START
                    && plan.firstAction[lane] == LanePlan.DRAWN
                    && plan.policy[lane] >= 0
                    && plan.firstPolicy[lane] == plan.policy[lane];
            if (!plain) {
                throw new IllegalArgumentException(
                        "chosen start states and first actions need a finite problem, with tables");
            }
            random.reseed(
                    request.seed(),
                    plan.role.purpose(),
                    plan.role.stream(),
                    plan.trajectory[lane],
                    request.iteration(),
                    request.innerStep());
            playLane(simulators[plan.upper], request.followers().get(plan.policy[lane]), plan.limit, logs[lane]);
        }
    }

    private void playLane(Simulator simulator, Follower follower, int limit, Log log) {
        log.clear();
        simulator.start(random);
        while (log.length < limit && !log.terminated) {
            simulator.observe(observation);
            actor.draw(follower.parameters(), observation, random, action);
            step.clear();
            simulator.step(action, random, step);
            log.append(observation, action, step);
        }
    }

    @Override
    public Trajectory trajectory(LanePlan plan, int lane) {
        return logs[lane];
    }

    @Override
    public void count(int lane, TransitionCounts into) {
        throw new IllegalArgumentException("counting transitions needs a finite problem, with numbered states");
    }

    @Override
    public int finalState(int lane) {
        throw new IllegalArgumentException("state numbers need a finite problem");
    }

    @Override
    public int firstAction(int lane) {
        return (int) logs[lane].actions[0];
    }

    @Override
    public void open(int upper, int follower, UnitSums unit) {
        upperOpen = upper >= 0;
        lowerFollower = follower;
    }

    @Override
    public void collect(UnitSums unit) {
        if (upperOpen) {
            drain(upperGradient, unit.upper.values);
        }
        if (lowerFollower >= 0) {
            drain(lowerGradient, unit.lower.values);
        }
    }

    @Override
    public void close(UnitSums unit) {}

    private static void drain(double[] gradient, double[] into) {
        for (int i = 0; i < into.length; i++) {
            into[i] += gradient[i];
        }
        Arrays.fill(gradient, 0);
    }

    /** One lane's record. */
    private final class Log implements Trajectory {

        private final double[] observations;
        private final double[] actions;
        private final double[] lowerRewards;
        private final double[] upperRewards;
        private final SparseGradient lowerGradients = new SparseGradient();
        private final SparseGradient upperGradients = new SparseGradient();
        private final SparseGradient scores = new SparseGradient();
        private final double[] firstLogs;
        private final int[] lowerEnds;
        private final int[] upperEnds;
        private final int[] scoreEnds;
        private int length;
        private boolean terminated;

        Log(int horizon) {
            observations = new double[horizon * observationSize];
            actions = new double[horizon * actionSize];
            lowerRewards = new double[horizon];
            upperRewards = new double[horizon];
            firstLogs = new double[horizon];
            lowerEnds = new int[horizon + 1];
            upperEnds = new int[horizon + 1];
            scoreEnds = new int[horizon + 1];
        }

        void clear() {
            length = 0;
            terminated = false;
            lowerGradients.clear();
            upperGradients.clear();
            scores.clear();
        }

        void append(double[] observed, double[] action, Step taken) {
            System.arraycopy(observed, 0, observations, length * observationSize, observationSize);
            System.arraycopy(action, 0, actions, length * actionSize, actionSize);
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
            double[] theta = request.followers().get(follower).parameters();
            actor.logDensities(theta, observations, actions, length, into);
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
            Arrays.fill(into, 0, length + 1, 0);
        }

        @Override
        public void upperValues(int follower, double[] into) {
            Arrays.fill(into, 0, length + 1, 0);
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
                gradients.addTo(ends[t], ends[t + 1], weights[t], upperGradient);
            }
        }

        @Override
        public void addPolicyScores(double[] weights) {
            double[] theta = request.followers().get(lowerFollower).parameters();
            actor.addScores(theta, observations, actions, length, weights, lowerGradient);
        }
    }
}
