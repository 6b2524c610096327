package org.example;

import io.stackel.problem.Parameter;
import io.stackel.problem.Problem;
import io.stackel.problem.ProblemFactory;
import io.stackel.problem.Settings;
import io.stackel.problem.Simulator;
import io.stackel.problem.Step;
import io.stackel.problem.TrajectoryProblem;
import io.stackel.random.RandomStream;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.apache.spark.ml.linalg.DenseVector;

/** A user's problem, sound as mathematics, that does to its process what a problem must not do. */
public final class UnrulyWalk implements TrajectoryProblem {

    private static final int CELLS = 5;

    private final String habit;
    private int starts;

    private UnrulyWalk(String habit) {
        this.habit = habit;
    }

    /** Found by its service entry. */
    public static final class Factory implements ProblemFactory {

        @Override
        public String name() {
            return "unruly-walk";
        }

        @Override
        public String summary() {
            return "a walk that does not mind its own business";
        }

        @Override
        public List<Parameter> parameters() {
            return List.of(Parameter.choice(
                    "habit",
                    "none",
                    List.of("none", "stays", "leaves", "leaves-early", "checked", "checked-early", "greedy", "endless"),
                    "what it does beside walking"));
        }

        @Override
        public Problem create(Settings settings) {
            String habit = settings.text("habit");
            if (habit.equals("stays")) {
                System.out.println("I am here to stay");
                new Thread(UnrulyWalk::sitForever).start();
            } else if (habit.equals("leaves-early")) {
                System.exit(0);
            }
            return new UnrulyWalk(habit);
        }
    }

    private static void sitForever() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Throws what nothing declares, as Kotlin and Scala do. */
    @SuppressWarnings("unchecked")
    private static <E extends Exception> void raise(Exception failure) throws E {
        throw (E) failure;
    }

    @Override
    public DenseVector upperStart(RandomStream random) {
        // The first time a problem is asked it is only looked at.
        if (habit.equals("checked-early") && starts++ > 0) {
            UnrulyWalk.<RuntimeException>raise(new IOException("the table of prices is not there"));
        }
        return TrajectoryProblem.super.upperStart(random);
    }

    @Override
    public int upperSize() {
        return 1;
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
        return new Walk(upper.apply(0));
    }

    /** One walker. */
    private final class Walk implements Simulator {

        private final double pay;
        private int cell;

        Walk(double pay) {
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
            switch (habit) {
                case "stays" -> System.out.println("a step");
                case "leaves" -> System.exit(0);
                case "checked" -> UnrulyWalk.<RuntimeException>raise(new IOException("the sensor is not there"));
                case "greedy" -> cell = new long[Integer.MAX_VALUE].length;
                case "endless" -> sitForever();
                default -> {}
            }
            cell = Math.floorMod(cell + (action == 0 ? -1 : 1), CELLS);
            into.rewards(cell == 0 ? pay : 0, cell);
            if (cell == 0) {
                into.lowerRewardGradient().add(0, 1);
            }
        }
    }
}
