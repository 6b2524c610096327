package io.stackel.optim;

import static io.stackel.math.Requirements.require;

import java.util.List;
import java.util.function.DoubleUnaryOperator;

/** How a step size falls with the iteration k = 0, 1, ... */
public final class Schedule {

    /** base. */
    public static final Schedule CONSTANT = new Schedule("constant", k -> 1);

    /** base / sqrt(k + 1). */
    public static final Schedule INVERSE_SQRT = new Schedule("inverse-sqrt", k -> 1 / Math.sqrt(k + 1));

    /** base / (k + 1). */
    public static final Schedule INVERSE = new Schedule("inverse", k -> 1 / (k + 1));

    /** The name of {@link #exponential}, which needs a half-life, too. */
    public static final String EXPONENTIAL = "exponential";

    private static final List<Schedule> NAMED = List.of(CONSTANT, INVERSE_SQRT, INVERSE);

    private final String name;
    private final DoubleUnaryOperator factor;

    private Schedule(String name, DoubleUnaryOperator factor) {
        this.name = name;
        this.factor = factor;
    }

    /** The names of the schedules that need nothing else. */
    public static List<String> names() {
        return NAMED.stream().map(Schedule::toString).toList();
    }

    /**
     * The schedule of a name.
     *
     * @throws IllegalArgumentException if the name is not one of {@link #names}
     */
    public static Schedule named(String name) {
        int number = names().indexOf(name);
        require(number >= 0, "schedule must be one of " + names() + ", but was " + name);
        return NAMED.get(number);
    }

    /**
     * base 2^(-k / halfLife).
     *
     * @param halfLife iterations in which the step halves, above 0
     * @throws IllegalArgumentException if the half-life is not positive
     */
    public static Schedule exponential(double halfLife) {
        require(halfLife > 0, "halfLife must be positive, but was " + halfLife);
        return new Schedule(EXPONENTIAL, k -> StrictMath.pow(2, -k / halfLife));
    }

    /**
     * The step size of an iteration.
     *
     * @param base step size of iteration 0
     * @param iteration number of the iteration, from 0
     * @throws IllegalArgumentException if the iteration is negative
     */
    public double at(double base, long iteration) {
        require(iteration >= 0, "iteration must be non-negative, but was " + iteration);
        return base * factor.applyAsDouble((double) iteration);
    }

    /** Its name, as configurations have it. */
    @Override
    public String toString() {
        return name;
    }
}
