package io.stackel.estimate;

import io.stackel.random.AliasTable;
import java.util.Arrays;

/**
 * The sampling tables of all policies of a request, one below the other, the uniform policy last.
 *
 * <p>Logits are values over the entropy weight. Where they are as large as 1e7, as at a discount of .999999999, their
 * rounding leaves a row whose sum misses 1 by more than {@link AliasTable} takes for rounding; such a row is divided by it.
 *
 * @param table rows [policy][state]
 * @param states S
 * @param followers the number of policies besides the uniform one
 */
record PolicyDraws(AliasTable table, int states, int followers) {

    private static final double ROUNDING = 1e-9;

    /** Stacks the tables of the followers, S x B each. */
    static PolicyDraws of(FollowerTable[] followers, int states, int actions) {
        int size = states * actions;
        double[] probabilities = new double[(followers.length + 1) * size];
        for (int i = 0; i < followers.length; i++) {
            System.arraycopy(followers[i].probabilities, 0, probabilities, i * size, size);
        }
        Arrays.fill(probabilities, followers.length * size, probabilities.length, 1.0 / actions);
        for (int row = 0; row < probabilities.length; row += actions) {
            normaliseInPlace(probabilities, row, actions);
        }
        AliasTable table = AliasTable.of(probabilities, (followers.length + 1) * states, actions);
        return new PolicyDraws(table, states, followers.length);
    }

    private static void normaliseInPlace(double[] probabilities, int row, int actions) {
        double total = 0;
        for (int i = row; i < row + actions; i++) {
            total += probabilities[i];
        }
        for (int i = row; i < row + actions && Math.abs(total - 1) > ROUNDING; i++) {
            probabilities[i] /= total;
        }
    }

    /** The row of a policy's state 0; {@link LanePlan#UNIFORM} is a policy too. */
    int row(int policy) {
        return (policy == LanePlan.UNIFORM ? followers : policy) * states;
    }
}
