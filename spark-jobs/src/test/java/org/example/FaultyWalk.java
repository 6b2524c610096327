package org.example;

import io.stackel.problem.Parameter;
import io.stackel.problem.Problem;
import io.stackel.problem.ProblemFactory;
import io.stackel.problem.Settings;
import io.stackel.problem.Simulator;
import io.stackel.problem.Step;
import io.stackel.problem.TrajectoryProblem;
import io.stackel.random.RandomStream;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.apache.spark.ml.linalg.DenseVector;

/**
 * A user's problem with a mistake: on a line of five cells the leader pays x at each end. The walk divides by zero at a
 * cell ({@code mistake: divides}), or rarely, by its own draws, throws or never ends; or it breaks a rule of what it
 * implements; {@code none} is sound.
 */
public final class FaultyWalk implements TrajectoryProblem {

    private static final int CELLS = 5;
    private static final int TRAP = 1;
    private static final double RARE = 2e-4;

    private final String mistake;

    private FaultyWalk(String mistake) {
        this.mistake = mistake;
    }

    /** Found by its service entry. */
    public static final class Factory implements ProblemFactory {

        @Override
        public String name() {
            return "faulty-walk";
        }

        @Override
        public String summary() {
            return "a walk that fails";
        }

        @Override
        public List<Parameter> parameters() {
            return List.of(Parameter.choice(
                    "mistake",
                    "divides",
                    List.of("none", "divides", "throws", "endless", "discount", "sizes", "actions", "index", "cell"),
                    "what the walk does wrong"));
        }

        @Override
        public Problem create(Settings settings) {
            return new FaultyWalk(settings.text("mistake"));
        }
    }

    @Override
    public int upperSize() {
        return mistake.equals("sizes") ? 0 : 2;
    }

    @Override
    public int actions() {
        return mistake.equals("actions") ? 1_000_000_000 : 2;
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
        return mistake.equals("discount") ? 2 : 0.9;
    }

    @Override
    public double entropyWeight() {
        return mistake.equals("sizes") ? -1 : 0.1;
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
            into[0] = mistake.equals("cell") ? cell + CELLS : cell;
        }

        @Override
        public void step(int action, RandomStream random, Step into) {
            cell = Math.floorMod(cell + (action == 0 ? -1 : 1), CELLS);
            if (mistake.equals("divides")) {
                divide();
            } else if (random.nextDouble() < RARE) {
                strike();
            }
            boolean paid = cell == 0 || cell == CELLS - 1;
            into.rewards(paid ? pay[cell / (CELLS - 1)] : 0, cell);
            if (paid) {
                into.lowerRewardGradient().add(cell / (CELLS - 1) + (mistake.equals("index") ? 2 : 0), 1);
            }
        }

        private void divide() {
            int share = 1 / (cell - TRAP);
            pay[0] += 0.0 * share;
        }

        private void strike() {
            if (mistake.equals("throws")) {
                throw new IllegalStateException("the walker has fallen");
            }
            while (mistake.equals("endless") && !Thread.currentThread().isInterrupted()) {
                LockSupport.park();
            }
        }
    }
}
