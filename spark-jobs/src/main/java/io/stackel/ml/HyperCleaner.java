package io.stackel.ml;

import io.stackel.api.Run;
import io.stackel.api.Stackel;
import io.stackel.experiment.JsonText;
import io.stackel.run.LoadedExperiment;
import io.stackel.store.Stores;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.LongParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.param.ParamValidators;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * Data hyper-cleaning: weighs the rows of a table some of whose labels are wrong, by how much each helps a softmax regression on
 * rows that are trusted (the problem {@code hyper-cleaning}).
 *
 * <pre>{@code
 * HyperCleanerModel model = new HyperCleaner()
 *         .setIdCol("id")                           // whole numbers or text, another one in every row
 *         .setValidationIndicatorCol("checked")     // true where somebody has checked the label
 *         .setCheckpointDir("hdfs://nn/cleaning")
 *         .fit(table);                              // features, label: 0 to C - 1
 * Dataset<Row> weighed = model.transform(table);    // a column "weight" more, in [0, 1]; below 1/2: a wrong label
 * }</pre>
 *
 * <p>The rows of a table have no order, but the weights are a vector with one. So rows are known by {@code idCol}: they are
 * sorted by it once, imported below {@code checkpointDir}, and weighed by an ordinary run, whose directory is the model's {@code
 * runDir}. The same rows and parameters give the same bits, however the table is partitioned, and those of {@code stackel run} on
 * the imported rows. A fit that was interrupted goes on when it is called again with the same rows, parameters and directory;
 * one that is complete is read. Everything there may be deleted when the model is no longer needed or has been saved.
 *
 * <p>The driver holds one number a row. Scale the features first. A fit on a session with Kryo needs {@code
 * spark.kryo.registrationRequired} to be false, its default.
 */
public final class HyperCleaner extends Estimator<HyperCleanerModel> implements DefaultParamsWritable {

    private static final long serialVersionUID = 1L;

    private final String uid;
    private final Param<String> featuresCol;
    private final Param<String> labelCol;
    private final Param<String> idCol;
    private final Param<String> validationIndicatorCol;
    private final Param<String> weightCol;
    private final IntParam maxIter;
    private final DoubleParam stepSize;
    private final IntParam innerSteps;
    private final DoubleParam innerStepSize;
    private final DoubleParam regParam;
    private final IntParam blockSize;
    private final LongParam seed;
    private final Param<String> checkpointDir;

    /** With a name of its own. */
    public HyperCleaner() {
        this(Identifiable$.MODULE$.randomUID("hyperCleaner"));
    }

    /** With a given name, as a copy and a stage that is loaded have. */
    public HyperCleaner(String uid) {
        this.uid = uid;
        featuresCol = new Param<>(this, "featuresCol", "features column name: vectors or arrays of numbers");
        labelCol = new Param<>(this, "labelCol", "label column name: classes 0 to C - 1");
        idCol = new Param<>(this, "idCol", "column that tells rows apart: whole numbers or text, no value twice");
        validationIndicatorCol = new Param<>(
                this, "validationIndicatorCol", "column that is true in rows whose labels are trusted (not weighed)");
        weightCol = new Param<>(this, "weightCol", "column that the model adds: weights in [0, 1]");
        maxIter =
                new IntParam(this, "maxIter", "maximum number of steps of the weights (>= 1)", ParamValidators.gtEq(1));
        stepSize = new DoubleParam(
                this, "stepSize", "step size of the weights' logits, by Adam (> 0)", ParamValidators.gt(0));
        innerSteps = new IntParam(
                this,
                "innerSteps",
                "steps of the classifier for each step of the weights (>= 1)",
                ParamValidators.gtEq(1));
        innerStepSize = new DoubleParam(
                this, "innerStepSize", "step size of the classifier, by gradient descent (> 0)", ParamValidators.gt(0));
        regParam = new DoubleParam(this, "regParam", "ridge of the classifier (>= 0)", ParamValidators.gtEq(0));
        blockSize = new IntParam(
                this, "blockSize", "rows of a block, the unit of minibatches (>= 1)", ParamValidators.gtEq(1));
        seed = new LongParam(this, "seed", "random seed");
        checkpointDir = new Param<>(
                this,
                "checkpointDir",
                "directory on a file system that driver and executors share; without it Spark's own checkpoint directory,"
                        + " or a temporary one where the master is local");
        setDefault(featuresCol, "features");
        setDefault(labelCol, "label");
        setDefault(idCol, "id");
        setDefault(weightCol, "weight");
        setDefault(maxIter, 300);
        setDefault(stepSize, 0.05);
        setDefault(innerSteps, 10);
        setDefault(innerStepSize, 0.5);
        setDefault(regParam, 0.001);
        setDefault(blockSize, 50);
        setDefault(seed, 0L);
    }

