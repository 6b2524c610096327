package io.stackel.check;

import io.stackel.estimate.BatchResult.Estimate;
import io.stackel.estimate.Follower;
import io.stackel.estimate.NikaidoIsodaGap;
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
import org.apache.spark.ml.linalg.DenseVector;

/**
 * The exact quantities of a zero-sum game, in one context. Central differences against gradients: V and f in both
 * players' logits and in x; with entropy also the Nikaido-Isoda gap in both, and the objective at the equilibrium in x.
 * With entropy, what the engine samples against what is exact: the gradients of f plus the gap from shared and from
 * separate trajectories, with baselines and without, and both returns.
 *
 * <p>Rounding is taken as in {@link ExactGradients}; at the equilibrium, where it passes through policies whose logits
 * are payoffs over tau, 1/(1 - discount) (1 + R/tau) times as much.
 */
final class ZeroSumCheck {

    private static final double[] COLD = {};
    private static final double[] NONE = {};
    private static final int PLAIN = 3;

    private final CheckedContext<ZeroSumProblem> scene;
    private final TwoPlayerSoftmax policy;
    private final double[] lower;
    private final boolean soft;
    private final ZeroSumModel model;
    private final ZeroSumPoint here;
    private final double gain;
    private final double value;
    private final double gap;
    private final double term;

    ZeroSumCheck(CheckedContext<ZeroSumProblem> scene) {
        this.scene = scene;
        policy = (TwoPlayerSoftmax) scene.policy();
        lower = scene.at().lower();
        soft = scene.problem().entropyWeight() > 0;
        model = new ZeroSumModel(scene.problem(), scene.context());
        here = model.at(scene.upper());
        gain = ExactQuantity.largestGain(scene);
        value = ExactQuantity.valueNoise(scene);
        gap = value / (1 - scene.problem().discount());
        term = ExactQuantity.termNoise(scene);
    }

    /** Values nearby, from which every search starts, so that a result depends on its point alone. */
    private record Warm(double[] first, double[] second, double[] equilibrium) {}

    void check(int mostDirections) {
        Warm cold = new Warm(COLD, COLD, COLD);
        List<ExactQuantity> claimed = quantities(scene.upper(), lower, cold);
        if (!soft) {
            ExactQuantity.compare(scene, mostDirections, lower, claimed, (x, theta) -> quantities(x, theta, cold));
            return;
        }
        ZeroSumProfile profile = here.profile(policy.playersLogs(lower));
        SoftOptimum first = profile.firstResponse(SoftOptimum.TO_ROUNDING, COLD);
        SoftOptimum second = profile.secondResponse(SoftOptimum.TO_ROUNDING, COLD);
        double[] equilibrium = here.equilibrium(SoftOptimum.TO_ROUNDING, COLD).value();
        Warm warm = new Warm(first.value(), second.value(), equilibrium);
        ExactQuantity.compare(scene, mostDirections, lower, claimed, (x, theta) -> quantities(x, theta, warm));
        samples(profile, first, second);
    }

    private List<ExactQuantity> quantities(DenseVector x, double[] theta, Warm warm) {
        ZeroSumPoint point = x.equals(scene.upper()) ? here : model.at(x);
        ZeroSumProfile profile = point.profile(policy.playersLogs(theta));
        List<ExactQuantity> all = new ArrayList<>();
        all.add(new ExactQuantity("V", value, profile::value, profile::valueGradients));
        all.add(new ExactQuantity("f", value + term, profile::upperObjective, profile::upperGradients));
        if (soft) {
            SoftOptimum first = profile.firstResponse(SoftOptimum.TO_ROUNDING, warm.first);
            SoftOptimum second = profile.secondResponse(SoftOptimum.TO_ROUNDING, warm.second);
            all.add(new ExactQuantity(
                    "Nikaido-Isoda gap",
                    gap,
                    () -> profile.gap(first, second),
                    () -> profile.nikaidoIsoda(first, second).gradients()));
            all.add(ExactQuantity.of(
                    "objective at the equilibrium",
                    gap * (1 + gain / scene.problem().entropyWeight()) + term,
                    () -> point.hypergradient(point.equilibrium(SoftOptimum.TO_ROUNDING, warm.equilibrium))));
        }
        return all;
    }

    private void samples(ZeroSumProfile profile, SoftOptimum first, SoftOptimum second) {
        double[] logs = policy.playersLogs(lower);
        double[] againstSecond = policy.both(first.logPolicy(), policy.secondOf(logs));
        double[] againstFirst = policy.both(policy.firstOf(logs), second.logPolicy());
        List<Follower> followers = new ArrayList<>();
        followers.add(Follower.withBaselines(lower, NONE, profile.first().upperValue()));
        followers.add(Follower.withBaselines(againstSecond, first.value(), NONE));
        followers.add(Follower.withBaselines(againstFirst, VectorMath.scaled(-1, second.value()), NONE));
        for (int i = 0; i < PLAIN; i++) {
            followers.add(Follower.plain(followers.get(i).parameters()));
        }
        ChunkComparison comparison = new ChunkComparison(scene, followers, scene.horizon(ChunkComparison.TRUNCATION));
        Gradients exact = comparison.withoutTerm(
                profile.upperGradients()
                        .plus(1, profile.nikaidoIsoda(first, second).gradients()),
                1);
        sampledGap(comparison, "shared", exact, 0, true);
        sampledGap(comparison, "independent", exact, 0, false);
        sampledGap(comparison, "shared raw", exact, PLAIN, true);
        comparison.returns(profile.first().upperReturn(), profile.value());
    }

    /** With weight 1 the gradients of the gap weigh about as much as those of f, so that an error of either shows. */
    private void sampledGap(ChunkComparison comparison, String name, Gradients exact, int own, boolean shared) {
        comparison.gradients(
                "Nikaido-Isoda " + name,
                exact,
                new NikaidoIsodaGap(Purpose.CHECK, 0, scene.rule().units(), 0, own, own + 1, own + 2, shared, 1, false),
                Estimate::lowerGradient);
    }
}
