package io.stackel.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stackel.experiment.Catalogue;
import io.stackel.experiment.ConfigurationDecoder;
import io.stackel.experiment.Experiment;
import io.stackel.experiment.ExperimentConfiguration;
import io.stackel.problem.DataProblem;
import io.stackel.problem.LabelSummary;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.spark.ml.linalg.DenseVector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which files the problems of two data sets read, and when. */
class DataSetOpensTest {

    private static final int BLOCKS = 40;
    private static final int ROWS_PER_BLOCK = 5;
    private static final String CLEANING = "name: hyper-cleaning, classes: 2";
    private static final Catalogue CATALOGUE = Catalogue.load(DataSetOpensTest.class.getClassLoader());

    @TempDir
    Path folder;

    private final ConcurrentLinkedQueue<String> opened = new ConcurrentLinkedQueue<>();

    private String write(String name, boolean noted, double... classes) {
        DataSetDirectory directory = new DataSetDirectory(new LocalStorage(folder.resolve(name)));
        List<DataSetFile.Block> blocks = new ArrayList<>();
        LabelSummary.Counter labels = new LabelSummary.Counter();
        for (int b = 0; b < BLOCKS; b++) {
            double[] rows = new double[ROWS_PER_BLOCK];
            double[] classOf = new double[ROWS_PER_BLOCK];
            for (int i = 0; i < ROWS_PER_BLOCK; i++) {
                rows[i] = b + i;
                classOf[i] = classes[i % classes.length];
            }
            labels.add(classOf);
            blocks.add(directory.write(b, 1, rows, classOf));
        }
        directory.complete(new DataSetFile(
                (long) BLOCKS * ROWS_PER_BLOCK,
                ROWS_PER_BLOCK,
                "y",
                List.of("a"),
                blocks,
                noted ? Optional.of(labels.summary()) : Optional.empty(),
                Map.of()));
        return folder.resolve(name).toString();
    }

    private DataProblem problem(String problem, String training) {
        String sets = "training: " + training + ", validation: " + write("validation", true, 1)
                + (problem.equals(CLEANING) ? ", test: " + write("test", true, 1) : "");
        String text = "{format: 1, name: a, problem: {" + problem + ", " + sets + "}, algorithm: {name: first-order,"
                + " sigma: 0.1}, upper: {stepSize: 1}, lower: {solver: sampled, stepSize: 1}, stop: {iterations: 1}}";
        ExperimentConfiguration configuration = new ConfigurationDecoder(CATALOGUE.vocabulary())
                .decode("test", text.getBytes(StandardCharsets.UTF_8), List.of());
        StoredDataSets source = new StoredDataSets(
                root ->
                        new ForwardingStorage(Stores.openForReading(root, () -> {
                            throw new AssertionError("a local disk must be read without Hadoop");
                        })) {
                            @Override
                            public byte[] read(String path, int limit) throws IOException {
                                opened.add(path);
                                return super.read(path, limit);
                            }
                        },
                new BlockCache(() -> 0));
        return Experiment.of(configuration, CATALOGUE, Optional.empty(), source)
                .setup()
                .problem()
                .data()
                .orElseThrow();
    }

    private long openedBlocks() {
        return opened.stream().filter(path -> path.startsWith("blocks/")).count();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {CLEANING, "name: hyper-parameters, model: logistic", "name: hyper-parameters, model: ridge"})
    void aProblemIsBuiltWithoutABlock(String problem) {
        String training = problem.equals(CLEANING) ? write("training", true, 0, 1) : write("training", true, -1, 1);

        DataProblem built = problem(problem, training);

        assertThat(openedBlocks()).isZero();
        assertThat(opened).allMatch(DataSetFile.NAME::equals).hasSize(problem.equals(CLEANING) ? 3 : 2);
        built.trainingBlock(3);
        assertThat(openedBlocks()).isEqualTo(1);
    }

    @Test
    void whatIsFoundOfTheWrongRowsNeedsNoRow() {
        DataProblem built = problem(CLEANING, write("training", true, 0, 1));
        DenseVector x = new DenseVector(new double[built.upperSize()]);
        Arrays.fill(x.values(), -1);

        assertThat(built.figures(x, new DenseVector(new double[built.lowerSize()]), 50))
                .containsEntry("cleaningRecall", 1.0)
                .containsEntry("testAccuracy", 50 / (double) (BLOCKS * ROWS_PER_BLOCK));

        assertThat(openedBlocks()).isZero();
    }

    @Test
    void aDataSetWithoutANoteOfItsLabelsIsReadOnce() {
        problem(CLEANING, write("training", false, 0, 1));

        assertThat(openedBlocks()).isEqualTo(BLOCKS);
    }

    @Test
    void aRowWithAWrongLabelIsStillNamed() {
        assertThatThrownBy(() -> problem(CLEANING, write("training", true, 0, 1, 2)))
                .hasMessageContaining("training labels must be whole numbers from 0 to 1, but that of row 2 is 2.0");
    }
}