    /** Column of the features: vectors, or arrays of numbers, all of one length. Default: features. */
    public Param<String> featuresCol() {
        return featuresCol;
    }

    /** Sets {@link #featuresCol}. */
    public HyperCleaner setFeaturesCol(String value) {
        set(featuresCol, value);
        return this;
    }

    /** Column of the labels: classes 0 ... C - 1, of any numeric type. Default: label. */
    public Param<String> labelCol() {
        return labelCol;
    }

    /** Sets {@link #labelCol}. */
    public HyperCleaner setLabelCol(String value) {
        set(labelCol, value);
        return this;
    }

    /** Column that tells rows apart: whole numbers or text, no value twice. Default: id. */
    public Param<String> idCol() {
        return idCol;
    }

    /** Sets {@link #idCol}. */
    public HyperCleaner setIdCol(String value) {
        set(idCol, value);
        return this;
    }

    /** Column that is true in the rows whose labels are trusted; they are not weighed. It must be set. */
    public Param<String> validationIndicatorCol() {
        return validationIndicatorCol;
    }

    /** Sets {@link #validationIndicatorCol}. */
    public HyperCleaner setValidationIndicatorCol(String value) {
        set(validationIndicatorCol, value);
        return this;
    }

    /** Column that the model adds. Default: weight. */
    public Param<String> weightCol() {
        return weightCol;
    }

    /** Sets {@link #weightCol}. */
    public HyperCleaner setWeightCol(String value) {
        set(weightCol, value);
        return this;
    }

    /** Steps of the weights, at least 1. Default: 300. */
    public IntParam maxIter() {
        return maxIter;
    }

    /** Sets {@link #maxIter}. */
    public HyperCleaner setMaxIter(int value) {
        set(maxIter, value);
        return this;
    }

    /** Step size of the weights' logits, by Adam, above 0. Default: 0.05. */
    public DoubleParam stepSize() {
        return stepSize;
    }

    /** Sets {@link #stepSize}. */
    public HyperCleaner setStepSize(double value) {
        set(stepSize, value);
        return this;
    }

    /** Steps of the classifier for each step of the weights, at least 1. Default: 10. */
    public IntParam innerSteps() {
        return innerSteps;
    }

    /** Sets {@link #innerSteps}. */
    public HyperCleaner setInnerSteps(int value) {
        set(innerSteps, value);
        return this;
    }

    /** Step size of the classifier, by gradient descent, above 0. Default: 0.5, for features of unit variance. */
    public DoubleParam innerStepSize() {
        return innerStepSize;
    }

    /** Sets {@link #innerStepSize}. */
    public HyperCleaner setInnerStepSize(double value) {
        set(innerStepSize, value);
        return this;
    }

    /** Ridge of the classifier, at least 0. Default: 0.001. */
    public DoubleParam regParam() {
        return regParam;
    }

    /** Sets {@link #regParam}. */
    public HyperCleaner setRegParam(double value) {
        set(regParam, value);
        return this;
    }

    /** Rows of a block, the unit of minibatches, at least 1. Default: 50. */
    public IntParam blockSize() {
        return blockSize;
    }

    /** Sets {@link #blockSize}. */
    public HyperCleaner setBlockSize(int value) {
        set(blockSize, value);
        return this;
    }

    /** Seed of the minibatches. Default: 0. */
    public LongParam seed() {
        return seed;
    }

    /** Sets {@link #seed}. */
    public HyperCleaner setSeed(long value) {
        set(seed, value);
        return this;
    }

    /**
     * Directory of imported rows and runs: a path, hdfs: or s3a:, which driver and executors share. Default: Spark's own
     * checkpoint directory; where there is none and the master is local, a temporary one, which lives as long as this
     * process.
     */
    public Param<String> checkpointDir() {
        return checkpointDir;
    }

    /** Sets {@link #checkpointDir}. */
    public HyperCleaner setCheckpointDir(String value) {
        set(checkpointDir, value);
        return this;
    }

    @Override
    public String uid() {
        return uid;
    }

    @Override
    public HyperCleaner copy(ParamMap extra) {
        return defaultCopy(extra);
    }

