package io.stackel.check;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How good each estimator of the hypergradient is at a point of a finite problem, over sigma.
 *
 * @param context in which it was measured
 * @param hypergradientNorm the norm of the exact hypergradient, without which biases and deviations mean nothing
 * @param units pairs of trajectories behind each row, single ones where there is no difference
 * @param horizon the longest trajectory
 * @param rows in the order of sigma, sides, trajectories, returns; those without a difference last
 */
public record EstimatorTable(int context, double hypergradientNorm, long units, int horizon, List<Row> rows) {

    /** The values of sigma / entropyWeight of a table that is not asked for others. */
    public static final List<Double> RATIOS = List.of(3.0, 1.0, 0.3, 0.1, 0.03);

    private static final int FORMAT = 1;

    public EstimatorTable {
        rows = List.copyOf(rows);
    }

    /** The form of the difference. */
    public enum Sides {
        /** No difference: advantages under the best response, the limit of two sides as sigma falls to 0. */
        NONE,
        /** The same with means over actions and what follows in the place of what was drawn. */
        VECTOR,
        /** Between the best response and the policy at sigma. */
        ONE,
        /** Between the policies at -sigma and at sigma. */
        TWO
    }

    /** Where the two terms of the difference come from. */
    public enum Trajectories {
        /** Each from trajectories of its own policy. */
        INDEPENDENT,
        /** Both from the same trajectories, weighted. */
        SHARED
    }

    /** What the scores of the leader's policy are multiplied with. */
    public enum Returns {
        /** Residuals of the exact values of each policy. */
        RESIDUAL,
        /** Sums of rewards. */
        RAW,
        /** Nothing: the upper variable enters through rewards alone. */
        NONE
    }

    /**
     * One estimator at one sigma.
     *
     * @param sigma above 0; 0 where there is no difference
     * @param ratio sigma / entropyWeight
     * @param bias |exact gradient of the surrogate - exact hypergradient| / |exact hypergradient|
     * @param deviation standard deviation of a unit, the root of the trace of its covariance, over the hypergradient's norm
     * @param saturation mean |w_1 - w_2| / 2 of the weights, in [0, 1]; 1 where nothing is shared, 0 where there is
     *     one follower
     */
    public record Row(
            double sigma,
            double ratio,
            Sides sides,
            Trajectories trajectories,
            Returns returns,
            double bias,
            double deviation,
            double saturation) {}

    /** A tree for {@link io.stackel.experiment.JsonText}: format, the figures of the head, rows. */
    public Map<String, Object> tree() {
        List<Object> list = new ArrayList<>();
        for (Row row : rows) {
            Map<String, Object> entry = new LinkedHashMap<>();
            entry.put("sigma", row.sigma);
            entry.put("sigmaOverEntropyWeight", row.ratio);
            entry.put("sides", word(row.sides));
            entry.put("trajectories", word(row.trajectories));
            entry.put("returns", word(row.returns));
            entry.put("relativeBias", row.bias);
            entry.put("relativeDeviation", row.deviation);
            entry.put("saturation", row.saturation);
            list.add(entry);
        }
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("format", FORMAT);
        tree.put("context", context);
        tree.put("hypergradientNorm", hypergradientNorm);
        tree.put("units", units);
        tree.put("horizon", horizon);
        tree.put("rows", list);
        return tree;
    }

    /** A table in Markdown, columns aligned. */
    public String text() {
        StringBuilder text = new StringBuilder();
        text.append(String.format(
                Locale.ROOT,
                "context %d: hypergradient norm %.4g; %d units (pairs of trajectories) a row, horizon %d\n\n",
                context,
                hypergradientNorm,
                units,
                horizon));
        text.append(
                "| sigma/tau |    sigma | sides  | trajectories | returns  |     bias | deviation | saturation |\n");
        text.append(
                "|----------:|---------:|--------|--------------|----------|---------:|----------:|-----------:|\n");
        for (Row row : rows) {
            text.append(String.format(
                    Locale.ROOT,
                    "| %9.3g | %8.3g | %-6s | %-12s | %-8s | %8.2g | %9.4g | %10.3f |\n",
                    row.ratio,
                    row.sigma,
                    word(row.sides),
                    word(row.trajectories),
                    word(row.returns),
                    row.bias,
                    row.deviation,
                    row.saturation));
        }
        return text.toString();
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
