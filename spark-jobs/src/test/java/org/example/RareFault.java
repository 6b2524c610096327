package org.example;

import io.stackel.problem.Parameter;
import io.stackel.problem.Problem;
import io.stackel.problem.ProblemFactory;
import io.stackel.problem.Range;
import io.stackel.problem.Settings;
import io.stackel.problem.Simulator;
import io.stackel.problem.Step;
import io.stackel.problem.TrajectoryProblem;
import io.stackel.random.RandomStream;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.apache.spark.ml.linalg.DenseVector;

/**
 * A user's problem with a mistake: a walk on a line that rarely, by its own draws, throws ({@code mode} 1) or never ends
 * ({@code mode} 2).
 */
public final class RareFault implements TrajectoryProblem {

    private static final int CELLS = 5;
    private static final double RARE = 2e-4;

    private final long mode;

    private RareFault(long mode) {
        this.mode = mode;
    }

    /** Found by its service entry. */
    public static final class Factory implements ProblemFactory {

        @Override
        public String name() {
            return "rare-fault";
        }

        @Override
        public String summary() {
            return "a walk that fails now and then";
        }

        @Override
        public List<Parameter> parameters() {
            return List.of(Parameter.whole("mode", 1, Range.closed(0, 2), "0 sound, 1 throws, 2 never ends"));
        }

        @Override
        public Problem create(Settings settings) {
            return new RareFault(settings.whole("mode"));
        }
    }

    @Override
    public int upperSize() {
        return 2;
    }

    @Override
    public int actions() {
        return 2;
    }

    @Override
    public int observationSize() {
        return 1;
    }

    @Override
    public int states() {
        return CELLS;
    }

    @Override
    public double discount() {
        return 0.9;
    }

    @Override
    public double entropyWeight() {
        return 0.1;
    }

    @Override
    public Simulator simulator(DenseVector upper, int context) {
        return new Walk(upper.values());
    }

    /** One walker. */
    private final class Walk implements Simulator {

        private final double[] pay;
        private int cell;

        Walk(double[] pay) {
            this.pay = pay;
        }

        @Override
        public void start(RandomStream random) {
            cell = CELLS / 2;
        }

        @Override
        public void observe(double[] into) {
            into[0] = cell;
        }

        @Override
        public void step(int action, RandomStream random, Step into) {
            cell = Math.floorMod(cell + (action == 0 ? -1 : 1), CELLS);
            if (random.nextDouble() < RARE) {
                strike();
            }
            boolean paid = cell == 0 || cell == CELLS - 1;
            into.rewards(paid ? pay[cell / (CELLS - 1)] : 0, cell);
            if (paid) {
                into.lowerRewardGradient().add(cell / (CELLS - 1), 1);
            }
        }

        private void strike() {
            if (mode == 1) {
                throw new IllegalStateException("the walker has fallen");
            }
            while (mode == 2 && !Thread.currentThread().isInterrupted()) {
                LockSupport.park();
            }
        }
    }
}