    /**
     * The schema with the column of weights.
     *
     * @throws IllegalArgumentException if a column is missing or has a type that does not fit
     */
    @Override
    public StructType transformSchema(StructType schema) {
        return columns().checked(schema);
    }

    private InputColumns columns() {
        if (!isSet(validationIndicatorCol)) {
            throw new IllegalArgumentException(
                    "validationIndicatorCol must be set: the name of a column that is true in rows"
                            + " whose labels are trusted");
        }
        return new InputColumns(
                getOrDefault(idCol),
                getOrDefault(validationIndicatorCol),
                getOrDefault(labelCol),
                getOrDefault(featuresCol),
                getOrDefault(weightCol));
    }

    /**
     * Weighs the rows that are not trusted.
     *
     * @throws IllegalArgumentException if a column or a row does not fit; nothing was computed
     * @throws io.stackel.api.StackelException if the run fails
     * @throws IllegalStateException if the run was stopped by an interrupt of this thread; the same fit goes on
     */
    @Override
    public HyperCleanerModel fit(Dataset<?> dataset) {
        transformSchema(dataset.schema());
        SparkSession session = dataset.sparkSession();
        ImportedRows rows = ImportedRows.of(dataset, columns(), directory(session), (Integer) getOrDefault(blockSize));
        byte[] configuration = JsonText.indented(configuration(rows)).getBytes(StandardCharsets.UTF_8);
        String name = LoadedExperiment.decode(
                        uid, configuration, List.of(), getClass().getClassLoader())
                .runName();
        Run run = Stackel.text(new String(configuration, StandardCharsets.UTF_8))
                .on(session)
                .out(rows.folder() + "/" + name)
                .run();
        if (!run.isComplete()) {
            throw new IllegalStateException(
                    "the fit was stopped and is not complete: " + run + "; the same fit goes on with it");
        }
        HyperCleanerModel model = new HyperCleanerModel(uid, run.place().toString(), rows.weights(run.x()));
        copyValues(model, new ParamMap());
        model.setParent(this);
        return model;
    }

    /** That of the experiment hyper-cleaning; the problem wants test rows, so the trusted ones are those, too. */
    private Map<String, Object> configuration(ImportedRows rows) {
        return Map.of(
                "format",
                1,
                "name",
                "hyper-cleaner",
                "seed",
                getOrDefault(seed),
                "problem",
                Map.of(
                        "name",
                        "hyper-cleaning",
                        "model",
                        "linear",
                        "classes",
                        rows.classes(),
                        "corruption",
                        0,
                        "ridge",
                        getOrDefault(regParam),
                        "training",
                        rows.training(),
                        "validation",
                        rows.validation(),
                        "test",
                        rows.validation()),
                "algorithm",
                Map.of("name", "first-order", "sigma", 0.1, "sides", "two", "coupling", "shared"),
                "upper",
                Map.of("optimizer", "adam", "stepSize", getOrDefault(stepSize), "units", 20),
                "lower",
                Map.of(
                        "solver",
                        "sampled",
                        "innerSteps",
                        getOrDefault(innerSteps),
                        "optimizer",
                        "sgd",
                        "stepSize",
                        getOrDefault(innerStepSize),
                        "units",
                        4),
                "stop",
                Map.of("iterations", getOrDefault(maxIter)));
    }

    private String directory(SparkSession session) {
        if (isSet(checkpointDir)) {
            return Stores.uri(getOrDefault(checkpointDir)).toString();
        }
        if (session.sparkContext().getCheckpointDir().isDefined()) {
            return session.sparkContext().getCheckpointDir().get();
        }
        if (!session.sparkContext().isLocal()) {
            throw new IllegalArgumentException("checkpointDir must be set where the master is not local, but "
                    + session.sparkContext().master()
                    + ": a directory that driver and executors share, as hdfs: or s3a:");
        }
        try {
            Path folder = new Path(Files.createTempDirectory("hyper-cleaner").toUri());
            FileSystem.getLocal(session.sparkContext().hadoopConfiguration()).deleteOnExit(folder);
            return Stores.uri(folder.toUri().toString()).toString();
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot make a temporary directory; set checkpointDir", failed);
        }
    }

    /** Reads an estimator that was saved. */
    public static MLReader<HyperCleaner> read() {
        return new DefaultParamsReader<>();
    }

    /** Reads an estimator that was saved at a path. */
    public static HyperCleaner load(String path) {
        return read().load(path);
    }
}
