package io.stackel.experiment;

import io.stackel.algorithm.Algorithm;
import io.stackel.algorithm.MisfitException;
import io.stackel.algorithm.ProblemSetup;
import io.stackel.algorithm.Restarts;
import io.stackel.problem.InverseProblem;
import io.stackel.problem.PreferenceProblem;
import io.stackel.problem.Settings;
import io.stackel.random.Purpose;
import io.stackel.random.RandomStream;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.LongStream;

/**
 * An experiment that descends several times ({@link Restarts}): the same configuration with other seeds, the first with its own.
 */
final class RestartedExperiment {

    private static final String KEY = "upper.restarts";
    private static final long USUAL_UNITS = 1000;

    private RestartedExperiment() {}

    /** The outer iterations of all descents; empty without restarts. */
    static OptionalLong iterations(ExperimentConfiguration used) {
        Settings upper = used.section("upper");
        return upper.has("restarts")
                ? OptionalLong.of(upper.whole("restarts") * upper.whole("restartIterations"))
                : OptionalLong.empty();
    }

    /**
     * The algorithm of a configuration with restarts; empty for one without.
     *
     * @throws MisfitException if there is nothing to choose by, or other limits end the run before the choice
     */
    static Optional<Algorithm> of(Experiment experiment) {
        Settings upper = experiment.used().section("upper");
        if (!upper.has("restarts")) {
            return Optional.empty();
        }
        requireFits(experiment);
        List<Experiment> seeded = LongStream.range(0, upper.whole("restarts"))
                .mapToObj(number -> experiment.withSeed(seed(experiment.used().seed(), number)))
                .toList();
        Algorithm algorithm = new Restarts(
                seeded.stream()
                        .map(one -> one.setup().trajectories().orElseThrow())
                        .toList(),
                number -> seeded.get((int) number).descent(),
                new Restarts.Rule(
                        upper.whole("restartIterations"),
                        upper.optionalWhole("restartUnits").orElse(USUAL_UNITS)));
        require(algorithm.movesUpper(), "needs an algorithm that moves x");
        return Optional.of(algorithm);
    }

    /** The seed of a descent; that of the run for the first. */
    static long seed(long seed, long number) {
        return number == 0
                ? seed
                : RandomStream.at(seed, Purpose.RESTART, 0, number, 0, 0).nextLong();
    }

    private static void requireFits(Experiment experiment) {
        ProblemSetup setup = experiment.setup();
        require(
                setup.trajectories().isPresent()
                        && setup.problem().as(PreferenceProblem.class).isEmpty()
                        && setup.problem().as(InverseProblem.class).isEmpty(),
                "needs a leader with a return, which trajectories at the end of a descent estimate");
        Settings stop = experiment.used().section("stop");
        for (String limit : List.of("samples", "stationarityGap", "gradientNorm")) {
            require(
                    !stop.has(limit),
                    "needs stop." + limit + " to be left out: it would end the run before the best descent is chosen");
        }
    }

    private static void require(boolean fit, String rule) {
        if (!fit) {
            throw new MisfitException(KEY, KEY + " " + rule);
        }
    }
}
