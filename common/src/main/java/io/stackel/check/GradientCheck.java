package io.stackel.check;

import io.stackel.estimate.ChunkEvaluator;
import io.stackel.estimate.PolicyTable;
import io.stackel.exact.PreferenceModel;
import io.stackel.policy.DiscretePolicy;
import io.stackel.policy.Policy;
import io.stackel.policy.TwoPlayerSoftmax;
import io.stackel.problem.FiniteProblem;
import io.stackel.problem.PreferenceProblem;
import io.stackel.problem.TrajectoryProblem;
import io.stackel.problem.ZeroSumProblem;
import java.util.ArrayList;
import java.util.List;

/**
 * Checks a problem at a point in every way its kind allows.
 *
 * <ul>
 *   <li>finite problems: central differences against every analytic gradient (the problem's pullbacks, the policy's
 *       scores, the exact quantities); sampled gradients against exact ones; the simulator and the lockstep sampler
 *       against the tables;
 *   <li>problems that can only be sampled: the simulator's contract; rewards by central differences along trajectories;
 *       scores and returns in units of standard errors.
 * </ul>
 *
 * <p>Differences have bounds of truncation and rounding. Whatever rests on chance is judged together: a problem without
 * fault fails with a probability of at most 1e-6.
 */
public final class GradientCheck {

    private static final int MOST_CONTEXTS = 4;
    private static final int MOST_STATES = 600;
    private static final int STATES_OF_QUICK_SOLVES = 150;
    private static final int MOST_OBSERVATIONS = 16;
    private static final double TABLE_TRUNCATION = 1e-3;

    private final List<Finding> findings = new ArrayList<>();
    private final List<Evidence> evidence = new ArrayList<>();
    private final List<String> leftOut = new ArrayList<>();
    private final Policy policy;
    private final CheckPoint at;
    private final CheckRule rule;
    private final Directions random;

    private GradientCheck(Policy policy, CheckPoint at, CheckRule rule) {
        this.policy = policy;
        this.at = at;
        this.rule = rule;
        random = new Directions(rule.seed());
    }

    /**
     * Makes all checks.
     *
     * @param policy of the follower, with as many parameters as {@code at.lower()}
     * @throws IllegalArgumentException if the point does not fit problem and policy
     */
    public static CheckReport run(TrajectoryProblem problem, Policy policy, CheckPoint at, CheckRule rule) {
        requireLength("upper", at.upper().size(), problem.upperSize());
        requireLength("lower", at.lower().length, policy.parameters());
        GradientCheck check = new GradientCheck(policy, at, rule);
        check.findings.add(TermGradient.check(problem, at.upper(), check.random));
        problem.tables().ifPresentOrElse(check::finite, () -> check.sampleOnly(problem));
        check.findings.addAll(Evidence.judge(check.evidence));
        return new CheckReport(check.findings, check.leftOut);
    }

    static void requireLength(String name, int length, int wanted) {
        if (length != wanted) {
            throw new IllegalArgumentException(name + " must have " + wanted + " values, but has " + length);
        }
    }

    private void finite(FiniteProblem problem) {
        int contexts = contexts(problem);
        boolean exact = problem.states() <= MOST_STATES;
        if (!exact) {
            leftOut.add("exact quantities, since the problem has more than " + MOST_STATES + " states");
        }
        if (!(problem.entropyWeight() > 0)) {
            leftOut.add("penalties, surrogates and hypergradients, which need an entropyWeight above 0");
        }
        DiscretePolicy discrete = DiscretePolicy.of(policy);
        findings.add(new PolicyGradients(discrete, at.lower(), random).check(observations(problem, discrete)));
        ChunkEvaluator.Source source = new ChunkEvaluator.Source(problem, policy);
        double[] logits = PolicyTable.logProbabilities(problem, policy, at.lower());
        for (int context = 0; context < contexts; context++) {
            String where = where(problem, context);
            findings.addAll(new TableGradients(problem, context, at.upper(), random).check(at.upper()));
            int steps = SampledGradients.horizon(problem.discount(), TABLE_TRUNCATION);
            evidence.addAll(new LockstepTables(problem, context, at, rule, source, logits, where).check(steps));
            evidence.addAll(new SimulatorTables(problem, context, at.upper(), random, where)
                    .check(new Playthrough(problem, rule.seed(), context, steps), rule.units(), findings));
            if (exact) {
                int directions = problem.states() <= STATES_OF_QUICK_SOLVES ? 6 : 2;
                int k = context;
                problem.zeroSum()
                        .ifPresentOrElse(
                                game -> zeroSum(game, k, source, directions),
                                () -> oneFollower(problem, k, source, logits, directions));
            }
        }
    }

