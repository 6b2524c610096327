package io.stackel.estimate;

import io.stackel.mdp.MarkovGame;
import io.stackel.policy.Policy;
import io.stackel.problem.FiniteProblem;
import io.stackel.random.AliasTable;
import io.stackel.random.Categorical;
import io.stackel.random.RandomStream;
import java.util.Arrays;
import org.apache.spark.ml.linalg.DenseVector;

/**
 * Plays finite problems with the lanes in lockstep: the chains of dependent loads of the lanes overlap, which is where
 * the speed comes from. Per trajectory one word for the start, then two a step: the upper half of the first draws the
 * leader's action, its lower half the follower's, the second the next state.
 */
final class FiniteSampler implements Sampler {

    private final FiniteTables tables;
    private final BatchRequest request;
    private final MarkovGame game;
    private final AliasTable transitions;
    private final AliasTable starts;
    private final UpperTables[] uppers;
    private final FollowerTable[] followers;
    private final int[] uniformThresholds;

    private final int horizon;
    private final int[] cells;
    private final int[] lengths;
    private final int[] states;
    private final boolean[] terminated;
    private final int[] active;
    private final int[][] thresholds;
    private final long[] s0;
    private final long[] s1;
    private final long[] s2;
    private final long[] s3;
    private final long[] words = new long[4];
    private final View view = new View();

    private final double[] lowerRewardWeights;
    private final double[] upperRewardWeights;
    private final double[] leaderWeights;
    private final double[] followerWeights;

    FiniteSampler(FiniteTables tables, Policy policy, BatchRequest request, int lanes) {
        this.tables = tables;
        this.request = request;
        game = tables.games[request.context()];
        transitions = tables.transitions[request.context()];
        starts = tables.starts[request.context()];
        uppers = request.uppers().stream()
                .map(x -> new UpperTables(tables.problem, game, new DenseVector(x), request.context()))
                .toArray(UpperTables[]::new);
        followers = request.followers().stream()
                .map(follower -> new FollowerTable(tables, policy, follower))
                .toArray(FollowerTable[]::new);
        double[] uniform = new double[game.followerCells()];
        Arrays.fill(uniform, -StrictMath.log(game.followerActions()));
        uniformThresholds = FollowerTable.thresholds(uniform, game.states(), game.followerActions());
        horizon = request.horizon();
        cells = new int[lanes * horizon];
        lengths = new int[lanes];
        states = new int[lanes];
        terminated = new boolean[lanes];
        active = new int[lanes];
        thresholds = new int[lanes][];
        s0 = new long[lanes];
        s1 = new long[lanes];
        s2 = new long[lanes];
        s3 = new long[lanes];
        lowerRewardWeights = new double[game.jointCells()];
        upperRewardWeights = new double[game.jointCells()];
        leaderWeights = new double[game.leaderCells()];
        followerWeights = new double[game.followerCells()];
    }

    @Override
    public void play(LanePlan plan) {
        for (int lane = 0; lane < plan.lanes; lane++) {
            start(plan, lane);
        }
        int count = plan.lanes;
        for (int t = 0; count > 0; t++) {
            int kept = 0;
            for (int k = 0; k < count; k++) {
                if (t < plan.limit[active[k]]) {
                    active[kept++] = active[k];
                }
            }
            if (t == 0) {
                firstStep(plan, kept);
            } else {
                step(uppers[plan.upper], t, kept);
            }
            count = keepRunning(kept, t);
        }
    }

    private void start(LanePlan plan, int lane) {
        RandomStream.seed(
                request.seed(),
                plan.role.purpose(),
                plan.role.stream(),
                plan.trajectory[lane],
                request.iteration(),
                request.innerStep(),
                words);
        s0[lane] = words[0];
        s1[lane] = words[1];
        s2[lane] = words[2];
        s3[lane] = words[3];
        long word = nextWord(lane);
        int given = plan.startState[lane];
        if (given == LanePlan.FROM_START) {
            states[lane] = starts.sample(0, word);
        } else if (given == LanePlan.FROM_ANYWHERE) {
            states[lane] = (int) (((word >>> 32) * game.states()) >>> 32);
        } else {
            states[lane] = given;
        }
        thresholds[lane] = thresholdsOf(plan.policy[lane]);
        lengths[lane] = 0;
        terminated[lane] = false;
        active[lane] = lane;
    }

