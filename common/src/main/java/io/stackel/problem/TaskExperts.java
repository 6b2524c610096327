package io.stackel.problem;

/** An {@link InverseProblem} that can only be sampled, with what its experts did step by step. */
public interface TaskExperts extends InverseProblem {

    /** What the experts did. */
    ExpertPaths experts();
}
