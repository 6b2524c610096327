package io.stackel.algorithm;

import io.stackel.estimate.BatchResult;
import io.stackel.estimate.Estimand;
import io.stackel.estimate.Returns;
import io.stackel.math.Statistics;
import io.stackel.math.Tensor;
import io.stackel.math.VectorMath;
import io.stackel.optim.CovarianceAdaptation;
import io.stackel.optim.CovarianceModel;
import io.stackel.problem.Settings;
import io.stackel.random.Purpose;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * The baseline that practitioners use where there is no gradient: CMA-ES over x. An outer iteration is a generation, whose
 * candidates have a follower each, as the two points of {@link ZeroOrder} have, and trajectories with common random numbers.
 *
 * <p>A candidate plays at its projection. Of those outside the admissible set, f is larger by
 *
 * <pre>
 *   (f_75% - f_25%) |x - projection(x)|^2 / v          v the variance of a coordinate on average
 * </pre>
 *
 * <p>with the quartiles of the generation, so that the penalty is of the size of its differences whatever the scales (section B.5
 * of the tutorial leaves the weight open). x is the projection of the mean: of noisy values the best candidate is the luckiest.
 *
 * <p>Candidates are ranked by sampled values as they are: nothing measures their noise, which {@code upper.units} reduces.
 */
final class CmaEs implements Method {

    /** Above it the covariance of every two coordinates takes too long to learn and to decompose. */
    static final int MOST_COORDINATES = 200;

    private static final String PREFIX = "cmaEs.";

    private final CovarianceAdaptation strategy;
    private final double deviation;
    private final long units;
    private final List<Target> targets;

    private CmaEs(CovarianceAdaptation strategy, double deviation, long units) {
        this.strategy = strategy;
        this.deviation = deviation;
        this.units = units;
        targets = IntStream.range(0, strategy.population())
                .mapToObj(Target::ofCandidate)
                .toList();
    }

    /** One follower of each candidate. */
    static Algorithm onReturns(Setup setup, Settings settings) {
        Method method = of(setup, settings);
        return TwoLevel.of(setup, method, LowerLevels.withResponse(setup, method.targets()));
    }

    static CmaEs of(Setup setup, Settings settings) {
        int size = setup.problem().upperSize();
        int population = settings.has("population")
                ? settings.count("population")
                : CovarianceAdaptation.defaultPopulation(size);
        CovarianceModel model =
                CovarianceModel.valueOf(settings.text("covariance").toUpperCase(Locale.ROOT));
        return new CmaEs(
                new CovarianceAdaptation(size, population, model),
                settings.real("initialDeviation"),
                setup.upper().units());
    }

    @Override
    public List<Target> targets() {
        return targets;
    }

    @Override
    public List<Estimand> estimands(State state) {
        return IntStream.range(0, targets.size())
                .<Estimand>mapToObj(k -> new Returns(Purpose.TRAINING, OUTER_STREAM, units, k, k))
                .toList();
    }

    /** There is none. */
    @Override
    public Gradient gradient(Frame frame, State state, BatchResult result) {
        SortedMap<String, Double> measurements = new TreeMap<>();
        measurements.put("stepSize", strategy.stepSize(own(state)));
        return new Gradient(new double[0], 0, measurements);
    }

    @Override
    public boolean stepsUpper() {
        return false;
    }

    @Override
    public Map<String, Tensor> ownInit(Frame frame) {
        return tensors(frame, strategy.init(frame.start(), deviation), 0);
    }

    @Override
    public Map<String, Tensor> ownStep(Frame frame, State state, BatchResult result) {
        double[][] normals = normals(frame, state.iteration());
        SortedMap<String, Tensor> next = strategy.step(own(state), normals, values(frame, state, result, normals));
        SortedMap<String, Tensor> tensors = tensors(frame, next, state.iteration() + 1);
        double[] upper = strategy.mean(next).clone();
        frame.given().upper().projection().projectInPlace(upper);
        tensors.put("upper", Tensor.of(upper));
        return tensors;
    }

    /** What is ranked: f of each candidate with its penalty. */
    private double[] values(Frame frame, State state, BatchResult result, double[][] normals) {
        double[] values = new double[targets.size()];
        for (int k = 0; k < values.length; k++) {
            values[k] = frame.objective(targets.get(k), state, result.estimate(k));
        }
        double spread = Statistics.quantile(values, 0.75) - Statistics.quantile(values, 0.25);
        // Where all values are equal, any weight gives the same ranks.
        double weight = (spread > 0 ? spread : 1) / strategy.meanVariance(own(state));
        double[][] candidates = strategy.candidates(own(state), normals);
        for (int k = 0; k < values.length; k++) {
            double[] played = frame.upperOf(targets.get(k), state, state.real("upper"), state.iteration());
            values[k] += weight * VectorMath.normSquared(VectorMath.minus(candidates[k], played));
        }
        return values;
    }

    /** The strategy's state with the candidates of an iteration where they play. */
    private SortedMap<String, Tensor> tensors(Frame frame, SortedMap<String, Tensor> own, long iteration) {
        SortedMap<String, Tensor> tensors = Iterate.prefixed(PREFIX, own);
        double[][] candidates = strategy.candidates(own, normals(frame, iteration));
        int size = strategy.mean(own).length;
        double[] all = new double[candidates.length * size];
        for (int k = 0; k < candidates.length; k++) {
            frame.given().upper().projection().projectInPlace(candidates[k]);
            System.arraycopy(candidates[k], 0, all, k * size, size);
        }
        tensors.put(Target.CANDIDATES, new Tensor.Real(all, candidates.length, size));
        return tensors;
    }

    private double[][] normals(Frame frame, long iteration) {
        double[][] normals = new double[targets.size()][];
        Arrays.setAll(normals, k -> frame.direction(k, iteration));
        return normals;
    }

    private static SortedMap<String, Tensor> own(State state) {
        return Iterate.stripped(PREFIX, state.tensors());
    }
}
