package io.stackel.algorithm;

/**
 * One method inside the frame of {@link FittedModels} and {@link ModelDifference}: two models follow the upper variable,
 *
 * <pre>
 *   w_0 -> argmin g + k_0 f,   w_1 -> argmin g + sigma f,      k_0 = -sigma if two-sided, else 0
 *   gradient = mean of grad_x f  +  ( grad_x g(x, w_1) - grad_x g(x, w_0) ) / c
 *   two-sided: c = 2 sigma, mean over both;      one-sided: c = sigma, grad_x f(x, w_1)
 * </pre>
 */
interface DataMethod {

    /** sigma of an iteration, above 0: 1 / penaltyWeight. */
    double sigma(long iteration);

    /** Which form. */
    default boolean twoSided() {
        return false;
    }

    /** Whether both models see the same rows, so that their difference is not noisier than each. */
    default boolean shared() {
        return true;
    }

    /** Whether w_1 moves in the outer batch, at once with x, in place of the inner batches. */
    default boolean joint() {
        return false;
    }

    /** The factor of the models' step size in an iteration. */
    default double lowerDecay(long iteration) {
        return 1;
    }

    /** The factor of the upper step size in an iteration. */
    default double upperDecay(long iteration) {
        return 1;
    }

    /** Whether gradients are running estimates. */
    default boolean momentum() {
        return false;
    }

    /**
     * eta of a running estimate v &lt;- grad(now) + (1 - eta) ( v - grad(before) ), both gradients on the same rows: 1 is
     * the plain gradient.
     */
    default double renewal(long iteration) {
        return 1;
    }

    /** The weight of f in the objective of a model. */
    default double upperWeight(int model, long iteration) {
        if (model == 1) {
            return sigma(iteration);
        }
        return twoSided() ? -sigma(iteration) : 0;
    }

    /** What the difference of grad_x g is multiplied with. */
    default double differenceScale(long iteration) {
        return 1 / (twoSided() ? 2 * sigma(iteration) : sigma(iteration));
    }
}
