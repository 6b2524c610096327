package io.stackel.experiment;

import io.stackel.random.Purpose;
import io.stackel.random.RandomStream;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

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
    public record Point(Map<String, String> labels, long seed, List<String> overrides) {

        /** This and what another adds to it. */
        private Point and(Point other) {
            Map<String, String> both = new LinkedHashMap<>(labels);
            both.putAll(other.labels);
            return new Point(
                    both,
                    other.seed,
                    Stream.concat(overrides.stream(), other.overrides.stream()).toList());
        }
    }

    /** The names of all axes but the seed, grid first. */
    public List<String> axes() {
        return Stream.concat(
                        grid.stream().map(Axis::name), random.axes().stream().map(RandomAxis::key))
                .toList();
    }

    /** All trials, in the order in which they are numbered: grid, draws, seeds, the last fastest. */
    public List<Point> points() {
        List<Point> points = List.of(new Point(Map.of(), 0, overrides));
        for (Axis axis : grid) {
            points = crossed(
                    points,
                    axis.choices().stream()
                            .map(choice -> new Point(Map.of(axis.name(), choice.label()), 0, choice.overrides())));
        }
        points = crossed(points, IntStream.range(0, Math.max(1, random.draws())).mapToObj(this::drawn)).stream()
                .filter(point -> excluded.stream().noneMatch(exclusion -> exclusion.excludes(point.labels())))
                .toList();
        return crossed(points, seeds.stream().map(seed -> new Point(Map.of(), seed, List.of("seed=" + seed))));
    }

    /** What one draw of the random axes adds to a trial. */
    private Point drawn(int draw) {
        Map<String, String> values = new LinkedHashMap<>();
        for (RandomAxis axis : random.axes()) {
            values.put(axis.key(), axis.value(random.seed(), values.size(), draw));
        }
        return new Point(
                values,
                0,
                values.entrySet().stream()
                        .map(one -> one.getKey() + "=" + one.getValue())
                        .toList());
    }

    private static List<Point> crossed(List<Point> points, Stream<Point> added) {
        List<Point> more = added.toList();
        return points.stream().flatMap(point -> more.stream().map(point::and)).toList();
    }
}
