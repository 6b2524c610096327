package io.stackel.estimate;

import io.stackel.mdp.MarkovGame;
import io.stackel.random.AliasTable;
import io.stackel.random.Purpose;
import io.stackel.random.RandomStream;

/**
 * Plays a group of trajectories of a finite problem in lockstep and keeps their log: the chains of dependent loads of the
 * lanes overlap, which is where the speed comes from. Per trajectory one word for the start, then two a step: the upper
 * half of the first draws the leader's action, its lower half the follower's, the second the next state.
 *
 * <p>Lanes that still play lie side by side in slots; a lane that terminates gives its slot to the last one.
 */
final class FiniteRollout {

    private final RolloutRequest request;
    private final MarkovGame game;
    private final AliasTable starts;
    private final PolicyDraws followers;
    private final int lanes;

    private final int[] cells;
    private final int[] followerCells;
    private final int[] lengths;
    private final int[] ends;

    private final int[] laneOf;
    private final int[] states;
    private final int[] policies;
    private final int[] columns;
    private final long[] draws;
    private final long[] s0;
    private final long[] s1;
    private final long[] s2;
    private final long[] s3;
    private final RandomStream stream = RandomStream.at(0, Purpose.TRAINING, 0, 0, 0, 0);
    private AliasTable transitions;

    /**
     * Reserves arrays for a group of trajectories that are played together.
     *
     * @param followers where the actions of the policies are drawn
     * @param lanes the largest number of trajectories
     */
    FiniteRollout(FiniteTables tables, RolloutRequest request, PolicyDraws followers, int lanes) {
        this.request = request;
        this.followers = followers;
        this.lanes = lanes;
        game = tables.games[request.context()];
        starts = tables.starts[request.context()];
        cells = new int[lanes * request.horizon()];
        followerCells = new int[lanes * request.horizon()];
        lengths = new int[lanes];
        ends = new int[lanes];
        laneOf = new int[lanes];
        states = new int[lanes];
        policies = new int[lanes];
        columns = new int[lanes];
        draws = new long[lanes];
        s0 = new long[lanes];
        s1 = new long[lanes];
        s2 = new long[lanes];
        s3 = new long[lanes];
    }

    /** Plays the plan's lanes with the leader's policy and the transitions of an upper variable. */
    void play(LanePlan plan, UpperTables upper) {
        AliasTable leader = upper.leader;
        transitions = upper.transitions;
        int slots = plan.limit > 0 ? plan.lanes : 0;
        for (int lane = 0; lane < plan.lanes; lane++) {
            start(plan, lane);
            if (slots > 0) {
                firstStep(plan, leader, lane);
            }
        }
        slots = slots > 0 ? move(0, slots) : 0;
        for (int t = 1; t < plan.limit && slots > 0; t++) {
            act(leader, t * lanes, slots);
            slots = move(t, slots);
        }
        for (int slot = 0; slot < slots; slot++) {
            lengths[laneOf[slot]] = plan.limit;
            ends[laneOf[slot]] = states[slot];
        }
    }

    /** The number of steps of a lane. */
    int length(int lane) {
        return lengths[lane];
    }

    /** The state in which a lane stopped, or the number of states if it terminated. */
    int end(int lane) {
        return ends[lane];
    }

    /** The joint cell (s, a, b) of a lane's step. */
    int cell(int lane, int t) {
        return cells[t * lanes + lane];
    }

    /** Copies a lane's joint cells (s, a, b) and follower cells (s, b), one of each a step, out of the interleaved log. */
    void copy(int lane, int[] cellsInto, int[] followerCellsInto) {
        int length = lengths[lane];
        for (int t = 0, i = lane; t < length; t++, i += lanes) {
            cellsInto[t] = cells[i];
            followerCellsInto[t] = followerCells[i];
        }
    }

