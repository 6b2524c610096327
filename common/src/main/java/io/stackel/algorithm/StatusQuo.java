package io.stackel.algorithm;

import io.stackel.random.Purpose;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * What the leader has before it moves: the figures of a follower that has learnt at the starting x, measured before the first
 * row and put into it. It is what gains are measured from on problems without tables, where the first row's own follower has
 * learnt nothing yet and tosses coins.
 *
 * <p>It learns by the lower level's own steps, from trajectories with addresses of their own, so that training draws what it
 * would draw otherwise; nothing of it enters a state. It is measured on the trajectories that the first row has. All that it
 * takes counts as samples of the first row's evaluation. Where x never moves there is nothing to gain, and it is left out.
 *
 * @param measured of trajectories, whose figures every row has
 * @param batches inner batches that the follower learns from, in each context; at least 1
 */
public record StatusQuo(Setup setup, GradientOracle oracle, Evaluation measured, int batches) implements Evaluation {

    /** f at the starting x, at the policy that was learnt there. */
    public static final String OBJECTIVE = "statusQuoObjective";

    /** Its standard error. */
    public static final String OBJECTIVE_STANDARD_ERROR = "statusQuoObjectiveStandardError";

    /** The follower's return there, entropy included. */
    public static final String RETURN = "statusQuoReturn";

    private static final String NAME = "status quo";

    @Override
    public SortedMap<String, Double> measure(Algorithm algorithm, State state) {
        return measured.measure(algorithm, state);
    }

    @Override
    public Optional<SortedMap<String, Double>> first(Algorithm algorithm, State state, Watch watch) {
        if (!algorithm.movesUpper()) {
            return Optional.of(measure(algorithm, state));
        }
        Algorithm lower = lowerLevel();
        return learnt(lower, watch).map(end -> {
            SortedMap<String, Double> figures = measure(algorithm, state);
            SortedMap<String, Double> before = measure(lower, new State(0, 0, 0, 0, 0, end.tensors()));
            figures.put(OBJECTIVE, before.get(UPPER_OBJECTIVE));
            figures.put(RETURN, before.get(LOWER_RETURN));
            if (before.containsKey(UPPER_OBJECTIVE_STANDARD_ERROR)) {
                figures.put(OBJECTIVE_STANDARD_ERROR, before.get(UPPER_OBJECTIVE_STANDARD_ERROR));
            }
            figures.merge(SAMPLES, end.lowerSamples() + before.get(SAMPLES), Double::sum);
            return figures;
        });
    }

    /** One inner batch an iteration, the contexts in turn. */
    private Algorithm lowerLevel() {
        Setup.LowerRule rule = setup.lower();
        Setup one = new Setup(
                setup.problem(),
                setup.policy(),
                setup.seed(),
                setup.upper(),
                new Setup.LowerRule(
                        rule.planned(),
                        1,
                        rule.step(),
                        rule.stepSize(),
                        rule.units(),
                        rule.exploration(),
                        rule.tolerance()),
                setup.sampling(),
                setup.critic());
        Frame frame = new Frame(one, Purpose.STATUS_QUO);
        return new TwoLevel(frame, new LowerOnly(), LowerLevels.of(frame, List.of(Target.BEST_RESPONSE)));
    }

    private Optional<State> learnt(Algorithm lower, Watch watch) {
        long total = (long) batches * setup.problem().contexts();
        State state = lower.init();
        while (state.iteration() < total) {
            if (!watch.goesOn(NAME, state.iteration(), total)) {
                return Optional.empty();
            }
            String place = NAME + ", batch " + (state.iteration() + 1) + " of " + total;
            state = RunLoop.advance(lower, oracle, state, place).next();
        }
        return Optional.of(state);
    }
}
