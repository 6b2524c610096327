package io.stackel.check;

import io.stackel.algorithm.Setup;
import io.stackel.check.Directions.Use;
import io.stackel.estimate.PolicyTable;
import io.stackel.experiment.Experiment;
import io.stackel.math.VectorMath;
import io.stackel.policy.Actor;
import io.stackel.policy.DiscretePolicy;
import io.stackel.policy.Policy;
import io.stackel.problem.FiniteProblem;
import io.stackel.problem.Simulator;
import io.stackel.problem.Step;
import io.stackel.problem.TrajectoryProblem;
import io.stackel.random.RandomStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Tests what {@link Policy}, {@link DiscretePolicy} and {@link Actor} promise, at parameters off those of the start.
 *
 * <p>Without chance: probabilities sum to one, the start is uniform, scores are central differences of log-densities and are
 * added, a row gives the same bits alone and among others, arguments are not written to, and actors share nothing, in turns
 * and on threads. By chance, all together with a false alarm in one of 1e6 reports at most: numbered actions are drawn as often
 * as they are probable; densities of vectors integrate to one, and their scores have mean zero under their own draws.
 */
public final class PolicyContract {

    private static final int OBSERVATIONS = 16;
    private static final double ROUNDING = 1e-12;
    private static final double ADDED = 1e-9;
    private static final double DEVIATION = 0.3;

    private final Policy policy;
    private final List<double[]> observations;
    private final Directions random;
    private final double[] theta;

    private PolicyContract(Policy policy, List<double[]> observations, long seed) {
        this.policy = policy;
        this.observations = observations;
        random = new Directions(seed);
        theta = policy.uniform().clone();
        VectorMath.addScaled(DEVIATION, random.normal(Use.POLICY, -1, theta.length), theta);
        policy.projectInPlace(theta);
    }

    /**
     * Tests the policy of a configuration, as {@code PolicyContract.check(Path.of("mine.yaml"), List.of(), 0).requirePassed()} in a
     * unit test.
     *
     * @param configuration that names neither a problem's file nor data sets
     * @param overrides {@code key=value}, as in {@code --set}
     * @param seed of all draws
     */
    public static CheckReport check(Path configuration, List<String> overrides, long seed) {
        Experiment experiment = ConfiguredExperiment.read(configuration, overrides);
        Setup setup = experiment
                .setup()
                .trajectories()
                .orElseThrow(() -> new IllegalArgumentException(
                        configuration + " must have a policy, but its problem fits a model to data"));
        return check(setup.policy(), setup.problem(), seed);
    }

    /** Tests a policy of a problem at observations of it: of its first states, or of a short play. */
    public static CheckReport check(Policy policy, TrajectoryProblem problem, long seed) {
        return check(policy, observations(policy, problem, new Directions(seed)), seed);
    }

    /**
     * Tests a policy.
     *
     * @param observations at least one, each of the policy's observation size
     * @param seed of all draws
     */
    public static CheckReport check(Policy policy, List<double[]> observations, long seed) {
        return new PolicyContract(policy, observations, seed).report();
    }

    private static List<double[]> observations(Policy policy, TrajectoryProblem problem, Directions random) {
        List<double[]> observations = new ArrayList<>();
        if (problem.as(FiniteProblem.class).isPresent() && policy instanceof DiscretePolicy discrete) {
            FiniteProblem finite = problem.as(FiniteProblem.class).get();
            for (int s = 0; s < Math.min(OBSERVATIONS, finite.states()); s++) {
                observations.add(PolicyTable.observation(finite, discrete, s));
            }
            return observations;
        }
        RandomStream stream = random.stream(Use.OUTCOMES, -1);
        Simulator simulator = problem.simulator(problem.upperStart(stream), 0);
        Actor actor = policy.actor(policy.uniform());
        double[] action = new double[policy.actionSize()];
        Step step = new Step();
        simulator.start(stream);
        while (observations.size() < OBSERVATIONS) {
            double[] observation = new double[problem.observationSize()];
            simulator.observe(observation);
            observations.add(observation);
            actor.draw(observation, 1, new RandomStream[] {stream}, action, new double[1]);
            step.clear();
            simulator.step(action, stream, step);
            if (step.terminated()) {
                simulator.start(stream);
            }
        }
        return observations;
    }

