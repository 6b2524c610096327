package io.stackel.ml;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stackel.api.Stackel;
import io.stackel.cli.Main;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.functions;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a Spark program sees of the estimator, on a session with Kryo that knows nothing of Stackel. All numbers are seeded, so
 * the bits are always the same and nothing here fails by chance.
 */
class HyperCleanerIT {

    private static final int CLASSES = 3;
    private static final int FEATURES = 4;
    private static final int TRAINING = 240;
    private static final int TRUSTED = 60;

    private static SparkSession session;

    @TempDir
    Path folder;

    @BeforeEach
    void start() {
        session = SparkSession.builder()
                .master("local[2]")
                .appName("cleaning")
                .config("spark.ui.enabled", "false")
                .config("spark.driver.bindAddress", "127.0.0.1")
                .config("spark.driver.host", "127.0.0.1")
                .config("spark.sql.shuffle.partitions", "3")
                .config("spark.serializer", "org.apache.spark.serializer.KryoSerializer")
                .getOrCreate();
    }

    @AfterAll
    static void stop() {
        session.stop();
    }

    private static boolean isWrong(long id) {
        return id >= TRUSTED && id % 4 == 1;
    }

    /** Classes around their corners; the first rows are trusted, of the others every fourth label is wrong. */
    private static Dataset<Row> table() {
        Random random = new Random(1);
        List<Row> rows = new ArrayList<>();
        for (long id = 0; id < TRUSTED + TRAINING; id++) {
            int label = (int) (id % CLASSES);
            double[] features = random.doubles(FEATURES, -1, 1).toArray();
            features[label] += 2;
            double shown = isWrong(id) ? (label + 1) % CLASSES : label;
            rows.add(RowFactory.create(id, Vectors.dense(features), shown, id < TRUSTED));
        }
        return session.createDataFrame(
                rows,
                new StructType()
                        .add("id", DataTypes.LongType)
                        .add("features", SQLDataTypes.VectorType())
                        .add("label", DataTypes.DoubleType)
                        .add("checked", DataTypes.BooleanType));
    }

    private HyperCleaner cleaner(String place) {
        return new HyperCleaner()
                .setValidationIndicatorCol("checked")
                .setBlockSize(20)
                .setMaxIter(8)
                .setCheckpointDir(folder.resolve(place).toString());
    }

    private static String runDir(HyperCleanerModel model) {
        return model.getOrDefault(model.runDir());
    }

    private static Object hash(String place) {
        return Stackel.open(place).status().get("stateSha256");
    }

    private static Map<Object, Double> weights(Dataset<Row> table) {
        Map<Object, Double> weights = new TreeMap<>();
        table.select("id", "weight").collectAsList().forEach(row -> weights.put(row.get(0), row.<Double>getAs(1)));
        return weights;
    }

    @Test
    void weightsAreBelowAHalfWhereLabelsAreWrong() {
        HyperCleanerModel model = cleaner("place").setMaxIter(150).fit(table());

        Map<Object, Double> weights = weights(model.weights());

        Set<Object> found = new HashSet<>();
        Set<Object> wrong = new HashSet<>();
        weights.forEach((id, weight) -> {
            assertThat(weight).isBetween(0.0, 1.0);
            if (weight < 0.5) {
                found.add(id);
            }
            if (isWrong((Long) id)) {
                wrong.add(id);
            }
            if ((Long) id < TRUSTED) {
                assertThat(weight).isOne();
            }
        });
        assertThat(weights).hasSize(TRUSTED + TRAINING);
        assertThat(wrong).hasSize(TRAINING / 4);
        Set<Object> both = new HashSet<>(found);
        both.retainAll(wrong);
        assertThat(both.size()).as("of %s found", found.size()).isGreaterThanOrEqualTo(found.size() * 9 / 10);
        assertThat(both.size()).as("of %s wrong", wrong.size()).isGreaterThanOrEqualTo(wrong.size() * 9 / 10);
    }

