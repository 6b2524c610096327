package io.stackel.algorithm;

import io.stackel.estimate.BatchRequest;
import io.stackel.estimate.BatchResult;
import io.stackel.estimate.Estimand;
import io.stackel.estimate.Follower;
import io.stackel.math.Tensor;
import io.stackel.math.VectorMath;
import io.stackel.optim.Optimizer;
import io.stackel.problem.DataProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.ml.linalg.DenseVector;

/**
 * The frame that the methods for data problems share: K inner minibatches that move the models w_0 and w_1, each from
 * where it stands, then one outer minibatch that moves the upper variable. See {@link DataMethod}.
 *
 * <p>Parts of the objectives that hold no data enter in full, on the driver. Tensors: {@code upper}, {@code lower.i/0},
 * {@code optimizer.i.*}, and with momentum {@code estimate.*}, {@code before.*}.
 */
final class DataTwoLevel implements Algorithm {

    private static final int MODELS = 2;
    private static final double[] UNWANTED = {};

    private final DataSetup setup;
    private final DataMethod method;
    private final Optimizer optimizer;
    private final LossBatches batches;

    DataTwoLevel(DataSetup setup, DataMethod method, Optimizer optimizer) {
        this.setup = setup;
        this.method = method;
        this.optimizer = optimizer;
        batches = new LossBatches(setup, method);
    }

    static String model(int number) {
        return LowerSolver.name("lower", number, 0);
    }

    @Override
    public State init() {
        double[] x = setup.start();
        SortedMap<String, Tensor> tensors = setup.upper().init(x.length);
        tensors.put("upper", Tensor.of(x));
        double[] w = setup.lowerStart();
        for (int i = 0; i < MODELS; i++) {
            tensors.put(model(i), Tensor.of(w.clone()));
            tensors.putAll(Setup.prefixed(optimizerPrefix(i), optimizer.init(w.length)));
        }
        tensors.putAll(batches.init(x, w));
        return new State(0, 0, 0, 0, 0, tensors);
    }

    private static String optimizerPrefix(int model) {
        return "optimizer." + model + ".";
    }

    private boolean isInner(State state) {
        return state.phase() < setup.lower().innerSteps();
    }

    @Override
    public BatchRequest request(State state) {
        boolean inner = isInner(state);
        List<Estimand> estimands = new ArrayList<>();
        batches.parts(state, inner).forEach(part -> estimands.add(part.estimand()));
        return new BatchRequest(
                setup.seed(),
                state.iteration(),
                state.phase(),
                0,
                1,
                1,
                BatchRequest.ALL_RESIDUALS,
                setup.diagonalMoments(),
                estimands.isEmpty() ? List.of() : batches.uppers(state, inner),
                estimands.isEmpty()
                        ? List.of()
                        : batches.lowers(state, inner).stream()
                                .map(Follower::plain)
                                .toList(),
                estimands);
    }

    @Override
    public Progress step(State state, BatchResult result) {
        boolean inner = isInner(state);
        LossBatches.Estimates estimates = batches.read(state, inner, result);
        SortedMap<String, Tensor> tensors = new TreeMap<>(estimates.tensors());
        if (inner) {
            for (int i = 0; i < (method.joint() ? 1 : MODELS); i++) {
                tensors.putAll(modelStep(state, estimates, i));
            }
            return new Progress(state.afterInner(result.steps(), tensors), new TreeMap<>());
        }
        double scale = method.differenceScale(state.iteration());
        double[] gradient = gradient(state, estimates, scale);
        tensors.putAll(
                setup.upper().scaled(method.upperDecay(state.iteration())).step(state, gradient));
        if (method.joint()) {
            tensors.putAll(modelStep(state, estimates, 1));
        }
        SortedMap<String, Double> measurements = new TreeMap<>();
        measurements.put("gradientNorm", VectorMath.norm(gradient));
        measurements.put("gradientStandardError", estimates.standardError(scale));
        return new Progress(state.afterOuter(result.steps(), tensors), measurements);
    }

    private SortedMap<String, Tensor> modelStep(State state, LossBatches.Estimates estimates, int i) {
        double[] w = state.real(model(i));
        double[] direction = estimates.inLower(i, method.upperWeight(i, state.iteration()), w.length);
        setup.problem().addLowerTerm(new DenseVector(state.real("upper")), new DenseVector(w), UNWANTED, direction);
        Optimizer.Update update = optimizer.step(
                Setup.stripped(optimizerPrefix(i), state.tensors()),
                w,
                direction,
                setup.lower().stepSize() * method.lowerDecay(state.iteration()));
        SortedMap<String, Tensor> tensors = Setup.prefixed(optimizerPrefix(i), update.state());
        tensors.put(model(i), Tensor.of(update.x()));
        return tensors;
    }

    private double[] gradient(State state, LossBatches.Estimates estimates, double scale) {
        DataProblem problem = setup.problem();
        DenseVector x = new DenseVector(state.real("upper"));
        double[] gradient = estimates.inUpper(scale, x.size());
        for (int i = 0; i < MODELS; i++) {
            double[] term = new double[x.size()];
            problem.addLowerTerm(x, new DenseVector(state.real(model(i))), term, UNWANTED);
            VectorMath.addScaled(i == 0 ? -scale : scale, term, gradient);
        }
        problem.addUpperTermGradient(x, gradient);
        return gradient;
    }

    @Override
    public double[] upper(State state) {
        return state.real("upper");
    }

    /**
     * The model that minimises g at x, as far as it is known: w_0, or of the two-sided form the midpoint of both models, which
     * is off by a term of order sigma squared.
     */
    @Override
    public double[] follower(State state, int context) {
        double[] first = state.real(model(0));
        if (!method.twoSided()) {
            return first;
        }
        double[] middle = VectorMath.scaled(0.5, first);
        VectorMath.addScaled(0.5, state.real(model(1)), middle);
        return middle;
    }

    @Override
    public SortedMap<String, double[]> surrogates(State state, int context) {
        SortedMap<String, double[]> surrogates = new TreeMap<>();
        if (method.twoSided()) {
            surrogates.put(MINUS, state.real(model(0)));
        }
        surrogates.put(method.joint() ? PENALISED : PLUS, state.real(model(1)));
        return surrogates;
    }

    @Override
    public int context(State state) {
        return 0;
    }
}
