package io.stackel.api;

import io.stackel.algorithm.Safetensors;
import io.stackel.algorithm.Solution;
import io.stackel.experiment.Catalogue;
import io.stackel.experiment.ConfigurationException;
import io.stackel.experiment.Experiment;
import io.stackel.math.Tensor;
import io.stackel.report.MetricTable;
import io.stackel.run.CommandFailure;
import io.stackel.run.HadoopSettings;
import io.stackel.run.LoadedExperiment;
import io.stackel.run.StatusReport;
import io.stackel.store.Head;
import io.stackel.store.RunReader;
import io.stackel.store.RunState;
import io.stackel.store.Stores;
import java.net.URI;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * A run in its directory, to be read. Every method reads the newest commit, also while a driver works on the run; nothing is
 * written. Keep what {@link #solution} returns where several arrays are wanted.
 *
 * <p>Every failure is a {@link StackelException}: {@link StackelException.Usage} where the run has no commit yet, {@link
 * StackelException.Data} if a stored file is not as it was written or the problem has changed since, {@link
 * StackelException.TryAgain} if the store does not answer.
 */
public final class Run {

    private final URI place;
    private final RunReader reader;
    private final Catalogue catalogue;

    private Run(URI place, RunReader reader, Catalogue catalogue) {
        this.place = place;
        this.reader = reader;
        this.catalogue = catalogue;
    }

    static Run existing(URI place, Catalogue catalogue) {
        return new Run(place, RunReader.open(Stores.openForReading(place, new HadoopSettings())), catalogue);
    }

    /** The run's directory. */
    public URI place() {
        return place;
    }

    /** How the run stands: created, running, stopped, complete, diverged or failed. */
    public RunState state() {
        return StackelException.typed(() -> report().state());
    }

    /** Whether a limit of the configuration was met. */
    public boolean isComplete() {
        return state() == RunState.COMPLETE;
    }

    /**
     * What {@code stackel status --json} prints, by its keys: {@code iteration}, {@code samples}, {@code upperObjective}, {@code
     * upperObjectiveAtBestResponse}, {@code stateSha256}, ...; without the keys that are not known.
     */
    public Map<String, Object> status() {
        return StackelException.typed(() -> {
            Map<String, Object> known = new LinkedHashMap<>();
            report().entries().forEach((key, entry) -> {
                if (entry instanceof Optional<?> optional) {
                    optional.ifPresent(value -> known.put(key, value));
                } else {
                    known.put(key, entry);
                }
            });
            return known;
        });
    }

    private StatusReport report() {
        return StatusReport.of(place, reader);
    }

    /** The upper variable, [m]. */
    public double[] x() {
        return numbers("x");
    }

    /** What the coordinates of {@link #x} are called, [m]. */
    public List<String> names() {
        return StackelException.typed(() -> {
            var problem = experiment(head()).setup().problem();
            return IntStream.range(0, problem.upperSize())
                    .mapToObj(problem::upperName)
                    .toList();
        });
    }

    /**
     * The probabilities of the follower's best response, [S][B]: a row for each state.
     *
     * @throws StackelException.Usage if there is no such table, because the problem can only be sampled, has data or two players
     *     ({@link #numbers} gives what there is), or if there are several contexts
     */
    public double[][] policy() {
        return StackelException.typed(() -> {
            Tensor.Real table = array("policy");
            if (table.shape().length > 2) {
                throw CommandFailure.usage("the run at " + place + " has a policy for each of " + table.shape()[0]
                        + " contexts; say which with policy(context), 0 to " + (table.shape()[0] - 1));
            }
            return rows(table, 0);
        });
    }

    /**
     * {@link #policy()} in one of several contexts, [S][B].
     *
     * @param context from 0
     * @throws StackelException.Usage if there is no such table or no such context
     */
    public double[][] policy(int context) {
        return StackelException.typed(() -> {
            Tensor.Real table = array("policy");
            int contexts = table.shape().length > 2 ? table.shape()[0] : 1;
            if (context < 0 || context >= contexts) {
                throw CommandFailure.usage("context must be in [0, " + (contexts - 1) + "], but was " + context);
            }
            return rows(table, context);
        });
    }

    private static double[][] rows(Tensor.Real tables, int context) {
        int[] shape = tables.shape();
        int width = shape[shape.length - 1];
        double[][] rows = new double[shape[shape.length - 2]][];
        for (int state = 0; state < rows.length; state++) {
            int from = (context * rows.length + state) * width;
            rows[state] = Arrays.copyOfRange(tables.values(), from, from + width);
        }
        return rows;
    }

    /**
     * An array of the {@linkplain #solution solution}, row-major.
     *
     * @param name {@code x}, {@code parameters}, {@code policy}, {@code value}, {@code leaderPolicy}, ...
     * @throws StackelException.Usage if the run has no such array; the message lists those that it has
     */
    public double[] numbers(String name) {
        return StackelException.typed(() -> array(name).values().clone());
    }

    /**
     * The lengths of the axes of an array of the solution; with several contexts all but those of x and leaderPolicy begin with
     * the context.
     *
     * @param name as of {@link #numbers}
     * @throws StackelException.Usage if the run has no such array
     */
    public int[] shape(String name) {
        return StackelException.typed(() -> array(name).shape().clone());
    }

    /** Everything that the run says about the problem; the class lists names and shapes. */
    public Solution solution() {
        return StackelException.typed(() -> {
            Head head = head();
            Experiment experiment = experiment(head);
            return Solution.of(experiment.setup(), experiment.algorithm(), Safetensors.decode(head.state()));
        });
    }

    private Tensor.Real array(String name) {
        Map<String, Tensor> arrays = solution().arrays();
        if (arrays.get(name) instanceof Tensor.Real found) {
            return found;
        }
        throw CommandFailure.usage(
                "the run at " + place + " has no array " + name + "; it has " + String.join(", ", arrays.keySet()));
    }

    /**
     * The rows of metrics by name, and a last one of the figures at the end; counts are Long, all others Double. Keys are those of
     * the README of spark-jobs: {@code iteration}, {@code samples}, {@code upperObjectiveAtBestResponse}, ...
     */
    public List<Map<String, Object>> metrics() {
        return StackelException.typed(() -> MetricRows.maps(table()));
    }

    /** {@link #metrics} as a table with a column for each key, null where a row has none. */
    public Dataset<Row> metrics(SparkSession session) {
        return StackelException.typed(() -> MetricRows.dataset(table(), session));
    }

    private MetricTable table() {
        return MetricTable.of(reader, head());
    }

    private Experiment experiment(Head head) {
        try {
            return LoadedExperiment.ofRun(place, reader, head, catalogue).experiment();
        } catch (ConfigurationException unknown) {
            throw CommandFailure.usage(
                    unknown.getMessage()
                            + "\nA problem, a policy or an algorithm that is not known must be in a jar of the class path; where a"
                            + " program gave its own problem, read the run with that: Stackel.text(...).problem(...).out(...).read()",
                    unknown);
        }
    }

    private Head head() {
        return reader.head()
                .orElseThrow(() -> CommandFailure.usage(
                        "the run at " + place + " has no commit yet; read it after the first one"));
    }

    /** Its directory and how it stands. */
    @Override
    public String toString() {
        return place + " (" + state() + ")";
    }
}