    @Test
    void theBitsAreThoseOfTheCommandLineHoweverTheTableIsPartitioned() throws IOException {
        HyperCleanerModel model = cleaner("place").fit(table());
        Dataset<Row> other =
                table().repartition(7, col("label")).orderBy(col("id").desc());
        HyperCleanerModel again = cleaner("other")
                .fit(other.withColumn("features", functions.vector_to_array(col("features"), "float64")));
        assertThat(weights(again.weights())).isEqualTo(weights(model.weights()));
        for (String set : List.of("training", "validation")) {
            table().filter(col("checked").equalTo(set.equals("validation")))
                    .select(
                            col("id"),
                            col("label"),
                            functions
                                    .vector_to_array(col("features"), "float64")
                                    .as("features"))
                    .orderBy("id")
                    .drop("id")
                    .coalesce(1)
                    .write()
                    .parquet(file(set + ".parquet"));
        }
        session.stop();

        for (String set : List.of("training", "validation")) {
            stackel(
                    "data",
                    "import",
                    file(set + ".parquet"),
                    "--to",
                    file(set + "-set"),
                    "--rows-per-block",
                    "20",
                    "--format",
                    "parquet",
                    "--master",
                    "local[1]");
        }
        Path configuration = folder.resolve("mine.yaml");
        Files.writeString(configuration, """
                format: 1
                name: mine
                problem: {name: hyper-cleaning, classes: 3, corruption: 0, ridge: 0.001,
                  training: training-set, validation: validation-set, test: validation-set}
                algorithm: {name: first-order, sigma: 0.1, sides: two, coupling: shared}
                upper: {optimizer: adam, stepSize: 0.05, units: 20}
                lower: {innerSteps: 10, optimizer: sgd, stepSize: 0.5, units: 4}
                stop: {iterations: 8}
                """);
        stackel("run", configuration.toString(), "--engine", "local", "--out", file("run"));

        assertThat(hash(file("run"))).isEqualTo(hash(runDir(model))).isEqualTo(hash(runDir(again)));
    }

    private String file(String name) {
        return folder.resolve(name).toString();
    }

    private static void stackel(String... words) {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        PrintStream into = new PrintStream(said, true, StandardCharsets.UTF_8);
        assertThat(Main.run(words, into, into))
                .as(said.toString(StandardCharsets.UTF_8))
                .isZero();
    }

