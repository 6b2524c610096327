package io.stackel.ml;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.udf;

import io.stackel.ingest.DataImport;
import io.stackel.ingest.ImportRequest;
import io.stackel.math.Logistic;
import io.stackel.random.Permutation;
import io.stackel.run.HadoopSettings;
import io.stackel.store.DataSetDirectory;
import io.stackel.store.Storage;
import io.stackel.store.Stores;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;
import scala.Tuple2;

/**
 * The rows of a fit on storage: a folder with two Parquet tables in the order of the ids, and the two data sets that are imported
 * from them.
 *
 * <p>The folder is named by what is in it, so that a fit finds what one before it has imported.
 */
final class ImportedRows {

    /** {@code stackel data import} has it, too, unless it is told another one. */
    private static final long ORDER_SEED = 0;

    private static final String TRAINING = "training";
    private static final String VALIDATION = "validation";

    private final SparkSession session;
    private final String folder;
    private final int classes;

    private ImportedRows(SparkSession session, String folder, int classes) {
        this.session = session;
        this.folder = folder;
        this.classes = classes;
    }

    /**
     * Checks the rows, and imports them unless they are there.
     *
     * @param parent directory of the folder
     * @throws IllegalArgumentException with what is wrong, and the id of a row where it is
     */
    static ImportedRows of(Dataset<?> dataset, InputColumns columns, String parent, int blockSize) {
        Dataset<Row> rows = columns.of(dataset).persist(StorageLevel.MEMORY_AND_DISK());
        try {
            RowFacts facts = RowFacts.of(rows);
            ImportedRows imported = new ImportedRows(
                    dataset.sparkSession(), parent + "/" + facts.fingerprint() + "-" + blockSize, facts.classes());
            imported.take(TRAINING, rows.filter(col("trusted").equalTo(false)), blockSize);
            imported.take(VALIDATION, rows.filter(col("trusted")), blockSize);
            return imported;
        } finally {
            rows.unpersist();
        }
    }

    String folder() {
        return folder;
    }

    int classes() {
        return classes;
    }

    /** The data set of the rows that are weighed. */
    String training() {
        return folder + "/" + TRAINING;
    }

    /** The data set of the rows that are trusted. */
    String validation() {
        return folder + "/" + VALIDATION;
    }

    private String table(String name) {
        return folder + "/" + name + "-rows";
    }

    private void take(String name, Dataset<Row> rows, int blockSize) {
        Storage target = Stores.open(URI.create(folder + "/" + name), new HadoopSettings(), false);
        if (new DataSetDirectory(target).read().isPresent()) {
            return;
        }
        session.createDataFrame(numbered(rows), numbered(rows.schema()))
                .write()
                .mode(SaveMode.Overwrite)
                .parquet(table(name));
        ImportRequest request = new ImportRequest(
                List.of(table(name)),
                Optional.of(ImportRequest.Format.PARQUET),
                new ImportRequest.Table("label", List.of("features"), true, ',', OptionalInt.empty()),
                new ImportRequest.Blocks(ORDER_SEED, blockSize, 0, OptionalLong.empty()));
        DataImport.run(JavaSparkContext.fromSparkContext(session.sparkContext()), request, target, line -> {});
    }

    private static JavaRDD<Row> numbered(Dataset<Row> rows) {
        Function<Tuple2<Row, Long>, Row> withNumber =
                row -> RowFactory.create(row._1.get(0), row._1.get(1), row._1.get(2), row._1.get(3), row._2);
        return rows.sort("id").toJavaRDD().zipWithIndex().map(withNumber);
    }

    private static StructType numbered(StructType schema) {
        return schema.add("row", DataTypes.LongType, false);
    }

    /**
     * The weight of every row of the fit: {@code id}, {@code weight}; 1 for those that are trusted.
     *
     * @param x logits in the order of the data set, [rows that are not trusted]
     */
    Dataset<Row> weights(double[] x) {
        Permutation order = new Permutation(ORDER_SEED, x.length);
        double[] weights = new double[x.length];
        for (int row = 0; row < x.length; row++) {
            weights[row] = Logistic.of(x[(int) order.image(row)]);
        }
        Broadcast<double[]> shared =
                JavaSparkContext.fromSparkContext(session.sparkContext()).broadcast(weights);
        UDF1<Long, Double> weight = row -> shared.value()[Math.toIntExact(row)];
        UserDefinedFunction weightOf = udf(weight, DataTypes.DoubleType);
        return session.read()
                .parquet(table(TRAINING))
                .select(col("id"), weightOf.apply(col("row")).as("weight"))
                .union(session.read().parquet(table(VALIDATION)).select(col("id"), lit(1.0).as("weight")));
    }
}
