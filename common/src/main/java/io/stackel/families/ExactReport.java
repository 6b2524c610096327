package io.stackel.families;

import io.stackel.exact.ExactFit;
import io.stackel.exact.Objective;
import io.stackel.math.Tensor;
import io.stackel.math.VectorMath;
import io.stackel.problem.DataProblem;
import io.stackel.problem.FiniteProblem;
import io.stackel.problem.PreferenceProblem;
import io.stackel.problem.QuadraticLower;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
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

    private static final Set<String> NOT_IN_STACKELBERG = Set.of(
            "visits",
            "q",
            "value_penalty_grad_theta",
            "bellman_penalty_grad_theta",
            "surrogate_policy",
            "surrogate_objective",
            "surrogate_gradient");

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

    /** The report for a problem file, with exactly the keys of its kind. */
    public static ExactReport of(ProblemFile file) {
        if (file.problem().data().isPresent()) {
            return of(file.problem().data().get(), file.upper());
        }
        if (file.problem() instanceof Preferences pairs && pairs.known() == Preferences.Known.PAIRS) {
            return new PreferenceReport(pairs, file.upper(), file.lower(), file.upperShape()).loss();
        }
        FiniteProblem problem = file.problem().tables().orElseThrow();
        ExactReport all = of(problem, 0, file.upper(), file.lower(), file.sigma(), file.upperShape());
        return switch (file.kind()) {
            case ProblemFile.STACKELBERG -> all.only(key -> !NOT_IN_STACKELBERG.contains(key));
            case ProblemFile.ZERO_SUM -> all.only(ZeroSumReport.FILE_KEYS::contains);
            default -> all;
        };
    }

    private ExactReport only(Predicate<String> keys) {
        return new ExactReport(
                entries.stream().filter(entry -> keys.test(entry.key)).toList(),
                leftOut.stream().filter(keys).toList());
    }

    private static ExactReport of(
            FiniteProblem problem, int context, DenseVector upper, double[] lower, double sigma, int... upperShape) {
        Optional<ExactReport> special = problem.preferences()
                .flatMap(PreferenceProblem::finitePreferences)
                .map(pairs -> new PreferenceReport(pairs, upper, lower, upperShape).report())
                .or(() -> problem.zeroSum()
                        .map(game -> new ZeroSumReport(game, context, upper, lower, upperShape).report()));
        return special.orElseGet(() -> new ContextReport(problem, context, upper, lower, sigma).report(upperShape));
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
        List<ExactReport> contexts = new ArrayList<>();
        for (int context = 0; context < problem.contexts(); context++) {
            contexts.add(of(problem, context, upper, lower, sigma, problem.upperSize()));
        }
        return contexts.size() == 1 ? contexts.get(0) : merge(contexts);
    }

    /**
     * The report for a problem with data and a quadratic lower level: {@code solution} w*, {@code hyper_objective}, {@code
     * hypergradient}.
     *
     * @throws IllegalArgumentException if its lower level is not quadratic
     */
    public static ExactReport of(DataProblem problem, DenseVector upper) {
        QuadraticLower quadratic = problem.quadratic()
                .orElseThrow(() -> new IllegalArgumentException(
                        "exact quantities of a problem with data need a lower level that is quadratic in w, such as ridge"
                                + " regression, but that of this problem is not"));
        ExactFit fit = new ExactFit(quadratic, upper);
        Objective objective = fit.hypergradient();
        return new ExactReport(
                List.of(
                        new Entry("solution", vector(fit.solution())),
                        new Entry("hyper_objective", new Tensor.Real(new double[] {objective.value()})),
                        new Entry("hypergradient", vector(objective.gradient()))),
                List.of());
    }

    private static Tensor.Real vector(double[] values) {
        return new Tensor.Real(values, values.length);
    }

    private static ExactReport merge(List<ExactReport> contexts) {
        List<Entry> merged = new ArrayList<>();
        List<String> leftOut = new ArrayList<>();
        for (ExactReport report : contexts) {
            report.leftOut.stream().filter(key -> !leftOut.contains(key)).forEach(leftOut::add);
        }
        for (Entry entry : contexts.get(0).entries) {
            if (leftOut.contains(entry.key)) {
                continue;
            }
            List<Tensor.Real> values =
                    contexts.stream().map(report -> report.get(entry.key)).toList();
            boolean number = entry.value.shape().length == 0;
            boolean inUpper = entry.key.endsWith("_grad_x") || entry.key.endsWith("gradient");
            merged.add(new Entry(entry.key, number || inUpper ? mean(values) : stack(values)));
            if (number) {
                merged.add(new Entry(entry.key + "_per_context", stack(values)));
            }
        }
        return new ExactReport(merged, leftOut);
    }

    private Tensor.Real get(String key) {
        return entries.stream()
                .filter(entry -> entry.key.equals(key))
                .findFirst()
                .orElseThrow()
                .value;
    }

    private static Tensor.Real mean(List<Tensor.Real> values) {
        double[] sum = new double[values.get(0).size()];
        for (Tensor.Real value : values) {
            VectorMath.addScaled(1, value.values(), sum);
        }
        return new Tensor.Real(
                VectorMath.scaled(1.0 / values.size(), sum), values.get(0).shape());
    }

    private static Tensor.Real stack(List<Tensor.Real> values) {
        Tensor.Real first = values.get(0);
        double[] all = new double[values.size() * first.size()];
        for (int i = 0; i < values.size(); i++) {
            System.arraycopy(values.get(i).values(), 0, all, i * first.size(), first.size());
        }
        int[] shape = new int[first.shape().length + 1];
        shape[0] = values.size();
        System.arraycopy(first.shape(), 0, shape, 1, first.shape().length);
        return new Tensor.Real(all, shape);
    }
}
