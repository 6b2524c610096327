package io.stackel.algorithm;

import io.stackel.estimate.BatchResult;
import io.stackel.estimate.Role;
import java.util.List;
import java.util.TreeMap;

/** The ceiling of learning from preferences: a policy learns on the true reward, without labels; x stays where it starts. */
record TrueReward() implements Method {

    @Override
    public List<Target> targets() {
        return List.of(new Target(1, 0));
    }

    @Override
    public int reported() {
        return 0;
    }

    @Override
    public List<Role> roles() {
        return List.of();
    }

    @Override
    public Gradient gradient(Frame frame, State state, BatchResult result) {
        return new Gradient(new double[state.real("upper").length], 0, new TreeMap<>());
    }
}
