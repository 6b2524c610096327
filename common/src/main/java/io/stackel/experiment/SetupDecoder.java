package io.stackel.experiment;

import io.stackel.algorithm.DataSetup;
import io.stackel.algorithm.MisfitException;
import io.stackel.algorithm.PublishedSchedule;
import io.stackel.algorithm.Setup;
import io.stackel.estimate.TrajectoryRoom;
import io.stackel.math.VectorMath;
import io.stackel.optim.Adam;
import io.stackel.optim.Projection;
import io.stackel.optim.Schedule;
import io.stackel.optim.Sgd;
import io.stackel.policy.DiscretePolicy;
import io.stackel.policy.Policy;
import io.stackel.policy.ValueNetwork;
import io.stackel.problem.DataProblem;
import io.stackel.problem.FiniteProblem;
import io.stackel.problem.Parameter;
import io.stackel.problem.Settings;
import io.stackel.problem.TrajectoryProblem;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** Reads what an algorithm is given from the sections of a configuration, and holds them against the problem. */
final class SetupDecoder {

    private static final long MEBIBYTE = 1 << 20;
    private static final double NOTHING = 1e-16;

    private SetupDecoder() {}

    /**
     * The configuration as it is used: with {@code algorithm.preset: published}, what follows from its epsilon in place of
     * what is written.
     */
    static ExperimentConfiguration used(ExperimentConfiguration configuration, double discount) {
        Settings algorithm = configuration.algorithm().settings();
        if (!published(algorithm)) {
            return configuration;
        }
        if (!algorithm.has("epsilon") || algorithm.has("sigma") || algorithm.has("penaltyWeight")) {
            throw new MisfitException(
                    "algorithm.preset",
                    "algorithm.preset: published needs algorithm.epsilon, from which sigma,"
                            + " units, inner steps, horizon and iterations follow, and neither sigma nor penaltyWeight");
        }
        PublishedSchedule schedule = PublishedSchedule.of(algorithm.real("epsilon"), discount);
        return configuration.with(Map.of(
                "algorithm.sigma", schedule.sigma(),
                "upper.units", (long) schedule.units(),
                "lower.units", (long) schedule.units(),
                "lower.innerSteps", (long) schedule.innerSteps(),
                "sampling.horizon", (long) schedule.horizon(),
                "stop.iterations", schedule.iterations()));
    }

    private static boolean published(Settings algorithm) {
        return algorithm.has("preset") && algorithm.text("preset").equals("published");
    }

    /** The setup of a problem that samples trajectories, from a configuration as it is {@link #used}. */
    static Setup setup(ExperimentConfiguration used, TrajectoryProblem problem, Policy policy) {
        Settings sampling = used.section(FixedSections.SAMPLING_NAME);
        requireRoom(
                published(used.algorithm().settings()) ? "algorithm.epsilon" : "sampling.horizon",
                sampling.count("horizon"),
                TrajectoryRoom.of(problem, policy),
                problem.discount());
        Setup.SamplingRule rule = new Setup.SamplingRule(
                sampling.count("horizon"),
                sampling.count("unitsPerChunk"),
                sampling.text("baseline").equals("fitted"),
                sampling.real("traceDecay"),
                sampling.text("moments").equals("diagonal"));
        Setup.LowerRule lower = lower(used);
        return new Setup(
                problem, policy, used.seed(), upper(used), lower, rule, critic(used, problem, policy, lower, rule));
    }

    /** The setup of a problem that fits a model to data. */
    static DataSetup setup(ExperimentConfiguration used, DataProblem problem) {
        requireNoCritic(used, "needs a problem that samples trajectories");
        return new DataSetup(problem, used.seed(), upper(used), lower(used), false);
    }

    private static void requireRoom(String key, int horizon, TrajectoryRoom room, double discount) {
        long memory = Runtime.getRuntime().maxMemory();
        if (horizon > room.mostSteps(memory)) {
            long counted = (long) StrictMath.ceil(StrictMath.log(NOTHING) / StrictMath.log(discount));
            throw new MisfitException(
                    key,
                    key + " must give a horizon of at most " + room.mostSteps(memory)
                            + " steps, so that the trajectories"
                            + " of a thread fit the memory (" + room.bytesPerStep() + " bytes a step, of "
                            + memory / MEBIBYTE + " MiB), but gives " + horizon + "; at a discount of " + discount
                            + " all that follows step " + counted + " counts less than " + NOTHING);
        }
    }

