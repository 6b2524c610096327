package io.stackel.experiment;

import io.stackel.optim.Schedule;
import io.stackel.problem.Parameter;
import io.stackel.problem.Range;
import io.stackel.problem.Settings;
import java.util.List;
import java.util.stream.Stream;

/**
 * How followers learn with values by networks: the keys of {@code lower} that belong to a problem that can only be
 * sampled with {@code sampling.baseline: fitted}. A configuration has none of them where they would do nothing.
 *
 * @param expected whether actions have values, not states
 * @param hidden units of each hidden layer of the values; none for linear values
 * @param stepSize of Adam in the parameters of the values, above 0
 * @param epochs how often a batch is gone through
 * @param minibatches steps of one epoch
 * @param clip how far the ratio of new and old probabilities moves what a batch teaches, above 0
 * @param shared whether the two followers of a pair learn from the trajectories of both
 * @param schedule how the steps of policies and values fall with the outer iteration
 */
public record CriticSettings(
        boolean expected,
        List<Integer> hidden,
        double stepSize,
        int epochs,
        int minibatches,
        double clip,
        boolean shared,
        Schedule schedule) {

    private static final String SOFT_SARSA = "soft-sarsa";

    private static final Range FEW = Range.closed(1, 1000);

    /** The keys; none has a value unless it is given, so that other configurations do not know of them. */
    static final List<Parameter> KEYS = List.of(
            Parameter.choice(
                            "critic",
                            "values",
                            List.of("values", SOFT_SARSA),
                            "Values of states, or of every action in them (expected soft-SARSA); values if left out.")
                    .optional(),
            Parameter.wholes(
                            "valueHidden",
                            List.of(64L, 64L),
                            Range.closed(1, 4096),
                            "Units of each hidden layer of the value network, [64, 64] if left out; [] for linear values.")
                    .optional(),
            Parameter.real("valueStepSize", 0.001, Range.POSITIVE, "Length of a step of the values, .001 if left out.")
                    .optional(),
            Parameter.whole("epochs", 1, FEW, "How often an inner batch is gone through, once if left out.")
                    .optional(),
            Parameter.whole("minibatches", 1, FEW, "Steps of one epoch, one if left out.")
                    .optional(),
            Parameter.real(
                            "clip",
                            0.2,
                            Range.POSITIVE,
                            "How far probabilities move by one batch, as a ratio less 1; .2 if left out.")
                    .optional(),
            Parameter.choice(
                            "transitions",
                            "shared",
                            List.of("own", "shared"),
                            "Whether the two followers of a pair learn from the trajectories of both; shared if left out.")
                    .optional(),
            Parameter.choice(
                            "schedule",
                            Words.of(Schedule.CONSTANT),
                            Words.of(Schedule.values()),
                            "Inner step sizes over the outer iterations, constant if left out.")
                    .optional());

    public CriticSettings {
        hidden = List.copyOf(hidden);
    }

    /** The given keys of the section {@code lower}. */
    static List<String> given(Settings lower) {
        return KEYS.stream().map(Parameter::name).filter(lower::has).toList();
    }

    static CriticSettings of(Settings lower) {
        return new CriticSettings(
                lower.has("critic") && lower.text("critic").equals(SOFT_SARSA),
                lower.has("valueHidden") ? lower.counts("valueHidden") : List.of(64, 64),
                lower.has("valueStepSize") ? lower.real("valueStepSize") : 0.001,
                lower.has("epochs") ? lower.count("epochs") : 1,
                lower.has("minibatches") ? lower.count("minibatches") : 1,
                lower.has("clip") ? lower.real("clip") : 0.2,
                !lower.has("transitions") || lower.text("transitions").equals("shared"),
                lower.has("schedule") ? Words.constant(Schedule.values(), lower.text("schedule")) : Schedule.CONSTANT);
    }

    /** {@code first} followed by {@link #KEYS}. */
    static List<Parameter> after(List<Parameter> first) {
        return Stream.concat(first.stream(), KEYS.stream()).toList();
    }
}
