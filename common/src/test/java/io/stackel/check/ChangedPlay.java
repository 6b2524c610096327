package io.stackel.check;

import io.stackel.problem.FiniteProblem;
import io.stackel.problem.Simulator;
import io.stackel.problem.Step;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.apache.spark.ml.linalg.DenseVector;

/** A finite problem that is played by a simulator other than that of its tables. */
final class ChangedPlay extends DelegatingProblem {

    private final UnaryOperator<Simulator> simulator;

    ChangedPlay(FiniteProblem sound, UnaryOperator<Simulator> simulator) {
        super(sound);
        this.simulator = simulator;
    }

    /** The problem whose every step is changed after it was played. */
    static FiniteProblem ofSteps(FiniteProblem sound, Consumer<Step> change) {
        return new ChangedPlay(sound, played -> new ChangedSimulator(played) {
            @Override
            void change(Step step) {
                change.accept(step);
            }
        });
    }

    @Override
    public Simulator simulator(DenseVector upper, int context) {
        return simulator.apply(super.simulator(upper, context));
    }
}
