package io.stackel.optim;

import static io.stackel.math.Requirements.require;

import io.stackel.math.Tensor;
import io.stackel.math.VectorMath;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * CMA-ES, (mu/mu_w, lambda): asks for the values of lambda candidates and moves their normal distribution, by their ranks alone.
 *
 * <pre>
 *   x_k = m + s y_k,  y_k = C^1/2 z_k,  z_k ~ N(0, I)                                   k = 1, ..., lambda, best first below
 *   zw  = sum_{k &lt;= mu} w_k z_k,  yw = C^1/2 zw                                         mu = lambda / 2
 *   m   &lt;- m + s yw
 *   p_s &lt;- (1 - c_s) p_s + sqrt( c_s (2 - c_s) mueff ) zw
 *   p_c &lt;- (1 - c_c) p_c + h sqrt( c_c (2 - c_c) mueff ) yw
 *   C   &lt;- (1 + c_1 (1 - h) c_c (2 - c_c) - c_1 - c_mu sum_k w_k) C + c_1 p_c p_c' + c_mu sum_k w_k v_k y_k y_k'
 *   s   &lt;- s exp( (c_s / d_s) (|p_s| / E|z| - 1) )
 * </pre>
 *
 * <p>h is 0 while p_s is unusually long, else 1; v_k is 1 for weights above 0, n / |z_k|^2 for those below.
 *
 * <p>A step is a function of a state ({@code mean}, {@code covariance}, its {@code root}, {@code stepPath}, {@code covariancePath},
 * {@code stepSize}, {@code generation}) and of the normals, which the caller draws.
 *
 * <p>Sources: a full covariance with its weights and rates is that of Hansen, "The CMA evolution strategy: a tutorial", <a
 * href="https://arxiv.org/abs/1604.00772">arXiv 1604.00772</a>, figure 6 and table 1; C^-1/2 is applied by its symmetric root, where
 * it is z. A diagonal one is the modification of Ros and Hansen, "A simple modification in CMA-ES achieving linear time and space
 * complexity", PPSN 2008: rates of C that are (n + 2) / 3 times as large; weights below 0 are left out. There is neither a restart
 * nor a rule to stop.
 */
public final class CovarianceAdaptation {

    private static final String MEAN = "mean";
    private static final String COVARIANCE = "covariance";
    private static final String ROOT = "root";
    private static final String STEP_PATH = "stepPath";
    private static final String COVARIANCE_PATH = "covariancePath";
    private static final String STEP_SIZE = "stepSize";
    private static final String GENERATION = "generation";

    private final int size;
    private final int population;
    private final CovarianceModel model;
    private final EvolutionRates rates;
    private final double expectedNorm;

    /**
     * Takes the sizes.
     *
     * @param size n, at least 1
     * @param population lambda, at least 4
     */
    public CovarianceAdaptation(int size, int population, CovarianceModel model) {
        require(population >= 4, "population must be at least 4, but was " + population);
        this.size = size;
        this.population = population;
        this.model = model;
        rates = EvolutionRates.of(size, population, model);
        expectedNorm = expectedNorm(size);
    }

    /** E|z| by E|z_1| = sqrt(2 / pi) and E|z_n| E|z_n+1| = n, with indices for the lengths of z. */
    private static double expectedNorm(int size) {
        double norm = Math.sqrt(2 / Math.PI);
        for (int n = 1; n < size; n++) {
            norm = n / norm;
        }
        return norm;
    }

    /** The published population for n coordinates: 4 + floor(3 ln n). */
    public static int defaultPopulation(int size) {
        return 4 + (int) Math.floor(3 * StrictMath.log(size));
    }

    /** The number of candidates of a generation. */
    public int population() {
        return population;
    }

    /**
     * The state before the first generation.
     *
     * @param stepSize the standard deviation of every coordinate, above 0
     */
    public SortedMap<String, Tensor> init(double[] mean, double stepSize) {
        SortedMap<String, Tensor> state = new TreeMap<>();
        state.put(MEAN, Tensor.of(mean));
        state.put(COVARIANCE, model.identity(size));
        state.put(ROOT, model.identity(size));
        state.put(STEP_PATH, Tensor.of(new double[size]));
        state.put(COVARIANCE_PATH, Tensor.of(new double[size]));
        state.put(STEP_SIZE, Tensor.of(stepSize));
        state.put(GENERATION, Tensor.of(0L));
        return Collections.unmodifiableSortedMap(state);
    }

    /** The mean m, length n; not to be written to. */
    public double[] mean(SortedMap<String, Tensor> state) {
        return OptimizerState.real(state, MEAN, size);
    }

    /** The step size s. */
    public double stepSize(SortedMap<String, Tensor> state) {
        return OptimizerState.real(state, STEP_SIZE, 1)[0];
    }

