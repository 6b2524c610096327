package io.stackel.problem;

import io.stackel.random.RandomStream;
import org.apache.spark.ml.linalg.DenseVector;

/** A finite problem whose tables nobody may see: an environment with numbered states that can only be sampled. */
public record SampleOnly(FiniteProblem finite) implements TrajectoryProblem {

    @Override
    public int upperSize() {
        return finite.upperSize();
    }

    @Override
    public DenseVector upperStart(RandomStream random) {
        return finite.upperStart(random);
    }

    @Override
    public double upperTerm(DenseVector upper) {
        return finite.upperTerm(upper);
    }

    @Override
    public void addUpperTermGradient(DenseVector upper, double[] into) {
        finite.addUpperTermGradient(upper, into);
    }

    @Override
    public int actions() {
        return finite.actions();
    }

    @Override
    public int observationSize() {
        return finite.observationSize();
    }

    @Override
    public int states() {
        return finite.states();
    }

    @Override
    public double discount() {
        return finite.discount();
    }

    @Override
    public double entropyWeight() {
        return finite.entropyWeight();
    }

    @Override
    public int contexts() {
        return finite.contexts();
    }

    @Override
    public Simulator simulator(DenseVector upper, int context) {
        return finite.simulator(upper, context);
    }
}
