package io.stackel.algorithm;

import io.stackel.estimate.BatchResult;
import io.stackel.estimate.Estimand;
import io.stackel.estimate.Returns;
import io.stackel.math.VectorMath;
import io.stackel.problem.Settings;
import io.stackel.random.Purpose;
import java.util.List;

/**
 * The baseline from two values of the objective, with common random numbers:
 *
 * <pre>
 *   ( Phi(x + mu v) - Phi(x - mu v) ) / (2 mu) v,     v ~ N(0, I)
 * </pre>
 *
 * <p>The direction is a new one in every iteration, so that a follower who takes a few steps stays behind the point. Where
 * tables or counted transitions are known, the lower level is solved at both points; where it takes gradient steps, it takes
 * those of the inner batches at both points. The reported standard error treats the two values as independent, which is
 * an upper bound as long as common random numbers correlate them positively.
 *
 * @param radius mu, above 0
 * @param units trajectories at each point
 */
record ZeroOrder(double radius, long units) implements Method {

    /** One follower, whose best response is tracked too where gradient steps alone know it. */
    static Algorithm onReturns(Setup setup, Settings settings) {
        Method method = of(setup, settings);
        return TwoLevel.of(setup, method, LowerLevels.withResponse(setup, method.targets()));
    }

    static ZeroOrder of(Setup setup, Settings settings) {
        return new ZeroOrder(settings.real("radius"), setup.upper().units());
    }

    @Override
    public List<Target> targets() {
        return List.of(new Target(0, radius), new Target(0, -radius));
    }

    @Override
    public List<Estimand> estimands(State state) {
        int stream = OUTER_STREAM;
        return List.of(
                new Returns(Purpose.TRAINING, stream, units, 0, 0), new Returns(Purpose.TRAINING, stream, units, 1, 1));
    }

    @Override
    public Gradient gradient(Frame frame, State state, BatchResult result) {
        double[] x = state.real("upper");
        double difference = frame.objective(targets().get(0), state, result.estimate(0))
                - frame.objective(targets().get(1), state, result.estimate(1));
        double[] direction = frame.direction(state.iteration());
        double[] gradient = VectorMath.scaled(difference / (2 * radius), direction);
        frame.subtractUpperTerm(x, gradient);
        double first = result.estimate(0).upperReturnStandardError();
        double second = result.estimate(1).upperReturnStandardError();
        double error = Math.sqrt(first * first + second * second) / (2 * radius) * VectorMath.norm(direction);
        return new Gradient(gradient, error);
    }
}
