package io.stackel.families;

import io.stackel.problem.Simulator;
import io.stackel.problem.Step;
import io.stackel.random.RandomStream;
import org.apache.spark.ml.linalg.DenseVector;

/** A classic control task whose reward r_x is learnt, while the leader's reward is the true one, the task's own. */
interface LearntTask extends TaskProblem {

    /** r_x. */
    TaskReward reward();

    @Override
    default ScaledTask task() {
        return reward().task();
    }

    @Override
    default int upperSize() {
        return reward().network().parameters();
    }

    @Override
    default DenseVector upperStart(RandomStream random) {
        return reward().start(random);
    }

    @Override
    default Simulator simulator(DenseVector upper, int context) {
        TaskReward.Pass learnt = reward().at(upper.values());
        return new ObservedTask(task()) {
            @Override
            public void step(double[] action, RandomStream random, Step into) {
                double reward = learnt.reward(observation, action, into.lowerRewardGradient());
                into.rewards(reward, move(action, into));
            }
        };
    }
}
