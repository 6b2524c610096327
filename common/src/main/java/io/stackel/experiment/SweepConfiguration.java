package io.stackel.experiment;

import io.stackel.random.Purpose;
import io.stackel.random.RandomStream;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Many runs of one configuration: every point of a grid, with every random draw, with every seed.
 *
 * @param name lower-case letters, digits and hyphens, at most 64
 * @param configuration path or URI of the configuration that all trials share, as given
 * @param overrides {@code key=value}, of all trials
 * @param seeds of the trials, an axis that every sweep has
 * @param grid axes of which all combinations are tried
 * @param random axes that are drawn together
 * @param excluded combinations that are left out
 * @param requirements what a trial must hold to count as feasible
 * @param references figures of others that a report sets beside the cells
 */
public record SweepConfiguration(
        String name,
        String configuration,
        List<String> overrides,
        List<Long> seeds,
        List<Axis> grid,
        RandomAxes random,
        List<Exclusion> excluded,
        Requirements requirements,
        List<Reference> references) {

    /** A random number in a name has so many digits. */
    private static final MathContext DIGITS = new MathContext(6);

    public SweepConfiguration {
        overrides = List.copyOf(overrides);
        seeds = List.copyOf(seeds);
        grid = List.copyOf(grid);
        excluded = List.copyOf(excluded);
        references = List.copyOf(references);
    }

    /** A named list of choices. */
    public record Axis(String name, List<Choice> choices) {
        public Axis {
            choices = List.copyOf(choices);
        }
    }

    /**
     * One value of an axis.
     *
     * @param label in tables and plans
     * @param overrides {@code key=value} of each key that it sets
     */
    public record Choice(String label, List<String> overrides) {
        public Choice {
            overrides = List.copyOf(overrides);
        }
    }

    /**
     * Axes that are drawn together.
     *
     * @param draws how many times, at least 0
     * @param seed of the draws, apart from the seeds of the trials
     */
    public record RandomAxes(int draws, long seed, List<RandomAxis> axes) {

        /** No random axes. */
        public static final RandomAxes NONE = new RandomAxes(0, 0, List.of());

        public RandomAxes {
            axes = List.copyOf(axes);
        }
    }

    /**
     * A key that is drawn uniformly, or log-uniformly, from an interval.
     *
     * @param low least value; above 0 where logarithmic
     * @param high greatest value
     * @param logarithmic whether the logarithm is uniform
     * @param whole whether only whole numbers are drawn
     */
    public record RandomAxis(String key, double low, double high, boolean logarithmic, boolean whole) {

        /** The value of a draw, as it is written. */
        String value(long seed, int axis, int draw) {
            double uniform =
                    RandomStream.at(seed, Purpose.SWEEP, axis, draw, 0, 0).nextDouble();
            double top = whole ? high + 1 : high;
            double value = logarithmic ? low * StrictMath.pow(top / low, uniform) : low + (top - low) * uniform;
            return whole
                    ? Long.toString((long) Math.min(high, Math.floor(value)))
                    : new BigDecimal(value).round(DIGITS).stripTrailingZeros().toString();
        }
    }

    /**
     * A combination that is left out.
     *
     * @param labels of axes; a trial that has them all is not tried
     */
    public record Exclusion(Map<String, String> labels) {
        public Exclusion {
            labels = Map.copyOf(labels);
        }

        private boolean excludes(Map<String, String> point) {
            return point.entrySet().containsAll(labels.entrySet());
        }
    }

    /**
     * What a trial must hold to count as feasible.
     *
     * @param lowerGap the largest gap of the lower level, if there is a bound
     * @param completeShare the least share of complete trials for a cell to be ranked, in [0, 1]
     */
    public record Requirements(OptionalDouble lowerGap, double completeShare) {

        /** Nothing is required. */
        public static final Requirements NONE = new Requirements(OptionalDouble.empty(), 0);
    }

    /**
     * What others found at a cell, as upper objectives, of which less is better.
     *
     * @param labels of axes; stands beside every cell that has them all
     * @param values by name of the source
     */
    public record Reference(Map<String, String> labels, SortedMap<String, Double> values) {
        public Reference {
            labels = Map.copyOf(labels);
            values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
        }
    }

    /**
     * One trial to be.
     *
     * @param labels value of each axis but the seed, in the order of the axes
     * @param seed of the run
     * @param overrides of the shared configuration, in order
     */
    public record Point(Map<String, String> labels, long seed, List<String> overrides) {}

    /** The names of all axes but the seed, grid first. */
    public List<String> axes() {
        List<String> names = new ArrayList<>();
        grid.forEach(axis -> names.add(axis.name()));
        random.axes().forEach(axis -> names.add(axis.key()));
        return names;
    }

    /** All trials, in the order in which they are numbered: grid, draws, seeds, the last fastest. */
    public List<Point> points() {
        List<Choice> settings = new ArrayList<>();
        List<Map<String, String>> labels = new ArrayList<>();
        cross(0, new LinkedHashMap<>(), overrides, labels, settings);
        List<Point> points = new ArrayList<>();
        for (int i = 0; i < settings.size(); i++) {
            Map<String, String> at = labels.get(i);
            if (excluded.stream().noneMatch(exclusion -> exclusion.excludes(at))) {
                for (long seed : seeds) {
                    List<String> own = new ArrayList<>(settings.get(i).overrides());
                    own.add("seed=" + seed);
                    points.add(new Point(at, seed, own));
                }
            }
        }
        return points;
    }

    private void cross(
            int axis,
            Map<String, String> labels,
            List<String> given,
            List<Map<String, String>> intoLabels,
            List<Choice> into) {
        if (axis < grid.size()) {
            for (Choice choice : grid.get(axis).choices()) {
                Map<String, String> more = new LinkedHashMap<>(labels);
                more.put(grid.get(axis).name(), choice.label());
                List<String> set = new ArrayList<>(given);
                set.addAll(choice.overrides());
                cross(axis + 1, more, set, intoLabels, into);
            }
            return;
        }
        for (int draw = 0; draw < Math.max(1, random.draws()); draw++) {
            Map<String, String> more = new LinkedHashMap<>(labels);
            List<String> set = new ArrayList<>(given);
            for (int i = 0; i < random.axes().size(); i++) {
                RandomAxis one = random.axes().get(i);
                String value = one.value(random.seed(), i, draw);
                more.put(one.key(), value);
                set.add(one.key() + "=" + value);
            }
            intoLabels.add(more);
            into.add(new Choice("", set));
        }
    }
}
