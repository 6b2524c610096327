package io.stackel.estimate;

import io.stackel.problem.TrajectoryProblem;

/** What estimators share: numbers of the problem and the request, and arrays over the steps of a trajectory. */
abstract class Estimator {
    final double discount;
    final double traceDecay;
    final double entropyWeight;

    /** Powers of the discount up to the horizon, by repeated multiplication. */
    final double[] powers;

    final TrajectoryProblem.Dependence dependence;

    Estimator(Rollouts.Setting setting) {
        discount = setting.discount();
        traceDecay = setting.traceDecay();
        entropyWeight = setting.entropyWeight();
        dependence = setting.dependence();
        powers = new double[setting.horizon() + 1];
        powers[0] = 1;
        for (int t = 1; t < powers.length; t++) {
            powers[t] = powers[t - 1] * discount;
        }
    }

    /** The longest trajectory. */
    int horizon() {
        return powers.length - 1;
    }

    /** A new array with a place for each step and one for the state after the last. */
    final double[] perStep() {
        return new double[powers.length];
    }

    /** r_t + discount V(s_(t+1)) - V(s_t). */
    final double residual(double[] rewards, double[] values, int t) {
        return rewards[t] + discount * values[t + 1] - values[t];
    }

    /** Replaces each entry by the sum of what follows, itself included, which fades by {@code traceDecay} a step. */
    final void sumTails(double[] steps, int length) {
        double tail = 0;
        for (int t = length - 1; t >= 0; t--) {
            tail = traceDecay * tail + steps[t];
            steps[t] = tail;
        }
    }
}