    private int[] thresholdsOf(int policy) {
        return policy == LanePlan.UNIFORM ? uniformThresholds : followers[policy].thresholds;
    }

    /** The first step, whose action may have a policy of its own or be given. */
    private void firstStep(LanePlan plan, int count) {
        int actions = game.followerActions();
        UpperTables upper = uppers[plan.upper];
        for (int k = 0; k < count; k++) {
            int lane = active[k];
            long word = nextWord(lane);
            int state = states[lane];
            int action = plan.firstAction[lane] == LanePlan.DRAWN
                    ? Categorical.sample(
                            thresholdsOf(plan.firstPolicy[lane]), state * (actions - 1), actions, (int) word)
                    : plan.firstAction[lane];
            int leader = upper.leaderAction(state, (int) (word >>> 32));
            int cell = (state * game.leaderActions() + leader) * actions + action;
            cells[lane * horizon] = cell;
            states[lane] = transitions.sample(cell, nextWord(lane));
        }
    }

    private void step(UpperTables upper, int t, int count) {
        int followerActions = game.followerActions();
        int leaderActions = game.leaderActions();
        long[] entries = transitions.entries();
        int shift = transitions.shift();
        int width = transitions.width();
        for (int k = 0; k < count; k++) {
            int lane = active[k];
            long a = s0[lane];
            long b = s1[lane];
            long c = s2[lane];
            long d = s3[lane];
            long choice = Long.rotateLeft(a + d, 23) + a;
            long shifted = b << 17;
            c ^= a;
            d ^= b;
            b ^= c;
            a ^= d;
            c ^= shifted;
            d = Long.rotateLeft(d, 45);
            long word = Long.rotateLeft(a + d, 23) + a;
            shifted = b << 17;
            c ^= a;
            d ^= b;
            b ^= c;
            a ^= d;
            c ^= shifted;
            s0[lane] = a;
            s1[lane] = b;
            s2[lane] = c;
            s3[lane] = Long.rotateLeft(d, 45);
            int state = states[lane];
            int leader = upper.leaderAction(state, (int) (choice >>> 32));
            int action =
                    Categorical.sample(thresholds[lane], state * (followerActions - 1), followerActions, (int) choice);
            int cell = (state * leaderActions + leader) * followerActions + action;
            cells[lane * horizon + t] = cell;
            long entry = entries[cell * width + (int) (word >>> shift)];
            long draw = (word >>> (shift - 32)) & 0xFFFFFFFFL;
            states[lane] = (int) (draw < (entry >>> 32) ? entry >>> 16 : entry) & 0xFFFF;
        }
    }

    private int keepRunning(int count, int t) {
        int kept = 0;
        for (int k = 0; k < count; k++) {
            int lane = active[k];
            lengths[lane] = t + 1;
            if (states[lane] == game.states()) {
                terminated[lane] = true;
            } else {
                active[kept++] = lane;
            }
        }
        return kept;
    }

    private long nextWord(int lane) {
        long result = Long.rotateLeft(s0[lane] + s3[lane], 23) + s0[lane];
        long shifted = s1[lane] << 17;
        s2[lane] ^= s0[lane];
        s3[lane] ^= s1[lane];
        s1[lane] ^= s2[lane];
        s0[lane] ^= s3[lane];
        s2[lane] ^= shifted;
        s3[lane] = Long.rotateLeft(s3[lane], 45);
        return result;
    }

    @Override
    public Trajectory trajectory(LanePlan plan, int lane) {
        view.open(plan.upper, lane);
        return view;
    }