    @Test
    void aFitThatWasInterruptedGoesOn() throws InterruptedException {
        Object expected = hash(runDir(cleaner("whole").setMaxIter(400).fit(table())));
        HyperCleaner cleaner = cleaner("place").setMaxIter(400);
        Thread fitting = Thread.currentThread();
        Thread interrupter = new Thread(() -> {
            while (!hasCommit(folder.resolve("place"))) {
                LockSupport.parkNanos(10_000_000);
            }
            fitting.interrupt();
        });
        interrupter.start();

        assertThatThrownBy(() -> cleaner.fit(table()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("stopped");
        assertThat(Thread.interrupted()).isTrue();
        interrupter.join();

        assertThat(hash(runDir(cleaner.fit(table())))).isEqualTo(expected);
    }

    private static boolean hasCommit(Path place) {
        if (!Files.exists(place)) {
            return false;
        }
        try (Stream<Path> files =
                Files.find(place, 4, (path, file) -> path.getParent().endsWith("commits"))) {
            return files.findAny().isPresent();
        } catch (IOException | UncheckedIOException changing) {
            return false;
        }
    }

    @Test
    void isAStageOfAPipelineThatIsSavedAndLoaded() throws IOException {
        Pipeline pipeline =
                new Pipeline().setStages(new PipelineStage[] {cleaner("place").setWeightCol("w")});
        pipeline.write().save(file("pipeline"));
        PipelineModel model = Pipeline.load(file("pipeline")).fit(table());
        model.write().save(file("model"));
        Dataset<Row> weighed = model.transform(table());
        Map<Object, Double> expected = weights(weighed.withColumnRenamed("w", "weight"));
        assertThat(weighed.schema()).isEqualTo(model.transformSchema(table().schema()));
        assertThat(weighed.columns()).containsExactly("id", "features", "label", "checked", "w");
        assertThat(expected).hasSize(TRUSTED + TRAINING);

        PipelineModel loaded = PipelineModel.load(file("model"));

        assertThat(weights(loaded.transform(table()).withColumnRenamed("w", "weight")))
                .isEqualTo(expected);
        HyperCleanerModel stage = (HyperCleanerModel) loaded.stages()[0];
        assertThat(stage.uid()).isEqualTo(model.stages()[0].uid());
        assertThat(hash(runDir(stage))).isNotNull();
        Dataset<Row> unseen = stage.transform(table().withColumn("id", col("id").plus(1000)));
        assertThat(unseen.filter(col("w").isNotNull()).count()).isZero();
    }

    @Test
    void paramsAreCopiedSavedAndExplained() throws IOException {
        HyperCleaner cleaner = cleaner("place").setSeed(7).setRegParam(0.25).setInnerSteps(3);
        cleaner.write().save(file("cleaner"));
        HyperCleaner loaded = HyperCleaner.load(file("cleaner"));
        HyperCleaner copy = cleaner.copy(new ParamMap().put(cleaner.maxIter().w(9)));

        assertThat(loaded.uid()).isEqualTo(cleaner.uid()).isEqualTo(copy.uid());
        assertThat(loaded.extractParamMap().toString())
                .isEqualTo(cleaner.extractParamMap().toString());
        assertThat(copy.getOrDefault(copy.maxIter())).isEqualTo(9);
        assertThat(cleaner.getOrDefault(cleaner.maxIter())).isEqualTo(8);
        assertThat(Stream.of(cleaner.params()).map(Param::name))
                .containsExactly(
                        "blockSize",
                        "checkpointDir",
                        "featuresCol",
                        "idCol",
                        "innerStepSize",
                        "innerSteps",
                        "labelCol",
                        "maxIter",
                        "regParam",
                        "seed",
                        "stepSize",
                        "validationIndicatorCol",
                        "weightCol");
        assertThat(cleaner.explainParams()).contains("seed: random seed (default: 0, current: 7)");
        assertThatThrownBy(() -> cleaner.setStepSize(0)).hasMessageContaining("stepSize given invalid value 0.0");
    }

    @Test
    void columnsThatDoNotFitAreNamedBeforeAnyJob() {
        StructType schema = table().schema();

        assertThatThrownBy(() -> new HyperCleaner().transformSchema(schema))
                .hasMessageContaining("validationIndicatorCol must be set");
        assertThatThrownBy(() -> cleaner("place").setLabelCol("y").transformSchema(schema))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("labelCol: there is no column 'y'; the columns are id, features, label, checked");
        assertThatThrownBy(() -> cleaner("place").setIdCol("label").transformSchema(schema))
                .hasMessage(
                        "idCol: column 'label' must hold whole numbers or text, which tell rows apart, but is double");
        assertThatThrownBy(() -> cleaner("place").setWeightCol("label").transformSchema(schema))
                .hasMessage("weightCol: there is a column 'label' already; give the weights another name");
        assertThatThrownBy(() -> cleaner("place").setFeaturesCol("checked").fit(table()))
                .hasMessage("featuresCol: column 'checked' must hold vectors, or arrays of numbers, but is boolean");
        assertThat(folder.resolve("place")).doesNotExist();
    }

    @Test
    void rowsThatDoNotFitAreNamedByTheirIds() {
        refused(
                table().withColumn("id", col("id").mod(100)),
                "idCol: every row must have an id of its own, but 300 rows have 100");
        refused(at(17, "id", null), "idCol: 1 rows have no id");
        refused(
                at(17, "checked", null),
                "validationIndicatorCol: must be true or false, but in the row with id 17 it is not");
        refused(
                at(117, "label", 1.5),
                "labelCol: must be a whole number from 0 to 99999, but in the row with id 117 it is not");
        refused(
                at(117, "label", -1.0),
                "labelCol: must be a whole number from 0 to 99999, but in the row with id 117 it is not");
        refused(
                at(117, "label", null),
                "labelCol: must be a whole number from 0 to 99999, but in the row with id 117 it is not");
        Dataset<Row> arrays = table().withColumn("features", functions.vector_to_array(col("features"), "float64"));
        refused(
                arrays.withColumn(
                        "features",
                        when(col("id").equalTo(5), array(lit(Double.NaN))).otherwise(col("features"))),
                "featuresCol: must be there and hold finite numbers, but in the row with id 5 it is not");
        refused(
                arrays.withColumn(
                        "features", when(col("id").equalTo(5), array(lit(1.0))).otherwise(col("features"))),
                "featuresCol: all rows must have as many features, at least one, but they have 1 to 4");
        refused(
                table().withColumn("checked", lit(false)),
                "validationIndicatorCol: some rows must be trusted and some not, but of 300 rows 0 are");
        assertThat(folder.resolve("place")).doesNotExist();
    }

    private static Dataset<Row> at(long id, String column, Object value) {
        Dataset<Row> table = table();
        return table.withColumn(
                column,
                when(
                                col("id").equalTo(id),
                                lit(value).cast(table.schema().apply(column).dataType()))
                        .otherwise(col(column)));
    }

    private void refused(Dataset<Row> table, String message) {
        assertThatThrownBy(() -> cleaner("place").fit(table))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    @Test
    void withoutADirectoryATemporaryOneIsTaken() {
        HyperCleaner cleaner = cleaner("place");
        cleaner.clear(cleaner.checkpointDir());

        HyperCleanerModel model = cleaner.setMaxIter(1).fit(table());

        assertThat(weights(model.weights())).hasSize(TRUSTED + TRAINING);
        assertThat(runDir(model)).contains(System.getProperty("java.io.tmpdir"));
    }
}
