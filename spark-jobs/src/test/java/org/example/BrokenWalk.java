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
import org.apache.spark.ml.linalg.DenseVector;

/**
 * A user's problem with a mistake: on a line of five cells the leader pays x at each end, and the walk divides by zero
 * where it meets the cell {@code trap}.
 */
public final class BrokenWalk implements TrajectoryProblem {

    private static final int CELLS = 5;

    private final long trap;

    private BrokenWalk(long trap) {
        this.trap = trap;
    }

    /** Found by its service entry. */
    public static final class Factory implements ProblemFactory {

        @Override
        public String name() {
            return "broken-walk";
        }

        @Override
        public String summary() {
            return "a walk that fails at a cell";
        }

        @Override
        public List<Parameter> parameters() {
            return List.of(Parameter.whole("trap", 1, Range.closed(0, 2 * CELLS), "cell of the mistake"));
        }

        @Override
        public Problem create(Settings settings) {
            return new BrokenWalk(settings.whole("trap"));
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
            int reward = 1 / (int) (cell - trap);
            boolean paid = cell == 0 || cell == CELLS - 1;
            into.rewards(paid ? pay[cell / (CELLS - 1)] : 0, cell + 0.0 * reward);
            if (paid) {
                into.lowerRewardGradient().add(cell / (CELLS - 1), 1);
            }
        }
    }
}
