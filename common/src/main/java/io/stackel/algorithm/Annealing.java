package io.stackel.algorithm;

import java.util.function.LongFunction;

/**
 * An algorithm whose follower has a larger entropy weight at first, which falls geometrically: a follower who tries more leads x
 * out of local optima that a decided one has.
 *
 * <pre>
 *   tau_k = start                            for k &lt; hold
 *   tau_k = start (end / start)^(j / 32)     then, j = 1, ..., 31 over the iterations of the fall
 *   tau_k = end                              from iteration hold + fall on
 * </pre>
 */
public final class Annealing extends SwitchingAlgorithm {

    private final Rule rule;

    /**
     * How the weight falls.
     *
     * @param start first weight
     * @param end last weight, that of the problem
     * @param hold outer iterations with the first weight
     * @param fall outer iterations in which it falls, at least 1
     */
    public record Rule(double start, double end, long hold, long fall) {

        private static final long STEPS = 32;

        /** The number of the weight in an iteration: 0 for the first, 32 for the last. */
        long step(long iteration) {
            if (iteration < hold) {
                return 0;
            }
            return iteration - hold >= fall ? STEPS : 1 + (iteration - hold) * (STEPS - 1) / fall;
        }

        /** The weight of a number. */
        public double weight(long step) {
            return step == STEPS ? end : start * StrictMath.pow(end / start, (double) step / STEPS);
        }
    }

    /**
     * Wraps an algorithm.
     *
     * @param stepped the algorithm with the weight of a number
     */
    public Annealing(LongFunction<Algorithm> stepped, Rule rule) {
        super(stepped, 0);
        this.rule = rule;
    }

    @Override
    long number(State state) {
        return rule.step(state.iteration());
    }
}
