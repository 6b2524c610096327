package io.stackel.families;

import io.stackel.mdp.Environment;
import io.stackel.problem.Simulator;
import io.stackel.problem.Step;
import io.stackel.random.RandomStream;

/**
 * A control task whose follower is paid a learnt reward, while the leader's reward is the true one; the observation is the
 * scaled one and a constant 1.
 */
final class TaskSimulator implements Simulator {

    private final ScaledTask task;
    private final Environment environment;
    private final TaskReward.Pass learnt;
    private final double[] observation;
    private final double[] numbered = new double[1];

    TaskSimulator(TaskReward reward, double[] upper) {
        task = reward.task();
        environment = task.task().open();
        learnt = reward.at(upper);
        observation = new double[task.size()];
    }

    @Override
    public void start(RandomStream random) {
        environment.start(random);
        task.observe(environment, observation);
    }

    @Override
    public void observe(double[] into) {
        System.arraycopy(observation, 0, into, 0, observation.length);
        into[observation.length] = 1;
    }

    @Override
    public void step(int action, RandomStream random, Step into) {
        numbered[0] = action;
        step(numbered, random, into);
    }

    @Override
    public void step(double[] action, RandomStream random, Step into) {
        double reward = learnt.reward(observation, action, into.lowerRewardGradient());
        into.rewards(reward, environment.step(action));
        if (environment.terminated()) {
            into.terminate();
        } else {
            task.observe(environment, observation);
        }
    }
}