    @Override
    public int finalState(int lane) {
        return terminated[lane] ? -1 : states[lane];
    }

    @Override
    public int firstAction(int lane) {
        return cells[lane * horizon] % game.followerActions();
    }

    @Override
    public void count(int lane, TransitionCounts into) {
        int last = lane * horizon + lengths[lane] - 1;
        long outcomes = game.states() + 1L;
        for (int i = lane * horizon; i <= last; i++) {
            int next = i < last ? tables.stateOf[cells[i + 1]] : states[lane];
            into.add(cells[i] * outcomes + next, 1);
        }
    }

    @Override
    public void collect(int upper, int follower, double[] upperInto, double[] lowerInto) {
        FiniteProblem.Dependence dependence = tables.problem.dependence();
        DenseVector x = uppers[upper].upper;
        if (dependence.lowerReward()) {
            tables.problem.addLowerRewardGradient(x, request.context(), lowerRewardWeights, upperInto);
            Arrays.fill(lowerRewardWeights, 0);
        }
        if (dependence.upperReward()) {
            tables.problem.addUpperRewardGradient(x, request.context(), upperRewardWeights, upperInto);
            Arrays.fill(upperRewardWeights, 0);
        }
        if (dependence.leaderPolicy()) {
            tables.problem.addLeaderScores(x, leaderWeights, upperInto);
            Arrays.fill(leaderWeights, 0);
        }
        if (follower >= 0) {
            followers[follower].addScores(followerWeights, lowerInto);
            Arrays.fill(followerWeights, 0);
        }
    }

    /** One lane's log, read through the tables. */
    private final class View implements Trajectory {

        private UpperTables upper;
        private int from;
        private int to;
        private int lane;

        void open(int upperIndex, int laneIndex) {
            upper = uppers[upperIndex];
            lane = laneIndex;
            from = laneIndex * horizon;
            to = from + lengths[laneIndex];
        }

        @Override
        public int length() {
            return to - from;
        }

        @Override
        public boolean terminated() {
            return terminated[lane];
        }

        @Override
        public void lowerRewards(double[] into) {
            gather(upper.lowerReward, into);
        }

        @Override
        public void upperRewards(double[] into) {
            gather(upper.upperReward, into);
        }

        @Override
        public void logProbabilities(int follower, double[] into) {
            double[] logs = followers[follower].logProbabilities;
            for (int i = from; i < to; i++) {
                into[i - from] = logs[tables.followerCellOf[cells[i]]];
            }
        }

        @Override
        public void values(int follower, double[] into) {
            states(followers[follower].value, into);
        }

        @Override
        public void upperValues(int follower, double[] into) {
            states(followers[follower].upperValue, into);
        }

        private void gather(double[] table, double[] into) {
            for (int i = from; i < to; i++) {
                into[i - from] = table[cells[i]];
            }
        }

        private void states(double[] table, double[] into) {
            for (int i = from; i < to; i++) {
                into[i - from] = table[tables.stateOf[cells[i]]];
            }
            into[to - from] = terminated[lane] ? 0 : table[FiniteSampler.this.states[lane]];
        }

        @Override
        public void addLowerRewardGradients(double[] weights) {
            for (int i = from; i < to; i++) {
                lowerRewardWeights[cells[i]] += weights[i - from];
            }
        }

        @Override
        public void addUpperRewardGradients(double[] weights) {
            for (int i = from; i < to; i++) {
                upperRewardWeights[cells[i]] += weights[i - from];
            }
        }

        @Override
        public void addUpperScores(double[] weights) {
            for (int i = from; i < to; i++) {
                leaderWeights[tables.leaderCellOf[cells[i]]] += weights[i - from];
            }
        }

        @Override
        public void addPolicyScores(double[] weights) {
            for (int i = from; i < to; i++) {
                followerWeights[tables.followerCellOf[cells[i]]] += weights[i - from];
            }
        }
    }
}
