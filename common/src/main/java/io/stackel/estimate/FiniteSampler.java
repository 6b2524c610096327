package io.stackel.estimate;

import static io.stackel.math.Requirements.require;

import io.stackel.math.VectorMath;
import io.stackel.mdp.MarkovGame;
import io.stackel.policy.DiscretePolicy;
import io.stackel.policy.Policy;
import io.stackel.policy.TabularSoftmax;
import io.stackel.problem.TrajectoryProblem;
import java.util.Arrays;
import org.apache.spark.ml.linalg.DenseVector;

/** Samples finite problems: {@link FiniteRollout} plays, and the log is read through tables. */
final class FiniteSampler implements Sampler {

    private final FiniteTables tables;
    private final RolloutRequest request;
    private final MarkovGame game;
    private final Policy policy;
    private final UpperTables[] uppers;
    private final FollowerTable[] followers;
    private final FiniteRollout rollout;
    private final View view;
    private final UpperDerivatives[] derivatives;
    private final double[][][] entropicRewards;
    private final double[][][] likelihoodRatios;
    private final double[] lowerRewardWeights;
    private final double[] upperRewardWeights;
    private final double[] transitionScores;

    private final ScoreSums[] leaderScoresOf;
    private final ScoreSums[] policyScoresOf;
    private final int unitSteps;

    private int openUpper = -1;
    private UnitSums openUnit;
    private ScoreSums leaderScores = ScoreSums.NONE;
    private ScoreSums policyScores = ScoreSums.NONE;

    FiniteSampler(FiniteTables tables, Policy policy, RolloutRequest request, int lanes) {
        this.tables = tables;
        this.policy = policy;
        this.request = request;
        game = tables.games[request.context()];
        uppers = request.uppers().stream()
                .map(x -> new UpperTables(tables, new DenseVector(x), request.context()))
                .toArray(UpperTables[]::new);
        followers = request.followers().stream()
                .map(follower -> new FollowerTable(tables, DiscretePolicy.of(policy), follower))
                .toArray(FollowerTable[]::new);
        PolicyDraws draws = PolicyDraws.of(followers, game.states(), game.followerActions());
        rollout = new FiniteRollout(tables, request, draws, lanes);
        view = new View(request.horizon());
        derivatives = new UpperDerivatives[uppers.length];
        entropicRewards = new double[uppers.length][followers.length][];
        likelihoodRatios = new double[followers.length][followers.length][];
        leaderScoresOf = new ScoreSums[uppers.length];
        policyScoresOf = new ScoreSums[followers.length];
        unitSteps = request.horizon() * request.scoresPerUnit();
        lowerRewardWeights = new double[game.jointCells()];
        upperRewardWeights = new double[game.jointCells()];
        transitionScores = new double[tables.problem.upperSize()];
    }

    @Override
    public void open(int upper, int follower, UnitSums unit) {
        openUpper = upper;
        openUnit = unit;
        leaderScores = ScoreSums.NONE;
        policyScores = ScoreSums.NONE;
        if (upper >= 0 && tables.problem.dependence().leaderPolicy()) {
            leaderScoresOf[upper] = leaderScoresOf[upper] == null ? leaderScores(uppers[upper]) : leaderScoresOf[upper];
            leaderScores = leaderScoresOf[upper];
        }
        if (follower >= 0) {
            policyScoresOf[follower] =
                    policyScoresOf[follower] == null ? policyScores(followers[follower]) : policyScoresOf[follower];
            policyScores = policyScoresOf[follower];
        }
        unit.upper.full &= leaderScores.full();
        unit.lower.full &= policyScores.full();
    }

    private ScoreSums leaderScores(UpperTables upper) {
        TrajectoryProblem.Dependence dependence = tables.problem.dependence();
        boolean alone = !dependence.lowerReward() && !dependence.upperReward() && !dependence.transitions();
        alone &= Arrays.stream(followers).allMatch(follower -> follower.response.length == 0);
        if (alone && tables.problem.upperIsLeaderLogits() && !request.diagonalMoments()) {
            return new SoftmaxScores(upper.leaderPolicy, game.leaderActions(), unitSteps);
        }
        return new FullScores(
                (state, weights, into) ->
                        tables.problem.addLeaderScores(upper.upper, state, upper.leaderPolicy, weights, into),
                game.states(),
                game.leaderCells());
    }