    private void start(LanePlan plan, int lane) {
        request.seek(stream, plan.purpose, plan.stream, plan.trajectory[lane]);
        long word = stream.nextLong();
        int given = plan.startState[lane];
        if (given == LanePlan.FROM_START) {
            states[lane] = starts.sample(0, word);
        } else if (given == LanePlan.FROM_ANYWHERE) {
            states[lane] = (int) (((word >>> 32) * game.states()) >>> 32);
        } else if (given == LanePlan.FROM_OTHERS) {
            states[lane] = plan.otherStarts.sample(0, word);
        } else {
            states[lane] = given;
        }
        laneOf[lane] = lane;
        policies[lane] = followers.row(plan.policy[lane]);
        lengths[lane] = 0;
        ends[lane] = states[lane];
    }

    /** The actions of the first step, which a policy of its own may draw or the caller may fix. */
    private void firstStep(LanePlan plan, AliasTable leader, int lane) {
        long word = stream.nextLong();
        int state = states[lane];
        int action = plan.firstAction[lane] == LanePlan.DRAWN
                ? followers.table().sample32(followers.row(plan.firstPolicy[lane]) + state, (int) word)
                : plan.firstAction[lane];
        int own = game.leaderActions() == 1 ? 0 : leader.sample32(state, (int) (word >>> 32));
        int cell = (state * game.leaderActions() + own) * game.followerActions() + action;
        cells[lane] = cell;
        followerCells[lane] = state * game.followerActions() + action;
        long next = stream.nextLong();
        columns[lane] = cell * transitions.width() + (int) (next >>> transitions.shift());
        draws[lane] = (next >>> (transitions.shift() - 32)) & 0xFFFFFFFFL;
        stream.state(lane, s0, s1, s2, s3);
    }

    /** The transitions that were drawn; the loads are far apart and thus slow, so the loop is short enough to overlap them. */
    private int move(int t, int slots) {
        long[] entries = transitions.entries();
        int end = game.states();
        int ended = 0;
        for (int slot = 0; slot < slots; slot++) {
            int next = AliasTable.choose(entries[columns[slot]], draws[slot]);
            states[slot] = next;
            ended += next == end ? 1 : 0;
        }
        return ended == 0 ? slots : close(t, slots);
    }

    /** Frees the slots of the lanes that terminated and returns how many are left. */
    private int close(int t, int slots) {
        int left = slots;
        for (int slot = slots - 1; slot >= 0; slot--) {
            if (states[slot] == game.states()) {
                lengths[laneOf[slot]] = t + 1;
                ends[laneOf[slot]] = game.states();
                left--;
                laneOf[slot] = laneOf[left];
                states[slot] = states[left];
                policies[slot] = policies[left];
                s0[slot] = s0[left];
                s1[slot] = s1[left];
                s2[slot] = s2[left];
                s3[slot] = s3[left];
            }
        }
        return left;
    }

    /** Two words a slot, with the generator written out: one for both actions, one for the transition. */
    private void act(AliasTable leader, int from, int slots) {
        int followerActions = game.followerActions();
        int leaderActions = game.leaderActions();
        int shift = transitions.shift();
        int width = transitions.width();
        long[] leaderEntries = leader.entries();
        int leaderShift = leader.shift();
        long[] followerEntries = followers.table().entries();
        int followerShift = followers.table().shift();
        for (int slot = 0; slot < slots; slot++) {
            long a = s0[slot];
            long b = s1[slot];
            long c = s2[slot];
            long d = s3[slot];
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
            s0[slot] = a;
            s1[slot] = b;
            s2[slot] = c;
            s3[slot] = Long.rotateLeft(d, 45);
            int state = states[slot];
            int action = AliasTable.half(followerEntries, followerShift, policies[slot] + state, (int) choice);
            int leaderCell = leaderActions == 1
                    ? state
                    : state * leaderActions + AliasTable.half(leaderEntries, leaderShift, state, (int) (choice >>> 32));
            int cell = leaderCell * followerActions + action;
            int at = from + laneOf[slot];
            cells[at] = cell;
            followerCells[at] = state * followerActions + action;
            columns[slot] = cell * width + (int) (word >>> shift);
            draws[slot] = (word >>> (shift - 32)) & 0xFFFFFFFFL;
        }
    }
}
