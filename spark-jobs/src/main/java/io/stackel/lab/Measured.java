package io.stackel.lab;

import io.stackel.experiment.JsonText;
import io.stackel.math.Bootstrap.Interval;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a study found of a scheme.
 *
 * @param scheme measured
 * @param constants chosen at the largest eps; empty if with none of the grid every tuning seed came to it
 * @param points by falling eps; empty without constants
 * @param number of the scheme in the study
 */
public record Measured(Scheme scheme, Optional<Constants> constants, List<Point> points, int number) {

    /** Which mean of squared gaps came to eps. */
    public enum Mean {
        /** Over all iterations, as theorems have it. */
        WHOLE_RUN("whole run"),
        /** Over the last tenth of the iterations. */
        LAST_TENTH("last tenth");

        private final String words;

        Mean(String words) {
            this.words = words;
        }

        private double samples(Count count) {
            return (double) (this == WHOLE_RUN ? count.wholeRun() : count.lastTenth());
        }

        /** For people. */
        public String words() {
            return words;
        }
    }

    /**
     * One accuracy.
     *
     * @param epsilon mean squared gap
     * @param counts of seeds in order
     */
    public record Point(double epsilon, List<Count> counts) {

        /** How many seeds came to it. */
        public long reached() {
            return counts.stream().filter(Count::reached).count();
        }

        /** Whether all seeds came to it. */
        public boolean complete() {
            return reached() == counts.size();
        }

        /** The geometric mean over the seeds; not a number unless all came to it. */
        public double samples(Mean mean) {
            return complete()
                    ? Math.exp(counts.stream()
                            .mapToDouble(count -> Math.log(mean.samples(count)))
                            .average()
                            .orElseThrow())
                    : Double.NaN;
        }
    }

    /** The accuracies that all seeds came to; only these are fitted. */
    public List<Point> complete() {
        return points.stream().filter(Point::complete).toList();
    }

    /** The exponent with its interval; empty for fewer than three accuracies that all seeds came to. */
    public Optional<Interval> exponent(Mean mean) {
        List<Point> fitted = complete();
        if (fitted.size() < 3) {
            return Optional.empty();
        }
        double[] epsilons = fitted.stream().mapToDouble(Point::epsilon).toArray();
        List<double[]> seeds = new ArrayList<>();
        for (int seed = 0; seed < fitted.get(0).counts().size(); seed++) {
            int one = seed;
            seeds.add(fitted.stream()
                    .mapToDouble(point -> mean.samples(point.counts().get(one)))
                    .toArray());
        }
        return Optional.of(Exponent.of(epsilons, seeds, 2 * number + (mean == Mean.WHOLE_RUN ? 0 : 1)));
    }

    /** Everything, for programs. */
    public Map<String, Object> tree() {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("scheme", scheme.name());
        tree.put("theory", scheme.exponent());
        constants.ifPresent(one -> {
            tree.put("stepSize", one.stepSize());
            if (scheme.hasSigma()) {
                tree.put("sigma", one.sigma());
            }
            tree.put("units", one.units());
        });
        for (Mean mean : Mean.values()) {
            exponent(mean)
                    .ifPresent(fit -> tree.put(
                            mean == Mean.WHOLE_RUN ? "exponent" : "exponentOfLastTenth",
                            List.of(fit.mean(), fit.low(), fit.high())));
        }
        List<Object> rows = new ArrayList<>();
        for (Point point : points) {
            for (Count count : point.counts()) {
                Map<String, Object> row = new LinkedHashMap<>();
                row.put("epsilon", point.epsilon());
                row.put("wholeRun", count.wholeRun());
                row.put("lastTenth", count.lastTenth());
                row.put("iterations", count.iterations());
                row.put("samples", count.samples());
                if (!count.end().isEmpty()) {
                    row.put("end", count.end());
                }
                rows.add(row);
            }
        }
        tree.put("cells", rows);
        return tree;
    }

    /** The whole study as JSON. */
    public static String json(List<Measured> all) {
        return JsonText.indented(
                Map.of("schemes", all.stream().map(Measured::tree).toList()));
    }
}