    private void oneFollower(
            FiniteProblem problem, int context, ChunkEvaluator.Source source, double[] logits, int directions) {
        findings.addAll(new ExactGradients(problem, context, at, logits, random, directions).check());
        SampledPoint sampled = new SampledPoint(problem, DiscretePolicy.of(policy), context, at, rule, source);
        SampledGradients gradients = new SampledGradients(sampled, where(problem, context));
        evidence.addAll(gradients.check());
        leftOut.addAll(gradients.weak());
        problem.preferences().flatMap(PreferenceProblem::finitePreferences).ifPresent(pairs -> {
            PreferenceModel.of(pairs)
                    .ifPresentOrElse(
                            model -> {
                                PreferenceGradients losses =
                                        new PreferenceGradients(pairs, model, sampled, random, directions);
                                findings.addAll(losses.differences(logits));
                                evidence.addAll(losses.samples());
                                leftOut.addAll(losses.weak());
                            },
                            () -> leftOut.add(
                                    "the loss on pairs, which is exact for at most " + PreferenceModel.MOST_SEGMENTS
                                            + " segments alone: shorten them and the problem for this check"));
        });
    }

    private void zeroSum(ZeroSumProblem problem, int context, ChunkEvaluator.Source source, int directions) {
        TwoPlayerSoftmax players = (TwoPlayerSoftmax) policy;
        findings.addAll(new ZeroSumGradients(problem, players, context, at, random, directions).check());
        if (problem.entropyWeight() > 0) {
            ZeroSumSamples samples =
                    new ZeroSumSamples(problem, players, context, at, rule, source, where(problem, context));
            evidence.addAll(samples.check());
            leftOut.addAll(samples.weak());
        }
    }

    private void sampleOnly(TrajectoryProblem problem) {
        leftOut.add("tables and exact quantities, which a problem that can only be sampled does not have");
        List<double[]> observations = new ArrayList<>();
        for (int context = 0; context < contexts(problem); context++) {
            String where = where(problem, context);
            SimulatorContract contract = new SimulatorContract(problem, context, at, rule, random, where);
            findings.addAll(contract.check());
            if (contract.isFinite()) {
                findings.addAll(new EngineReplay(problem, policy, context, at, rule, where).check(observations));
                evidence.addAll(new SimulatorGradients(problem, context, at, rule, random, where).check());
            } else {
                leftOut.add("returns and gradients of a simulator whose numbers are not finite" + where);
            }
        }
        List<double[]> seen = observations.subList(0, Math.min(MOST_OBSERVATIONS, observations.size()));
        findings.add(
                policy instanceof DiscretePolicy discrete
                        ? new PolicyGradients(discrete, at.lower(), random).check(seen)
                        : new DensityGradients(policy, at.lower(), random).check(seen));
    }

    private int contexts(TrajectoryProblem problem) {
        int contexts = Math.min(MOST_CONTEXTS, problem.contexts());
        if (contexts < problem.contexts()) {
            leftOut.add("contexts " + contexts + " to " + (problem.contexts() - 1));
        }
        return contexts;
    }

    private static String where(TrajectoryProblem problem, int context) {
        return problem.contexts() == 1 ? "" : ", context " + context;
    }

    private static List<double[]> observations(FiniteProblem problem, DiscretePolicy discrete) {
        List<double[]> observations = new ArrayList<>();
        int count = Math.min(MOST_OBSERVATIONS, problem.states());
        for (int i = 0; i < count; i++) {
            observations.add(PolicyTable.observation(problem, discrete, (int) ((long) i * problem.states() / count)));
        }
        return observations;
    }
}