    private ScoreSums policyScores(FollowerTable follower) {
        return policy instanceof TabularSoftmax && !request.diagonalMoments()
                ? new SoftmaxScores(follower.probabilities, game.followerActions(), unitSteps)
                : new FullScores(follower::addScores, game.states(), game.followerCells());
    }

    @Override
    public void play(LanePlan plan) {
        rollout.play(plan, uppers[plan.upper]);
    }

    @Override
    public Trajectory trajectory(LanePlan plan, int lane) {
        view.open(plan.upper, lane);
        return view;
    }

    @Override
    public int finalState(int lane) {
        int end = rollout.end(lane);
        return end == game.states() ? -1 : end;
    }

    @Override
    public int firstAction(int lane) {
        return rollout.cell(lane, 0) % game.followerActions();
    }

    @Override
    public void step(int lane, int t, double[] into) {
        into[0] = rollout.cell(lane, t);
    }

    @Override
    public void count(int lane, TransitionCounts into) {
        int last = rollout.length(lane) - 1;
        long outcomes = game.states() + 1L;
        for (int t = 0; t <= last; t++) {
            int next = t < last ? tables.stateOf[rollout.cell(lane, t + 1)] : rollout.end(lane);
            into.add(rollout.cell(lane, t) * outcomes + next, 1);
        }
    }

    @Override
    public void collect(UnitSums unit) {
        if (openUpper >= 0) {
            collectRewards(uppers[openUpper].upper, unit.upper.values);
        }
        leaderScores.endUnit(unit.upper);
        policyScores.endUnit(unit.lower);
    }

    private void collectRewards(DenseVector x, double[] into) {
        TrajectoryProblem.Dependence dependence = tables.problem.dependence();
        if (dependence.lowerReward()) {
            tables.problem.addLowerRewardGradient(x, request.context(), lowerRewardWeights, into);
            Arrays.fill(lowerRewardWeights, 0);
        }
        if (dependence.upperReward()) {
            tables.problem.addUpperRewardGradient(x, request.context(), upperRewardWeights, into);
            Arrays.fill(upperRewardWeights, 0);
        }
        if (dependence.transitions()) {
            VectorMath.addScaled(1, transitionScores, into);
            Arrays.fill(transitionScores, 0);
        }
    }

    @Override
    public void close(UnitSums unit) {
        unit.drain(leaderScores, policyScores);
    }

    /** r(s,a,b) less tau times the entropy term of b in s, log pi(b|s) of one follower, S x A x B. */
    private double[] entropicRewards(UpperTables upper, double[] entropyTerms) {
        double tau = tables.problem.entropyWeight();
        double[] table = new double[game.jointCells()];
        for (int cell = 0; cell < table.length; cell++) {
            double log = Math.max(entropyTerms[tables.followerCellOf[cell]], LikelihoodRatio.LOG_OF_ZERO);
            table[cell] = upper.lowerReward[cell] - tau * log;
        }
        return table;
    }

    /** pi_second(b|s) / pi_first(b|s), S x B. */
    private double[] likelihoodRatios(double[] firstLogs, double[] secondLogs) {
        double[] table = new double[game.followerCells()];
        for (int cell = 0; cell < table.length; cell++) {
            table[cell] = LikelihoodRatio.of(firstLogs[cell], secondLogs[cell]);
        }
        return table;
    }

    /** One lane's log, copied out of the interleaved one and read through the tables. */
    private final class View implements Trajectory {

        private final int[] cells;
        private final int[] followerCells;
        private final int[] leaderCells;
        private final int[] states;
        private int upper;
        private int length;
        private int end;

        View(int horizon) {
            cells = new int[horizon];
            followerCells = new int[horizon];
            leaderCells = new int[horizon];
            states = new int[horizon];
        }

        void open(int upperIndex, int lane) {
            upper = upperIndex;
            length = rollout.length(lane);
            end = rollout.end(lane);
            rollout.copy(lane, cells, followerCells);
            for (int t = 0; t < length; t++) {
                states[t] = tables.stateOf[cells[t]];
            }
        }

