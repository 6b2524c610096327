package io.stackel.check;

import io.stackel.estimate.BatchRequest;
import io.stackel.estimate.BatchResult;
import io.stackel.estimate.BatchResult.Estimate;
import io.stackel.estimate.ChunkEvaluator;
import io.stackel.estimate.Estimand;
import io.stackel.estimate.Follower;
import io.stackel.estimate.NikaidoIsodaGap;
import io.stackel.estimate.Returns;
import io.stackel.exact.Gradients;
import io.stackel.exact.SoftOptimum;
import io.stackel.exact.ZeroSumModel;
import io.stackel.exact.ZeroSumPoint;
import io.stackel.exact.ZeroSumProfile;
import io.stackel.math.VectorMath;
import io.stackel.policy.TwoPlayerSoftmax;
import io.stackel.problem.ZeroSumProblem;
import io.stackel.random.Purpose;
import java.util.ArrayList;
import java.util.List;

/**
 * What the engine samples of a zero-sum game against what is exact, in one context: the gradients of f plus the
 * Nikaido-Isoda gap from shared and from separate trajectories, with baselines and without, and both returns. Trajectories
 * are as long as in {@link SampledGradients}.
 */
final class ZeroSumSamples {

    private static final double[] COLD = {};
    private static final double[] NONE = {};
    private static final int PLAIN = 3;

    private final ZeroSumProblem problem;
    private final int context;
    private final CheckPoint at;
    private final CheckRule rule;
    private final ChunkEvaluator.Source source;
    private final int horizon;
    private final ChunkComparison comparison;
    private final ZeroSumProfile profile;
    private final SoftOptimum first;
    private final SoftOptimum second;
    private final List<Follower> followers = new ArrayList<>();

    ZeroSumSamples(
            ZeroSumProblem problem,
            TwoPlayerSoftmax policy,
            int context,
            CheckPoint at,
            CheckRule rule,
            ChunkEvaluator.Source source,
            String where) {
        this.problem = problem;
        this.context = context;
        this.at = at;
        this.rule = rule;
        this.source = source;
        horizon = SampledGradients.horizon(problem.discount(), SampledGradients.TRUNCATION);
        comparison = new ChunkComparison(rule, where, horizon);
        ZeroSumPoint point = new ZeroSumModel(problem, context).at(at.upper());
        double[] logs = policy.playersLogs(at.lower());
        profile = point.profile(logs);
        first = profile.firstResponse(SoftOptimum.TO_ROUNDING, COLD);
        second = profile.secondResponse(SoftOptimum.TO_ROUNDING, COLD);
        double[] againstSecond = policy.both(first.logPolicy(), policy.secondOf(logs));
        double[] againstFirst = policy.both(policy.firstOf(logs), second.logPolicy());
        followers.add(new Follower(at.lower(), NONE, profile.first().upperValue()));
        followers.add(new Follower(againstSecond, first.value(), NONE));
        followers.add(new Follower(againstFirst, VectorMath.scaled(-1, second.value()), NONE));
        for (int i = 0; i < PLAIN; i++) {
            followers.add(Follower.plain(followers.get(i).parameters()));
        }
    }

    List<Evidence> check() {
        List<Evidence> evidence = new ArrayList<>();
        evidence.addAll(gap("shared", 0, true));
        evidence.addAll(gap("independent", 0, false));
        evidence.addAll(gap("shared raw", PLAIN, true));
        Estimand returns = new Returns(Purpose.CHECK, 0, rule.units(), 0, 0);
        evidence.add(comparison.of(
                "returns", new double[] {profile.first().upperReturn(), profile.value()}, play(returns), one ->
                        new double[] {one.upperReturn(), one.lowerReturn()}));
        return evidence;
    }

    /** After {@link #check}: comparisons too noisy to tell the vector from zero, each with its figure. */
    List<String> weak() {
        return comparison.weak();
    }

    /** With weight 1 the gradients of the gap weigh about as much as those of f, so that an error of either shows. */
    private List<Evidence> gap(String name, int own, boolean shared) {
        Estimand estimand =
                new NikaidoIsodaGap(Purpose.CHECK, 0, rule.units(), 0, own, own + 1, own + 2, shared, 1, false);
        Gradients exact = profile.upperGradients()
                .plus(1, profile.nikaidoIsoda(first, second).gradients());
        double[] term = new double[problem.upperSize()];
        problem.addUpperTermGradient(at.upper(), term);
        List<BatchResult> chunks = play(estimand);
        return List.of(
                comparison.of(
                        "Nikaido-Isoda " + name + " in x",
                        VectorMath.minus(exact.inUpper(), term),
                        chunks,
                        Estimate::upperGradient),
                comparison.of("Nikaido-Isoda " + name + " in theta", exact.inLower(), chunks, Estimate::lowerGradient));
    }

    private List<BatchResult> play(Estimand estimand) {
        int perChunk = Math.toIntExact(Math.max(1, estimand.units() / UnitMeans.CHUNKS));
        BatchRequest request = rule.request(context, horizon, perChunk, at.upper(), followers, estimand);
        return UnitMeans.chunks(source, request);
    }
}