    /** The variance s^2 trace(C) / n of a coordinate, on average. */
    public double meanVariance(SortedMap<String, Tensor> state) {
        double[] covariance = covariance(state);
        int apart = model == CovarianceModel.FULL ? size + 1 : 1;
        double trace = 0;
        for (int i = 0; i < size; i++) {
            trace += covariance[i * apart];
        }
        return stepSize(state) * stepSize(state) * trace / size;
    }

    private double[] covariance(SortedMap<String, Tensor> state) {
        return ((Tensor.Real) state.get(COVARIANCE)).values();
    }

    private double[] root(SortedMap<String, Tensor> state) {
        return ((Tensor.Real) state.get(ROOT)).values();
    }

    /**
     * The candidates of the next generation.
     *
     * @param normals z, one of length n a candidate
     */
    public double[][] candidates(SortedMap<String, Tensor> state, double[][] normals) {
        double[][] candidates = new double[normals.length][];
        for (int k = 0; k < candidates.length; k++) {
            candidates[k] = mean(state).clone();
            VectorMath.addScaled(stepSize(state), model.times(root(state), normals[k]), candidates[k]);
        }
        return candidates;
    }

    /**
     * The state after a generation.
     *
     * @param normals those of its candidates
     * @param values what is minimised, one a candidate; of equal ones the earlier candidate counts as the better
     */
    public SortedMap<String, Tensor> step(SortedMap<String, Tensor> state, double[][] normals, double[] values) {
        require(
                normals.length == population && values.length == population,
                "there must be " + population + " candidates, but there were " + normals.length + " normals and "
                        + values.length + " values");
        int[] order = IntStream.range(0, population)
                .boxed()
                .sorted(Comparator.comparingDouble(k -> values[k]))
                .mapToInt(k -> k)
                .toArray();
        long generation = OptimizerState.whole(state, GENERATION) + 1;
        double[] root = root(state);
        double[] meanNormal = new double[size];
        for (int rank = 0; rank < population / 2; rank++) {
            VectorMath.addScaled(rates.weights()[rank], normals[order[rank]], meanNormal);
        }
        double[] meanStep = model.times(root, meanNormal);
        double[] mean = mean(state).clone();
        VectorMath.addScaled(stepSize(state), meanStep, mean);

        double stepRate = rates.stepRate();
        double[] stepPath = path(OptimizerState.real(state, STEP_PATH, size), stepRate, meanNormal, 1);
        double norm = VectorMath.norm(stepPath);
        double settled = Math.sqrt(1 - StrictMath.pow(1 - stepRate, 2.0 * generation));
        int usual = norm / settled < (1.4 + 2.0 / (size + 1)) * expectedNorm ? 1 : 0;
        double[] covariancePath =
                path(OptimizerState.real(state, COVARIANCE_PATH, size), rates.pathRate(), meanStep, usual);
        double[] covariance = covariance(state, root, normals, order, covariancePath, usual);

        SortedMap<String, Tensor> next = new TreeMap<>();
        next.put(MEAN, Tensor.of(mean));
        next.put(COVARIANCE, model.tensor(covariance, size));
        next.put(ROOT, model.tensor(model.root(covariance, size), size));
        next.put(STEP_PATH, Tensor.of(stepPath));
        next.put(COVARIANCE_PATH, Tensor.of(covariancePath));
        double change = StrictMath.exp(stepRate / rates.damping() * (norm / expectedNorm - 1));
        next.put(STEP_SIZE, Tensor.of(stepSize(state) * change));
        next.put(GENERATION, Tensor.of(generation));
        return Collections.unmodifiableSortedMap(next);
    }

    private double[] path(double[] before, double rate, double[] step, double weight) {
        double[] path = VectorMath.scaled(1 - rate, before);
        VectorMath.addScaled(weight * Math.sqrt(rate * (2 - rate) * rates.effective()), step, path);
        return path;
    }

    private double[] covariance(
            SortedMap<String, Tensor> state,
            double[] root,
            double[][] normals,
            int[] order,
            double[] covariancePath,
            int usual) {
        double one = rates.rankOneRate();
        double many = rates.rankManyRate();
        double lost = one * (1 - usual) * rates.pathRate() * (2 - rates.pathRate());
        double total = Arrays.stream(rates.weights()).reduce(0, Double::sum);
        double[] covariance = VectorMath.scaled(1 + lost - one - many * total, covariance(state));
        model.addOuter(one, covariancePath, covariance);
        for (int rank = 0; rank < population; rank++) {
            double weight = rates.weights()[rank];
            double[] normal = normals[order[rank]];
            double scale = weight < 0 ? size / VectorMath.normSquared(normal) : 1;
            model.addOuter(many * weight * scale, model.times(root, normal), covariance);
        }
        return covariance;
    }
}
