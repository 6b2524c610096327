package io.stackel.optim;

/**
 * The weights and rates of {@link CovarianceAdaptation}, as published for n coordinates and lambda candidates.
 *
 * @param weights w by rank, length lambda; those above 0 sum to 1
 * @param effective mueff, 1 / the sum of the squares of weights above 0
 * @param stepRate c_s
 * @param damping d_s
 * @param pathRate c_c
 * @param rankOneRate c_1
 * @param rankManyRate c_mu
 */
record EvolutionRates(
        double[] weights,
        double effective,
        double stepRate,
        double damping,
        double pathRate,
        double rankOneRate,
        double rankManyRate) {

    /** Table 1 of the tutorial; of a diagonal covariance without weights below 0 and with rates (n + 2) / 3 times as large. */
    static EvolutionRates of(int n, int population, CovarianceModel model) {
        boolean full = model == CovarianceModel.FULL;
        int best = population / 2;
        double[] weights = new double[population];
        for (int i = 0; i < population; i++) {
            weights[i] = StrictMath.log((population + 1) / 2.0) - StrictMath.log(i + 1);
        }
        double effective = effective(weights, 0, best);
        double opposed = effective(weights, best, population);
        double faster = full ? 1 : (n + 2) / 3.0;
        double one = Math.min(1, faster * 2 / (square(n + 1.3) + effective));
        double many =
                Math.min(1 - one, faster * 2 * (0.25 + effective + 1 / effective - 2) / (square(n + 2) + effective));
        double negative =
                Math.min(1 + one / many, Math.min(1 + 2 * opposed / (effective + 2), (1 - one - many) / (n * many)));
        scale(weights, 0, best, 1);
        scale(weights, best, population, full ? negative : 0);
        double stepRate = (effective + 2) / (n + effective + 5);
        return new EvolutionRates(
                weights,
                effective,
                stepRate,
                1 + 2 * Math.max(0, Math.sqrt((effective - 1) / (n + 1)) - 1) + stepRate,
                (4 + effective / n) / (n + 4 + 2 * effective / n),
                one,
                many);
    }

    private static double effective(double[] weights, int from, int to) {
        double sum = 0;
        double squares = 0;
        for (int i = from; i < to; i++) {
            sum += weights[i];
            squares += weights[i] * weights[i];
        }
        return sum * sum / squares;
    }

    /** Makes the sum of absolute values what is asked for. */
    private static void scale(double[] weights, int from, int to, double sum) {
        double before = 0;
        for (int i = from; i < to; i++) {
            before += Math.abs(weights[i]);
        }
        for (int i = from; i < to; i++) {
            weights[i] *= sum / before;
        }
    }

    private static double square(double x) {
        return x * x;
    }
}