    static Setup.UpperRule upper(ExperimentConfiguration used) {
        Settings upper = used.section("upper");
        double clipNorm = upper.real("clipNorm");
        return new Setup.UpperRule(
                upper.text("optimizer").equals("adam") ? new Adam() : new Sgd(),
                upper.has("halfLife")
                        ? Schedule.exponential(upper.real("halfLife"))
                        : Schedule.named(upper.text("schedule")),
                upper.real("stepSize"),
                clipNorm > 0 ? OptionalDouble.of(clipNorm) : OptionalDouble.empty(),
                projection(upper),
                upper.count("units"));
    }

    private static Projection projection(Settings upper) {
        return switch (upper.text("projection")) {
            case "box" ->
                Projection.box(
                        upper.optionalReal("projectionLow").orElse(Double.NEGATIVE_INFINITY),
                        upper.optionalReal("projectionHigh").orElse(Double.POSITIVE_INFINITY));
            case "ball" -> Projection.ball(upper.real("projectionRadius"));
            case "simplex" ->
                scaledSimplex(upper.optionalReal("projectionRadius").orElse(1));
            default -> Projection.none();
        };
    }

    private static Projection scaledSimplex(double sum) {
        return x -> {
            double[] unit = VectorMath.scaled(1 / sum, x);
            Projection.simplex(x.length).projectInPlace(unit);
            System.arraycopy(VectorMath.scaled(sum, unit), 0, x, 0, x.length);
        };
    }

    static Setup.LowerRule lower(ExperimentConfiguration used) {
        Settings lower = used.section("lower");
        return new Setup.LowerRule(
                lower.text("solver").equals("planned"),
                lower.count("innerSteps"),
                Words.constant(Setup.LowerStep.values(), lower.text("optimizer")),
                lower.real("stepSize"),
                lower.count("units"),
                lower.real("exploration"),
                lower.real("tolerance"));
    }

    /** The values of a problem without tables whose baselines are fitted. */
    private static Optional<Setup.CriticRule> critic(
            ExperimentConfiguration used,
            TrajectoryProblem problem,
            Policy policy,
            Setup.LowerRule lower,
            Setup.SamplingRule sampling) {
        boolean sampled = !lower.planned() && lower.step() != Setup.LowerStep.NATURAL;
        if (problem.as(FiniteProblem.class).isPresent() || !sampled || !sampling.fittedBaselines()) {
            requireNoCritic(
                    used,
                    "needs a problem without tables, lower.solver: sampled, lower.optimizer: adam or sgd and"
                            + " sampling.baseline: fitted");
            return Optional.empty();
        }
        Settings critic = used.section("lower");
        if (critic.count("minibatches") > lower.units()) {
            throw new MisfitException(
                    "lower.minibatches",
                    "lower.minibatches must be at most lower.units, but was " + critic.count("minibatches") + " of "
                            + lower.units());
        }
        int inputs = problem.observationSize();
        List<Integer> hidden = critic.counts("valueHidden");
        double scale = 1 / (1 - problem.discount());
        ValueNetwork values = critic.text("critic").equals(FixedSections.SOFT_SARSA)
                ? ValueNetwork.ofActions(inputs, hidden, actions(policy), scale, ~used.seed())
                : ValueNetwork.of(inputs, hidden, scale, ~used.seed());
        return Optional.of(new Setup.CriticRule(
                values,
                critic.real("valueStepSize"),
                critic.count("epochs"),
                critic.count("minibatches"),
                critic.real("clip"),
                critic.text("transitions").equals("shared"),
                Schedule.named(critic.text("schedule"))));
    }

    private static int actions(Policy policy) {
        if (policy instanceof DiscretePolicy discrete) {
            return discrete.actions();
        }
        throw new MisfitException(
                "lower.critic",
                "lower.critic: soft-sarsa needs numbered actions, but those of this policy are vectors; leave it out");
    }

    private static void requireNoCritic(ExperimentConfiguration used, String rule) {
        for (Parameter parameter : FixedSections.CRITIC) {
            String key = "lower." + parameter.name();
            if (used.keys().containsKey(key)) {
                throw new MisfitException(key, key + " " + rule + "; leave it out");
            }
        }
    }
}
