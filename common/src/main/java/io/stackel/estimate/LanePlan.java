package io.stackel.estimate;

import io.stackel.random.AliasTable;
import io.stackel.random.Purpose;
import java.util.Arrays;

/** What the lanes of one rollout shall play; re-used from group to group. */
final class LanePlan {

    /** As {@link #policy}: uniform actions. */
    static final int UNIFORM = -1;

    /** As {@link #startState}: drawn from the start distribution. */
    static final int FROM_START = -1;

    /** As {@link #startState}: drawn uniformly over the states. */
    static final int FROM_ANYWHERE = -2;

    /** As {@link #startState}: drawn from {@link #otherStarts}. */
    static final int FROM_OTHERS = -3;

    /** As {@link #firstAction}: drawn from {@link #firstPolicy}. */
    static final int DRAWN = -1;

    final int capacity;
    final long[] trajectory;
    final int[] policy;
    final int[] firstPolicy;
    final int[] startState;
    final int[] firstAction;
    int lanes;
    int limit;
    int upper;
    Purpose purpose;
    int stream;
    AliasTable otherStarts;

    LanePlan(int capacity) {
        this.capacity = capacity;
        trajectory = new long[capacity];
        policy = new int[capacity];
        firstPolicy = new int[capacity];
        startState = new int[capacity];
        firstAction = new int[capacity];
    }

    /** Empties the plan for lanes that play at most {@code steps}, with draws at this address. */
    void begin(Purpose ofDraws, int streamOfDraws, int upperIndex, int steps) {
        purpose = ofDraws;
        stream = streamOfDraws;
        upper = upperIndex;
        limit = steps;
        lanes = 0;
        Arrays.fill(startState, FROM_START);
        Arrays.fill(firstAction, DRAWN);
    }

    /** Adds a lane that plays {@code follower} from the start and returns its number. */
    int add(long number, int follower) {
        trajectory[lanes] = number;
        policy[lanes] = follower;
        firstPolicy[lanes] = follower;
        return lanes++;
    }
}
