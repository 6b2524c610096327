package io.stackel.algorithm;

import io.stackel.exact.ExactFit;
import io.stackel.exact.FullLoss;
import io.stackel.exact.Objective;
import io.stackel.exact.ZeroSumModel;
import io.stackel.exact.ZeroSumPoint;
import io.stackel.exact.ZeroSumProfile;
import io.stackel.math.VectorMath;
import io.stackel.policy.TwoPlayerSoftmax;
import io.stackel.problem.DataProblem;
import io.stackel.problem.FiniteProblem;
import io.stackel.problem.PreferenceProblem;
import io.stackel.problem.Problem;
import io.stackel.problem.QuadraticLower;
import io.stackel.problem.ZeroSumProblem;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.ml.linalg.DenseVector;

/**
 * Exact figures, all of them means over the contexts: the objective at the exact best response and its stationarity gap; the
 * objective and the gap of the best response as the algorithm knows it, and of its surrogates.
 *
 * <p>A follower that is learnt from samples is as it was when the algorithm last saw a context; what has not been seen since x
 * moved is part of its gap.
 *
 * @param sampled measures the loss on pairs where it is not exact; empty for not at all
 */
record ExactEvaluation(ProblemSetup setup, Kind kind, Optional<SampledEvaluation> sampled) implements Evaluation {

    static final double TOLERANCE = 1e-12;
    static final double[] COLD = {};

    /** What is exact of a kind of problem. */
    interface Kind {

        /**
         * Adds the figures of one context.
         *
         * @param lower policies or models of the lower level by name, {@link Evaluation#RESPONSE} and the surrogates
         */
        void measure(DenseVector x, int context, Map<String, double[]> lower, Means into);

        /**
         * That of a setup; empty if its problem can only be sampled.
         *
         * @param oracle that goes through rows of data
         */
        static Optional<Kind> of(ProblemSetup setup, GradientOracle oracle) {
            Optional<Kind> rows = setup.data().map(data -> rows(data, oracle));
            return rows.or(() -> setup.trajectories().flatMap(Kind::tables));
        }

        private static Optional<Kind> tables(Setup setup) {
            return setup.policy() instanceof TwoPlayerSoftmax policy
                    ? setup.problem().as(ZeroSumProblem.class).map(game -> players(game, policy))
                    : setup.problem().as(FiniteProblem.class).map(problem -> new ExactTables(problem, setup.policy()));
        }

        /**
         * Data: f over all validation rows, which the engine goes through, or the driver where the lower level is quadratic
         * and it must solve it over all rows anyway.
         */
        private static Kind rows(DataSetup setup, GradientOracle oracle) {
            DataProblem problem = setup.problem();
            RowTotals engine = new RowTotals(setup, oracle);
            return (x, context, lower, into) -> {
                List<String> names = List.copyOf(lower.keySet());
                List<double[]> models = names.stream().map(lower::get).toList();
                Optional<ExactFit> fit = problem.as(QuadraticLower.class).map(quadratic -> new ExactFit(quadratic, x));
                fit.ifPresent(exact -> {
                    into.addBest(exact.hypergradient());
                    lower.forEach((name, model) -> into.add(Evaluation.of(LOWER_GAP, name), exact.lowerGap(model)));
                });
                double[] objectives = fit.isPresent()
                        ? models.stream()
                                .mapToDouble(model -> FullLoss.upper(problem, x, new DenseVector(model)))
                                .toArray()
                        : engine.upperObjectives(x, models);
                for (int i = 0; i < objectives.length; i++) {
                    into.add(Evaluation.of(UPPER_OBJECTIVE, names.get(i)), objectives[i]);
                }
                List<String> judged = names.stream()
                        .filter(name -> name.equals(RESPONSE) || name.equals(Algorithm.PENALISED))
                        .toList();
                double[] scores =
                        engine.testScores(x, judged.stream().map(lower::get).toList());
                for (int i = 0; i < scores.length; i++) {
                    String name = judged.get(i);
                    problem.figures(x, new DenseVector(lower.get(name)), scores[i])
                            .forEach((figure, value) -> into.add(Evaluation.of(figure, name), value));
                }
            };
        }

