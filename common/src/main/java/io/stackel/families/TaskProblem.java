package io.stackel.families;

/** A classic control task, whose follower observes the scaled observation and a constant 1. */
interface TaskProblem extends Regularized {

    /** The task. */
    ScaledTask task();

    @Override
    default int actions() {
        return task().actions();
    }

    @Override
    default int actionSize() {
        return task().actionSize();
    }

    @Override
    default int observationSize() {
        return task().size() + 1;
    }
}
