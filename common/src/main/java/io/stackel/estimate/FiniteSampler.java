package io.stackel.estimate;

import io.stackel.mdp.MarkovGame;
import io.stackel.policy.Policy;
import io.stackel.problem.FiniteProblem;
import io.stackel.random.AliasTable;
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
    private final AliasTable uniform;

    private final int lanes;
    private final int[] cells;
    private final int[] lengths;
    private final int[] states;
    private final boolean[] terminated;
    private final int[] active;
    private final int[] columns;
    private final long[] draws;
    private final long[][] actionEntries;
    private final int[] actionShifts;
    private final long[] s0;
    private final long[] s1;
    private final long[] s2;
    private final long[] s3;
    private final long[] words = new long[4];
    private final View view;

    /** The states that the unit has visited so far, each once, in the order of the first visit. */
    private final int[] visited;

    private final long[] visitedIn;
    private int visitedStates;
    private long unit;

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
        double[] even = new double[game.followerCells()];
        Arrays.fill(even, 1.0 / game.followerActions());
        uniform = AliasTable.of(even, game.states(), game.followerActions());
        this.lanes = lanes;
        view = new View(request.horizon());
        visited = new int[game.states()];
        visitedIn = new long[game.states()];
        cells = new int[lanes * request.horizon()];
        lengths = new int[lanes];
        states = new int[lanes];
        terminated = new boolean[lanes];
        active = new int[lanes];
        columns = new int[lanes];
        draws = new long[lanes];
        actionEntries = new long[lanes][];
        actionShifts = new int[lanes];
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
        int count = plan.limit > 0 ? firstStep(plan) : 0;
        for (int t = 1; t < plan.limit && count > 0; t++) {
            count = step(uppers[plan.upper], t, count);
        }
        for (int k = 0; k < count; k++) {
            lengths[active[k]] = plan.limit;
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
        AliasTable actions = actionsOf(plan.policy[lane]);
        actionEntries[lane] = actions.entries();
        actionShifts[lane] = actions.shift();
        lengths[lane] = 0;
        terminated[lane] = false;
    }

    private AliasTable actionsOf(int policy) {
        return policy == LanePlan.UNIFORM ? uniform : followers[policy].actions;
    }

    /** The first step, whose action may have a policy of its own or be given; returns the lanes that go on. */
    private int firstStep(LanePlan plan) {
        UpperTables upper = uppers[plan.upper];
        int kept = 0;
        for (int lane = 0; lane < plan.lanes; lane++) {
            long word = nextWord(lane);
            int state = states[lane];
            int action = plan.firstAction[lane] == LanePlan.DRAWN
                    ? actionsOf(plan.firstPolicy[lane]).sample32(state, (int) word)
                    : plan.firstAction[lane];
            int leader = game.leaderActions() == 1 ? 0 : upper.leader.sample32(state, (int) (word >>> 32));
            int cell = (state * game.leaderActions() + leader) * game.followerActions() + action;
            cells[lane] = cell;
            states[lane] = transitions.sample(cell, nextWord(lane));
            kept = keep(lane, 0, kept);
        }
        return kept;
    }

    /** Keeps a lane that goes on, or notes its end. */
    private int keep(int lane, int t, int kept) {
        if (states[lane] < game.states()) {
            active[kept] = lane;
            return kept + 1;
        }
        terminated[lane] = true;
        lengths[lane] = t + 1;
        return kept;
    }

    /**
     * One step of the active lanes; returns the lanes that go on. The first pass draws actions and notes where each lane's
     * transition lies, the second does the loads, which are far apart and thus slow, in a loop so short that those of all
     * lanes are under way at once.
     */
    private int step(UpperTables upper, int t, int count) {
        drawActions(upper, t * lanes, count);
        long[] entries = transitions.entries();
        int end = game.states();
        int kept = 0;
        for (int k = 0; k < count; k++) {
            int next = choose(entries[columns[k]], draws[k]);
            int lane = active[k];
            states[lane] = next;
            active[kept] = lane;
            if (next < end) {
                kept++;
            } else {
                terminated[lane] = true;
                lengths[lane] = t + 1;
            }
        }
        return kept;
    }

    /** Two words a lane, with the generator written out: one for both actions, one for the transition. */
    private void drawActions(UpperTables upper, int from, int count) {
        int followerActions = game.followerActions();
        int leaderActions = game.leaderActions();
        int shift = transitions.shift();
        int width = transitions.width();
        long[] leaderEntries = upper.leader.entries();
        int leaderShift = upper.leader.shift();
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
            int cell = leaderActions == 1
                    ? state
                    : state * leaderActions + half(leaderEntries, leaderShift, state, (int) (choice >>> 32));
            cell = cell * followerActions + half(actionEntries[lane], actionShifts[lane], state, (int) choice);
            cells[from + lane] = cell;
            columns[k] = cell * width + (int) (word >>> shift);
            draws[k] = (word >>> (shift - 32)) & 0xFFFFFFFFL;
        }
    }

    /** {@link AliasTable#sample32}, written out. */
    private static int half(long[] entries, int shift, int row, int word32) {
        long entry = entries[(row << (64 - shift)) + (word32 >>> (shift - 32))];
        return choose(entry, (word32 << (64 - shift)) & 0xFFFFFFFFL);
    }

    private static int choose(long entry, long draw) {
        return (int) (entry >>> (16 & ((draw - (entry >>> 32)) >> 63))) & 0xFFFF;
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
    public void begin(int follower) {
        unit++;
        visitedStates = 0;
    }

    @Override
    public int finalState(int lane) {
        return terminated[lane] ? -1 : states[lane];
    }

    @Override
    public int firstAction(int lane) {
        return cells[lane] % game.followerActions();
    }

    @Override
    public void count(int lane, TransitionCounts into) {
        int last = lengths[lane] - 1;
        long outcomes = game.states() + 1L;
        for (int t = 0; t <= last; t++) {
            int next = t < last ? tables.stateOf[cells[(t + 1) * lanes + lane]] : states[lane];
            into.add(cells[t * lanes + lane] * outcomes + next, 1);
        }
    }

    @Override
    public void collect(int upper, int follower, double[] upperInto, double[] lowerInto) {
        if (upper >= 0) {
            collectUpper(upper, upperInto);
        }
        if (follower >= 0) {
            for (int k = 0; k < visitedStates; k++) {
                followers[follower].addScores(visited[k], followerWeights, lowerInto);
            }
            Arrays.fill(followerWeights, 0);
        }
    }

    private void collectUpper(int upper, double[] upperInto) {
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
            for (int k = 0; k < visitedStates; k++) {
                int s = visited[k];
                tables.problem.addLeaderScores(x, s, uppers[upper].leaderPolicy, leaderWeights, upperInto);
            }
            Arrays.fill(leaderWeights, 0);
        }
    }

    private void visit(int state) {
        if (visitedIn[state] != unit) {
            visitedIn[state] = unit;
            visited[visitedStates++] = state;
        }
    }

    /** One lane's log, copied out of the interleaved one and read through the tables. */
    private final class View implements Trajectory {

        private final int[] path;
        private UpperTables upper;
        private int length;
        private int lane;

        View(int horizon) {
            path = new int[horizon];
        }

        void open(int upperIndex, int laneIndex) {
            upper = uppers[upperIndex];
            lane = laneIndex;
            length = lengths[laneIndex];
            for (int t = 0; t < length; t++) {
                int cell = cells[t * lanes + laneIndex];
                path[t] = cell;
                visit(tables.stateOf[cell]);
            }
        }

        @Override
        public int length() {
            return length;
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

        private void gather(double[] table, double[] into) {
            for (int t = 0; t < length; t++) {
                into[t] = table[path[t]];
            }
        }

        @Override
        public void logProbabilities(int follower, double[] into) {
            gather(followers[follower].logProbabilities, tables.followerCellOf, into);
        }

        @Override
        public void values(int follower, double[] into) {
            states(followers[follower].value, into);
        }

        @Override
        public void upperValues(int follower, double[] into) {
            states(followers[follower].upperValue, into);
        }

        private void states(double[] table, double[] into) {
            gather(table, tables.stateOf, into);
            into[length] = terminated[lane] ? 0 : table[states[lane]];
        }

        private void gather(double[] table, int[] index, double[] into) {
            for (int t = 0; t < length; t++) {
                into[t] = table[index[path[t]]];
            }
        }

        @Override
        public void addLowerRewardGradients(double[] weights) {
            for (int t = 0; t < length; t++) {
                lowerRewardWeights[path[t]] += weights[t];
            }
        }

        @Override
        public void addUpperRewardGradients(double[] weights) {
            for (int t = 0; t < length; t++) {
                upperRewardWeights[path[t]] += weights[t];
            }
        }

        @Override
        public void addUpperScores(double[] weights) {
            scatter(tables.leaderCellOf, weights, leaderWeights);
        }

        @Override
        public void addPolicyScores(double[] weights) {
            scatter(tables.followerCellOf, weights, followerWeights);
        }

        private void scatter(int[] index, double[] weights, double[] into) {
            for (int t = 0; t < length; t++) {
                into[index[path[t]]] += weights[t];
            }
        }
    }
}