        @Override
        public int length() {
            return length;
        }

        @Override
        public boolean terminated() {
            return end == game.states();
        }

        @Override
        public void lowerRewards(double[] into) {
            gather(uppers[upper].lowerReward, cells, into);
        }

        @Override
        public void entropicRewards(int follower, double[] into) {
            if (entropicRewards[upper][follower] == null) {
                entropicRewards[upper][follower] =
                        FiniteSampler.this.entropicRewards(uppers[upper], followers[follower].entropyTerms);
            }
            gather(entropicRewards[upper][follower], cells, into);
        }

        @Override
        public void upperRewards(double[] into) {
            gather(uppers[upper].upperReward, cells, into);
        }

        @Override
        public void logProbabilities(int follower, double[] into) {
            gather(followers[follower].logProbabilities, followerCells, into);
        }

        @Override
        public void likelihoodRatios(int first, int second, double[] into) {
            if (likelihoodRatios[first][second] == null) {
                likelihoodRatios[first][second] = FiniteSampler.this.likelihoodRatios(
                        followers[first].logProbabilities, followers[second].logProbabilities);
            }
            gather(likelihoodRatios[first][second], followerCells, into);
        }

        @Override
        public void values(int follower, double[] into) {
            gatherValues(followers[follower].value, into);
        }

        @Override
        public void upperValues(int follower, double[] into) {
            gatherValues(followers[follower].upperValue, into);
        }

        @Override
        public void upperAdvantages(int follower, double[] into) {
            double[] table = followers[follower].upperAdvantage;
            require(table.length > 0, "the estimand needs the leader's advantage, but the follower has none");
            gather(table, followerCells, into);
        }

        @Override
        public void addResponses(int follower, double[] weights) {
            double[] table = followers[follower].response;
            require(table.length > 0, "the estimand needs the follower's response, but the follower has none");
            double[] into = openUnit.upper.values;
            for (int t = 0; t < length; t++) {
                int row = states[t] * into.length;
                for (int i = 0; i < into.length; i++) {
                    into[i] += weights[t] * table[row + i];
                }
            }
        }

        private void gatherValues(double[] table, double[] into) {
            gather(table, states, into);
            into[length] = terminated() ? 0 : table[end];
        }

        private void gather(double[] table, int[] index, double[] into) {
            for (int t = 0; t < length; t++) {
                into[t] = table[index[t]];
            }
        }

        @Override
        public void addLowerRewardGradients(double[] weights) {
            scatter(weights, lowerRewardWeights);
        }

        @Override
        public void addUpperRewardGradients(double[] weights) {
            scatter(weights, upperRewardWeights);
        }

        private void scatter(double[] weights, double[] into) {
            for (int t = 0; t < length; t++) {
                into[cells[t]] += weights[t];
            }
        }

        @Override
        public void addUpperScores(double[] weights) {
            TrajectoryProblem.Dependence dependence = tables.problem.dependence();
            if (dependence.leaderPolicy()) {
                for (int t = 0; t < length; t++) {
                    leaderCells[t] = tables.leaderCellOf[cells[t]];
                }
                leaderScores.add(states, leaderCells, weights, length);
            }
            if (dependence.transitions()) {
                for (int t = 0; t < length; t++) {
                    int next = t + 1 < length ? states[t + 1] : end;
                    tables.problem.addTransitionScore(
                            uppers[upper].upper, request.context(), cells[t], next, weights[t], transitionScores);
                }
            }
        }

        @Override
        public void followerCells(int[] into) {
            System.arraycopy(followerCells, 0, into, 0, length);
        }

        @Override
        public void addUpperDerivatives(int t, double lower, double ofUpper, double scores, double[] into) {
            if (derivatives[upper] == null) {
                derivatives[upper] = new UpperDerivatives(tables, uppers[upper], request.context());
            }
            int next = t + 1 < length ? states[t + 1] : end;
            derivatives[upper].addRewards(cells[t], lower, ofUpper, into);
            derivatives[upper].addScores(cells[t], tables.leaderCellOf[cells[t]], next, scores, into);
        }

        @Override
        public void addPolicyScores(double[] weights) {
            policyScores.add(states, followerCells, weights, length);
        }
    }
}
