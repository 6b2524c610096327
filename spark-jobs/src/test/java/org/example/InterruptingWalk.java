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
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.apache.spark.ml.linalg.DenseVector;

/** A walk, one trajectory of which interrupts the thread that waits for its batch and does not end until it is given up. */
public final class InterruptingWalk implements TrajectoryProblem {

    private static final AtomicInteger LEFT = new AtomicInteger();
    private static volatile Thread waiting;

    private final TrajectoryProblem walk =
            (TrajectoryProblem) new FaultyWalk.Factory().create(Settings.of(Map.of("mistake", "none")));

    /** Interrupts a thread at the start of a trajectory, counted from now and from 1. */
    public static void interrupt(Thread thread, int trajectory) {
        waiting = thread;
        LEFT.set(trajectory);
    }

    /** Needs no service entry. */
    public static final class Factory implements ProblemFactory {

        @Override
        public String name() {
            return "interrupting-walk";
        }

        @Override
        public String summary() {
            return "a walk that interrupts";
        }

        @Override
        public List<Parameter> parameters() {
            return List.of();
        }

        @Override
        public Problem create(Settings settings) {
            return new InterruptingWalk();
        }
    }

    @Override
    public int upperSize() {
        return walk.upperSize();
    }

    @Override
    public int actions() {
        return walk.actions();
    }

    @Override
    public int observationSize() {
        return walk.observationSize();
    }

    @Override
    public int states() {
        return walk.states();
    }

    @Override
    public double discount() {
        return walk.discount();
    }

    @Override
    public double entropyWeight() {
        return walk.entropyWeight();
    }

    @Override
    public Simulator simulator(DenseVector upper, int context) {
        Simulator walker = walk.simulator(upper, context);
        return new Simulator() {

            @Override
            public void start(RandomStream random) {
                if (LEFT.decrementAndGet() == 0) {
                    waiting.interrupt();
                    while (!Thread.currentThread().isInterrupted()) {
                        LockSupport.park();
                    }
                }
                walker.start(random);
            }

            @Override
            public void observe(double[] into) {
                walker.observe(into);
            }

            @Override
            public void step(int action, RandomStream random, Step into) {
                walker.step(action, random, into);
            }
        };
    }
}
