package io.stackel.experiment;

import io.stackel.problem.Parameter;
import io.stackel.problem.Range;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/** A vocabulary for tests that has every type of key. */
final class Vocabularies {

    static final Vocabulary SMALL = new Vocabulary(
            new TreeMap<>(Map.of(
                    "four-rooms",
                    SectionKeys.of(List.of(
                            Parameter.real("discount", 0.99, Range.halfOpen(0, 1), "Discount a step."),
                            Parameter.real("entropyWeight", 0.003, Range.NON_NEGATIVE, "Weight of the entropy."),
                            Parameter.whole("goals", 1, Range.closed(1, 2), "Number of goals."),
                            Parameter.flag("walls", true, "Whether there are walls."))),
                    "stackelberg",
                    SectionKeys.of(List.of(
                            Parameter.whole("states", 100, Range.atLeast(1), "Number of states."),
                            Parameter.real("discount", 0.95, Range.halfOpen(0, 1), "Discount a step."))))),
            new TreeMap<>(Map.of(
                    "tabular-softmax",
                    SectionKeys.of(List.of()),
                    "mlp-softmax",
                    SectionKeys.of(List.of(
                            Parameter.wholes("hidden", List.of(64L), Range.closed(1, 64), "Units of hidden layers."))),
                    "linear-softmax",
                    SectionKeys.of(List.of(Parameter.text("features", "coordinates", "Name of the features."))))),
            new TreeMap<>(Map.of(
                    "first-order",
                    new SectionKeys(
                            List.of(
                                    Parameter.real("sigma", 0, Range.POSITIVE, "Perturbation.")
                                            .optional(),
                                    Parameter.real("penaltyWeight", 0, Range.POSITIVE, "Inverse of sigma.")
                                            .optional(),
                                    Parameter.choice(
                                            "sides", "two", List.of("one", "two"), "Sides of the difference.")),
                            List.of(oneOf("sigma", "penaltyWeight"))),
                    "pbrl",
                    SectionKeys.of(
                            List.of(Parameter.choice("penalty", "value", List.of("value", "bellman"), "Penalty."))))),
            new TreeSet<>());

    private Vocabularies() {}

    /** One of two optional keys must be given, and not both. */
    private static SectionKeys.Rule oneOf(String first, String second) {
        return new SectionKeys.Rule(List.of(first, second), second, settings -> {
            if (settings.has(first) == settings.has(second)) {
                return Optional.of("exactly one of " + first + " and " + second + " must be given, but "
                        + (settings.has(first) ? "both are" : "neither is"));
            }
            return Optional.empty();
        });
    }
}
