package io.stackel.check;

import io.stackel.problem.Simulator;
import io.stackel.problem.Step;
import io.stackel.random.RandomStream;

/** A simulator whose steps are changed after they were played. */
class ChangedSimulator implements Simulator {

    private final Simulator sound;

    ChangedSimulator(Simulator sound) {
        this.sound = sound;
    }

    /** Changes what a step yields. */
    void change(Step step) {}

    @Override
    public void start(RandomStream random) {
        sound.start(random);
    }

    @Override
    public void observe(double[] into) {
        sound.observe(into);
    }

    @Override
    public void step(int action, RandomStream random, Step into) {
        sound.step(action, random, into);
        change(into);
    }
}
