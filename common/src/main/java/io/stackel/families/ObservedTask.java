package io.stackel.families;

import io.stackel.mdp.Environment;
import io.stackel.problem.Simulator;
import io.stackel.problem.Step;
import io.stackel.random.RandomStream;

/** A control task whose follower observes the scaled observation and a constant 1; a subclass pays for the steps. */
abstract class ObservedTask implements Simulator {

    final ScaledTask task;
    final Environment environment;
    final double[] observation;
    private final double[] numbered = new double[1];

    ObservedTask(ScaledTask task) {
        this.task = task;
        environment = task.task().open();
        observation = new double[task.size()];
    }

    /** Reads the observation of the state that the environment is in. */
    void read() {
        task.observe(environment, observation);
    }

    /** Acts and returns the task's own reward. The observation stays where the task ends. */
    final double move(double[] action, Step into) {
        double reward = environment.step(action);
        if (environment.terminated()) {
            into.terminate();
        } else {
            read();
        }
        return reward;
    }

    @Override
    public final void start(RandomStream random) {
        environment.start(random);
        read();
    }

    @Override
    public final void observe(double[] into) {
        System.arraycopy(observation, 0, into, 0, observation.length);
        into[observation.length] = 1;
    }

    @Override
    public final void step(int action, RandomStream random, Step into) {
        numbered[0] = action;
        step(numbered, random, into);
    }
}
