package io.stackel.families;

import io.stackel.problem.Step;
import io.stackel.random.RandomStream;

/**
 * A control task whose follower is paid a learnt reward, while the leader's reward is the true one; the observation is the
 * scaled one and a constant 1.
 */
final class TaskSimulator extends ObservedTask {

    private final TaskReward.Pass learnt;

    TaskSimulator(TaskReward reward, double[] upper) {
        super(reward.task());
        learnt = reward.at(upper);
    }

    @Override
    public void step(double[] action, RandomStream random, Step into) {
        double reward = learnt.reward(observation, action, into.lowerRewardGradient());
        into.rewards(reward, environment.step(action));
        if (environment.terminated()) {
            into.terminate();
        } else {
            read();
        }
    }
}
