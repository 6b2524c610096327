package io.stackel.families;

import io.stackel.exact.ExactFit;
import io.stackel.math.Tensor;
import io.stackel.math.VectorMath;
import io.stackel.problem.DataProblem;
import io.stackel.problem.FinitePreferences;
import io.stackel.problem.FiniteProblem;
import io.stackel.problem.QuadraticLower;
import io.stackel.problem.ZeroSumProblem;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.spark.ml.linalg.DenseVector;

/**
 * The exact quantities of a finite problem at an upper variable x and softmax logits theta, or of a problem with data and a
 * quadratic lower level at x, under the names of the problem file format.
 *
 * <p>The Bellman penalty weighs states by the start distribution where that is positive everywhere, else evenly. The
 * surrogates are one-sided. Without entropy the quantities of the optimum and of the hypergradient do not exist, nor do
 * the penalties' gradients in x unless the optimum is unique: they are left out.
 *
 * @param entries in the order of the format
 * @param leftOut the keys that do not exist for this problem
 */
public record ExactReport(List<Entry> entries, List<String> leftOut) {

    /** Patterns of the keys that the files of a kind do not have. */
    private static final Map<String, String> NOT_IN_FILES = Map.of(
            ProblemFile.STACKELBERG, "visits|q|.*_penalty_grad_theta|surrogate_.*",
            ProblemFile.ZERO_SUM, "(upper|equilibrium|hyper).*");

    /**
     * One quantity.
     *
     * @param key its name
     * @param value a tensor; without axes for a number
     */
    public record Entry(String key, Tensor.Real value) {}

    public ExactReport {
        entries = List.copyOf(entries);
        leftOut = List.copyOf(leftOut);
    }

    private static ExactReport of(Quantities quantities) {
        List<Entry> entries = new ArrayList<>();
        quantities.values().forEach((key, value) -> entries.add(new Entry(key, value)));
        return new ExactReport(entries, List.copyOf(quantities.leftOut()));
    }

    /** The report for a problem file, with exactly the keys of its kind. */
    public static ExactReport of(ProblemFile file) {
        if (file.problem().data().isPresent()) {
            return of(file.problem().data().get(), file.upper());
        }
        if (file.problem() instanceof Preferences pairs && pairs.known() == Preferences.Known.PAIRS) {
            return of(ProcessQuantities.loss(pairs, file.upper(), file.upperShape()));
        }
        FiniteProblem problem = file.problem().as(FiniteProblem.class).orElseThrow();
        Quantities wanted = new Quantities(file.upperShape());
        wanted.addAllBut(
                NOT_IN_FILES.getOrDefault(file.kind(), ""),
                of(problem, 0, file.upper(), file.lower(), file.sigma(), file.upperShape()));
        return of(wanted);
    }

    private static Quantities of(
            FiniteProblem problem, int context, DenseVector upper, double[] lower, double sigma, int... upperShape) {
        Optional<ZeroSumProblem> game = problem.as(ZeroSumProblem.class);
        if (game.isPresent()) {
            return ZeroSumQuantities.of(game.get(), context, upper, lower, upperShape);
        }
        ProcessQuantities process = new ProcessQuantities(problem, context, upper, lower, upperShape);
        return problem.as(FinitePreferences.class).map(process::ofPreferences).orElseGet(() -> process.all(sigma));
    }

    /**
     * The report for any finite problem. With several contexts, numbers and gradients in x are averages, a number's
     * values follow under its key with {@code _per_context}, and tables get the context as their first axis.
     *
     * @param upper x, length m
     * @param lower theta, S x B, the same in every context; of two players S x A followed by S x B
     * @param sigma of the surrogate, above 0
     */
    public static ExactReport of(FiniteProblem problem, DenseVector upper, double[] lower, double sigma) {
        List<Quantities> contexts = new ArrayList<>();
        for (int context = 0; context < problem.contexts(); context++) {
            contexts.add(of(problem, context, upper, lower, sigma, problem.upperSize()));
        }
        return of(contexts.size() == 1 ? contexts.get(0) : merge(contexts));
    }

    /**
     * The report for a problem with data and a quadratic lower level: {@code solution} w*, {@code hyper_objective}, {@code
     * hypergradient}.
     *
     * @throws IllegalArgumentException if its lower level is not quadratic
     */
    public static ExactReport of(DataProblem problem, DenseVector upper) {
        QuadraticLower quadratic = problem.as(QuadraticLower.class)
                .orElseThrow(() -> new IllegalArgumentException(
                        "exact quantities of a problem with data need a lower level that is quadratic in w, such as ridge"
                                + " regression, but that of this problem is not"));
        ExactFit fit = new ExactFit(quadratic, upper);
        Quantities quantities = new Quantities(problem.upperSize());
        quantities.table("solution", fit.solution(), problem.lowerSize());
        quantities.objective("hyper_objective", "hypergradient", fit.hypergradient());
        return of(quantities);
    }

    private static Quantities merge(List<Quantities> contexts) {
        Quantities merged = new Quantities();
        contexts.forEach(one -> merged.leftOut().addAll(one.leftOut()));
        contexts.get(0).values().forEach((key, first) -> {
            if (merged.leftOut().contains(key)) {
                return;
            }
            double[] all = contexts.stream()
                    .flatMapToDouble(one -> Arrays.stream(one.values().get(key).values()))
                    .toArray();
            int[] stacked = IntStream.concat(IntStream.of(contexts.size()), IntStream.of(first.shape()))
                    .toArray();
            boolean number = first.shape().length == 0;
            if (number || key.endsWith("_grad_x") || key.endsWith("gradient")) {
                double[] mean = new double[first.size()];
                for (int i = 0; i < all.length; i++) {
                    mean[i % mean.length] += all[i];
                }
                merged.table(key, VectorMath.scaled(1.0 / contexts.size(), mean), first.shape());
            } else {
                merged.table(key, all, stacked);
            }
            if (number) {
                merged.table(key + "_per_context", all, stacked);
            }
        });
        return merged;
    }
}
