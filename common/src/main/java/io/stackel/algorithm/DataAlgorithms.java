package io.stackel.algorithm;

import io.stackel.optim.Adam;
import io.stackel.optim.Optimizer;
import io.stackel.optim.Schedule;
import io.stackel.optim.Sgd;
import io.stackel.problem.Parameter;
import io.stackel.problem.QuadraticLower;
import io.stackel.problem.Range;
import io.stackel.problem.Settings;
import java.util.List;
import java.util.Locale;
import java.util.function.BiFunction;

/** Builds algorithms for problems that fit a model to data, and says what does not fit them. */
final class DataAlgorithms {

    /** The keys of {@code f2sa}. */
    static final List<Parameter> F2SA = List.of(
            Parameter.real("penaltyWeight", 1, Range.POSITIVE, "Weight of the penalty in the first iteration."),
            Parameter.choice(
                    "exponents",
                    "noisy",
                    List.of("noisy", "noisy-upper", "deterministic", "constant"),
                    "Decay of the steps and growth of the weight: the noise that the theorem of Kwon et al. 2023 assumes."),
            Parameter.flag("momentum", false, "Running gradient estimates (F3SA) at twice the oracle calls."),
            Parameter.real("offset", 100, Range.POSITIVE, "Iterations until decay and growth have set in."));

    /** The key by which the penalty weight of {@code pbrl} grows. */
    static final Parameter RAMP = Parameter.whole(
            "rampIterations",
            0,
            Range.closed(0, Long.MAX_VALUE),
            "Iterations over which the penalty weight grows linearly; 0 for none. Problems with data only.");

    private DataAlgorithms() {}

    /** What an algorithm of trajectories answers to a problem with data. */
    static BiFunction<DataSetup, Settings, Algorithm> refuseData(String name) {
        return (setup, settings) -> {
            throw Algorithms.misfit(
                    name,
                    "needs a problem that samples trajectories, but this one fits a model to data; use first-order, f2sa,"
                            + " pbrl or, with a quadratic lower level, exact");
        };
    }

    /** What an algorithm of data answers to a problem of trajectories. */
    static BiFunction<Setup, Settings, Algorithm> refuseTrajectories(String name) {
        return (setup, settings) -> {
            throw Algorithms.misfit(
                    name,
                    "needs a problem that fits a model to data, but this one samples trajectories; use first-order or pbrl");
        };
    }

    static Algorithm firstOrder(DataSetup setup, Settings settings) {
        if (!settings.text("preset").equals("none")) {
            throw Algorithms.misfit(
                    "algorithm.preset: " + settings.text("preset"),
                    "sets a horizon of trajectories, but this problem fits a model to data; leave it out");
        }
        return frame(
                setup,
                new DataMethods.FirstOrder(
                        Algorithms.sigma(settings), settings.text("sides").equals("two"), isShared(settings)));
    }

    static Algorithm f2sa(DataSetup setup, Settings settings) {
        if (setup.upper().schedule() != Schedule.CONSTANT) {
            throw Algorithms.misfit(
                    "upper.schedule: "
                            + setup.upper()
                                    .schedule()
                                    .name()
                                    .toLowerCase(Locale.ROOT)
                                    .replace('_', '-'),
                    "contradicts algorithm.name: f2sa, which has a schedule of its own (algorithm.exponents); leave it out");
        }
        String exponents = settings.text("exponents").toUpperCase(Locale.ROOT).replace('-', '_');
        return frame(
                setup,
                new DataMethods.F2sa(
                        settings.real("penaltyWeight"),
                        DataMethods.Exponents.valueOf(exponents),
                        settings.flag("momentum"),
                        settings.real("offset")));
    }

    static Algorithm pbrl(DataSetup setup, Settings settings) {
        String penalty = settings.text("penalty");
        if (!penalty.equals("value")) {
            throw Algorithms.misfit(
                    "algorithm.penalty: " + penalty,
                    "needs states and actions, but this problem fits a model to data; use algorithm.penalty: value, the gap"
                            + " of the lower loss");
        }
        return frame(
                setup,
                new DataMethods.ValueGap(
                        1 / Algorithms.sigma(settings), isShared(settings), settings.whole("rampIterations")));
    }

    static Algorithm exact(DataSetup setup, Settings settings) {
        if (setup.problem() instanceof QuadraticLower problem) {
            return new DataExact(setup, problem);
        }
        throw Algorithms.misfit(
                "exact",
                "needs a lower level that is quadratic in w, such as"
                        + " ridge regression, but that of this problem is not; use first-order, f2sa or pbrl");
    }

    private static boolean isShared(Settings settings) {
        return settings.text("coupling").equals("shared");
    }

    private static Algorithm frame(DataSetup setup, DataMethod method) {
        Setup.LowerRule rule = setup.lower();
        if (rule.planned()) {
            throw Algorithms.misfit(
                    "lower.solver: planned",
                    "needs tables of states and actions, but this problem"
                            + " fits a model to data; use lower.solver: sampled");
        }
        if (rule.step() == Setup.LowerStep.NATURAL) {
            throw Algorithms.misfit(
                    "lower.optimizer: natural",
                    "needs states and actions, but this problem fits a"
                            + " model to data; use lower.optimizer: sgd or adam");
        }
        Optimizer optimizer = rule.step() == Setup.LowerStep.ADAM ? new Adam() : new Sgd();
        return new DataTwoLevel(setup, method, optimizer);
    }
}
