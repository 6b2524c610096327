package io.stackel.ml;

import static io.stackel.ml.InputColumns.column;

import java.util.stream.Stream;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.DefaultParamsWriter;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import scala.Option;

/**
 * The weights of the rows that a {@link HyperCleaner} was fitted on.
 *
 * <p>They are read below {@code checkpointDir} as long as the model has not been saved and loaded again.
 */
public final class HyperCleanerModel extends Model<HyperCleanerModel> implements MLWritable {

    private static final long serialVersionUID = 1L;

    private static final String WEIGHTS = "/data";

    private final String uid;
    private final transient Dataset<Row> weights;
    private final Param<String> idCol;
    private final Param<String> weightCol;
    private final Param<String> runDir;

    HyperCleanerModel(String uid, String runDir, Dataset<Row> weights) {
        this(uid, weights);
        set(this.runDir, runDir);
    }

    private HyperCleanerModel(String uid, Dataset<Row> weights) {
        this.uid = uid;
        this.weights = weights;
        idCol = new Param<>(this, "idCol", "column that tells rows apart, as in the fit");
        weightCol = new Param<>(this, "weightCol", "column that is added: weights in [0, 1]");
        runDir = new Param<>(this, "runDir", "directory of the run, for stackel report");
        setDefault(idCol, "id");
        setDefault(weightCol, "weight");
    }

    /** Column that tells rows apart, as in the fit. */
    public Param<String> idCol() {
        return idCol;
    }

    /** Sets {@link #idCol}. */
    public HyperCleanerModel setIdCol(String value) {
        set(idCol, value);
        return this;
    }

    /** Column that is added. */
    public Param<String> weightCol() {
        return weightCol;
    }

    /** Sets {@link #weightCol}. */
    public HyperCleanerModel setWeightCol(String value) {
        set(weightCol, value);
        return this;
    }

    /** Directory of the run, which {@code stackel report} and {@link io.stackel.api.Stackel#open} read. */
    public Param<String> runDir() {
        return runDir;
    }

    /**
     * The weight of every row of the fit: {@code id}, as in the table, and {@code weight}, in [0, 1]. It is below 1/2 where the
     * label was found to be wrong, and 1 where it is trusted.
     */
    public Dataset<Row> weights() {
        return weights;
    }

    @Override
    public String uid() {
        return uid;
    }

    @Override
    public HyperCleanerModel copy(ParamMap extra) {
        HyperCleanerModel copy = new HyperCleanerModel(uid, weights);
        copyValues(copy, extra);
        copy.setParent(parent());
        return copy;
    }

    /**
     * The schema with the column of weights.
     *
     * @throws IllegalArgumentException if there is no column of ids, or one with the name of the weights
     */
    @Override
    public StructType transformSchema(StructType schema) {
        InputColumns.requireId(schema, getOrDefault(idCol));
        return InputColumns.withWeight(schema, getOrDefault(weightCol));
    }

    /** The table with a column of weights as of {@link #weights}; null in rows that were not in the fit. */
    @Override
    public Dataset<Row> transform(Dataset<?> dataset) {
        StructType schema = transformSchema(dataset.schema());
        String id = getOrDefault(idCol);
        String weight = getOrDefault(weightCol);
        Dataset<Row> named =
                weights.select(column("id").as(id), column("weight").as(weight));
        return dataset.join(named, new String[] {id}, "left")
                .select(Stream.of(schema.fieldNames()).map(InputColumns::column).toArray(Column[]::new));
    }

    @Override
    public MLWriter write() {
        return new MLWriter() {
            @Override
            public void saveImpl(String path) {
                DefaultParamsWriter.saveMetadata(HyperCleanerModel.this, path, sparkSession());
                weights.write().parquet(path + WEIGHTS);
            }
        };
    }

    /** Reads a model that was saved. */
    public static MLReader<HyperCleanerModel> read() {
        return new MLReader<>() {
            @Override
            public HyperCleanerModel load(String path) {
                DefaultParamsReader.Metadata metadata =
                        DefaultParamsReader.loadMetadata(path, sparkSession(), HyperCleanerModel.class.getName());
                HyperCleanerModel model = new HyperCleanerModel(
                        metadata.uid(), sparkSession().read().parquet(path + WEIGHTS));
                metadata.getAndSetParams(model, Option.empty());
                return model;
            }
        };
    }

    /** Reads a model that was saved at a path. */
    public static HyperCleanerModel load(String path) {
        return read().load(path);
    }
}
