package io.stackel.algorithm;

import io.stackel.estimate.BatchResult;
import io.stackel.math.VectorMath;
import io.stackel.random.Purpose;
import io.stackel.random.RandomStream;
import java.util.Arrays;
import org.apache.spark.ml.linalg.DenseVector;

/**
 * What is fixed by the address of an outer iteration: its context and its direction; and the sizes of a setup.
 *
 * @param purpose of the trajectories from which the lower level learns
 */
record Frame(ProblemSetup given, Purpose purpose) {

    /** Of training. */
    Frame(ProblemSetup given) {
        this(given, Purpose.TRAINING);
    }

    /** What is given for a problem of trajectories. */
    Setup setup() {
        return given.trajectories().orElseThrow();
    }

    /** The context of an iteration, drawn uniformly; of the status quo, one after the other. */
    int context(long iteration) {
        return purpose == Purpose.STATUS_QUO ? (int) (iteration % given.contexts()) : given.context(iteration);
    }

    /** The direction of an iteration: standard normal, length of the upper variable. */
    double[] direction(long iteration) {
        return direction(0, iteration);
    }

    /** One of many directions of an iteration, each independent of the others. */
    double[] direction(int number, long iteration) {
        RandomStream random = RandomStream.at(given.seed(), Purpose.DIRECTION, number, 0, iteration, 0);
        double[] direction = new double[given.problem().upperSize()];
        for (int i = 0; i < direction.length; i++) {
            direction[i] = random.nextGaussian();
        }
        return direction;
    }

    /**
     * The upper variable at which a target's follower plays in an iteration.
     *
     * @param state with the candidates of the iteration, if it is one of them
     */
    double[] upperOf(Target target, State state, double[] upper, long iteration) {
        if (target.candidate() >= 0) {
            int from = target.candidate() * upper.length;
            return Arrays.copyOfRange(state.real(Target.CANDIDATES), from, from + upper.length);
        }
        if (!target.isMoved()) {
            return upper;
        }
        double[] moved = upper.clone();
        VectorMath.addScaled(target.shift(), direction(iteration), moved);
        return moved;
    }

    /** f at a target's follower, as a batch of its returns estimates it. */
    double objective(Target target, State state, BatchResult.Estimate estimate) {
        double[] upper = upperOf(target, state, state.real("upper"), state.iteration());
        return given.problem().upperTerm(new DenseVector(upper)) - estimate.upperReturn();
    }

    /** The starting point, inside the admissible set. */
    double[] start() {
        return given.start();
    }

    /** Adds the gradient of the terms in x alone. */
    void addUpperTerm(double[] upper, double[] into) {
        given.problem().addUpperTermGradient(new DenseVector(upper), into);
    }

    /** Takes the gradient of the terms in x alone, which {@link TwoLevel} adds, off that of a whole objective. */
    void subtractUpperTerm(double[] upper, double[] from) {
        double[] term = new double[from.length];
        addUpperTerm(upper, term);
        VectorMath.addScaled(-1, term, from);
    }
}