    private CheckReport report() {
        List<Finding> findings = new ArrayList<>();
        findings.add(admissible());
        PolicyGradients scores = new PolicyGradients(policy, theta, random);
        if (policy instanceof DiscretePolicy discrete) {
            findings.add(sumsToOne(discrete));
            findings.add(startsUniform(discrete));
            findings.add(scores.check(observations));
            findings.add(added(discrete));
        }
        findings.add(scores.ofDraws("scores of drawn actions", observations));
        findings.addAll(new ActorPromises(policy, theta, observations, random).findings());
        findings.addAll(Evidence.judge(new PolicySamples(policy, theta, observations, random).evidence()));
        return new CheckReport(findings, List.of());
    }

    /** Parameters that are admissible stay where they are. */
    private Finding admissible() {
        double[] again = theta.clone();
        policy.projectInPlace(again);
        double[] start = policy.uniform();
        double[] moved = start.clone();
        policy.projectInPlace(moved);
        double error = Math.max(distance(again, theta), distance(moved, start));
        boolean lengths = start.length == policy.parameters();
        return new Finding(
                "projected parameters stay",
                lengths ? error : Double.NaN,
                ROUNDING,
                "distance by which projectInPlace() moves what it has projected, and uniform(), of parameters() = "
                        + policy.parameters() + " numbers");
    }

    private Finding sumsToOne(DiscretePolicy discrete) {
        double error = 0;
        for (double[] observation : observations) {
            double sum = 0;
            for (double log : PolicyGradients.logs(discrete, theta, observation)) {
                sum += StrictMath.exp(log);
            }
            error = worse(error, Math.abs(sum - 1));
        }
        return new Finding(
                "probabilities sum to one", error, ROUNDING, "distance of sum exp logProbabilities() from 1");
    }

    private Finding startsUniform(DiscretePolicy discrete) {
        double error = 0;
        double wanted = -StrictMath.log(discrete.actions());
        for (double[] observation : observations) {
            for (double log : PolicyGradients.logs(discrete, discrete.uniform(), observation)) {
                error = worse(error, Math.abs(log - wanted));
            }
        }
        return new Finding(
                "uniform() is the uniform policy", error, ROUNDING, "distance of logProbabilities() from -log B");
    }

    /** Scores are added to what is there. */
    private Finding added(DiscretePolicy discrete) {
        double[] observation = observations.get(0);
        double[] probabilities = PolicyGradients.logs(discrete, theta, observation);
        double[] weights = random.normal(Use.WEIGHTS, 0, probabilities.length);
        for (int b = 0; b < probabilities.length; b++) {
            probabilities[b] = StrictMath.exp(probabilities[b]);
            weights[b] = probabilities[b] == 0 ? 0 : weights[b];
        }
        double[] fresh = new double[theta.length];
        discrete.addScores(theta, observation, probabilities, weights, 0, fresh);
        double[] onTop = new double[theta.length];
        Arrays.fill(onTop, 1);
        discrete.addScores(theta, observation, probabilities, weights, 0, onTop);
        double error = 0;
        for (int i = 0; i < fresh.length; i++) {
            error = worse(error, Math.abs(onTop[i] - 1 - fresh[i]) / Math.max(1, Math.abs(fresh[i])));
        }
        return new Finding("scores are added", error, ADDED, "addScores() into ones less ones, and into zeros");
    }

    private static double distance(double[] one, double[] other) {
        double distance = 0;
        for (int i = 0; i < one.length; i++) {
            distance = worse(distance, Math.abs(one[i] - other[i]));
        }
        return distance;
    }

    /** The larger of two errors; NaN if one is. */
    private static double worse(double one, double other) {
        return Math.max(one, other);
    }
}
