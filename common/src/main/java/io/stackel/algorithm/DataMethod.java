package io.stackel.algorithm;

import io.stackel.optim.Schedule;
import io.stackel.problem.Settings;
import java.util.Locale;

/**
 * One method inside the frame of {@link FittedModels}: two models follow the upper variable,
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

    /**
     * The first-order hypergradient with a fixed sigma.
     *
     * <p>Source: Kwon et al., "On penalty methods for nonconvex bilevel optimization and first-order stochastic
     * approximation", ICLR 2024 (one-sided, bias O(sigma)). The two-sided form (bias O(sigma^2)) is this project's; it needs
     * a strongly convex g and sigma below 1 / lambda_max(H_g^-1 H_f).
     */
    record FirstOrder(double sigma, boolean twoSided, boolean shared) implements DataMethod {

        static Algorithm of(DataSetup setup, Settings settings) {
            boolean shared = PenaltyMethods.isShared(settings);
            return FittedModels.algorithm(
                    setup, new FirstOrder(Difference.sigma(settings), Difference.isTwoSided(settings), shared));
        }

        @Override
        public double sigma(long iteration) {
            return sigma;
        }
    }

    /**
     * The lower-loss gap as a penalty: {@code f + penaltyWeight ( g(x, w_1) - g(x, w_0) )}, w_0 standing for the best
     * response, w_1 moving at once with x.
     *
     * <p>Source: V-PBGD of Shen and Chen, "On penalty-based bilevel gradient descent method", ICML 2023. Departure: the step
     * of w_1 is along {@code grad g + grad f / penaltyWeight} and has the step size of w_0.
     *
     * @param penaltyWeight the final lambda
     * @param rampIterations lambda grows linearly over so many iterations; 0 for none
     */
    record ValueGap(double penaltyWeight, boolean shared, long rampIterations) implements DataMethod {

        static Algorithm of(DataSetup setup, Settings settings) {
            boolean shared = PenaltyMethods.isShared(settings);
            return FittedModels.algorithm(
                    setup, new ValueGap(1 / Difference.sigma(settings), shared, settings.whole("rampIterations")));
        }

        @Override
        public double sigma(long iteration) {
            double share = iteration + 1 < rampIterations ? (iteration + 1) / (double) rampIterations : 1;
            return 1 / (penaltyWeight * share);
        }

        @Override
        public boolean joint() {
            return true;
        }
    }

    /**
     * Fully first-order stochastic approximation with decaying steps and a growing penalty weight, r = 1 + k / offset:
     *
     * <pre>
     *   upper step ~ r^-a,   step of the models ~ r^-c,   penaltyWeight ~ r^(a - c),   eta = r^(-2c) with momentum
     * </pre>
     *
     * <p>Source: Kwon, Kwon, Wright and Nowak, "A fully first-order method for stochastic bilevel optimization", ICML 2023:
     * F2SA, and F3SA with momentum. Departure: both models have one step size, where the source lets that of w_1 be half.
     *
     * @param penaltyWeight of iteration 0
     */
    record F2sa(double penaltyWeight, Exponents exponents, boolean momentum, double offset) implements DataMethod {

        static Algorithm of(DataSetup setup, Settings settings) {
            Schedule schedule = setup.upper().schedule();
            MisfitException.requireOf(
                    schedule == Schedule.CONSTANT,
                    "upper.schedule: " + schedule,
                    "contradicts algorithm.name: f2sa, which has a schedule of its own (algorithm.exponents); leave it out");
            String exponents =
                    settings.text("exponents").toUpperCase(Locale.ROOT).replace('-', '_');
            return FittedModels.algorithm(
                    setup,
                    new F2sa(
                            settings.real("penaltyWeight"),
                            Exponents.valueOf(exponents),
                            settings.flag("momentum"),
                            settings.real("offset")));
        }

        private double decay(long iteration, double exponent) {
            return StrictMath.pow(1 + iteration / offset, -exponent);
        }

        @Override
        public double sigma(long iteration) {
            double growth = exponents.upper(momentum) - exponents.lower(momentum);
            return decay(iteration, growth) / penaltyWeight;
        }

        @Override
        public double lowerDecay(long iteration) {
            return decay(iteration, exponents.lower(momentum));
        }

        @Override
        public double upperDecay(long iteration) {
            return decay(iteration, exponents.upper(momentum));
        }

        @Override
        public double renewal(long iteration) {
            return momentum ? decay(iteration, 2 * exponents.lower(momentum)) : 1;
        }
    }

    /**
     * The exponents a and c of Kwon et al. 2023 by the noise that the theorem assumes, without and with momentum: the
     * squared hypergradient norm then falls as 1/k^(1-a), which balances the bias k^-2(a-c).
     */
    enum Exponents {
        /** Constant steps and weight: none of the theorem's. */
        CONSTANT(0, 0, 0, 0),
        /** Noise in both levels: F2SA k^(-2/7), F3SA k^(-2/5). */
        NOISY(5.0 / 7, 4.0 / 7, 3.0 / 5, 2.0 / 5),
        /** Noise in the upper level alone: F2SA k^(-2/5), F3SA k^(-1/2). */
        NOISY_UPPER(3.0 / 5, 2.0 / 5, 1.0 / 2, 1.0 / 4),
        /** No noise: k^(-2/3). */
        DETERMINISTIC(1.0 / 3, 0, 1.0 / 3, 0);

        private final double upper;
        private final double lower;
        private final double upperWithMomentum;
        private final double lowerWithMomentum;

        Exponents(double upper, double lower, double upperWithMomentum, double lowerWithMomentum) {
            this.upper = upper;
            this.lower = lower;
            this.upperWithMomentum = upperWithMomentum;
            this.lowerWithMomentum = lowerWithMomentum;
        }

        double upper(boolean momentum) {
            return momentum ? upperWithMomentum : upper;
        }

        double lower(boolean momentum) {
            return momentum ? lowerWithMomentum : lower;
        }
    }
}
