package io.stackel.problem;

import java.util.Optional;

/** An {@link InverseProblem} that can only be sampled, with what its experts did step by step. */
public interface TaskExperts extends InverseProblem {

    @Override
    default Optional<TaskExperts> taskExperts() {
        return Optional.of(this);
    }

    /** What the experts did. */
    ExpertPaths experts();
}
