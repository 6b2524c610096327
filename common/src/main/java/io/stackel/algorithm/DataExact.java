package io.stackel.algorithm;

import io.stackel.estimate.BatchRequest;
import io.stackel.estimate.BatchResult;
import io.stackel.exact.ExactFit;
import io.stackel.exact.Objective;
import io.stackel.math.Tensor;
import io.stackel.math.VectorMath;
import io.stackel.problem.QuadraticLower;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.ml.linalg.DenseVector;

/** The ceiling for data problems with a quadratic lower level: the exact hypergradient, without samples. */
final class DataExact implements Algorithm {

    private final DataSetup setup;
    private final QuadraticLower problem;

    DataExact(DataSetup setup, QuadraticLower problem) {
        this.setup = setup;
        this.problem = problem;
    }

    @Override
    public State init() {
        double[] x = setup.start();
        SortedMap<String, Tensor> tensors = setup.upper().init(x.length);
        tensors.put("upper", Tensor.of(x));
        return new State(0, 0, 0, 0, 0, tensors);
    }

    @Override
    public BatchRequest request(State state) {
        return new BatchRequest(
                setup.seed(),
                state.iteration(),
                0,
                0,
                1,
                1,
                BatchRequest.ALL_RESIDUALS,
                setup.diagonalMoments(),
                List.of(),
                List.of(),
                List.of());
    }

    @Override
    public Progress step(State state, BatchResult result) {
        Objective objective = fit(state).hypergradient();
        SortedMap<String, Double> measurements = new TreeMap<>();
        measurements.put("gradientNorm", VectorMath.norm(objective.gradient()));
        measurements.put("gradientStandardError", 0.0);
        return new Progress(state.afterOuter(0, setup.upper().step(state, objective.gradient())), measurements);
    }

    private ExactFit fit(State state) {
        return new ExactFit(problem, new DenseVector(state.real("upper")));
    }

    @Override
    public double[] upper(State state) {
        return state.real("upper");
    }

    @Override
    public double[] follower(State state, int context) {
        return fit(state).solution();
    }

    @Override
    public int context(State state) {
        return 0;
    }
}
