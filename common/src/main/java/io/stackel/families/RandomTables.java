package io.stackel.families;

import io.stackel.mdp.MarkovGame;
import io.stackel.mdp.Transitions;
import io.stackel.problem.Parameter;
import io.stackel.problem.Range;
import io.stackel.problem.Settings;
import io.stackel.random.Purpose;
import io.stackel.random.RandomStream;
import java.util.Arrays;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.apache.spark.ml.linalg.DenseVector;

/**
 * Tables of generated problems. Every row is drawn from a stream of its own, addressed by seed, table and row, so that
 * no table changes when another grows.
 *
 * @param seed the problem's seed
 */
record RandomTables(long seed) {

    /** The longest array. */
    static final int LARGEST = Integer.MAX_VALUE - 8;

    /** Which table a row belongs to; the number is part of the address of its stream. */
    enum Table {
        TRANSITION(0),
        LOWER_REWARD(1),
        UPPER_REWARD(2),
        START(3),
        FEATURES(4),
        EXPERTS(5),
        OFFERS(6),
        LOG(7),
        SUCCESSORS(8);

        private final int role;

        Table(int role) {
            this.role = role;
        }
    }

    /**
     * The number of cells of a table.
     *
     * @throws IllegalArgumentException if no array has as many
     */
    static int cells(long... axes) {
        double product = 1;
        for (long axis : axes) {
            product *= axis;
        }
        if (product > LARGEST) {
            throw new IllegalArgumentException(
                    "a table of the problem must have at most " + LARGEST + " cells, but has "
                            + Arrays.stream(axes).mapToObj(Long::toString).collect(Collectors.joining(" x ")));
        }
        return (int) product;
    }

    /** How many states can follow, of a family whose rows may be sparse. */
    static final Parameter SUCCESSORS = Parameter.whole(
                    "successors",
                    5,
                    Range.closed(1, 10_000),
                    "States that can follow an action in a state, drawn for each; all states if left out.")
            .optional();

    /** The successors that settings ask for, at most all states. */
    static int successors(Settings settings, int states) {
        return (int) Math.min(states, settings.optionalWhole("successors").orElse(states));
    }

    /** A process with Dirichlet(1/2) transitions to so many states and a Dirichlet(1) start. */
    MarkovGame process(int states, int actions, int successors, double discount) {
        return new MarkovGame(
                states,
                1,
                actions,
                transitions(states, actions, halfDirichlet(Table.TRANSITION, cells(states, actions), successors)),
                flatDirichlet(Table.START, 1, states),
                discount);
    }

    /**
     * Transitions with given probabilities to states that are drawn without replacement: garnets, where they are fewer than all
     * (Archibald, McKinnon and Thomas, "On the generation of Markov decision processes", JORS 46, 1995).
     *
     * @param probabilities of the successors of each row in ascending order, S x B x successors
     */
    Transitions transitions(int states, int actions, double[] probabilities) {
        int width = probabilities.length / (states * actions);
        if (width == states) {
            return Transitions.of(states, actions, probabilities);
        }
        int[] start = new int[states * actions + 1];
        int[] next = new int[probabilities.length];
        boolean[] taken = new boolean[states];
        for (int row = 0; row < start.length - 1; row++) {
            RandomStream random = stream(Table.SUCCESSORS, row);
            int from = row * width;
            for (int i = from; i < from + width; i++) {
                do {
                    next[i] = random.nextInt(states);
                } while (taken[next[i]]);
                taken[next[i]] = true;
            }
            for (int i = from; i < from + width; i++) {
                taken[next[i]] = false;
            }
            start[row + 1] = from + width;
            Arrays.sort(next, from, from + width);
        }
        return new Transitions(states, actions, start, next, probabilities);
    }

    /** Equal probabilities. */
    static double[] even(int count) {
        double[] values = new double[count];
        Arrays.fill(values, 1.0 / count);
        return values;
    }

    /** Normal numbers of a standard deviation. */
    static DenseVector normal(RandomStream random, int size, double deviation) {
        double[] values = new double[size];
        Arrays.setAll(values, i -> deviation * random.nextGaussian());
        return new DenseVector(values);
    }

    /** A table of numbers uniform on [0, 1), one row. */
    double[] uniform(Table table, int count) {
        return rows(table, 1, count, RandomStream::nextDouble);
    }

    /** Rows drawn from the symmetric Dirichlet distribution with parameter 1: exponential numbers over their sum. */
    double[] flatDirichlet(Table table, int rows, int count) {
        return normalised(rows(table, rows, count, RandomStream::nextExponential), count);
    }

    /** Rows drawn from the symmetric Dirichlet distribution with parameter 1/2: squared normal numbers over their sum. */
    double[] halfDirichlet(Table table, int rows, int count) {
        return normalised(rows(table, rows, count, RandomTables::square), count);
    }

    /** Rows of normal numbers with mean 0 and variance 1/count. */
    double[] normal(Table table, int rows, int count) {
        double deviation = 1 / Math.sqrt(count);
        return rows(table, rows, count, random -> deviation * random.nextGaussian());
    }

    private double[] rows(Table table, int rows, int count, ToDoubleFunction<RandomStream> draw) {
        double[] values = new double[cells(rows, count)];
        for (int row = 0; row < rows; row++) {
            RandomStream random = stream(table, row);
            for (int i = row * count; i < (row + 1) * count; i++) {
                values[i] = draw.applyAsDouble(random);
            }
        }
        return values;
    }

    /** The random stream that one row of a table is drawn from. */
    RandomStream stream(Table table, int row) {
        return RandomStream.at(seed, Purpose.PROBLEM, table.role, row, 0, 0);
    }

    private static double square(RandomStream random) {
        double normal = random.nextGaussian();
        return normal * normal;
    }

    private static double[] normalised(double[] values, int count) {
        for (int offset = 0; offset < values.length; offset += count) {
            double total = 0;
            for (int i = offset; i < offset + count; i++) {
                total += values[i];
            }
            for (int i = offset; i < offset + count; i++) {
                values[i] /= total;
            }
        }
        return values;
    }
}
