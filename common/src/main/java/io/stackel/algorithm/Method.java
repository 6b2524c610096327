package io.stackel.algorithm;

import io.stackel.estimate.BatchResult;
import io.stackel.estimate.Role;
import io.stackel.math.Tensor;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One bilevel method inside the frame of {@link TwoLevel}: which followers it tracks, what it samples in the outer batch,
 * and which gradient that gives.
 */
interface Method {

    /** The followers that the lower level tracks, at least one. */
    List<Target> targets();

    /** The position of the follower that is reported and evaluated. */
    int reported();

    /** The roles of the outer batch; followers are numbered as in {@link #targets}, then {@link #extraFollowers}. */
    List<Role> roles();

    /** The same, where they depend on the state. */
    default List<Role> roles(State state) {
        return roles();
    }

    /** The gradient of the upper variable, without the terms in x alone, from the outer batch. */
    Gradient gradient(Frame frame, State state, BatchResult result);

    /** Whether the upper variable moves; if not, the gradient is not used. */
    default boolean movesUpper() {
        return true;
    }

    /** Further policies of the method's own, as parameters by name in the state. */
    default List<String> extraFollowers() {
        return List.of();
    }

    /** The parameters of one of the further policies. */
    default double[] extraFollower(State state, String name, int context) {
        return state.real(name + "/" + context);
    }

    /** The method's own tensors after an outer step. */
    default SortedMap<String, Tensor> ownStep(Frame frame, LowerSolver solver, State state, BatchResult result) {
        return new TreeMap<>();
    }

    /** The method's own tensors at the start. */
    default SortedMap<String, Tensor> ownInit(Frame frame) {
        return new TreeMap<>();
    }

    /**
     * A gradient with its standard error.
     *
     * @param values length of the upper variable
     * @param standardError of the sampling alone; 0 for an exact gradient
     * @param measurements further figures by name
     */
    record Gradient(double[] values, double standardError, SortedMap<String, Double> measurements) {}
}