        /** Two players: the best response is their equilibrium, the lower gap that of Nikaido and Isoda. */
        private static Kind players(ZeroSumProblem problem, TwoPlayerSoftmax policy) {
            ZeroSumModel[] models = new ZeroSumModel[problem.contexts()];
            Arrays.setAll(models, context -> new ZeroSumModel(problem, context));
            return (x, context, lower, into) -> {
                ZeroSumPoint point = models[context].at(x);
                if (problem.entropyWeight() > 0) {
                    into.addBest(point.hypergradient(point.equilibrium(TOLERANCE, COLD)));
                }
                lower.forEach((name, theta) -> {
                    ZeroSumProfile profile = point.profile(policy.playersLogs(theta));
                    into.add(Evaluation.of(UPPER_OBJECTIVE, name), profile.upperObjective());
                    into.add(
                            Evaluation.of(LOWER_GAP, name),
                            profile.gap(
                                    profile.firstResponse(TOLERANCE, COLD), profile.secondResponse(TOLERANCE, COLD)));
                });
            };
        }
    }

    /** Figures by name, and the hypergradient, as means over the contexts; mutable. */
    static final class Means {

        private final int contexts;
        private final SortedMap<String, Double> figures = new TreeMap<>();
        private double[] gradient = {};

        private Means(int contexts) {
            this.contexts = contexts;
        }

        /** Adds a context's share of a figure. */
        void add(String figure, double value) {
            figures.merge(figure, value / contexts, Double::sum);
        }

        /** Adds a context's share of Phi and of its gradient. */
        void addBest(Objective exact) {
            add(UPPER_OBJECTIVE_AT_BEST_RESPONSE, exact.value());
            gradient = Arrays.copyOf(gradient, exact.gradient().length);
            VectorMath.addScaled(1.0 / contexts, exact.gradient(), gradient);
        }
    }

    /** With what the problem estimated from data. */
    @Override
    public Optional<SortedMap<String, Double>> first(Algorithm algorithm, State state, Watch watch) {
        SortedMap<String, Double> figures = measure(algorithm, state);
        figures.putAll(setup.problem().estimates());
        return Optional.of(figures);
    }

    @Override
    public SortedMap<String, Double> measure(Algorithm algorithm, State state) {
        DenseVector x = new DenseVector(algorithm.upper(state));
        Means means = new Means(setup.contexts());
        for (int context = 0; context < means.contexts; context++) {
            SortedMap<String, double[]> lower = new TreeMap<>(algorithm.surrogates(state, context));
            lower.put(RESPONSE, algorithm.follower(state, context));
            kind.measure(x, context, lower, means);
        }
        SortedMap<String, Double> figures = means.figures;
        if (means.gradient.length > 0) {
            figures.put(STATIONARITY_GAP, setup.upper().projection().gap(x.values(), means.gradient));
        }
        Problem problem = setup.problem();
        problem.as(QuadraticLower.class)
                .ifPresent(any -> figures.put(SQUARED_HYPERGRADIENT_NORM, VectorMath.normSquared(means.gradient)));
        problem.as(ZeroSumProblem.class).ifPresent(game -> addDesigner(game.upperTerm(x), figures));
        problem.as(PreferenceProblem.class).ifPresent(pairs -> {
            figures.put(LABELS, (double) PairBuffer.labelled(state));
            if (!pairs.labelsPairs()) {
                double loss = new PairBuffer(pairs).loss(pairs.given(), x.values(), new double[x.size()]);
                figures.put(UPPER_OBJECTIVE, loss + pairs.upperTerm(x));
            } else if (!figures.containsKey(UPPER_OBJECTIVE)) {
                sampled.ifPresent(one -> one.addPairLoss(pairs, algorithm, state, figures));
            }
        });
        return figures;
    }

    private static void addDesigner(double upperTerm, SortedMap<String, Double> figures) {
        figures.put(NIKAIDO_ISODA_GAP, figures.get(LOWER_GAP));
        figures.put(DESIGNER_VALUE, upperTerm - figures.get(UPPER_OBJECTIVE));
        if (figures.containsKey(UPPER_OBJECTIVE_AT_BEST_RESPONSE)) {
            figures.put(DESIGNER_VALUE_AT_EQUILIBRIUM, upperTerm - figures.get(UPPER_OBJECTIVE_AT_BEST_RESPONSE));
        }
    }
}
