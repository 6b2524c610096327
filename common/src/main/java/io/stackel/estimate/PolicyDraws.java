package io.stackel.estimate;

import io.stackel.random.AliasTable;
import java.util.Arrays;

/**
 * The sampling tables of all policies of a request, one below the other, the uniform policy last.
 *
 * @param table rows [policy][state]
 * @param states S
 * @param followers the number of policies besides the uniform one
 */
record PolicyDraws(AliasTable table, int states, int followers) {

    /** Stacks the tables of the followers, S x B each. */
    static PolicyDraws of(FollowerTable[] followers, int states, int actions) {
        int size = states * actions;
        double[] probabilities = new double[(followers.length + 1) * size];
        for (int i = 0; i < followers.length; i++) {
            System.arraycopy(followers[i].probabilities, 0, probabilities, i * size, size);
        }
        Arrays.fill(probabilities, followers.length * size, probabilities.length, 1.0 / actions);
        AliasTable table = AliasTable.of(probabilities, (followers.length + 1) * states, actions);
        return new PolicyDraws(table, states, followers.length);
    }

    /** The row of a policy's state 0; {@link LanePlan#UNIFORM} is a policy too. */
    int row(int policy) {
        return (policy == LanePlan.UNIFORM ? followers : policy) * states;
    }
}
